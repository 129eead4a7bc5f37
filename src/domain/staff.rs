//! Staff: who may do what, for which loket.

use jiff::civil::Date;

use super::working_days::days_between;
use super::{MailAddress, Slug, StaffId};

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Answers questions of one loket.
    Medewerker,
    /// Writes content.
    Redacteur,
    /// Answers, and looks after accounts, holds and the log of one loket.
    Beheerder,
    /// Works for a partner to whom questions are referred.
    Partner,
    /// Reads the report for the council.
    Raad,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [
        Self::Medewerker,
        Self::Redacteur,
        Self::Beheerder,
        Self::Partner,
        Self::Raad,
    ];

    /// The word for it, in forms and in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Medewerker => "medewerker",
            Self::Redacteur => "redacteur",
            Self::Beheerder => "beheerder",
            Self::Partner => "partner",
            Self::Raad => "raad",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.slug() == text)
    }

    /// Whether this role reads and answers the questions of its loket.
    #[must_use]
    pub const fn answers(self) -> bool {
        matches!(self, Self::Medewerker | Self::Beheerder)
    }

    /// Whether this role looks after accounts, holds and the log of its loket.
    #[must_use]
    pub const fn manages(self) -> bool {
        matches!(self, Self::Beheerder)
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Its id.
    pub id: StaffId,
    /// The name that colleagues and parents see.
    pub name: String,
    /// The address to sign in with.
    pub mail: MailAddress,
    /// What it is for.
    pub role: Role,
    /// Of which loket.
    pub loket: Slug,
    /// Whether it signs in with a second factor.
    pub second_factor: bool,
    /// Whether it can sign in no more.
    pub disabled: bool,
    /// The last day on which she is away.
    pub away: Option<Date>,
}

impl Staff {
    /// Whether she is away on `today`.
    #[must_use]
    pub fn is_away(&self, today: Date) -> bool {
        self.away.is_some_and(|last| today <= last)
    }

    /// Whether this account may read and answer questions of `loket`.
    #[must_use]
    pub fn may_answer(&self, loket: &Slug) -> bool {
        !self.disabled && self.role.answers() && self.loket == *loket
    }

    /// Whether this account may look after `loket`.
    #[must_use]
    pub fn may_manage(&self, loket: &Slug) -> bool {
        !self.disabled && self.role.manages() && self.loket == *loket
    }
}

/// How many days ahead somebody may say that she is away.
const LONGEST_AWAY: i32 = 366;

/// What is wrong with the last day of being away; `Display` tells it in Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AwayError {
    /// It is no day.
    #[error("Vul een dag in, zoals 2026-12-31.")]
    NoDay,
    /// It is over.
    #[error("Deze dag is al voorbij. Kies vandaag of een dag daarna.")]
    Past,
    /// It is more than a year ahead.
    #[error("Kies een dag binnen een jaar.")]
    Far,
}

/// Reads the last day of being away; nothing typed is: not away.
///
/// # Errors
/// [`AwayError`] when it is no day from `today` up to a year ahead.
pub fn parse_away(text: &str, today: Date) -> Result<Option<Date>, AwayError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day: Date = text.parse().map_err(|_| AwayError::NoDay)?;
    if day < today {
        return Err(AwayError::Past);
    }
    if days_between(today, day) > LONGEST_AWAY {
        return Err(AwayError::Far);
    }
    Ok(Some(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_from_today_up_to_a_year_ahead_is_taken() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let today = day("2026-11-22");
        for (typed, read) in [
            (" ", Ok(None)),
            ("2026-11-22", Ok(Some(today))),
            (" 2027-11-23 ", Ok(Some(day("2027-11-23")))),
            ("2026-11-21", Err(AwayError::Past)),
            ("2027-11-24", Err(AwayError::Far)),
            ("9999-12-31", Err(AwayError::Far)),
            ("morgen", Err(AwayError::NoDay)),
            ("2026-02-30", Err(AwayError::NoDay)),
        ] {
            assert_eq!(parse_away(typed, today), read, "{typed}");
        }
    }
}

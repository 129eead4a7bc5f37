//! Staff: who may do what, for which loket.

use jiff::civil::Date;

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

//! When a loket is reminded of what waits.

use jiff::civil::Date;

use super::DaySet;
use super::working_days::{later_on, works};

/// How often a loket hears of one question that is overdue: after that it is no news.
pub const MOST: u32 = 5;

/// After how many working days it hears of it again.
const AGAIN: u8 = 2;

/// What a loket is reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reminder {
    /// A question that is due on the next working day, or today.
    StillWaiting,
    /// A question that should have been answered.
    Overdue,
    /// A question that is erased in a month because nobody answers it.
    Forgotten,
    /// A question that is erased in a week because nobody answers it.
    LastCall,
}

impl Reminder {
    /// All reminders.
    pub const ALL: [Self; 4] = [
        Self::StillWaiting,
        Self::Overdue,
        Self::Forgotten,
        Self::LastCall,
    ];

    /// The word for it in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::StillWaiting => "still_waiting",
            Self::Overdue => "overdue",
            Self::Forgotten => "forgotten",
            Self::LastCall => "last_call",
        }
    }

    /// How often a loket hears of one question.
    #[must_use]
    pub const fn most(self) -> u32 {
        match self {
            Self::Overdue => MOST,
            Self::StillWaiting | Self::Forgotten | Self::LastCall => 1,
        }
    }

    /// Whether it is of questions that are erased soon, for who looks after the loket.
    #[must_use]
    pub const fn is_of_erasure(self) -> bool {
        matches!(self, Self::Forgotten | Self::LastCall)
    }

    /// Whether `today` is a day on which a loket that works on `working` hears of a question, which it
    /// last heard of on `last`, `times` times before.
    #[must_use]
    pub fn is_on(self, today: Date, last: Option<Date>, times: u32, working: DaySet) -> bool {
        let again = last.is_none_or(|last| today >= later_on(last, AGAIN, working));
        works(today, working) && times < self.most() && again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(today: &str, last: Option<&str>, times: u32) -> bool {
        let date = |text: &str| text.parse().expect("a date");
        let week = DaySet::parse("ma-vr").expect("days");
        Reminder::Overdue.is_on(date(today), last.map(date), times, week)
    }

    #[test]
    fn it_comes_on_working_days_and_again_every_second_one() {
        assert!(on("2026-11-20", None, 0), "a Friday");
        assert!(!on("2026-11-21", None, 0), "a Saturday");
        assert!(!on("2026-12-25", None, 0), "Christmas");
        assert!(!on("2026-11-20", Some("2026-11-20"), 1), "the same day");
        assert!(
            !on("2026-11-23", Some("2026-11-20"), 1),
            "Monday is the first"
        );
        assert!(
            on("2026-11-24", Some("2026-11-20"), 1),
            "Tuesday the second"
        );
    }

    #[test]
    fn it_comes_five_times_and_others_once() {
        assert!(on("2026-11-24", Some("2026-11-02"), 4));
        assert!(!on("2026-11-24", Some("2026-11-02"), 5));
        let others = Reminder::ALL
            .iter()
            .filter(|one| **one != Reminder::Overdue);
        assert!(others.map(|one| one.most()).all(|most| most == 1));
    }
}

//! What is more than a question: then the Algemene wet bestuursrecht has rules for it.

use jiff::Timestamp;

/// What a message is by law, besides a question. Who sends one gets a confirmation with its date, and a
/// copy of it (Awb as changed by the Wet modernisering elektronisch bestuurlijk verkeer).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Formal {
    /// A complaint about how the municipality behaved (Awb, chapter 9).
    Complaint,
    /// An application for a decision (Awb, article 1:3).
    Application,
    /// A request to see one's own data (AVG, article 15).
    Inspection,
}

impl Formal {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Complaint, Self::Application, Self::Inspection];

    /// The word for it, in forms and in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Complaint => "klacht",
            Self::Application => "aanvraag",
            Self::Inspection => "inzage",
        }
    }

    /// Its name on screen, after "een" or "je".
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Complaint => "klacht",
            Self::Application => "aanvraag",
            Self::Inspection => "verzoek om inzage",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == text)
    }
}

/// That staff saw what a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// What it is.
    pub formal: Formal,
    /// When they said so.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for one in Formal::ALL {
            assert_eq!(Formal::parse(one.slug()), Some(one));
        }
        assert_eq!(Formal::parse("vraag"), None);
    }
}

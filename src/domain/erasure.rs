//! Why a question is erased.

/// Why a question is erased; the ledger and the counts keep the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Erasure {
    /// Its term is over.
    Term,
    /// The parent withdrew it.
    Withdrawn,
    /// Who asked wants it gone, and asked the loket (AVG, article 17).
    Asked,
    /// It is for another loket altogether, or no question: spam.
    NoQuestion,
}

impl Erasure {
    /// Those that staff choose from.
    pub const BY_STAFF: [Self; 2] = [Self::Asked, Self::NoQuestion];

    /// The word for it, in forms and in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Term => "bewaartermijn",
            Self::Withdrawn => "ingetrokken",
            Self::Asked => "op verzoek",
            Self::NoQuestion => "geen vraag",
        }
    }

    /// The words for it on screen.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Term => "De bewaartermijn is voorbij",
            Self::Withdrawn => "De vrager heeft de vraag ingetrokken",
            Self::Asked => "De vrager heeft erom gevraagd",
            Self::NoQuestion => "Het is voor een verkeerd loket, of geen vraag (spam)",
        }
    }

    /// Reads the choice of staff.
    #[must_use]
    pub fn parse_by_staff(text: &str) -> Option<Self> {
        Self::BY_STAFF.into_iter().find(|one| one.slug() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_choose_from_what_is_theirs_to_choose() {
        assert_eq!(Erasure::parse_by_staff("op verzoek"), Some(Erasure::Asked));
        assert_eq!(Erasure::parse_by_staff("bewaartermijn"), None);
        assert_eq!(Erasure::parse_by_staff(""), None);
    }
}

//! The kinds of mail that Loes sends.

use std::fmt;

/// What a mail tells; the outbox keeps it by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// To staff: something new came in.
    NewQuestion,
    /// To staff: something waits for a reaction.
    StillWaiting,
    /// To staff: the promised time of a reaction has passed.
    Overdue,
    /// To who looks after a loket: what nobody reacts to is erased before long.
    NearlyErased,
    /// To a parent: there is something to read.
    AnswerReady,
    /// To a parent: where to come back to; the code she keeps herself.
    ReturnLink,
    /// To a new member of staff: a one-time link to make an account.
    Invitation,
    /// To staff: a one-time link to choose a new password.
    PasswordReset,
    /// To staff: something changed that they should know of.
    StaffNotice,
}

/// A text is no key of a [`Kind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no kind of mail")]
pub struct UnknownKind;

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::NewQuestion,
        Self::StillWaiting,
        Self::Overdue,
        Self::NearlyErased,
        Self::AnswerReady,
        Self::ReturnLink,
        Self::Invitation,
        Self::PasswordReset,
        Self::StaffNotice,
    ];

    /// The kind with the key `text`.
    ///
    /// # Errors
    /// [`UnknownKind`] when no kind has it.
    pub fn parse(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(UnknownKind)
    }

    /// The key, as the database holds it: it never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewQuestion => "new_question",
            Self::StillWaiting => "still_waiting",
            Self::Overdue => "overdue",
            Self::NearlyErased => "nearly_erased",
            Self::AnswerReady => "answer_ready",
            Self::ReturnLink => "return_link",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::StaffNotice => "staff_notice",
        }
    }

    /// Whether a parent reads it; all others go to staff.
    #[must_use]
    pub fn is_for_parent(self) -> bool {
        matches!(self, Self::AnswerReady | Self::ReturnLink)
    }

    /// Whether it brings a one-time link.
    #[must_use]
    pub fn needs_link(self) -> bool {
        matches!(self, Self::Invitation | Self::PasswordReset)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back_to_their_kind() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Ok(kind));
            assert_eq!(kind.to_string(), kind.as_str());
        }
        for bad in ["", "New_Question", "new_question ", "newsletter"] {
            assert_eq!(Kind::parse(bad), Err(UnknownKind), "{bad}");
        }
    }

    #[test]
    fn keys_stay_as_stored_rows_have_them() {
        assert_eq!(
            Kind::ALL.map(Kind::as_str),
            [
                "new_question",
                "still_waiting",
                "overdue",
                "nearly_erased",
                "answer_ready",
                "return_link",
                "invitation",
                "password_reset",
                "staff_notice",
            ]
        );
    }
}

//! Names of stored things: UUIDs of version 7 (RFC 9562), whose order is that of their making.

use std::fmt;

use jiff::Timestamp;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id for what is made at `now`; `random` are ten random bytes.
            #[must_use]
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                Self(version_7(now, random))
            }

            /// Reads the text of an id.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().filter(|id| id.get_version_num() == 7).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    )*};
}

ids! {
    /// Names a question.
    QuestionId
    /// Names a message of a question, or a note on it.
    MessageId
    /// Names an offer of a question to another loket.
    OfferId
    /// Names a member of staff.
    StaffId
    /// Names a row of the outbox.
    MailId
    /// Names a text that colleagues use often.
    PhraseId
}

fn version_7(now: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_moment_they_were_made_and_survive_as_text() {
        let at = |millis| Timestamp::from_millisecond(millis).expect("a moment");
        let first = QuestionId::new(at(1_000), [9; 10]);
        let second = QuestionId::new(at(1_001), [0; 10]);
        assert!(first < second && first.to_string() < second.to_string());
        assert_eq!(QuestionId::parse(&first.to_string()), Some(first));
        assert_eq!(QuestionId::parse("../../etc/passwd"), None);
        assert_eq!(
            QuestionId::parse("67e55044-10b1-426f-9247-bb680e5fe0c8"),
            None,
            "version 4"
        );
    }
}

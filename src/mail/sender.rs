//! From whom mail comes.

use std::fmt;

use lettre::message::Mailbox;

use super::settings::MailError;

/// The name and address that stand above every mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(Mailbox);

impl Sender {
    /// Parses `Loes <loes@voorbeeld.nl>`, or an address alone.
    ///
    /// The name stands in the list of mails that others may see: "Loes" tells little.
    ///
    /// # Errors
    /// [`MailError::Sender`] when there is no good address.
    pub fn parse(text: &str) -> Result<Self, MailError> {
        text.trim().parse().map(Self).map_err(|_| MailError::Sender)
    }

    pub(super) fn mailbox(&self) -> Mailbox {
        self.0.clone()
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_name_with_an_address() {
        for good in ["Loes <loes@voorbeeld.nl>", "loes@voorbeeld.nl"] {
            let sender = Sender::parse(good).expect("a sender");
            assert_eq!(sender.to_string(), good);
        }
        let quoted = Sender::parse("\"Loes, Tubbergen\" <loes@voorbeeld.nl>").expect("a sender");
        assert_eq!(quoted.mailbox().name.as_deref(), Some("Loes, Tubbergen"));
    }

    #[test]
    fn refuses_what_has_no_address() {
        for bad in [
            "",
            "Loes",
            "Loes <>",
            "Loes <loes>",
            "Loes <loes@voorbeeld.nl",
            "Loes <a b@voorbeeld.nl>",
            "Loes <loes@voorbeeld.nl>\r\nBcc: x@voorbeeld.nl",
            "Lo\r\nes <loes@voorbeeld.nl>",
            "Lo\u{7}es <loes@voorbeeld.nl>",
            "\"Lo\r\nBcc: x@voorbeeld.nl\" <loes@voorbeeld.nl>",
        ] {
            assert_eq!(Sender::parse(bad), Err(MailError::Sender), "{bad}");
        }
    }
}

//! How a parent wants her answer, and what she tells about herself.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{PhoneNumber, Postcode4};

/// An address for mail that may well exist: something, one `@`, a domain with a dot. Only a mail that
/// arrives proves more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MailAddress(String);

/// The longest address (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;

impl MailAddress {
    /// Reads an address; space around it is dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, domain) = text.rsplit_once('@')?;
        let parts = domain.split('.');
        let plain = |part: &str| {
            let letters = part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            !part.is_empty() && letters && !part.starts_with('-') && !part.ends_with('-')
        };
        let fits = text.len() <= LONGEST
            && !name.is_empty()
            && !name.contains(|c: char| {
                c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c)
            })
            && parts.clone().count() > 1
            && parts.into_iter().all(plain);
        fits.then(|| Self(text.to_owned()))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress(…)")
    }
}

impl TryFrom<String> for MailAddress {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no mail address")
    }
}

impl From<MailAddress> for String {
    fn from(address: MailAddress) -> Self {
        address.0
    }
}

/// How a parent wants to hear that there is an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerWay {
    /// She comes back with her code.
    Site,
    /// A mail tells that there is something to read.
    Mail(MailAddress),
    /// The desk calls her.
    Phone {
        /// Her number.
        number: PhoneNumber,
        /// When it is safe to call; may be empty.
        times: String,
        /// Whether a neutral message may be left.
        message: bool,
    },
}

impl AnswerWay {
    /// The word for it in forms.
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Mail(_) => "mail",
            Self::Phone { .. } => "bellen",
        }
    }
}

/// What a parent tells about herself. Kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Her name, when she gives one.
    pub name: Option<String>,
    /// How she wants her answer.
    pub way: AnswerWay,
    /// Where she lives, as far as she tells.
    pub postcode: Option<Postcode4>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_addresses_as_people_have_them_and_refuses_slips() {
        for good in [
            "anna@voorbeeld.nl",
            " a.b+c@sub.voorbeeld.co.uk ",
            "ëlla@voorbeeld.nl",
        ] {
            assert!(MailAddress::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "anna",
            "anna@",
            "@voorbeeld.nl",
            "anna@voorbeeld",
            "anna@voorbeeld..nl",
            "an na@voorbeeld.nl",
            "anna@voorbeeld.nl, bob@voorbeeld.nl",
            "a@b@voorbeeld.nl",
            "anna@-x.nl",
            "anna@voorbeeld.nl\nBcc: x@y.nl",
        ] {
            assert!(MailAddress::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_address_does_not_show_in_logs() {
        let address = MailAddress::parse("anna@voorbeeld.nl").expect("an address");
        assert!(!format!("{address:?}").contains("anna"));
    }
}

//! Facts (feiten): phone numbers and places of help, each kept once, with a source and a check date.

use serde::{Deserialize, Serialize};
use std::fmt;

use jiff::Zoned;
use jiff::civil::Date;

use super::{Audience, OpeningHours, Slug};

/// The key by which texts refer to a fact: `[[feit:veilig-thuis]]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactKey(Slug);

impl FactKey {
    /// Parses `text`; a key is a [`Slug`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Slug::parse(text).ok().map(Self)
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for FactKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::borrow::Borrow<str> for FactKey {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

/// A Dutch phone number as people write it: `112`, `0800-2000`, `074 123 45 67`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

impl TryFrom<String> for PhoneNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no phone number")
    }
}

impl From<PhoneNumber> for String {
    fn from(phone: PhoneNumber) -> Self {
        phone.0
    }
}

impl PhoneNumber {
    /// Parses 3 to 14 digits with spaces, hyphens, or a leading plus.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let fits = text
            .bytes()
            .enumerate()
            .all(|(at, b)| b.is_ascii_digit() || b" -".contains(&b) || (b == b'+' && at == 0));
        ((3..=14).contains(&digits) && fits && text.trim() == text).then(|| Self(text.to_owned()))
    }

    /// As people write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address behind a link: `tel:08002000`.
    #[must_use]
    pub fn href(&self) -> String {
        let digits: String = self.0.chars().filter(|c| !" -".contains(*c)).collect();
        format!("tel:{digits}")
    }
}

/// One service that helps, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its key.
    pub key: FactKey,
    /// Its name on screen.
    pub name: String,
    /// Its number; none for "your own huisarts".
    pub phone: Option<PhoneNumber>,
    /// Its site (https).
    pub website: Option<String>,
    /// Where to chat (https).
    pub chat: Option<String>,
    /// What you get there, one plain sentence.
    pub what: String,
    /// Whom it is for.
    pub audience: Vec<Audience>,
    /// Whether calling is free; none when unknown.
    pub free: Option<bool>,
    /// Whether you may stay anonymous; none when unknown.
    pub anonymous: Option<bool>,
    /// When the phone is answered; empty when unknown or by practice.
    pub hours: OpeningHours,
    /// How to reach it, where that needs a word.
    pub note: Option<String>,
    /// The public page that says so (https).
    pub source: String,
    /// When that page was last read.
    pub checked: Date,
    /// From this day on it must be checked again.
    pub expires: Date,
}

/// Whether a service can be reached at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Day and night.
    Always,
    /// Now, until the time given.
    Now(jiff::civil::Time),
    /// Not now; next at this moment.
    Later(Zoned),
    /// Nothing is known about hours.
    Unknown,
}

impl Fact {
    /// Whether it is due for a check; it is still shown, with its date.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        today >= self.expires
    }

    /// Whether it can be reached at `now`.
    #[must_use]
    pub fn reach(&self, now: &Zoned) -> Reach {
        if self.hours.is_always() {
            return Reach::Always;
        }
        match (self.hours.open_slot(now), self.hours.next_opening(now)) {
            (Some(slot), _) => Reach::Now(slot.to),
            (None, Some(next)) => Reach::Later(next),
            (None, None) => Reach::Unknown,
        }
    }

    /// How a text names it: "Veilig Thuis (0800-2000)".
    #[must_use]
    pub fn label(&self) -> String {
        match &self.phone {
            Some(phone) => format!("{} ({})", self.name, phone.as_str()),
            None => self.name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_keep_their_look_and_link_by_digits() {
        let phone = PhoneNumber::parse("0800-2000").expect("a number");
        assert_eq!(
            (phone.as_str(), phone.href().as_str()),
            ("0800-2000", "tel:08002000")
        );
        assert!(PhoneNumber::parse("+31 74 123 45 67").is_some());
        for bad in ["", "11", " 112", "bel 112", "0800_2000", "123456789012345"] {
            assert!(PhoneNumber::parse(bad).is_none(), "{bad}");
        }
    }
}

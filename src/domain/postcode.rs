//! Dutch postcodes. Loes keeps only the four digits (PC4).

use serde::{Deserialize, Serialize};
use std::fmt;

/// The digits of a Dutch postcode, 1000 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Postcode4(u16);

/// Why a text is no postcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostcodeError {
    /// Nothing there.
    #[error("no postcode")]
    Empty,
    /// Not four digits, not above 999, or followed by something else than two letters.
    #[error("not a Dutch postcode")]
    Malformed,
}

impl Postcode4 {
    /// Reads `7651`, `7651AB`, `7651 ab` and the like; the letters are dropped.
    ///
    /// # Errors
    /// [`PostcodeError`] when it is empty or not of that form.
    pub fn parse(text: &str) -> Result<Self, PostcodeError> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if compact.is_empty() {
            return Err(PostcodeError::Empty);
        }
        let (digits, letters) = compact
            .split_at_checked(4)
            .ok_or(PostcodeError::Malformed)?;
        let letters_fit = letters.is_empty()
            || (letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_alphabetic()));
        if !letters_fit || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PostcodeError::Malformed);
        }
        let number = digits.parse().map_err(|_| PostcodeError::Malformed)?;
        Self::from_number(number).ok_or(PostcodeError::Malformed)
    }

    /// The postcode with these digits, when there can be one.
    #[must_use]
    pub const fn from_number(number: u16) -> Option<Self> {
        match number {
            1000..=9999 => Some(Self(number)),
            _ => None,
        }
    }

    /// Its digits as a number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Postcode4 {
    type Error = PostcodeError;

    fn try_from(number: u16) -> Result<Self, PostcodeError> {
        Self::from_number(number).ok_or(PostcodeError::Malformed)
    }
}

impl From<Postcode4> for u16 {
    fn from(postcode: Postcode4) -> Self {
        postcode.0
    }
}

impl fmt::Display for Postcode4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Postcodes from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostcodeRange {
    first: Postcode4,
    last: Postcode4,
}

impl PostcodeRange {
    /// Reads `7601-7611` or `7627`; nothing when it is neither, or when it runs backwards.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let first = Postcode4::parse(first).ok()?;
        let last = Postcode4::parse(last).ok()?;
        (first <= last).then_some(Self { first, last })
    }

    /// Whether `postcode` lies in it.
    #[must_use]
    pub fn contains(&self, postcode: Postcode4) -> bool {
        (self.first..=self.last).contains(&postcode)
    }

    /// The first postcode in it.
    #[must_use]
    pub const fn first(&self) -> Postcode4 {
        self.first
    }

    /// The last postcode in it.
    #[must_use]
    pub const fn last(&self) -> Postcode4 {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_postcodes_as_people_type_them() {
        for text in ["7651", "7651AB", " 7651 ab ", "7651\u{a0}AB"] {
            assert_eq!(Postcode4::parse(text).map(Postcode4::number), Ok(7651));
        }
    }

    #[test]
    fn refuses_what_is_no_postcode() {
        assert_eq!(Postcode4::parse("  "), Err(PostcodeError::Empty));
        for text in [
            "765",
            "0999",
            "76511",
            "7651A",
            "7651ABC",
            "abcd",
            "76é1",
            "７６５１",
        ] {
            assert_eq!(
                Postcode4::parse(text),
                Err(PostcodeError::Malformed),
                "{text}"
            );
        }
    }

    #[test]
    fn a_range_runs_forwards() {
        let range = PostcodeRange::parse("7601-7611").expect("a range");
        assert!(range.contains(Postcode4(7601)) && range.contains(Postcode4(7611)));
        assert!(!range.contains(Postcode4(7612)));
        assert_eq!(PostcodeRange::parse("7611-7601"), None);
        assert!(PostcodeRange::parse("7627").is_some());
    }
}

//! Slugs: the part of an address that names an article, topic, theme or municipality.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A lower-case name of letters, digits and single hyphens, 1 to 80 bytes, ASCII.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is no [`Slug`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Nothing there.
    #[error("no name")]
    Empty,
    /// More than 80 bytes.
    #[error("longer than 80 bytes")]
    TooLong,
    /// A capital, a space, an accent, or a hyphen at an end or beside another.
    #[error("not lower-case letters, digits and single hyphens")]
    BadCharacter,
}

impl Slug {
    /// Parses `text`.
    ///
    /// # Errors
    /// [`SlugError`] says which rule it breaks.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        if text.len() > 80 {
            return Err(SlugError::TooLong);
        }
        let good_part = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if text.split('-').all(good_part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SlugError::BadCharacter)
        }
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_plain_slugs_and_names_what_is_wrong_with_others() {
        assert_eq!(Slug::parse("113").map(|s| s.to_string()), Ok("113".into()));
        assert!(Slug::parse("peuter-wil-niet-slapen").is_ok());
        assert_eq!(Slug::parse(""), Err(SlugError::Empty));
        assert_eq!(Slug::parse(&"a".repeat(81)), Err(SlugError::TooLong));
        for bad in ["Pesten", "a--b", "-a", "a-", "a b", "één", "a/b", "a\0"] {
            assert_eq!(Slug::parse(bad), Err(SlugError::BadCharacter), "{bad}");
        }
    }
}

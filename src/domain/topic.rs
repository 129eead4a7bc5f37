//! Topics (onderwerpen) and the themes that group them.

use super::Slug;
use serde::{Deserialize, Serialize};

/// What an article is about; the list stands in `content/onderwerpen.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name on screen.
    pub title: String,
    /// One plain sentence about it; may be empty.
    pub sentence: String,
    /// Two or three sentences at the head of its page; may be empty.
    pub introduction: String,
    /// What parents ask first; articles that are not named follow.
    pub first: Vec<Slug>,
    /// The theme it belongs to.
    pub theme: Slug,
    /// Sensitive (gevoelig): a text that no professional approved is shown in short only by a real loket.
    pub sensitive: bool,
}

/// A group of topics, for browsing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Its name in addresses, and of its icon.
    pub slug: Slug,
    /// Its name on screen.
    pub title: String,
    /// One plain sentence about it.
    pub sentence: String,
    /// Two or three sentences at the head of its page; may be empty.
    pub introduction: String,
}

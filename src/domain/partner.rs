//! Partners: organisations to which a loket refers.

use super::Slug;
use serde::{Deserialize, Serialize};

/// An organisation to which a loket refers (GGD, school social work, youth care).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Its key in `content/partners.toml`.
    pub key: Slug,
    /// Its name on screen.
    pub name: String,
    /// What it does for parents, one plain sentence.
    pub what: String,
    /// Its site.
    pub website: Option<String>,
}

//! Rules that tell when a parent's words call for a help box.

use super::{FactKey, Slug};
use serde::{Deserialize, Serialize};

/// What kind of danger a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SafetyKind {
    /// Thoughts of suicide, self-harm.
    Suicide,
    /// Abuse, neglect or violence.
    Violence,
    /// A medical emergency, or what may become one.
    Medical,
    /// A parent at the end of her strength.
    Parent,
}

impl SafetyKind {
    /// Reads the word in `content/veiligheid.toml`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "suicide" => Some(Self::Suicide),
            "geweld" => Some(Self::Violence),
            "medisch" => Some(Self::Medical),
            "ouder" => Some(Self::Parent),
            _ => None,
        }
    }
}

/// Phrases that call for help, and which help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyRule {
    /// Its name in the file.
    pub key: Slug,
    /// What kind of danger.
    pub kind: SafetyKind,
    /// What the help box says first, one plain sentence.
    pub advice: String,
    /// Phrases of parents; all words of one must occur near each other.
    pub phrases: Vec<String>,
    /// Phrases that look like it and are not; one of these silences the rule.
    pub exceptions: Vec<String>,
    /// Only for a child of these months, both included; a child of unknown age gets the help.
    pub months: Option<(u16, u16)>,
    /// Whom to call, in order.
    pub help: Vec<FactKey>,
    /// The answer page that fits best.
    pub article: Option<Slug>,
}

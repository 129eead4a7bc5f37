//! What a text may refer to, and how that is written out.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Fact, FactKey, Slug};

/// The targets of `[[feit:..]]` and `[[antwoord:..]]`.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// Facts that can be written out.
    pub(super) facts: BTreeMap<FactKey, Fact>,
    /// Every key of the file of facts; nothing when that is broken as a whole, and then no fact
    /// counts as unknown.
    pub(super) fact_keys: Option<BTreeSet<FactKey>>,
    /// Titles of the articles whose front matter is right.
    pub(super) titles: BTreeMap<Slug, String>,
    /// Articles that have a file, right or wrong.
    pub(super) files: BTreeSet<Slug>,
}

/// What a reference leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A fact.
    Fact(FactKey),
    /// An article, with its title; none while its file is broken.
    Article(Slug, Option<String>),
}

impl Targets {
    /// Resolves the inside of `[[..]]`, without the words after `|`; the error says what is wrong.
    pub(super) fn resolve(&self, reference: &str) -> Result<Target, String> {
        match reference.split_once(':') {
            Some(("feit", key)) => self.fact(key),
            Some(("antwoord", slug)) => self.article(slug),
            _ => Err(format!(
                "‘[[{reference}]]’ is geen verwijzing; schrijf [[feit:sleutel]] of [[antwoord:slug]]."
            )),
        }
    }

    /// Resolves the key of a fact.
    pub(super) fn fact(&self, key: &str) -> Result<Target, String> {
        FactKey::parse(key)
            .filter(|key| {
                self.fact_keys
                    .as_ref()
                    .is_none_or(|keys| keys.contains(key))
            })
            .map(Target::Fact)
            .ok_or_else(|| format!("Het feit ‘{key}’ staat niet in feiten.toml."))
    }

    /// Resolves the slug of an article.
    pub(super) fn article(&self, slug: &str) -> Result<Target, String> {
        Slug::parse(slug)
            .ok()
            .filter(|slug| self.files.contains(slug))
            .map(|slug| {
                let title = self.titles.get(&slug).cloned();
                Target::Article(slug, title)
            })
            .ok_or_else(|| format!("Er is geen antwoord ‘{slug}’."))
    }

    /// How the index and fragments name a fact.
    pub(super) fn fact_label(&self, key: &FactKey) -> String {
        self.facts
            .get(key)
            .map_or_else(|| key.as_str().replace('-', " "), Fact::label)
    }
}

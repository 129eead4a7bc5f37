//! The whole of `content/`, typed and checked.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::words::WordGroup;
use crate::domain::{Article, Fact, Loket, Partner, SafetyRule, Slug, Theme, Topic};

/// Everything that `content/` says, as far as it is right.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Library {
    pub(super) articles: BTreeMap<Slug, Article>,
    pub(super) former: BTreeMap<Slug, Slug>,
    pub(super) themes: Vec<Theme>,
    pub(super) topics: Vec<Topic>,
    pub(super) facts: Vec<Fact>,
    pub(super) lokets: BTreeMap<Slug, Loket>,
    pub(super) partners: Vec<Partner>,
    pub(super) words: Vec<WordGroup>,
    pub(super) safety: Vec<SafetyRule>,
}

impl Library {
    /// All articles, by slug.
    #[must_use]
    pub fn articles(&self) -> impl ExactSizeIterator<Item = &Article> {
        self.articles.values()
    }

    /// The article at `/antwoord/<slug>`.
    #[must_use]
    pub fn article(&self, slug: &str) -> Option<&Article> {
        self.articles.get(slug)
    }

    /// The present slug of an article that once was at `slug`.
    #[must_use]
    pub fn moved(&self, slug: &str) -> Option<&Slug> {
        self.former.get(slug)
    }

    /// The articles about `topic`: what its editors put first, then those of which it is the first
    /// topic, then the others.
    #[must_use]
    pub fn articles_about(&self, topic: &str) -> Vec<&Article> {
        let first = self.topic(topic).map_or(&[][..], |topic| &topic.first);
        let mut found: Vec<_> = self
            .articles()
            .filter(|article| article.is_about(topic))
            .collect();
        found.sort_by_key(|article| {
            let place = first.iter().position(|slug| *slug == article.slug);
            (
                place.unwrap_or(first.len()),
                article.topic.as_str() != topic,
            )
        });
        found
    }

    /// The themes, in the order of the file.
    #[must_use]
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The theme with this slug.
    #[must_use]
    pub fn theme(&self, slug: &str) -> Option<&Theme> {
        self.themes.iter().find(|theme| theme.slug.as_str() == slug)
    }

    /// The topics, in the order of the file.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topics of a theme, in the order of the file.
    pub fn topics_of<'a>(&'a self, theme: &'a str) -> impl Iterator<Item = &'a Topic> {
        self.topics
            .iter()
            .filter(move |topic| topic.theme.as_str() == theme)
    }

    /// The topic with this slug.
    #[must_use]
    pub fn topic(&self, slug: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.slug.as_str() == slug)
    }

    /// The facts, in the order of the file.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The fact with this key.
    #[must_use]
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key.as_str() == key)
    }

    /// The lokets, by municipality.
    #[must_use]
    pub fn lokets(&self) -> impl ExactSizeIterator<Item = &Loket> + Clone {
        self.lokets.values()
    }

    /// The loket of the municipality with this slug.
    #[must_use]
    pub fn loket(&self, slug: &str) -> Option<&Loket> {
        self.lokets.get(slug)
    }

    /// The partner with this key.
    #[must_use]
    pub fn partner(&self, key: &str) -> Option<&Partner> {
        self.partners
            .iter()
            .find(|partner| partner.key.as_str() == key)
    }

    /// Parents' words beside those of professionals.
    #[must_use]
    pub fn words(&self) -> &[WordGroup] {
        &self.words
    }

    /// The rules that call for a help box.
    #[must_use]
    pub fn safety(&self) -> &[SafetyRule] {
        &self.safety
    }
}

//! Articles (antwoorden): one answer page each.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{AgeBand, FactKey, Slug};

/// Whom a text speaks to, or a service is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// Parents.
    Ouder,
    /// Young people, 12 to 23.
    Jongere,
    /// People who work with children.
    Professional,
}

impl Audience {
    /// Reads the word in the files.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "ouder" => Some(Self::Ouder),
            "jongere" => Some(Self::Jongere),
            "professional" => Some(Self::Professional),
            _ => None,
        }
    }

    /// The word in the files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Ouder => "ouder",
            Self::Jongere => "jongere",
            Self::Professional => "professional",
        }
    }

    /// The plural on screen.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ouder => "ouders",
            Self::Jongere => "jongeren",
            Self::Professional => "professionals",
        }
    }
}

/// A public page that a text rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// Whose page, and which.
    pub name: String,
    /// Its address (https).
    pub url: String,
    /// When it was read.
    pub read_on: Date,
}

/// Whether a professional has approved the text as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Review {
    /// Nobody has, or the text has changed since.
    Concept,
    /// Approved by `by` on `on`.
    Approved {
        /// Who.
        by: String,
        /// When.
        on: Date,
    },
}

/// A heading of the third level, inside a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its anchor on the page.
    pub anchor: String,
    /// Its text.
    pub text: String,
}

/// A stretch of a body: sanitised HTML, or a fact that is written out when the page is made,
/// since its number, hours and check date live in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Sanitised HTML.
    Html(String),
    /// A reference to a fact.
    Fact(FactKey),
}

/// A part of the text under one heading of the second level.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// The heading; empty for what stands before the first.
    pub title: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// The headings of the third level in it.
    pub headings: Vec<Heading>,
    /// What is shown, in order, without the heading itself.
    pub pieces: Vec<Piece>,
}

/// The text of an article, parsed once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// Its parts in order.
    pub sections: Vec<Section>,
    /// The words alone, for the index and for fragments.
    pub text: String,
}

/// The section that every article opens with.
pub const IN_SHORT: &str = "In het kort";

impl Body {
    /// The section "In het kort".
    #[must_use]
    pub fn in_short(&self) -> Option<&Section> {
        self.sections
            .iter()
            .find(|section| section.title == IN_SHORT)
    }
}

/// One answer page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its address: `/antwoord/<slug>`.
    pub slug: Slug,
    /// The file below `content/`, for editors and error messages.
    pub path: String,
    /// The question or worry as a parent would say it.
    pub title: String,
    /// One or two sentences that already help.
    pub summary: String,
    /// Its topic.
    pub topic: Slug,
    /// Further topics.
    pub also: Vec<Slug>,
    /// The ages it is about.
    pub ages: Vec<AgeBand>,
    /// Whom it speaks to.
    pub audience: Vec<Audience>,
    /// Ways in which parents ask this.
    pub questions: Vec<String>,
    /// Other words for it.
    pub keywords: Vec<String>,
    /// What it rests on, the newest guideline first.
    pub sources: Vec<SourceRef>,
    /// Last changed.
    pub updated: Date,
    /// Must be looked at again before this day.
    pub review_before: Date,
    /// Whether it was approved.
    pub review: Review,
    /// Related articles.
    pub related: Vec<Slug>,
    /// Former slugs; they redirect.
    pub former: Vec<Slug>,
    /// Facts in its help box.
    pub help: Vec<FactKey>,
    /// Its text.
    pub body: Body,
}

impl Article {
    /// The one group of readers it speaks to, when that is not parents.
    #[must_use]
    pub fn speaks_to(&self) -> Option<Audience> {
        match self.audience.as_slice() {
            [one] if *one != Audience::Ouder => Some(*one),
            _ => None,
        }
    }

    /// Whether it is about `topic`, first or also.
    #[must_use]
    pub fn is_about(&self, topic: &str) -> bool {
        self.topic.as_str() == topic || self.also.iter().any(|slug| slug.as_str() == topic)
    }
}

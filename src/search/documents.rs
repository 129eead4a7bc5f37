//! What is kept of each document beside the index: to cut fragments, to look again at the best, and
//! to judge whether an answer is sure.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::fragment::{ReadText, Vocabulary};
use super::schema::{Analyzed, Document, Part};
use crate::domain::{AgeBand, Audience};
use crate::dutch::tokens;

/// A set of numbers of words.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Numbers(Box<[u32]>);

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let sorted: BTreeSet<u32> = numbers.into_iter().collect();
        Self(sorted.into_iter().collect())
    }
}

impl Numbers {
    pub(super) fn contains(&self, number: u32) -> bool {
        self.0.binary_search(&number).is_ok()
    }

    /// The numbers in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    /// How many both have, and how many each has, added up.
    pub(super) fn common(&self, other: &Self) -> (usize, usize) {
        let common = self.iter().filter(|number| other.contains(*number));
        (common.count(), self.0.len() + other.0.len())
    }
}

/// The pairs of neighbours in a row of words.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Pairs(Box<[(u32, u32)]>);

impl Pairs {
    /// The pairs of these words by number; an unknown word is a neighbour of none.
    pub(super) fn of(words: impl IntoIterator<Item = Option<u32>>) -> Self {
        let mut before = None;
        let mut pairs = BTreeSet::new();
        for word in words {
            pairs.extend(before.zip(word));
            before = word;
        }
        Self(pairs.into_iter().collect())
    }

    /// How many both have, and how many each has, added up.
    pub(super) fn common(&self, other: &Self) -> (usize, usize) {
        let common = self
            .0
            .iter()
            .filter(|pair| other.0.binary_search(pair).is_ok());
        (common.count(), self.0.len() + other.0.len())
    }
}

/// What is kept of each document beside the index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Beside {
    pub(super) id: String,
    pub(super) text: ReadText,
    /// Numbers of the terms of its names.
    pub(super) strong: Numbers,
    /// Numbers of all its terms.
    pub(super) all: Numbers,
    /// Its title, each question and each keyword.
    pub(super) names: Vec<Name>,
    /// The ages that it is for.
    pub(super) ages: Vec<AgeBand>,
    /// Whom it speaks to.
    pub(super) audiences: Vec<Audience>,
}

/// What an article is called by: its title, a question or a keyword.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Name {
    /// Numbers of its words as they are written, little ones too.
    pub(super) words: Numbers,
    /// Which of them are neighbours.
    pub(super) pairs: Pairs,
    /// Numbers of its terms.
    pub(super) terms: Numbers,
}

/// All documents of a collection, by their number in the index.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Documents {
    pub(super) vocabulary: Vocabulary,
    /// Words as they are written, of names.
    pub(super) written: Vocabulary,
    beside: Vec<Beside>,
    /// In how many documents each term occurs, by its number.
    counts: Vec<u32>,
}

impl Documents {
    /// Adds the next document of the index.
    pub(super) fn add(&mut self, document: &Document, analyzed: &Analyzed) {
        let names = document.texts(Part::Names).zip(analyzed.texts(Part::Names));
        let names: Vec<Name> = names
            .map(|(name, terms)| {
                let words = tokens(name).map(|token| self.written.number(&token.text));
                let words: Vec<u32> = words.collect();
                let terms = terms.iter().map(|term| self.vocabulary.number(&term.text));
                Name {
                    words: words.iter().copied().collect(),
                    pairs: Pairs::of(words.into_iter().map(Some)),
                    terms: terms.collect(),
                }
            })
            .collect();
        let strong: Numbers = names.iter().flat_map(|name| name.terms.iter()).collect();
        let said = analyzed.texts(Part::Text).iter().flatten();
        let said = said.map(|term| self.vocabulary.number(&term.text));
        let all: Vec<u32> = strong.iter().chain(said).collect();
        let all: Numbers = all.into_iter().collect();
        for number in &all.0 {
            let at = *number as usize;
            if self.counts.len() <= at {
                self.counts.resize(at + 1, 0);
            }
            if let Some(count) = self.counts.get_mut(at) {
                *count += 1;
            }
        }
        let terms = analyzed.texts(Part::Text).iter().take(1).flatten();
        let text = ReadText::new(&document.text, terms, &mut self.vocabulary);
        self.beside.push(Beside {
            id: document.id.clone(),
            text,
            strong,
            all,
            names,
            ages: document.ages.clone(),
            audiences: document.audiences.clone(),
        });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.beside.len()
    }

    /// What is kept of the document with this number.
    pub(super) fn get(&self, number: u32) -> Option<&Beside> {
        self.beside.get(number as usize)
    }

    /// How telling a term is: the rarer the more; most for one that occurs nowhere.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of documents are far below 2^24"
    )]
    pub(super) fn rarity(&self, number: Option<u32>) -> f32 {
        let documents = self.beside.len() as f32;
        let count = number.and_then(|n| self.counts.get(n as usize)).copied();
        ((documents + 1.0) / (count.unwrap_or(0) as f32 + 0.5))
            .ln()
            .max(0.1)
    }
}

//! What is kept of each document beside the index: to cut fragments, to look again at the best, and
//! to judge whether an answer is sure.

use std::collections::{HashMap, HashSet};

use super::fragment::{ReadText, Vocabulary};
use super::schema::{Document, Part};
use crate::dutch::{Analyzer, tokens};

/// What is kept of each document beside the index.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) text: ReadText,
    /// Numbers of the terms in title, questions, keywords and headings.
    pub(super) strong: HashSet<u32>,
    /// Numbers of all its terms.
    pub(super) all: HashSet<u32>,
    /// Numbers of the words of its title and of each question, as they are written.
    pub(super) sayings: Vec<HashSet<u32>>,
}

/// All documents of a collection, by their number in the index.
#[derive(Debug, Default)]
pub(super) struct Documents {
    pub(super) vocabulary: Vocabulary,
    /// Words as they are written, of titles and questions.
    pub(super) written: Vocabulary,
    beside: Vec<Beside>,
    /// In how many documents each term occurs, by its number.
    counts: Vec<u32>,
}

impl Documents {
    /// Reads `documents` in the order of `ids`, which is that of the index.
    pub(super) fn read(ids: &[String], documents: &[Document], analyzer: &mut Analyzer) -> Self {
        let mut read = Self::default();
        let by_id: HashMap<&str, &Document> = documents
            .iter()
            .map(|document| (document.id.as_str(), document))
            .collect();
        for id in ids {
            let beside = by_id
                .get(id.as_str())
                .map(|document| read.read_one(document, analyzer));
            read.beside.push(beside.unwrap_or_default());
        }
        for number in read.beside.iter().flat_map(|beside| &beside.all) {
            let at = *number as usize;
            if read.counts.len() <= at {
                read.counts.resize(at + 1, 0);
            }
            if let Some(count) = read.counts.get_mut(at) {
                *count += 1;
            }
        }
        read
    }

    fn read_one(&mut self, document: &Document, analyzer: &mut Analyzer) -> Beside {
        let strong_parts = [Part::Title, Part::Questions, Part::Keywords, Part::Headings];
        let mut strong = HashSet::new();
        for text in strong_parts
            .into_iter()
            .flat_map(|part| document.texts(part))
        {
            strong.extend(self.vocabulary.read(text, analyzer).terms());
        }
        let text = self.vocabulary.read(&document.text, analyzer);
        let all = strong.iter().copied().chain(text.terms()).collect();
        let sayings = std::iter::once(&document.title).chain(&document.questions);
        let mut words = |saying: &String| {
            tokens(saying)
                .map(|t| self.written.number(t.text))
                .collect()
        };
        let sayings = sayings.map(&mut words).collect();
        Beside {
            text,
            strong,
            all,
            sayings,
        }
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

impl Beside {
    /// How alike `words` and the title or question nearest to it are, 0 to 1.
    pub(super) fn likeness(&self, words: &HashSet<u32>) -> f32 {
        let alike = self.sayings.iter().map(|saying| likeness(words, saying));
        alike.fold(0.0, f32::max)
    }
}

/// How alike two sets of words are: the coefficient of Dice, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts of words in a sentence")]
fn likeness(first: &HashSet<u32>, second: &HashSet<u32>) -> f32 {
    let common = first.intersection(second).count();
    let all = first.len() + second.len();
    if all == 0 {
        0.0
    } else {
        2.0 * common as f32 / all as f32
    }
}

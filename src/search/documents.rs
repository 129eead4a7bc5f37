//! What is kept of each document beside the index: to cut fragments, to look again at the best, and
//! to judge whether an answer is sure.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::fragment::{ReadText, Vocabulary};
use super::schema::{Analyzed, Document, Part};
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
}

/// What is kept of each document beside the index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Beside {
    pub(super) id: String,
    pub(super) text: ReadText,
    /// Numbers of the terms in title, questions, keywords and headings.
    pub(super) strong: Numbers,
    /// Numbers of all its terms.
    pub(super) all: Numbers,
    /// Numbers of the words of its title and of each question, as they are written.
    sayings: Vec<Numbers>,
}

/// All documents of a collection, by their number in the index.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Documents {
    pub(super) vocabulary: Vocabulary,
    /// Words as they are written, of titles and questions.
    pub(super) written: Vocabulary,
    beside: Vec<Beside>,
    /// In how many documents each term occurs, by its number.
    counts: Vec<u32>,
}

impl Documents {
    /// Adds the next document of the index.
    pub(super) fn add(&mut self, document: &Document, analyzed: &Analyzed) {
        let mut strong = Vec::new();
        let mut all = Vec::new();
        for part in Part::ALL {
            let terms = analyzed.texts(part).iter().flatten();
            let numbers = terms.map(|term| self.vocabulary.number(&term.text));
            all.extend(numbers);
            if part != Part::Text {
                strong.clone_from(&all);
            }
        }
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
        let terms = analyzed.texts(Part::Text).iter().flatten();
        let text = ReadText::new(&document.text, terms, &mut self.vocabulary);
        let sayings = std::iter::once(&document.title).chain(&document.questions);
        let mut words = |saying: &String| {
            tokens(saying)
                .map(|token| self.written.number(&token.text))
                .collect()
        };
        let sayings = sayings.map(&mut words).collect();
        self.beside.push(Beside {
            id: document.id.clone(),
            text,
            strong: strong.into_iter().collect(),
            all,
            sayings,
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

impl Beside {
    /// How alike `words` and the title or question nearest to it are, 0 to 1.
    pub(super) fn likeness(&self, words: &Numbers) -> f32 {
        let alike = self.sayings.iter().map(|saying| likeness(words, saying));
        alike.fold(0.0, f32::max)
    }
}

/// How alike two sets of words are: the coefficient of Dice, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "counts of words in a sentence")]
fn likeness(first: &Numbers, second: &Numbers) -> f32 {
    let common = first.0.iter().filter(|word| second.contains(**word));
    let common = common.count();
    let all = first.0.len() + second.0.len();
    if all == 0 {
        0.0
    } else {
        2.0 * common as f32 / all as f32
    }
}

//! The best of what was found, looked at again: how alike the question and the names of an answer
//! are, whether the age and the reader are right.

use super::documents::{Beside, Documents, Name, Numbers};
use super::plan::{Plan, SearchQuery};
use crate::domain::Audience;
use crate::dutch::age::{AgeRange, find_age};
use crate::dutch::{Asker, find_asker, tokens};

/// How many of the best are looked at again.
pub(super) const LOOKED_AT_AGAIN: usize = 60;

/// How much it counts that a name has the words of the question, by their weight.
const SAME_TERMS_WEIGHT: f32 = 1.5;

/// How much it counts that a name has the very words of the question, little ones included ("wordt
/// gepest" is not "pest").
const SAME_WORDS_WEIGHT: f32 = 1.0;

/// What becomes of the score of an answer for the age in the question, and for another.
const RIGHT_AGE: f32 = 1.2;
const WRONG_AGE: f32 = 0.6;

/// What becomes of the score of an answer that speaks to others than who asks.
const WRONG_READER: f32 = 0.6;

/// A question, as far as it is held against single answers.
pub(super) struct Asked<'d> {
    documents: &'d Documents,
    words: Numbers,
    /// The terms typed: number and weight.
    terms: Vec<(u32, f32)>,
    /// The weight of all terms typed, those that occur nowhere included.
    weight: f32,
    age: Option<AgeRange>,
    asker: Option<Asker>,
}

impl<'d> Asked<'d> {
    pub(super) fn new(query: &SearchQuery, plan: &Plan, documents: &'d Documents) -> Self {
        let mut terms = Vec::new();
        let mut weight = 0.0;
        for term in plan.terms.iter().filter(|term| term.typed) {
            let number = documents.vocabulary.find(&term.text);
            let own = term.weight * documents.rarity(number);
            weight += own;
            terms.extend(number.map(|number| (number, own)));
        }
        let words = tokens(query.as_str());
        Self {
            documents,
            words: words
                .filter_map(|token| documents.written.find(&token.text))
                .collect(),
            terms,
            weight,
            age: find_age(query.as_str()),
            asker: find_asker(query.as_str()),
        }
    }

    /// By how much the score of `document` is to be multiplied.
    pub(super) fn fit(&self, document: &Beside) -> f32 {
        let best = |likeness: &dyn Fn(&Name) -> f32| {
            document.names.iter().map(likeness).fold(0.0, f32::max)
        };
        let terms = best(&|name| self.same_terms(name));
        let words = best(&|name| self.same_words(name));
        (1.0 + SAME_TERMS_WEIGHT * terms)
            * (1.0 + SAME_WORDS_WEIGHT * words)
            * self.fit_of_age(document)
            * self.fit_of_reader(document)
    }

    /// The coefficient of Dice of the terms, each by its weight.
    fn same_terms(&self, name: &Name) -> f32 {
        let common = self
            .terms
            .iter()
            .filter(|(term, _)| name.terms.contains(*term));
        let common: f32 = common.map(|(_, weight)| weight).sum();
        if common == 0.0 {
            return 0.0;
        }
        let own = name.terms.iter();
        let own: f32 = own.map(|term| self.documents.rarity(Some(term))).sum();
        2.0 * common / (self.weight + own)
    }

    /// The coefficient of Dice of the words as they are written.
    #[expect(clippy::cast_precision_loss, reason = "counts of words in a sentence")]
    fn same_words(&self, name: &Name) -> f32 {
        let common = self.words.iter().filter(|word| name.words.contains(*word));
        let all = self.words.len() + name.words.len();
        2.0 * common.count() as f32 / all.max(1) as f32
    }

    fn fit_of_age(&self, document: &Beside) -> f32 {
        let Some(age) = self.age else { return 1.0 };
        let mut bands = document.ages.iter().filter_map(|band| band.months());
        if bands.any(|(from, to)| age.overlaps(from, to)) {
            RIGHT_AGE
        } else {
            WRONG_AGE
        }
    }

    fn fit_of_reader(&self, document: &Beside) -> f32 {
        let reader = match self.asker {
            None => return 1.0,
            Some(Asker::Parent) => Audience::Ouder,
            Some(Asker::Young) => Audience::Jongere,
            Some(Asker::Professional) => Audience::Professional,
        };
        let spoken_to = document.audiences.is_empty() || document.audiences.contains(&reader);
        if spoken_to { 1.0 } else { WRONG_READER }
    }
}

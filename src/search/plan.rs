//! From a parent's words to what is looked for: bounded, and made of terms only.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::content::WordGroup;
use crate::dutch::{Analyzer, TermKind, is_stop_word};

/// The longest query that is read, in bytes; what is beyond is cut.
pub const QUERY_LIMIT: usize = 10 * 1024;

/// The most terms that one query looks for, expansions included.
pub const MOST_TERMS: usize = 48;

/// How much a part of a compound counts beside the whole word.
const PART_WEIGHT: f32 = 0.6;

/// How much a number counts: mostly it is an age, which is looked at by itself.
const NUMBER_WEIGHT: f32 = 0.3;

/// How much a word counts that stands in the same group of `woorden.toml`.
const GROUP_WEIGHT: f32 = 0.4;

/// A parent's words, cut to [`QUERY_LIMIT`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    text: String,
    was_cut: bool,
}

impl SearchQuery {
    /// Takes any text: control characters become spaces, white space at the ends goes.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let was_cut = text.len() > QUERY_LIMIT;
        let kept = text
            .get(..text.floor_char_boundary(QUERY_LIMIT))
            .unwrap_or(text);
        let clean: String = kept
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        Self {
            text: clean.trim().to_owned(),
            was_cut,
        }
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether some were cut off.
    #[must_use]
    pub const fn was_cut(&self) -> bool {
        self.was_cut
    }
}

/// A term that is looked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlannedTerm {
    pub(super) text: String,
    pub(super) weight: f32,
    /// Typed by the parent, not added.
    pub(super) typed: bool,
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) terms: Vec<PlannedTerm>,
}

/// The groups of `woorden.toml`, to be met in a query.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Groups {
    /// By the base form of its first word: the base forms of the rest of a word or phrase, and the
    /// number of its group.
    phrases: HashMap<String, Vec<(Vec<String>, usize)>>,
    /// Of each group the base forms of its single words. A phrase adds nothing to a query: one of its
    /// words alone says something else.
    words: Vec<Vec<String>>,
}

/// How many words of the query may stand between two words of a phrase.
const PHRASE_GAP: usize = 1;

impl Groups {
    pub(super) fn new(groups: &[WordGroup], analyzer: &mut Analyzer) -> Self {
        let mut all = Self::default();
        for group in groups {
            let mut single = Vec::new();
            for phrase in group.parents.iter().chain(&group.professionals) {
                let mut words = base_forms(phrase, analyzer).into_iter();
                let Some(first) = words.next() else { continue };
                let rest: Vec<_> = words.collect();
                if rest.is_empty() && !is_stop_word(&first) {
                    single.push(first.clone());
                }
                let known = all.phrases.entry(first).or_default();
                known.push((rest, all.words.len()));
            }
            all.words.push(single);
        }
        all
    }

    /// The words that go with those of a query, of which these are the base forms in order.
    fn met(&self, query: &[String]) -> impl Iterator<Item = &String> {
        let starts = query.iter().enumerate();
        let phrases = starts.filter_map(|(at, word)| {
            let after = query.get(at + 1..).unwrap_or(&[]);
            Some((after, self.phrases.get(word)?))
        });
        phrases
            .flat_map(|(after, phrases)| phrases.iter().map(move |phrase| (after, phrase)))
            .filter(|(after, (rest, _))| follows(rest, after))
            .filter_map(|(_, (_, group))| self.words.get(*group))
            .flatten()
    }
}

/// The base form of each word, little ones included.
fn base_forms(text: &str, analyzer: &mut Analyzer) -> Vec<String> {
    let words = analyzer.words(text).into_iter();
    words
        .filter_map(|word| word.forms.into_iter().next())
        .collect()
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// Whether `rest` follows in `after`, with small gaps.
fn follows(rest: &[String], after: &[String]) -> bool {
    let mut at = 0;
    rest.iter().all(|wanted| {
        let near = after.iter().skip(at).take(PHRASE_GAP + 1);
        let found = near.into_iter().position(|word| word == wanted);
        at += found.map_or(0, |gap| gap + 1);
        found.is_some()
    })
}

impl Plan {
    /// The plan for `query`.
    pub(super) fn new(query: &SearchQuery, groups: &Groups, analyzer: &mut Analyzer) -> Self {
        let mut plan = Self::default();
        let terms = analyzer.terms(query.as_str());
        for term in &terms {
            let weight = match term.kind {
                TermKind::Word if is_number(&term.text) => NUMBER_WEIGHT,
                TermKind::Word => 1.0,
                TermKind::Part => PART_WEIGHT,
            };
            plan.add(&term.text, weight, true);
        }
        for other in groups.met(&base_forms(query.as_str(), analyzer)) {
            plan.add(other, GROUP_WEIGHT, false);
        }
        plan
    }

    fn add(&mut self, text: &str, weight: f32, typed: bool) {
        if let Some(known) = self.terms.iter_mut().find(|term| term.text == text) {
            known.weight = known.weight.max(weight);
            known.typed |= typed;
        } else if self.terms.len() < MOST_TERMS {
            let text = text.to_owned();
            self.terms.push(PlannedTerm {
                text,
                weight,
                typed,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plan(text: &str) -> Plan {
        let mut analyzer = Analyzer::default();
        let group = WordGroup {
            parents: vec!["krijsen".into(), "uit bed komen".into()],
            professionals: vec!["driftbui".into()],
            topic: None,
        };
        let groups = Groups::new(&[group], &mut analyzer);
        Plan::new(&SearchQuery::new(text), &groups, &mut analyzer)
    }

    #[test]
    fn words_parts_and_group_words_weigh_less_in_that_order() {
        let planned = plan("slaapproblemen en krijsen");
        let weights: Vec<_> = planned.terms.iter().map(|term| term.weight).collect();
        assert_eq!(weights, [1.0, PART_WEIGHT, PART_WEIGHT, 1.0, GROUP_WEIGHT]);
    }

    #[test]
    fn a_phrase_of_a_group_brings_its_words_and_is_never_brought_in_pieces() {
        let added = |text: &str| {
            let planned = plan(text);
            let added = planned.terms.into_iter().filter(|term| !term.typed);
            added.map(|term| term.text).collect::<Vec<_>>()
        };
        assert_eq!(
            added("hij wil weer uit zijn bed komen"),
            ["krijs", "driftbui"]
        );
        assert_eq!(added("driftbuien in de winkel"), ["krijs"]);
        assert!(added("naar bed en later komen").is_empty());
        assert!(added("uit").is_empty());
    }

    #[test]
    fn a_long_query_is_cut_on_a_letter_and_says_so() {
        let long = SearchQuery::new(&"é".repeat(QUERY_LIMIT));
        assert!(long.was_cut() && long.as_str().len() <= QUERY_LIMIT);
        assert!(!SearchQuery::new("kort\u{7}").was_cut());
        assert!(SearchQuery::new(" \u{0}\n ").is_empty());
    }

    proptest! {
        #[test]
        fn the_work_of_any_query_is_bounded(text in "\\PC{0,2000}") {
            let planned = plan(&text);
            prop_assert!(planned.terms.len() <= MOST_TERMS);
        }
    }
}

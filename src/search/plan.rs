//! From a parent's words to what is looked for: bounded, and made of terms only.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::content::WordGroup;
use crate::dutch::{Analyzer, TermKind};

/// The longest query that is read, in bytes; what is beyond is cut.
pub const QUERY_LIMIT: usize = 10 * 1024;

/// The most terms that one query looks for, expansions included.
pub const MOST_TERMS: usize = 48;

/// The most neighbouring pairs that one query looks for.
const MOST_PAIRS: usize = 12;

/// How much a part of a compound counts beside the whole word.
const PART_WEIGHT: f32 = 0.6;

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
    /// Words that stand beside each other in the query.
    pub(super) pairs: Vec<(String, String)>,
}

/// Words of `woorden.toml` by base form -> the base forms of their groups.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Groups(HashMap<String, Vec<String>>);

impl Groups {
    pub(super) fn new(groups: &[WordGroup], analyzer: &mut Analyzer) -> Self {
        let mut by_word: HashMap<String, Vec<String>> = HashMap::new();
        for group in groups {
            let words = group.parents.iter().chain(&group.professionals);
            // A phrase of several words expands nothing: one of its words alone says something else.
            let single: Vec<String> = words
                .filter_map(|word| {
                    let mut terms = analyzer.terms(word);
                    terms.retain(|term| term.kind == TermKind::Word);
                    <[_; 1]>::try_from(terms).ok().map(|[term]| term.text)
                })
                .collect();
            for word in &single {
                let others = single.iter().filter(|other| *other != word).cloned();
                by_word.entry(word.clone()).or_default().extend(others);
            }
        }
        Self(by_word)
    }

    fn of(&self, word: &str) -> &[String] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

impl Plan {
    /// The plan for `query`.
    pub(super) fn new(query: &SearchQuery, groups: &Groups, analyzer: &mut Analyzer) -> Self {
        let mut plan = Self::default();
        let terms = analyzer.terms(query.as_str());
        let mut last: Option<(usize, String)> = None;
        for term in &terms {
            let (weight, whole) = match term.kind {
                TermKind::Word => (1.0, true),
                TermKind::Part => (PART_WEIGHT, false),
            };
            plan.add(&term.text, weight, true);
            if !whole {
                continue;
            }
            if let Some((at, before)) = last
                && term.position - at <= 2
                && plan.pairs.len() < MOST_PAIRS
                && before != term.text
            {
                plan.pairs.push((before, term.text.clone()));
            }
            last = Some((term.position, term.text.clone()));
        }
        for term in &terms {
            for other in groups.of(&term.text) {
                plan.add(other, GROUP_WEIGHT, false);
            }
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
        assert_eq!(planned.pairs.len(), 1);
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
            prop_assert!(planned.pairs.len() <= MOST_PAIRS);
        }
    }
}

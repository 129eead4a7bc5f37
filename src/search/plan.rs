//! From a parent's words to what is looked for: bounded, and made of terms only.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::content::WordGroup;
use crate::dutch::{Analyzer, TermKind, is_child_word, is_stop_word};

/// The longest query that is read, in bytes; what is beyond is cut.
pub const QUERY_LIMIT: usize = 10 * 1024;

/// The most terms that one query looks for, expansions included.
pub const MOST_TERMS: usize = 48;

/// How much a part of a compound counts beside the whole word.
const PART_WEIGHT: f32 = 0.6;

/// How much a number counts: mostly it is an age, which is looked at by itself.
const NUMBER_WEIGHT: f32 = 0.3;

/// How much a word counts that says no more than that it is about a child.
const CHILD_WEIGHT: f32 = 0.25;

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
    /// Terms of one place stand for one another: the best of them counts.
    pub(super) place: usize,
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

    /// The words that go with those of a query, of which these are the base forms in order; before
    /// each the words from where its group was met.
    fn met<'g>(&'g self, query: &'g [String]) -> impl Iterator<Item = (&'g [String], &'g String)> {
        let starts = query.iter().enumerate();
        let phrases =
            starts.filter_map(|(at, word)| Some((query.get(at..)?, self.phrases.get(word)?)));
        phrases
            .flat_map(|(from, phrases)| phrases.iter().map(move |phrase| (from, phrase)))
            .filter(|(from, (rest, _))| follows(rest, from.get(1..).unwrap_or(&[])))
            .filter_map(|(from, (_, group))| Some((from, self.words.get(*group)?)))
            .flat_map(|(from, words)| words.iter().map(move |word| (from, word)))
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
                TermKind::Part => PART_WEIGHT,
                TermKind::Word if is_number(&term.text) => NUMBER_WEIGHT,
                TermKind::Word if is_child_word(&term.text) => CHILD_WEIGHT,
                TermKind::Word => 1.0,
            };
            plan.add(&term.text, weight, None);
        }
        let words = base_forms(query.as_str(), analyzer);
        for (from, other) in groups.met(&words) {
            let typed = plan.terms.iter().filter(|term| term.typed);
            let place = from.iter().find_map(|word| {
                let same = typed.clone().find(|term| term.text == *word);
                same.map(|term| term.place)
            });
            plan.add(other, GROUP_WEIGHT, Some(place.unwrap_or(plan.terms.len())));
        }
        plan
    }

    /// Adds a term, in the place of another when it was not typed.
    fn add(&mut self, text: &str, weight: f32, instead: Option<usize>) {
        let typed = instead.is_none();
        if let Some(known) = self.terms.iter_mut().find(|term| term.text == text) {
            known.weight = known.weight.max(weight);
            known.typed |= typed;
        } else if self.terms.len() < MOST_TERMS {
            self.terms.push(PlannedTerm {
                text: text.to_owned(),
                weight,
                typed,
                place: instead.unwrap_or(self.terms.len()),
            });
        }
    }

    /// The terms by their place.
    pub(super) fn places(&self) -> impl Iterator<Item = Vec<&PlannedTerm>> {
        let places: BTreeSet<usize> = self.terms.iter().map(|term| term.place).collect();
        let of = |place| self.terms.iter().filter(move |term| term.place == place);
        places.into_iter().map(move |place| of(place).collect())
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
        let places: Vec<_> = planned.places().map(|terms| terms.len()).collect();
        assert_eq!(
            places,
            [1, 1, 1, 2],
            "a word of a group takes the place of that typed"
        );
    }

    #[test]
    fn numbers_and_words_for_a_child_weigh_little() {
        let planned = plan("mijn dochter van 14 liegt");
        let weights: Vec<_> = planned.terms.iter().map(|term| term.weight).collect();
        assert_eq!(weights, [CHILD_WEIGHT, NUMBER_WEIGHT, 1.0]);
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

//! Whether a parent's words call for a help box.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::domain::{FactKey, SafetyRule, Slug};
use crate::dutch::age::{AgeRange, find_age};
use crate::dutch::{Analyzer, Word};

/// All words of a phrase stand within this many words, in any order.
const WINDOW: usize = 7;

/// How many words of a text are looked at.
const MOST_WORDS: usize = 2_000;

/// Little words that take no room in the window. In a phrase they count as any other: "was ik maar
/// dood" is not "dood".
const LOOSE: &[&str] = &[
    "aan", "al", "als", "ben", "bij", "daar", "dan", "dat", "de", "die", "dit", "door", "dus",
    "echt", "een", "en", "er", "erg", "ff", "gewoon", "haar", "had", "heb", "hebben", "heeft",
    "heel", "hele", "hem", "het", "hij", "hun", "ie", "ik", "in", "is", "je", "jij", "m", "maar",
    "me", "met", "mij", "mijn", "mn", "n", "nu", "of", "om", "ons", "onze", "ook", "op", "over",
    "r", "s", "soms", "steeds", "t", "te", "van", "voor", "want", "was", "we", "wel", "werd",
    "wij", "wordt", "ze", "zich", "zij", "zijn", "zn", "zo",
];

/// Everybody whom the rules name, each once, in the order of the rules.
#[must_use]
pub fn help_keys(rules: &[&SafetyRule]) -> Vec<FactKey> {
    let mut keys: Vec<FactKey> = Vec::new();
    for key in rules.iter().flat_map(|rule| &rule.help) {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    keys
}

/// The rules, ready to be held against a query.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct SafetyWords {
    rules: Vec<Compiled>,
    /// Words that occur in some phrase: a query without them is done at once.
    telling: HashMap<String, u32>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Compiled {
    key: Slug,
    phrases: Vec<Phrase>,
    exceptions: Vec<Phrase>,
    months: Option<(u16, u16)>,
}

/// The numbers of the words of a phrase.
type Phrase = Vec<u32>;

impl SafetyWords {
    pub(super) fn new(rules: &[SafetyRule], analyzer: &mut Analyzer) -> Self {
        let mut words = Self::default();
        for rule in rules {
            let mut phrases = |texts: &[String]| -> Vec<Phrase> {
                let phrases = texts.iter().map(|text| words.phrase(text, analyzer));
                phrases.filter(|phrase| !phrase.is_empty()).collect()
            };
            let compiled = Compiled {
                key: rule.key.clone(),
                phrases: phrases(&rule.phrases),
                exceptions: phrases(&rule.exceptions),
                months: rule.months,
            };
            words.rules.push(compiled);
        }
        words
    }

    fn phrase(&mut self, text: &str, analyzer: &mut Analyzer) -> Phrase {
        let mut phrase: Phrase = Vec::new();
        for word in analyzer.words(text) {
            let Some(form) = word.forms.into_iter().next() else {
                continue;
            };
            let next = u32::try_from(self.telling.len()).unwrap_or(u32::MAX);
            let number = *self.telling.entry(form).or_insert(next);
            if !phrase.contains(&number) {
                phrase.push(number);
            }
        }
        phrase
    }

    /// The rules that fit `text`, the most urgent first.
    pub(super) fn matching(&self, text: &str, analyzer: &mut Analyzer) -> Vec<&Slug> {
        let places = self.places(&analyzer.words(text));
        // Nearly all phrases have a word that the text has not: those are done at once.
        let present: HashSet<u32> = places.iter().flatten().copied().collect();
        if present.is_empty() {
            return Vec::new();
        }
        let met = |phrases: &[Phrase]| {
            let whole = |phrase: &&Phrase| phrase.iter().all(|number| present.contains(number));
            let mut whole = phrases.iter().filter(whole);
            whole.any(|phrase| occurs(phrase, &places))
        };
        let age = find_age(text);
        let fits = |rule: &&Compiled| {
            of_age(rule.months, age) && met(&rule.phrases) && !met(&rule.exceptions)
        };
        self.rules
            .iter()
            .filter(fits)
            .map(|rule| &rule.key)
            .collect()
    }

    /// The numbers of the words, by place. A loose word stands at the place of the word before it.
    fn places(&self, words: &[Word]) -> Vec<Vec<u32>> {
        let mut places: Vec<Vec<u32>> = Vec::new();
        for word in words.iter().take(MOST_WORDS) {
            let forms = word.forms.iter();
            let numbers = forms.filter_map(|form| self.telling.get(form).copied());
            match places.last_mut().filter(|_| is_loose(&word.text)) {
                Some(last) => last.extend(numbers),
                None => places.push(numbers.collect()),
            }
        }
        places
    }
}

fn is_loose(word: &str) -> bool {
    LOOSE.binary_search(&word).is_ok()
}

/// A rule for some months fits a child of unknown age too: better one box too many.
fn of_age(months: Option<(u16, u16)>, age: Option<AgeRange>) -> bool {
    match (months, age) {
        (Some((from, to)), Some(age)) => age.overlaps(from, to),
        _ => true,
    }
}

/// Whether all words of `phrase` stand within a window of `places`.
fn occurs(phrase: &Phrase, places: &[Vec<u32>]) -> bool {
    let starts = places
        .iter()
        .enumerate()
        .filter(|(_, word)| word.iter().any(|number| phrase.contains(number)));
    starts.into_iter().any(|(start, _)| {
        let window = places
            .get(start..places.len().min(start + WINDOW))
            .unwrap_or(&[]);
        phrase
            .iter()
            .all(|number| window.iter().any(|word| word.contains(number)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SafetyKind;

    fn rule(key: &str, phrases: &[&str], not: &[&str], months: Option<(u16, u16)>) -> SafetyRule {
        SafetyRule {
            key: Slug::parse(key).expect("a slug"),
            kind: SafetyKind::Medical,
            advice: String::new(),
            phrases: phrases.iter().map(ToString::to_string).collect(),
            exceptions: not.iter().map(ToString::to_string).collect(),
            months,
            help: Vec::new(),
            article: None,
        }
    }

    fn matching(text: &str) -> Vec<String> {
        let rules = [
            rule(
                "leven",
                &["niet meer leven", "zelfmoord"],
                &["film zelfmoord"],
                None,
            ),
            rule("koorts", &["koorts"], &[], Some((0, 2))),
        ];
        let mut analyzer = Analyzer::default();
        let words = SafetyWords::new(&rules, &mut analyzer);
        let found = words.matching(text, &mut analyzer);
        found.into_iter().map(ToString::to_string).collect()
    }

    #[test]
    fn all_words_of_a_phrase_near_each_other_call_for_help() {
        assert_eq!(matching("ze zegt dat ze niet meer wil leven"), ["leven"]);
        assert_eq!(matching("leven met een baby"), Vec::<String>::new());
        assert_eq!(matching("zelfmoordgedachten bij mijn dochter"), ["leven"]);
        assert!(
            matching("niet slapen. een twee drie vier vijf zes zeven acht meer. later leven")
                .is_empty()
        );
    }

    #[test]
    fn an_exception_silences_its_rule_alone() {
        assert!(matching("film over zelfmoord").is_empty());
    }

    #[test]
    fn a_rule_for_an_age_fits_that_age_and_an_unknown_one() {
        assert_eq!(matching("baby van 6 weken met koorts"), ["koorts"]);
        assert_eq!(matching("koorts 39"), ["koorts"]);
        assert!(matching("mijn dochter van 8 heeft koorts").is_empty());
    }

    #[test]
    fn loose_words_are_sorted_so_that_they_can_be_searched() {
        assert!(LOOSE.is_sorted());
    }
}

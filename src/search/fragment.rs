//! Fragments: the stretch of a text in which most of the searched words stand, with those marked.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::dutch::Term;

/// How many words a fragment has at most.
const FRAGMENT_WORDS: usize = 28;

/// A stretch of a fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FragmentPart {
    /// The words.
    pub text: String,
    /// Whether they were searched for.
    pub marked: bool,
}

/// A stretch of a text around the searched words.
pub type Fragment = Vec<FragmentPart>;

/// A term of a text by number, and its place in bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Place {
    term: u32,
    start: u32,
    end: u32,
    line: u32,
}

/// A text whose terms are known by number.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ReadText {
    text: String,
    places: Vec<Place>,
}

/// Numbers for terms.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
}

impl Vocabulary {
    /// The number of a term; a new one when it is new.
    pub(super) fn number(&mut self, term: &str) -> u32 {
        if let Some(number) = self.find(term) {
            return number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(term.to_owned(), next);
        next
    }

    /// The number of a term that occurs in some text.
    pub(super) fn find(&self, term: &str) -> Option<u32> {
        self.numbers.get(term).copied()
    }
}

impl ReadText {
    /// A text of which these are the terms, in order; they get numbers.
    pub(super) fn new<'a>(
        text: &str,
        terms: impl Iterator<Item = &'a Term>,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut read_to = 0;
        let mut line = 0;
        let places = terms.map(|term| {
            let between = text.get(read_to..term.start).unwrap_or("");
            line += byte(between.matches('\n').count());
            read_to = term.start.max(read_to);
            Place {
                start: byte(term.start),
                end: byte(term.end),
                term: vocabulary.number(&term.text),
                line,
            }
        });
        Self {
            places: places.collect(),
            text: text.to_owned(),
        }
    }

    /// The stretch in which most of `searched` (term, weight) stand; nothing when none does.
    pub(super) fn fragment(&self, searched: &[(u32, f32)]) -> Option<Fragment> {
        let hits: Vec<(Place, f32)> = self
            .places
            .iter()
            .filter_map(|place| {
                let weight = searched.iter().find(|(term, _)| *term == place.term)?.1;
                Some((*place, weight))
            })
            .collect();
        let start = best_start(&hits)?;
        let (from, to) = self.window(start);
        Some(self.mark(from, to, &hits))
    }

    /// The window of whole words around a hit: from the start of its line, some words at the most.
    fn window(&self, hit: usize) -> (usize, usize) {
        let before = self.text.get(..hit).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let lead = before.get(line..).unwrap_or("");
        let skipped = lead
            .split_inclusive(' ')
            .count()
            .saturating_sub(FRAGMENT_WORDS / 3);
        let from = line
            + lead
                .split_inclusive(' ')
                .take(skipped)
                .map(str::len)
                .sum::<usize>();
        let rest = self.text.get(from..).unwrap_or("");
        let end_of_line = rest.find('\n').unwrap_or(rest.len());
        let rest = rest.get(..end_of_line).unwrap_or("");
        let len: usize = rest
            .split_inclusive(' ')
            .take(FRAGMENT_WORDS)
            .map(str::len)
            .sum();
        (from, from + len)
    }

    fn mark(&self, from: usize, to: usize, hits: &[(Place, f32)]) -> Fragment {
        let mut parts = Vec::new();
        let mut at = from;
        for (place, _) in hits {
            let (start, end) = (place.start as usize, place.end as usize);
            if start < at || end > to {
                continue;
            }
            self.push(&mut parts, at, start, false);
            self.push(&mut parts, start, end, true);
            at = end;
        }
        self.push(&mut parts, at, to, false);
        if from > 0
            && !self
                .text
                .get(..from)
                .is_some_and(|before| before.ends_with('\n'))
        {
            parts.insert(0, plain("… "));
        }
        if to < self.text.len()
            && !self
                .text
                .get(to..)
                .is_some_and(|after| after.starts_with('\n'))
        {
            parts.push(plain("…"));
        }
        parts
    }

    fn push(&self, parts: &mut Fragment, from: usize, to: usize, marked: bool) {
        if let Some(text) = self.text.get(from..to).filter(|text| !text.is_empty()) {
            let text = text.to_owned();
            parts.push(FragmentPart { text, marked });
        }
    }
}

fn plain(text: &str) -> FragmentPart {
    FragmentPart {
        text: text.to_owned(),
        marked: false,
    }
}

/// About how many bytes a fragment has.
const FRAGMENT_BYTES: u32 = 170;

/// Where the stretch begins in which the different hits weigh most.
fn best_start(hits: &[(Place, f32)]) -> Option<usize> {
    let score = |at: usize| {
        let (first, _) = hits.get(at)?;
        let near = hits.get(at..)?.iter().take_while(|(place, _)| {
            place.line == first.line && place.end <= first.start.saturating_add(FRAGMENT_BYTES)
        });
        let mut seen: Vec<u32> = Vec::new();
        let mut sum = 0.0;
        for (place, weight) in near {
            if !seen.contains(&place.term) {
                seen.push(place.term);
                sum += weight;
            }
        }
        Some((sum, first.start as usize))
    };
    (0..hits.len())
        .filter_map(score)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, start)| start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dutch::Analyzer;
    use proptest::prelude::*;

    fn fragment(text: &str, words: &str) -> Option<Fragment> {
        let mut analyzer = Analyzer::default();
        let mut vocabulary = Vocabulary::default();
        let terms = analyzer.terms(text);
        let read = ReadText::new(text, terms.iter(), &mut vocabulary);
        let searched: Vec<_> = analyzer
            .terms(words)
            .into_iter()
            .filter_map(|term| Some((vocabulary.find(&term.text)?, 1.0)))
            .collect();
        read.fragment(&searched)
    }

    fn shown(text: &str, words: &str) -> String {
        let parts = fragment(text, words).unwrap_or_default();
        parts
            .into_iter()
            .map(|part| {
                if part.marked {
                    format!("[{}]", part.text)
                } else {
                    part.text
                }
            })
            .collect()
    }

    #[test]
    fn the_searched_words_are_marked_in_the_line_where_most_of_them_stand() {
        let text = "Slapen is fijn.\nEen peuter slaapt soms slecht in bed.\nKlaar.";
        assert_eq!(
            shown(text, "peuter slapen bed"),
            "Een [peuter] [slaapt] soms slecht in [bed]."
        );
        assert_eq!(fragment(text, "fiets"), None);
    }

    #[test]
    fn parts_of_compounds_are_marked_once() {
        assert_eq!(
            shown("Over slaapproblemen.", "slaapproblemen"),
            "Over [slaapproblemen]."
        );
        assert_eq!(
            shown("Over slaapproblemen.", "slapen"),
            "Over [slaap]problemen."
        );
    }

    #[test]
    fn a_long_line_is_cut_between_words() {
        let text = format!("{} driftbui {}", "woord ".repeat(60), "einde ".repeat(60));
        let cut = shown(&text, "driftbui");
        assert!(cut.starts_with("… woord") && cut.ends_with('…'), "{cut}");
        assert!(cut.split(' ').count() <= FRAGMENT_WORDS + 2, "{cut}");
    }

    proptest! {
        #[test]
        fn a_fragment_is_a_stretch_of_its_text(text in "\\PC{0,300}", words in "\\PC{0,40}") {
            if let Some(parts) = fragment(&text, &words) {
                let all: String = parts.into_iter().map(|part| part.text).collect();
                let all = all.trim_start_matches("… ").trim_end_matches('…');
                prop_assert!(text.contains(all.trim_end_matches('…')) || text.contains('…'));
            }
        }
    }
}

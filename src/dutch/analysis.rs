//! From text to terms: what is indexed and what is searched are made the same way.

use std::collections::HashMap;

use super::compound;
use super::lemma::base_form;
use super::stop::is_stop_word;
use super::token::{Token, tokens};

/// Whether a term is a word or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// A word as it stands, in its base form.
    Word,
    /// A part of the compound at the same position.
    Part,
}

/// The base form of a word or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The base form, folded.
    pub text: String,
    /// Word or part.
    pub kind: TermKind,
    /// The number of the word in the text, stop words counted.
    pub position: usize,
    /// First byte in the text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A word in its base form and, when it is a compound, its parts in theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word as it is written, folded.
    pub text: String,
    /// The base form of the whole word first, then those of its parts.
    pub forms: Vec<String>,
}

/// Turns words into terms and remembers the words it has seen.
#[derive(Debug, Default, Clone)]
pub struct Analyzer {
    seen: HashMap<String, Box<[SeenTerm]>>,
}

/// A term of a word, with its place inside the folded word.
#[derive(Debug, Clone)]
struct SeenTerm {
    text: Box<str>,
    kind: TermKind,
    range: (u8, u8),
}

/// The most words an analyzer remembers; from there on it starts anew.
const MOST_SEEN: usize = 50_000;

impl Analyzer {
    /// The terms of `text` in order: of each word that is no stop word its base form, then the base
    /// forms of its parts when it is a compound.
    pub fn terms(&mut self, text: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        for (position, token) in tokens(text).enumerate() {
            self.push_terms(&token, position, &mut terms);
        }
        terms
    }

    /// The base forms of every word of `text`, stop words included: for rules in which little words
    /// such as "niet" count.
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let known = |token: Token| {
            let text = token.text;
            let seen = self.seen.entry(text.clone());
            let terms = seen.or_insert_with_key(|word| analyze_word(word));
            let forms = terms.iter().map(|term| term.text.to_string()).collect();
            Word { text, forms }
        };
        tokens(text).map(known).collect()
    }

    fn push_terms(&mut self, token: &Token, position: usize, terms: &mut Vec<Term>) {
        if is_stop_word(&token.text) {
            return;
        }
        if self.seen.len() > MOST_SEEN {
            self.seen.clear();
        }
        let plain = token.end - token.start == token.text.len();
        let known = self
            .seen
            .entry(token.text.clone())
            .or_insert_with(|| analyze_word(&token.text));
        terms.extend(known.iter().map(|seen| {
            // Folding may change the length of a word; then a part points at the whole word.
            let (from, to) = match seen.kind {
                TermKind::Part if plain => (usize::from(seen.range.0), usize::from(seen.range.1)),
                _ => (0, token.end - token.start),
            };
            Term {
                text: seen.text.to_string(),
                kind: seen.kind,
                position,
                start: token.start + from,
                end: token.start + to,
            }
        }));
    }
}

fn analyze_word(word: &str) -> Box<[SeenTerm]> {
    let whole = base_form(word);
    let mut terms = vec![SeenTerm {
        text: whole.clone().into(),
        kind: TermKind::Word,
        range: (0, 0),
    }];
    for range in compound::split(word) {
        let part = base_form(word.get(range.clone()).unwrap_or(""));
        let byte = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
        if part != whole {
            terms.push(SeenTerm {
                text: part.into(),
                kind: TermKind::Part,
                range: (byte(range.start), byte(range.end)),
            });
        }
    }
    terms.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyze(text: &str) -> Vec<(String, TermKind)> {
        let terms = Analyzer::default().terms(text);
        terms
            .into_iter()
            .map(|term| (term.text, term.kind))
            .collect()
    }

    #[test]
    fn a_compound_is_kept_whole_and_in_parts_with_their_places() {
        let text = "De slaapproblemen";
        let terms = Analyzer::default().terms(text);
        let seen: Vec<_> = terms
            .iter()
            .map(|t| (text.get(t.start..t.end).unwrap_or(""), t.kind, t.position))
            .collect();
        assert_eq!(
            seen,
            [
                ("slaapproblemen", TermKind::Word, 1),
                ("slaap", TermKind::Part, 1),
                ("problemen", TermKind::Part, 1),
            ]
        );
    }

    #[test]
    fn stop_words_leave_a_gap() {
        let terms = Analyzer::default().terms("uit bed komen");
        assert_eq!(terms.iter().map(|t| t.position).collect::<Vec<_>>(), [1, 2]);
        assert!(analyze("hoe moet ik dat").is_empty());
    }

    #[test]
    fn a_question_and_an_answer_meet_in_the_same_terms() {
        let question = analyze("mijn zoontje slaapt niet");
        let answer = analyze("Als je zoon slecht slaapt: slaapproblemen");
        assert!(
            question
                .iter()
                .all(|(term, _)| answer.iter().any(|(t, _)| t == term))
        );
    }
}

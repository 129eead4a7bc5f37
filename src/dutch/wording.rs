//! What makes a sentence harder than it need be: the passive, and words for which there are simpler
//! ones.

use std::ops::Range;
use std::sync::LazyLock;

use super::token::{Token, tokens};

/// `hard word = what to write instead` a line.
const DATA: &str = include_str!("data/moeilijk.txt");

/// Hard words, as folded words in order, with what to write instead.
static HARD: LazyLock<Vec<(Vec<String>, &'static str)>> = LazyLock::new(|| {
    DATA.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(hard, simple)| (tokens(hard).map(|token| token.text).collect(), simple))
        .collect()
});

/// A hard word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HardWord {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What to write instead.
    pub simple: &'static str,
}

/// The words of `text` for which there are simpler ones.
#[must_use]
pub fn hard_words(text: &str) -> Vec<HardWord> {
    let words: Vec<Token> = tokens(text).collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        let rest = words.get(at..).unwrap_or_default();
        for (hard, simple) in &*HARD {
            let fits = rest.len() >= hard.len()
                && rest.iter().zip(hard).all(|(word, hard)| word.text == *hard);
            if let (true, Some(first), Some(last)) = (fits, rest.first(), rest.get(hard.len() - 1))
            {
                found.push(HardWord {
                    span: first.start..last.end,
                    simple,
                });
            }
        }
    }
    found
}

/// Whether a sentence says what is done without who does it: a form of ‘worden’ with a participle.
#[must_use]
pub fn is_passive(sentence: &str) -> bool {
    let words: Vec<String> = tokens(sentence).map(|token| token.text).collect();
    let becomes = |word: &String| matches!(word.as_str(), "wordt" | "worden" | "werd" | "werden");
    words.iter().any(becomes) && words.iter().any(|word| is_participle(word))
}

/// Whether a word has the shape of a participle: gezegd, gegeven, verteld, opgehaald. Words of feeling
/// with that shape (verdrietig) end otherwise.
fn is_participle(word: &str) -> bool {
    let (ends_weak, ends_strong) = (
        word.ends_with('d') || word.ends_with('t'),
        word.ends_with("en") || word.ends_with("aan"),
    );
    let begins = |prefix: &str, length: usize| word.len() >= length && word.starts_with(prefix);
    let inside = word
        .get(2..word.len().saturating_sub(4))
        .is_some_and(|middle| middle.contains("ge"));
    (begins("ge", 5) && (ends_weak || ends_strong))
        || (["be", "ver", "ont", "her"]
            .iter()
            .any(|prefix| begins(prefix, 6))
            && ends_weak)
        || (word.len() >= 8 && inside && (ends_weak || ends_strong))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hard_words_are_found_with_what_to_write() {
        let text = "Indien je kind huilt, ten gevolge van pijn.";
        let found: Vec<_> = hard_words(text)
            .into_iter()
            .map(|hard| (text.get(hard.span).unwrap(), hard.simple))
            .collect();
        assert_eq!(found, [("Indien", "als"), ("ten gevolge van", "door")]);
        assert!(hard_words("Als je kind huilt.").is_empty());
    }

    #[test]
    fn the_list_is_sorted_and_suggests_no_hard_word() {
        let lines: Vec<_> = DATA.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(lines.len(), HARD.len());
        for (_, simple) in &*HARD {
            assert!(hard_words(simple).is_empty(), "{simple}");
        }
    }

    #[test]
    fn the_passive_is_seen_by_its_verb_and_participle() {
        for passive in [
            "Je gegevens worden bewaard.",
            "Er werd niet naar hem geluisterd.",
            "Dan wordt je kind opgehaald.",
            "Dit wordt door de school verteld.",
        ] {
            assert!(is_passive(passive), "{passive}");
        }
        for active in [
            "Je kind wordt boos.",
            "Wij bewaren je gegevens.",
            "Zij worden vaak drie keer wakker.",
            "Je hebt goed geluisterd.",
        ] {
            assert!(!is_passive(active), "{active}");
        }
    }
}

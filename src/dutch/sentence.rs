//! Sentences of a paragraph and their length, for texts at level B1.

/// A sentence and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// The sentence with its closing sign.
    pub text: &'a str,
    /// Its first byte in the paragraph.
    pub start: usize,
}

/// Short forms after which a full stop ends no sentence.
const SHORT_FORMS: [&str; 10] = [
    "bijv", "bv", "ca", "d.w.z", "dr", "enz", "m.a.w", "nr", "o.a", "t/m",
];

/// The sentences of one paragraph. A sentence ends at `.`, `?`, `!` or `:` before white space, but
/// not after a short form (bijv.) and not before a small letter (except after a question mark).
#[must_use]
pub fn sentences(paragraph: &str) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut signs = paragraph.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let after = at + c.len_utf8();
        let ends = matches!(c, '.' | '?' | '!' | ':')
            && signs
                .peek()
                .is_none_or(|(_, next)| next.is_whitespace() || *next == '’')
            && closes(paragraph, at, after);
        if ends {
            push(&mut found, paragraph, start, after);
            start = after;
        }
    }
    push(&mut found, paragraph, start, paragraph.len());
    found
}

fn closes(paragraph: &str, at: usize, after: usize) -> bool {
    let before = paragraph.get(..at).unwrap_or("");
    let last_word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let next = paragraph
        .get(after..)
        .unwrap_or("")
        .trim_start_matches([' ', '’', '‘', '\n']);
    let goes_on = next.chars().next().is_some_and(char::is_lowercase);
    let question = paragraph.get(at..after) == Some("?");
    !SHORT_FORMS.contains(&last_word) && (!goes_on || question)
}

fn push<'a>(found: &mut Vec<Sentence<'a>>, paragraph: &'a str, start: usize, end: usize) {
    let raw = paragraph.get(start..end).unwrap_or("");
    let text = raw.trim();
    if word_count(text) > 0 {
        let start = start + (raw.len() - raw.trim_start().len());
        found.push(Sentence { text, start });
    }
}

/// How many words: stretches between white space with a letter or digit in them.
#[must_use]
pub fn word_count(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_takes_breath() {
        assert_eq!(
            split("Dat kan. Zeg bijv. dit: ‘Ik hoor je.’ En dan?"),
            ["Dat kan.", "Zeg bijv. dit:", "‘Ik hoor je.", "’ En dan?"]
        );
        assert_eq!(
            split("Koorts is 38.0 graden of meer"),
            ["Koorts is 38.0 graden of meer"]
        );
        assert!(split("  ... ").is_empty());
    }

    #[test]
    fn places_lead_back() {
        let text = "Eén.  Twéé.";
        for sentence in sentences(text) {
            assert!(
                text.get(sentence.start..)
                    .is_some_and(|rest| rest.starts_with(sentence.text))
            );
        }
        assert_eq!(word_count("twee woorden – hier niet"), 4);
    }
}

//! Texts that colleagues of a loket use often in their answers.

use super::PhraseId;

/// How many a loket has at most.
pub const MOST_PHRASES: i64 = 50;

/// The longest title and text, in characters.
const LONGEST_TITLE: usize = 80;
const LONGEST_TEXT: usize = 2_000;

/// What is wrong with a phrase; `Display` tells it in Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// There is none, or it is longer than 80 characters.
    #[error("Geef een titel van hoogstens {LONGEST_TITLE} tekens.")]
    Title,
    /// There is none, or it is longer than 2,000 characters.
    #[error("Schrijf een tekst van hoogstens {LONGEST_TEXT} tekens.")]
    Text,
}

/// A title on one line and a text, as they may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    title: String,
    text: String,
}

impl Wording {
    /// Reads what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(title: &str, text: &str) -> Result<Self, Vec<PhraseError>> {
        let plain = |c: &char| !c.is_control() || *c == '\n' || *c == '\t';
        let title = title.replace(char::is_control, " ");
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.replace("\r\n", "\n").chars().filter(plain).collect();
        let text = text.trim().to_owned();
        let fits = |text: &str, most| !text.is_empty() && text.chars().count() <= most;
        let mut errors = Vec::new();
        if !fits(&title, LONGEST_TITLE) {
            errors.push(PhraseError::Title);
        }
        if !fits(&text, LONGEST_TEXT) {
            errors.push(PhraseError::Text);
        }
        if errors.is_empty() {
            Ok(Self { title, text })
        } else {
            Err(errors)
        }
    }

    /// What it is called among colleagues; one line.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What goes into an answer.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A text that colleagues use often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Its id.
    pub id: PhraseId,
    /// What it says.
    pub wording: Wording,
    /// Raised by each change: a change based on an older one is refused.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_both_have_their_length() {
        let read = Wording::parse(" Bel\r\n ons \u{7}", " een\r\ntwee\u{7} ").expect("right");
        assert_eq!((read.title(), read.text()), ("Bel ons", "een\ntwee"));
        let (title, text) = ("é".repeat(80), "é".repeat(2_000));
        assert!(Wording::parse(&title, &text).is_ok());
        let wrong = Wording::parse(&format!("{title}é"), &format!("{text}é"));
        assert_eq!(wrong, Err(vec![PhraseError::Title, PhraseError::Text]));
        assert_eq!(Wording::parse("a", " "), Err(vec![PhraseError::Text]));
    }
}

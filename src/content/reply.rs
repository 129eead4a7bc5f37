//! What the rules say of an answer that staff are about to send. Rules, not judgement: staff decide.

use super::Library;
use super::phone_check::find_phone_numbers;
use crate::dutch::{sentences, word_count};

/// The longest sentence, in words.
const SENTENCE_LIMIT: usize = 25;

/// Words with which a text tells what to do next.
const NEXT_STEP: [&str; 12] = [
    "bel",
    "kom",
    "lees",
    "kijk",
    "vraag",
    "maak",
    "probeer",
    "mail",
    "schrijf",
    "afspraak",
    "spreekuur",
    "laat",
];

/// Something to look at before an answer is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyHint {
    /// A sentence of so many words that begins so.
    LongSentence(usize, String),
    /// A phone number that stands in no fact.
    UnknownNumber(String),
    /// What looks like somebody's address.
    Address(String),
    /// Nothing tells what to do next.
    NoNextStep,
}

/// Looks at `text` by rule.
#[must_use]
pub fn check_reply(text: &str, library: &Library) -> Vec<ReplyHint> {
    let mut hints = Vec::new();
    for sentence in sentences(text) {
        let words = word_count(sentence.text);
        if words > SENTENCE_LIMIT {
            let start = sentence.text.chars().take(40).collect();
            hints.push(ReplyHint::LongSentence(words, start));
        }
    }
    let known: Vec<String> = library
        .facts()
        .iter()
        .filter_map(|fact| fact.phone.as_ref())
        .chain(library.lokets().filter_map(|loket| loket.phone.as_ref()))
        .map(|phone| digits(phone.as_str()))
        .collect();
    for run in find_phone_numbers(text) {
        let number = text.get(run).unwrap_or("");
        if !known.contains(&digits(number)) {
            hints.push(ReplyHint::UnknownNumber(number.to_owned()));
        }
    }
    hints.extend(find_address(text).map(ReplyHint::Address));
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if !lower.contains("/antwoord/") && !words.any(|word| NEXT_STEP.contains(&word)) {
        hints.push(ReplyHint::NoNextStep);
    }
    hints
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// A postcode with letters: nobody writes that down but for an address.
fn find_address(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let is_letters = |word: &str| word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    let apart = words.windows(2).find_map(|pair| match pair {
        [number, letters] if is_number(number) && is_letters(letters) => {
            Some(format!("{number} {letters}"))
        }
        _ => None,
    });
    let together = || {
        let glued = words.iter().find(|word| {
            word.split_at_checked(4)
                .is_some_and(|(number, letters)| is_number(number) && is_letters(letters))
        });
        glued.map(ToString::to_string)
    };
    apart.or_else(together)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_rules_find_is_told() {
        let library = Library::default();
        let long = format!("Dit {} einde.", "en dat ".repeat(15));
        let text =
            format!("{long} Het adres is Dorpsstraat 1, 7651 AB. Het nummer is 0541-123456.");
        let hints = check_reply(&text, &library);
        assert!(
            matches!(hints[0], ReplyHint::LongSentence(32, _)),
            "{hints:?}"
        );
        assert_eq!(hints[1], ReplyHint::UnknownNumber("0541-123456".into()));
        assert_eq!(hints[2], ReplyHint::Address("7651 AB".into()));
        assert_eq!(hints[3], ReplyHint::NoNextStep);
        assert_eq!(hints.len(), 4);
    }

    #[test]
    fn a_good_answer_passes() {
        assert!(
            check_reply(
                "Dat is zwaar. Bel ons morgen, dan kijken we samen.",
                &Library::default()
            )
            .is_empty()
        );
        assert!(check_reply("Lees dit: /antwoord/koorts.", &Library::default()).is_empty());
    }
}

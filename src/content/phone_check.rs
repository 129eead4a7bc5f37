//! Finds phone numbers that stand in a text as digits, where a `[[feit:..]]` belongs.

use std::ops::Range;

/// Numbers of three digits that are called, not counted.
const SHORT_NUMBERS: [&str; 2] = ["112", "113"];

/// The places in `text` (bytes) that read as a Dutch phone number.
pub(super) fn find_phone_numbers(text: &str) -> Vec<Range<usize>> {
    digit_runs(text)
        .into_iter()
        .filter(|run| !is_reference(text.get(..run.start).unwrap_or("")))
        .filter(|run| text.get(run.clone()).is_some_and(is_phone_number))
        .filter(|run| !is_counted(text.get(run.end..).unwrap_or("")))
        .collect()
}

/// Runs of digits, joined over one space, hyphen or slash between digits.
fn digit_runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let digit_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let joins = |at: usize| bytes.get(at).is_some_and(|b| b" -/.".contains(b)) && digit_at(at + 1);
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit_at(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit_at(at) || joins(at) {
            at += 1;
        }
        let inside_word = text
            .get(..start)
            .and_then(|before| before.chars().next_back())
            .is_some_and(char::is_alphanumeric);
        if !inside_word {
            runs.push(start..at);
        }
    }
    runs
}

fn is_phone_number(run: &str) -> bool {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    SHORT_NUMBERS.contains(&run)
        || (digits.starts_with('0') && digits.len() == 10 && !run.contains('.'))
        || (["0800", "0900", "0906", "0909", "088"]
            .iter()
            .any(|prefix| digits.starts_with(prefix))
            && (8..=11).contains(&digits.len()))
        || (digits.starts_with("31") && digits.len() == 11)
}

/// Whether what stands before is the beginning of a reference: `[[feit:113]]`.
fn is_reference(before: &str) -> bool {
    before
        .rsplit_once("[[")
        .is_some_and(|(_, inside)| !inside.contains("]]") && inside.contains(':'))
}

/// Whether what follows makes it an amount or a site: `112 euro`, `113.nl`.
fn is_counted(rest: &str) -> bool {
    [".nl", " euro", " gram", " dagen", " cm", "%"]
        .iter()
        .any(|unit| rest.starts_with(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find_phone_numbers(text)
            .into_iter()
            .filter_map(|run| text.get(run))
            .collect()
    }

    #[test]
    fn numbers_that_are_called_are_found() {
        assert_eq!(found("Bel 112 of 0800-2000."), ["112", "0800-2000"]);
        assert_eq!(found("(074) 12 of 074 123 45 67"), ["074 123 45 67"]);
        assert_eq!(found("[[feit:113]] of 113"), ["113"]);
        assert_eq!(found("+31 74 1234567"), ["31 74 1234567"]);
    }

    #[test]
    fn numbers_that_are_counted_are_not() {
        assert!(found("38,5 graden, 112 euro, 2026-11-22, op 113.nl, 0 tot 4 jaar").is_empty());
        assert!(
            found("om 08.30 uur op 01-02-2026").is_empty(),
            "{:?}",
            found("01-02-2026")
        );
    }
}

//! What makes a password easy to guess: that many people have it, or that it follows a pattern.

use std::sync::LazyLock;

/// Passwords that many people have: lower case, sorted by bytes, one a line, 8 symbols or more.
/// From the list of `zxcvbn` (MIT, see `data/LICENSE-zxcvbn.txt`), with Dutch ones of our own.
const DATA: &str = include_str!("data/wachtwoorden.txt");

/// Rows that fingers and memory follow.
const ROWS: [&str; 7] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qwertzuiop",
];

/// Whether many people have this password, whatever its capitals, and whatever stands between its
/// words.
pub(super) fn is_known(password: &str) -> bool {
    static KNOWN: LazyLock<Vec<&str>> = LazyLock::new(|| DATA.lines().collect());
    let lower = password.to_lowercase();
    let joined = lower.replace([' ', '-', '_', '.', ','], "");
    [lower.trim(), &joined]
        .iter()
        .any(|text| KNOWN.binary_search(text).is_ok())
}

/// Whether the password is one piece again and again, or a few rows such as 12345678 and asdfgh.
pub(super) fn is_pattern(password: &str) -> bool {
    let symbols: Vec<char> = password.to_lowercase().chars().collect();
    repeats(&symbols) || follows_rows(&symbols)
}

/// Whether a piece of at most half the length, repeated, makes the whole.
fn repeats(symbols: &[char]) -> bool {
    (1..=symbols.len() / 2).any(|period| {
        symbols
            .iter()
            .zip(symbols.iter().skip(period))
            .all(|(one, next)| one == next)
    })
}

/// Whether the symbols follow rows, four or more at a time on average.
fn follows_rows(symbols: &[char]) -> bool {
    let breaks = symbols
        .iter()
        .zip(symbols.iter().skip(1))
        .filter(|(one, next)| !are_neighbours(**one, **next))
        .count();
    (breaks + 1) * 4 <= symbols.len()
}

/// Whether the two are the same or stand beside each other in a row, in either order.
fn are_neighbours(one: char, next: char) -> bool {
    one == next
        || ROWS.iter().any(|row| {
            row.chars()
                .zip(row.chars().skip(1))
                .any(|pair| pair == (one, next) || pair == (next, one))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_as_the_search_needs_it() {
        let lines: Vec<_> = DATA.lines().collect();
        assert!(lines.is_sorted_by(|one, next| one < next));
        assert!(lines.len() > 5_000 && lines.len() <= 10_000);
        for line in lines {
            assert!(line.len() >= 8 && line == line.trim(), "{line}");
            assert_eq!(line, line.to_lowercase());
        }
    }

    #[test]
    fn what_many_people_have_is_known() {
        for known in [
            "welkom01",
            "Welkom123",
            "WACHTWOORD",
            " wachtwoord ",
            "Zomer2026!",
            "voetbal123",
            "password",
            "trustno1",
            "Dit is mijn wachtwoord",
            "aap-noot-mies",
        ] {
            assert!(is_known(known), "{known}");
        }
        assert!(!is_known("drie paarse fietsen op zolder"));
    }

    #[test]
    fn rows_and_repetitions_are_patterns() {
        for pattern in [
            "aaaaaaaaaaaaaaa",
            "abcabcabcabc",
            "abcabcabcab",
            "Fiets!7Fiets!7",
            "123456789012345",
            "98765432",
            "abcdefgh12345678",
            "QWERTYUIOPASDFGHJKL",
            "ééééééééé",
            "",
        ] {
            let expected = !pattern.is_empty();
            assert_eq!(is_pattern(pattern), expected, "{pattern}");
        }
        for good in ["drie paarse fietsen", "k7!mQp2x", "hallo hoe gaat het"] {
            assert!(!is_pattern(good), "{good}");
        }
    }
}

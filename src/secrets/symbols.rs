//! Codes that people copy from paper or hear by telephone.

use zeroize::Zeroizing;

/// 32 symbols of 5 bits, without those that look alike: no 0 and O, no 1 and I.
const ALPHABET: [char; 32] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L',
    'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
];

/// `N` symbols of the alphabet, each a number below 32; overwritten when dropped.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Symbols<const N: usize>(Zeroizing<[u8; N]>);

impl<const N: usize> Symbols<N> {
    /// A symbol for the lowest 5 bits of each number.
    pub(super) fn of(numbers: [u8; N]) -> Self {
        Self(Zeroizing::new(numbers.map(|number| number & 31)))
    }

    /// Reads what a person typed: capitals or not, with spaces, hyphens and dots anywhere or not.
    /// `None` for another symbol or another number of them.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut numbers = Zeroizing::new([0; N]);
        let mut places = numbers.iter_mut();
        for symbol in text.chars().filter(|c| !is_between(*c)) {
            let upper = symbol.to_ascii_uppercase();
            let number = ALPHABET.iter().position(|known| *known == upper)?;
            *places.next()? = u8::try_from(number).ok()?;
        }
        places.next().is_none().then_some(Self(numbers))
    }

    /// In groups of `group` symbols, with hyphens between them.
    pub(super) fn grouped(&self, group: usize) -> String {
        let groups: Vec<String> = self
            .0
            .chunks(group)
            .map(|numbers| numbers.iter().filter_map(|n| symbol(*n)).collect())
            .collect();
        groups.join("-")
    }

    /// Without anything between them.
    pub(super) fn plain(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.iter().filter_map(|n| symbol(*n)).collect())
    }
}

fn symbol(number: u8) -> Option<char> {
    ALPHABET.get(usize::from(number)).copied()
}

/// What people and their telephones put between groups: spaces, dots, and hyphens of all lengths.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_in_many_hands() {
        let code = Symbols::<8>::of([0, 31, 8, 15, 16, 9, 7, 30]);
        assert_eq!(code.grouped(4), "2ZAH-JB9Y");
        assert_eq!(*code.plain(), "2ZAHJB9Y");
        for written in [
            "2ZAH-JB9Y",
            "2zahjb9y",
            " 2zah jb9y ",
            "2ZAH.JB9Y",
            "2-Z-A-H–J‑B\u{a0}9Y",
        ] {
            assert!(Symbols::parse(written) == Some(code.clone()), "{written}");
        }
    }

    #[test]
    fn other_symbols_and_other_lengths_are_refused() {
        for wrong in [
            "",
            "2ZAH-JB9",
            "2ZAH-JB9YY",
            "0ZAHJB9Y",
            "OZAHJB9Y",
            "1ZAHJB9Y",
            "IZAHJB9Y",
            "iZAHJB9Y",
            "éZAHJB9Y",
            "2ZAH_JB9Y",
            "2ZAH/JB9Y",
        ] {
            assert!(Symbols::<8>::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn only_five_bits_count() {
        assert!(Symbols::of([0b1110_0001]) == Symbols::of([1]));
    }
}

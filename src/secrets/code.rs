//! The code by which a parent comes back to her question.

use super::keys::Keys;
use super::mac::{mac_start, mac_text};
use super::symbols::Symbols;

/// What a parent keeps to come back anonymously: 16 symbols, 80 bits. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode(Symbols<16>);

redact!(ReceiptCode);

impl Keys {
    /// The code of the question that comes of one form: always the same for the same form, so that
    /// sending twice shows the same code, and not to be guessed from the form's id.
    #[must_use]
    pub fn receipt_code(&self, form_id: &[u8; 16]) -> ReceiptCode {
        let start = mac_start(&self.form, "receipt code", &[form_id]);
        // The first 80 of these 128 bits, 5 to a symbol.
        let bits = u128::from_be_bytes(start) >> 48;
        let mut shift = 80;
        ReceiptCode(Symbols::of(std::array::from_fn(|_| {
            shift -= 5;
            u8::try_from((bits >> shift) & 31).unwrap_or_default()
        })))
    }
}

impl ReceiptCode {
    /// Reads what a parent typed: capitals or not, with spaces, hyphens and dots or without.
    /// `None` for anything but 16 symbols of the alphabet, which has no 0, O, 1 and I.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Symbols::parse(text).map(Self)
    }

    /// To show to the parent: four groups of four, as in `ABCD-EFGH-JKLM-NPQR`.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.grouped(4)
    }

    /// By which the question is found; the code itself is not kept. Hex HMAC-SHA256 under the
    /// lookup key.
    #[must_use]
    pub fn lookup(&self, keys: &Keys) -> String {
        mac_text(&keys.lookup, "receipt code/lookup", &[&self.0.plain()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{SeededRandom, array};

    fn keys(seed: u64) -> Keys {
        Keys::generate(&SeededRandom::new(seed))
    }

    #[test]
    fn the_same_form_has_the_same_code_and_another_form_another() {
        let keys_one = keys(1);
        let code = keys_one.receipt_code(&[7; 16]);
        assert!(code == keys_one.receipt_code(&[7; 16]));
        assert!(
            code == keys_one
                .rotated(&SeededRandom::new(9))
                .receipt_code(&[7; 16])
        );
        assert!(code != keys_one.receipt_code(&[8; 16]));
        assert!(code != keys(2).receipt_code(&[7; 16]));
    }

    #[test]
    fn it_holds_the_first_eighty_bits() {
        let keys = keys(1);
        let bits: Vec<usize> = crate::secrets::mac::mac(&keys.form, "receipt code", &[&[7; 16]])
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |at| usize::from(byte >> at & 1)))
            .collect();
        let alphabet = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let expected: String = bits
            .chunks(5)
            .take(16)
            .map(|five| five.iter().fold(0, |number, bit| number * 2 + bit))
            .map(|number| char::from(alphabet[number]))
            .collect();
        let shown = keys.receipt_code(&[7; 16]).to_text();
        assert_eq!(shown.replace('-', ""), expected);
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
    }

    #[test]
    fn every_symbol_occurs_at_every_place() {
        let (keys, random) = (keys(1), SeededRandom::new(3));
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..500 {
            let code = keys
                .receipt_code(&array(&random))
                .to_text()
                .replace('-', "");
            seen.extend(code.chars().enumerate());
        }
        assert_eq!(seen.len(), 16 * 32);
    }

    #[test]
    fn what_is_shown_is_read_and_finds_the_same() {
        let keys_one = keys(1);
        let code = keys_one.receipt_code(&[7; 16]);
        let typed = code.to_text().to_lowercase().replace('-', " ");
        let read = ReceiptCode::parse(&typed).expect("a code");
        assert_eq!(read.lookup(&keys_one), code.lookup(&keys_one));
        assert_eq!(code.lookup(&keys_one).len(), 64);
        assert_ne!(code.lookup(&keys_one), code.lookup(&keys(2)));
        assert!(ReceiptCode::parse("ABCD-EFGH-JKLM-NPQ").is_none());
    }

    #[test]
    fn it_is_found_under_the_lookup_key_alone() {
        let (one, other) = (keys(1), keys(2));
        let code = one.receipt_code(&[7; 16]);
        let found = code.lookup(&one);
        let other_form = Keys {
            form: other.form,
            ..one.clone()
        };
        let other_lookup = Keys {
            lookup: other.lookup,
            ..one
        };
        assert_eq!(code.lookup(&other_form), found);
        assert_ne!(code.lookup(&other_lookup), found);
    }

    #[test]
    fn debug_hides_it() {
        assert_eq!(
            format!("{:?}", keys(1).receipt_code(&[7; 16])),
            "ReceiptCode(..)"
        );
    }
}

//! Codes for who has lost the telephone that gives the second factor.

use super::keys::Keys;
use super::mac::mac_text;
use super::symbols::Symbols;
use crate::random::{Random, array};

/// A code that stands in once for the second factor: 10 symbols, 50 bits. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Symbols<10>);

redact!(RecoveryCode);

impl RecoveryCode {
    /// Ten new codes, to be shown once.
    #[must_use]
    pub fn generate_many(random: &dyn Random) -> Vec<Self> {
        (0..10).map(|_| Self(Symbols::of(array(random)))).collect()
    }

    /// Reads what a person typed, as leniently as a receipt code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Symbols::parse(text).map(Self)
    }

    /// To show: two groups of five.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.grouped(5)
    }

    /// What the database keeps: hex HMAC-SHA256 under the lookup key, without which 50 bits
    /// cannot be tried out.
    #[must_use]
    pub fn digest(&self, keys: &Keys) -> String {
        mac_text(&keys.lookup, "recovery code", &[&self.0.plain()])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn ten_different_codes_that_are_read_again() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let codes = RecoveryCode::generate_many(&random);
        let digests: BTreeSet<_> = codes.iter().map(|code| code.digest(&keys)).collect();
        assert_eq!(digests.len(), 10);
        for code in codes {
            let shown = code.to_text();
            assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [5; 2]);
            let read = RecoveryCode::parse(&shown.to_lowercase().replace('-', "")).expect("a code");
            assert!(digests.contains(&read.digest(&keys)));
            assert!(!digests.contains(&read.digest(&Keys::generate(&random))));
            assert_eq!(format!("{read:?}"), "RecoveryCode(..)");
        }
    }

    #[test]
    fn the_digest_rests_on_the_lookup_key_alone() {
        let random = SeededRandom::new(1);
        let (one, other) = (Keys::generate(&random), Keys::generate(&random));
        let code = RecoveryCode::generate_many(&random).remove(0);
        let digest = code.digest(&one);
        let mixed = Keys {
            lookup: one.lookup,
            ..other
        };
        assert_eq!(code.digest(&mixed), digest);
    }

    #[test]
    fn a_receipt_code_is_none() {
        assert!(RecoveryCode::parse("ABCD-EFGH-JKLM-NPQR").is_none());
    }
}

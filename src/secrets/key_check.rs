//! The check text: by it a database knows its keys.

use subtle::ConstantTimeEq;

use super::keys::{KeyBytes, Keys};
use super::mac::{hex, mac};
use crate::random::Random;

const KNOWN: &str = "Loes";
const CONTEXT: &str = "keys/check";

impl Keys {
    /// A text to keep in the database, made with every key and giving none away: a sealed word
    /// and a MAC under each of the other keys.
    #[must_use]
    pub fn check_text(&self, random: &dyn Random) -> String {
        let sealed = self.seal(KNOWN, CONTEXT, random);
        let [form, lookup, audit] = self.marks();
        format!("{sealed} {form} {lookup} {audit}")
    }

    /// Whether `check` was made by these keys. After a rotation the check of before still fits;
    /// it has to be renewed before its sealing key goes ([`Keys::without_old`]).
    #[must_use]
    pub fn fits(&self, check: &str) -> bool {
        check.split_once(' ').is_some_and(|(sealed, marks)| {
            let own = self.marks().join(" ");
            self.open(sealed, CONTEXT).is_ok_and(|text| text == KNOWN)
                && bool::from(marks.as_bytes().ct_eq(own.as_bytes()))
        })
    }

    /// What stands for the keys that do not seal.
    fn marks(&self) -> [String; 3] {
        let mark = |key: &KeyBytes, label| hex(&mac(key, label, &[]));
        [
            mark(&self.form, "keys/check/form"),
            mark(&self.lookup, "keys/check/lookup"),
            mark(&self.audit, "keys/check/audit"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_check_fits_its_own_keys_through_rotation() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let check = keys.check_text(&random);
        assert!(keys.fits(&check));
        let rotated = keys.rotated(&random);
        assert!(rotated.fits(&check));
        assert!(!rotated.without_old().fits(&check));
        assert!(
            rotated
                .without_old()
                .fits(&rotated.without_old().check_text(&random))
        );
        assert!(
            !keys.fits(&rotated.check_text(&random)),
            "the file of before the rotation"
        );
    }

    #[test]
    fn one_other_key_is_enough_not_to_fit() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let check = keys.check_text(&random);
        let other = Keys::generate(&random);
        let (a, b, c, d) = (keys.clone(), keys.clone(), keys.clone(), keys.clone());
        let mut sealing = a;
        sealing.current.key = other.current.key;
        for wrong in [
            sealing,
            Keys {
                form: other.form,
                ..b
            },
            Keys {
                lookup: other.lookup,
                ..c
            },
            Keys {
                audit: other.audit,
                ..d
            },
        ] {
            assert!(!wrong.fits(&check));
        }
    }

    #[test]
    fn damaged_checks_do_not_fit() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let check = keys.check_text(&random);
        let (cut, _) = check.rsplit_once(' ').expect("fields");
        let late = check.replacen('s', "", 1);
        for bad in ["", " ", "x", cut, &format!("{check} "), &late] {
            assert!(!keys.fits(bad), "{bad}");
        }
    }
}

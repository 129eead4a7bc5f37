//! Chains of MACs: a row that is changed, dropped or put in between shows.

use super::keys::Keys;
use super::mac::{mac_text, subkey};

impl Keys {
    /// The link of one row in the audit chain of `loket`: hex HMAC-SHA256, under a key of that
    /// loket alone, over the link before (`before`, empty for the first) and the fields of `row`.
    #[must_use]
    pub fn chain(&self, loket: &str, before: &str, row: &[&str]) -> String {
        let key = subkey(&self.audit, &format!("chain/{loket}"));
        let parts: Vec<_> = std::iter::once(before).chain(row.iter().copied()).collect();
        mac_text(&key, "chain", &parts)
    }

    /// A mark under the audit key, for checkpoints of chains: hex HMAC-SHA256 over `parts` for
    /// the use that `label` names.
    #[must_use]
    pub fn sign(&self, label: &str, parts: &[&str]) -> String {
        let parts: Vec<_> = std::iter::once(label)
            .chain(parts.iter().copied())
            .collect();
        mac_text(&self.audit, "sign", &parts)
    }

    /// By which a form that comes again is seen to hold the same text, without keeping that text:
    /// hex HMAC-SHA256 under the lookup key.
    #[must_use]
    pub fn body_digest(&self, body: &str) -> String {
        mac_text(&self.lookup, "form/body", &[body])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn keys() -> Keys {
        Keys::generate(&SeededRandom::new(1))
    }

    #[test]
    fn a_link_rests_on_loket_row_and_link_before() {
        let keys = keys();
        let first = keys.chain("tubbergen", "", &["lezen", "7"]);
        assert_eq!(first.len(), 64);
        assert_eq!(first, keys.chain("tubbergen", "", &["lezen", "7"]));
        for other in [
            keys.chain("hardenberg", "", &["lezen", "7"]),
            keys.chain("tubbergen", &first, &["lezen", "7"]),
            keys.chain("tubbergen", "", &["lezen7"]),
            keys.chain("tubbergen", "", &["leze", "n7"]),
            keys.chain("tubbergen", "lezen", &["7"]),
            keys.chain("tubbergen", "", &["lezen", "7", ""]),
        ] {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn marks_differ_by_label_and_key() {
        let keys = keys();
        let mark = keys.sign("checkpoint", &["a", "b"]);
        assert_eq!(mark, keys.sign("checkpoint", &["a", "b"]));
        assert_ne!(mark, keys.sign("anders", &["a", "b"]));
        assert_ne!(mark, keys.sign("checkpoint", &["ab"]));
        let other = Keys::generate(&SeededRandom::new(2));
        assert_ne!(mark, other.sign("checkpoint", &["a", "b"]));
        assert_ne!(
            keys.chain("sign", "", &["x"]),
            keys.sign("sign", &["", "x"])
        );
    }

    #[test]
    fn the_same_body_has_the_same_digest_under_the_same_keys() {
        let keys = keys();
        assert_eq!(keys.body_digest("Mijn kind"), keys.body_digest("Mijn kind"));
        assert_ne!(keys.body_digest("Mijn kind"), keys.body_digest("mijn kind"));
        let other = Keys::generate(&SeededRandom::new(2));
        assert_ne!(keys.body_digest("x"), other.body_digest("x"));
    }
}

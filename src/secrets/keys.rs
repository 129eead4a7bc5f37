//! The keys of the installation: which there are, how they are made and renewed.

use std::fmt;

use zeroize::Zeroizing;

use super::mac::hex;
use crate::random::{Random, array};

/// A key of 256 bits; overwritten when dropped.
pub(super) type KeyBytes = Zeroizing<[u8; 32]>;

/// A key that seals, and the name by which a sealed text says which key opens it.
#[derive(Clone)]
pub(super) struct SealingKey {
    /// 1 to 32 lower-case letters and digits.
    pub(super) id: String,
    pub(super) key: KeyBytes,
}

/// The keys of one installation, each for one use. `Debug` shows no key.
#[derive(Clone)]
pub struct Keys {
    /// Seals what is new.
    pub(super) current: SealingKey,
    /// Still open what they sealed, youngest first.
    pub(super) older: Vec<SealingKey>,
    /// Of forms: tokens, tickets and the receipt codes that follow from them.
    pub(super) form: KeyBytes,
    /// Of what is looked up without being kept: receipt codes, recovery codes.
    pub(super) lookup: KeyBytes,
    /// Of the audit chains and their checkpoints.
    pub(super) audit: KeyBytes,
}

fn new_key(random: &dyn Random) -> KeyBytes {
    Zeroizing::new(array(random))
}

fn new_sealing_key(random: &dyn Random) -> SealingKey {
    SealingKey {
        id: hex(&array::<4>(random)),
        key: new_key(random),
    }
}

impl Keys {
    /// New keys, for an installation that has none.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        Self {
            current: new_sealing_key(random),
            older: Vec::new(),
            form: new_key(random),
            lookup: new_key(random),
            audit: new_key(random),
        }
    }

    /// With a new sealing key first and those before kept to open; the other keys stay, because
    /// codes, tokens and chains that exist rest on them.
    #[must_use]
    pub fn rotated(&self, random: &dyn Random) -> Self {
        let mut current = new_sealing_key(random);
        while self.sealing_key(&current.id).is_some() {
            current = new_sealing_key(random);
        }
        Self {
            current,
            older: self.sealing_keys().cloned().collect(),
            ..self.clone()
        }
    }

    /// Without the sealing keys before the present one; for when nothing is left that they sealed.
    /// The check text in the database has to be a new one by then (see [`Keys::fits`]).
    #[must_use]
    pub fn without_old(&self) -> Self {
        Self {
            older: Vec::new(),
            ..self.clone()
        }
    }

    /// The sealing keys, the present one first.
    pub(super) fn sealing_keys(&self) -> impl Iterator<Item = &SealingKey> {
        std::iter::once(&self.current).chain(&self.older)
    }

    pub(super) fn sealing_key(&self, id: &str) -> Option<&SealingKey> {
        self.sealing_keys().find(|key| key.id == id)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<_> = self.sealing_keys().map(|key| &key.id).collect();
        f.debug_struct("Keys")
            .field("sealing", &ids)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn rotation_puts_a_new_sealing_key_first_and_keeps_all_others() {
        let random = SeededRandom::new(1);
        let first = Keys::generate(&random);
        let third = first.rotated(&random).rotated(&random);
        assert_eq!(third.sealing_keys().count(), 3);
        assert_ne!(third.current.id, first.current.id);
        assert_eq!(third.older[1].key, first.current.key);
        assert_eq!(
            (&third.form, &third.lookup, &third.audit),
            (&first.form, &first.lookup, &first.audit)
        );
        let bare = third.without_old();
        assert_eq!(bare.sealing_keys().count(), 1);
        assert_eq!(bare.current.key, third.current.key);
    }

    #[test]
    fn a_new_sealing_key_never_takes_an_id_that_is_in_use() {
        let first = Keys::generate(&SeededRandom::new(1));
        // The same row again: its first id is that of the first key.
        let second = first.rotated(&SeededRandom::new(1));
        assert_ne!(second.current.id, first.current.id);
    }

    #[test]
    fn all_keys_differ_and_debug_shows_none() {
        let keys = Keys::generate(&SeededRandom::new(1));
        let all = [&keys.current.key, &keys.form, &keys.lookup, &keys.audit];
        for (at, key) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| other != key));
        }
        let shown = format!("{keys:?}");
        assert_eq!(
            shown,
            format!("Keys {{ sealing: [{:?}], .. }}", keys.current.id)
        );
    }
}

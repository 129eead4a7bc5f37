//! The key in a one-time link that is made only when the link is: of an id, by who holds the form
//! key. What is kept is the id, with which nobody else can make the link.

use subtle::ConstantTimeEq;

use super::keys::Keys;
use super::mac::mac_text;

impl Keys {
    /// The key of the link for `id` (which holds no full stop): the id and a MAC of 256 bits.
    #[must_use]
    pub fn link_key(&self, id: &str) -> String {
        format!("{id}.{}", mac_text(&self.form, "one-time link", &[id]))
    }

    /// The id in `key`; `None` when it was not made with this form key.
    #[must_use]
    pub fn read_link_key<'k>(&self, key: &'k str) -> Option<&'k str> {
        let (id, _) = key.split_once('.')?;
        let right = bool::from(self.link_key(id).as_bytes().ct_eq(key.as_bytes()));
        right.then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_key_leads_to_its_id_and_nobody_else_can_make_one() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let key = keys.link_key("een");
        assert_eq!(keys.read_link_key(&key), Some("een"));
        assert_eq!(keys.rotated(&random).read_link_key(&key), Some("een"));
        assert_eq!(Keys::generate(&random).read_link_key(&key), None);
        let other = key.replace("een", "twee");
        for bad in ["", ".", "een", "een.", &other, &format!("{key}0"), "é.é"] {
            assert_eq!(keys.read_link_key(bad), None, "{bad}");
        }
    }
}

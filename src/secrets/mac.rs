//! Marks that only the holder of a key can make: HMAC-SHA256 (RFC 2104) and keys derived from a
//! key by HKDF (RFC 5869).

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::keys::KeyBytes;

/// The MAC of `parts` for one use, named by `label`. Where a part ends and the next begins counts.
pub(super) fn mac(key: &KeyBytes, label: &str, parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("a key");
    for part in std::iter::once(&label.as_bytes()).chain(parts) {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The first `N` bytes of [`mac`], `N` up to 32; RFC 2104 allows half.
pub(super) fn mac_start<const N: usize>(key: &KeyBytes, label: &str, parts: &[&[u8]]) -> [u8; N] {
    let mut start = [0; N];
    for (to, from) in start.iter_mut().zip(mac(key, label, parts)) {
        *to = from;
    }
    start
}

/// As [`mac`], over texts, in lower-case hexadecimal: 64 symbols.
pub(super) fn mac_text(key: &KeyBytes, label: &str, parts: &[&str]) -> String {
    let parts: Vec<_> = parts.iter().map(|part| part.as_bytes()).collect();
    hex(&mac(key, label, &parts))
}

/// A key of its own for the use that `info` names.
pub(super) fn subkey(key: &KeyBytes, info: &str) -> KeyBytes {
    let mut derived = Zeroizing::new([0; 32]);
    #[expect(
        clippy::expect_used,
        reason = "HKDF-SHA256 gives up to 8160 bytes; this asks 32"
    )]
    Hkdf::<Sha256>::new(None, key.as_slice())
        .expand(info.as_bytes(), derived.as_mut_slice())
        .expect("32 bytes");
    derived
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> KeyBytes {
        Zeroizing::new([byte; 32])
    }

    #[test]
    fn key_label_and_the_ends_of_parts_count() {
        let one = mac(&key(1), "a", &[b"bc", b"d"]);
        assert_eq!(one, mac(&key(1), "a", &[b"bc", b"d"]));
        for other in [
            mac(&key(2), "a", &[b"bc", b"d"]),
            mac(&key(1), "ab", &[b"c", b"d"]),
            mac(&key(1), "a", &[b"b", b"cd"]),
            mac(&key(1), "a", &[b"bc", b"d", b""]),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(mac_text(&key(1), "a", &["bc", "d"]), hex(&one));
        assert_eq!(mac_start::<16>(&key(1), "a", &[b"bc", b"d"]), one[..16]);
    }

    #[test]
    fn it_is_hmac_sha256_over_length_prefixed_parts() {
        // Made with another implementation (Python, hmac and struct).
        assert_eq!(
            mac_text(&key(1), "label", &["één", ""]),
            "6e417a3f81002f7a820e703ee39eba75ff8b71a09017a2f91a62ec965d4fdc3f"
        );
        assert_eq!(
            hex(subkey(&key(1), "info").as_slice()),
            "87b07fa849ef5932d1fd9124893466bcd8b81b582229aaeef6b54a6aba3c5631"
        );
    }

    #[test]
    fn subkeys_differ_by_use_and_by_key() {
        assert_ne!(subkey(&key(1), "a"), subkey(&key(1), "b"));
        assert_ne!(subkey(&key(1), "a"), subkey(&key(2), "a"));
        assert_ne!(subkey(&key(1), "a"), key(1));
    }

    #[test]
    fn hexadecimal_is_lower_case_with_both_digits() {
        assert_eq!(hex(&[0, 0x0f, 0xa5, 0xff]), "000fa5ff");
    }
}

//! Sealing of bytes: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with a random nonce.

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::keys::KeyBytes;
use crate::random::{Random, array};

const NONCE: usize = 24;
const TAG: usize = 16;

/// Texts are filled up to a multiple of this many bytes, so that their length says little.
const BLOCK: usize = 64;

/// Nonce, ciphertext and tag of `plain`. Only who gives the same `associated` opens it.
pub(super) fn seal(key: &KeyBytes, associated: &str, plain: &[u8], random: &dyn Random) -> Vec<u8> {
    let nonce: [u8; NONCE] = array(random);
    // Room for the tag: a buffer that grows leaves a copy of the text behind.
    let mut buffer = Vec::with_capacity(plain.len() + TAG);
    buffer.extend_from_slice(plain);
    #[expect(
        clippy::expect_used,
        reason = "only a text of over 256 GB is too long for the cipher"
    )]
    cipher(key)
        .encrypt_in_place(&XNonce::from(nonce), associated.as_bytes(), &mut buffer)
        .expect("a text of less than 256 GB");
    [nonce.as_slice(), &buffer].concat()
}

/// What was sealed; `None` for another key, other associated data or anything changed.
pub(super) fn open(key: &KeyBytes, associated: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
    let mut buffer = Zeroizing::new(rest.to_vec());
    cipher(key)
        .decrypt_in_place(&XNonce::from(*nonce), associated.as_bytes(), &mut *buffer)
        .ok()?;
    Some(buffer)
}

/// As [`seal`], over `plain` filled up to a multiple of 64 bytes.
pub(super) fn seal_padded(
    key: &KeyBytes,
    associated: &str,
    plain: &[u8],
    random: &dyn Random,
) -> Vec<u8> {
    // One bit and zeros, as in ISO/IEC 7816-4; there is always room for the bit.
    let room = (plain.len() / BLOCK + 1) * BLOCK;
    let mut padded = Zeroizing::new(Vec::with_capacity(room));
    padded.extend_from_slice(plain);
    padded.push(0x80);
    padded.resize(room, 0);
    seal(key, associated, &padded, random)
}

/// What [`seal_padded`] was given.
pub(super) fn open_padded(
    key: &KeyBytes,
    associated: &str,
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut plain = open(key, associated, sealed)?;
    let end = plain.iter().rposition(|byte| *byte != 0)?;
    if plain.get(end) != Some(&0x80) {
        return None;
    }
    plain.truncate(end);
    Some(plain)
}

fn cipher(key: &KeyBytes) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key).into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SeededRandom;

    fn key(byte: u8) -> KeyBytes {
        Zeroizing::new([byte; 32])
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(plain in prop::collection::vec(any::<u8>(), 0..200), seed: u64) {
            let random = SeededRandom::new(seed);
            let sealed = seal_padded(&key(1), "x", &plain, &random);
            prop_assert_eq!((sealed.len() - NONCE - TAG) % BLOCK, 0);
            let opened = open_padded(&key(1), "x", &sealed).expect("opened");
            prop_assert_eq!(&*opened, &plain);
        }
    }

    #[test]
    fn another_key_other_data_or_a_changed_byte_does_not_open() {
        let random = SeededRandom::new(1);
        let sealed = seal(&key(1), "x", b"tekst", &random);
        assert_eq!(
            open(&key(1), "x", &sealed).as_deref(),
            Some(&b"tekst".to_vec())
        );
        assert!(open(&key(2), "x", &sealed).is_none());
        assert!(open(&key(1), "y", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&key(1), "x", &changed).is_none(), "byte {at}");
            assert!(
                open(&key(1), "x", &sealed[..at]).is_none(),
                "cut off at {at}"
            );
        }
    }

    #[test]
    fn lengths_within_a_block_look_the_same() {
        let random = SeededRandom::new(1);
        let length = |n| seal_padded(&key(1), "x", &vec![b'a'; n], &random).len();
        assert_eq!(length(0), length(63));
        assert_eq!(length(64), length(0) + BLOCK);
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way() {
        let random = SeededRandom::new(1);
        assert_ne!(
            seal(&key(1), "x", b"a", &random),
            seal(&key(1), "x", b"a", &random)
        );
    }

    #[test]
    fn what_was_not_padded_is_refused() {
        let random = SeededRandom::new(1);
        for plain in [&b""[..], b"\0\0", b"tekst", b"tekst\0"] {
            let sealed = seal(&key(1), "x", plain, &random);
            assert!(open_padded(&key(1), "x", &sealed).is_none());
        }
    }

    /// The nonce of the draft: 0x40, 0x41 and on.
    struct Nonce;

    impl Random for Nonce {
        fn fill(&self, bytes: &mut [u8]) {
            for (to, from) in bytes.iter_mut().zip(0x40..) {
                *to = from;
            }
        }
    }

    #[test]
    fn it_is_xchacha20_poly1305() {
        // draft-irtf-cfrg-xchacha-03, appendix A.3.1, but for the associated data, which is no
        // text there; the ciphertext does not depend on it.
        let mut key = key(0);
        for (to, from) in key.iter_mut().zip(0x80..) {
            *to = from;
        }
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
            for the future, sunscreen would be it.";
        let sealed = seal(&key, "", plain, &Nonce);
        assert_eq!(
            super::super::mac::hex(&sealed[NONCE..NONCE + 16]),
            "bd6d179d3e83d43b9576579493c0e939"
        );
    }
}

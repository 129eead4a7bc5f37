//! Tokens that open something for whoever bears them: sessions and invitations.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::mac::hex;
use crate::random::{Random, array};

/// 256 random bits as 43 symbols of base64url. `Debug` does not show it.
#[derive(Clone)]
pub struct BearerToken(Zeroizing<String>);

redact!(BearerToken);

impl BearerToken {
    /// A new token.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        let bytes = Zeroizing::new(array::<32>(random));
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
    }

    /// Reads what a cookie or a link holds; `None` for what is no such token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        (bytes.len() == 32).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The token itself, for its bearer.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database keeps: hex SHA-256 of the text. Nobody tries out 256 bits, so it needs
    /// no key and no salt.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_token_is_read_again_and_has_the_same_digest() {
        let random = SeededRandom::new(1);
        let token = BearerToken::generate(&random);
        assert_eq!(token.as_str().len(), 43);
        let read = BearerToken::parse(token.as_str()).expect("a token");
        assert_eq!(read.digest(), token.digest());
        assert_ne!(BearerToken::generate(&random).digest(), token.digest());
        assert_eq!(format!("{token:?}"), "BearerToken(..)");
    }

    #[test]
    fn the_digest_is_sha256_of_the_text() {
        let zeros = BearerToken::parse(&"A".repeat(43)).expect("a token");
        assert_eq!(
            zeros.digest(),
            "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a"
        );
    }

    #[test]
    fn other_texts_are_none() {
        let token = "A".repeat(43);
        let short = "A".repeat(42);
        for bad in [
            "",
            &short,
            &format!("{token}A"),
            &format!("{token}="),
            &format!(" {short}"),
            // The last symbol holds four bits of the 256 and two that must be zero.
            &format!("{short}B"),
        ] {
            assert!(BearerToken::parse(bad).is_none(), "{bad}");
        }
    }
}

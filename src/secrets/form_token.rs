//! The token in a form: it names one form, shown at one moment, by this installation.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::keys::Keys;
use super::mac::{hex, mac_start};
use crate::random::{Random, array};

/// The id of a form and when it was shown, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormToken {
    id: [u8; 16],
    issued: Timestamp,
}

impl Keys {
    /// A token for a form that is shown `now`.
    #[must_use]
    pub fn issue_form_token(&self, now: Timestamp, random: &dyn Random) -> FormToken {
        FormToken {
            id: array(random),
            // The text holds no more than seconds; so a token equals what is read of its text.
            issued: Timestamp::from_second(now.as_second()).unwrap_or(now),
        }
    }

    /// The token that `text` holds; `None` when it was not made with this form key.
    #[must_use]
    pub fn read_form_token(&self, text: &str) -> Option<FormToken> {
        let bytes: [u8; 40] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (id, rest) = bytes.split_first_chunk::<16>()?;
        let (seconds, mark) = rest.split_first_chunk::<8>()?;
        if !bool::from(mark_of(self, *id, *seconds).ct_eq(mark)) {
            return None;
        }
        let issued = Timestamp::from_second(i64::from_be_bytes(*seconds)).ok()?;
        Some(FormToken { id: *id, issued })
    }
}

impl FormToken {
    /// Which form: the same for every time that it is sent.
    #[must_use]
    pub fn id(&self) -> &[u8; 16] {
        &self.id
    }

    /// Its id as text: 32 hexadecimal digits.
    #[must_use]
    pub fn id_text(&self) -> String {
        hex(&self.id)
    }

    /// When the form was shown.
    #[must_use]
    pub fn issued(&self) -> Timestamp {
        self.issued
    }

    /// How long ago the form was shown; negative when the clock was put back since.
    #[must_use]
    pub fn age(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.issued)
    }

    /// For a hidden field: 54 symbols of base64url, over id, seconds and a MAC of 128 bits.
    #[must_use]
    pub fn to_text(&self, keys: &Keys) -> String {
        let seconds = self.issued.as_second().to_be_bytes();
        let mark = mark_of(keys, self.id, seconds);
        URL_SAFE_NO_PAD.encode([self.id.as_slice(), &seconds, &mark].concat())
    }
}

fn mark_of(keys: &Keys, id: [u8; 16], seconds: [u8; 8]) -> [u8; 16] {
    mac_start(&keys.form, "form token", &[&id, &seconds])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn now() -> Timestamp {
        "2026-11-22T10:00:00.123456Z".parse().expect("a timestamp")
    }

    #[test]
    fn what_is_issued_is_read_again_and_ages() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let token = keys.issue_form_token(now(), &random);
        let text = token.to_text(&keys);
        assert_eq!(text.len(), 54);
        assert_eq!(keys.read_form_token(&text), Some(token));
        assert_eq!(keys.rotated(&random).read_form_token(&text), Some(token));
        assert_ne!(token.id(), keys.issue_form_token(now(), &random).id());
        assert_eq!(token.issued().as_second(), now().as_second());
        let later = token.issued() + SignedDuration::from_secs(90);
        assert_eq!(token.age(later).as_secs(), 90);
        assert_eq!(
            token
                .age(token.issued() - SignedDuration::from_secs(5))
                .as_secs(),
            -5
        );
    }

    #[test]
    fn nothing_but_an_issued_token_is_read() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let text = keys.issue_form_token(now(), &random).to_text(&keys);
        assert!(Keys::generate(&random).read_form_token(&text).is_none());
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("text");
            assert!(keys.read_form_token(&changed).is_none(), "symbol {at}");
            let cut = text.get(..at).expect("ASCII");
            assert!(keys.read_form_token(cut).is_none(), "cut at {at}");
        }
        assert!(keys.read_form_token(&format!("{text}A")).is_none());
        assert!(keys.read_form_token("é").is_none());
    }
}

//! Sealed texts: those of a question under a key of its own, all others under the sealing key.
//!
//! A sealed text is `form:base64` or `form:key id:base64`. The form (`v1`, `s1`, `w1`) and the key
//! id are bound to the text as well as its context, so none of them can be exchanged.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::cipher;
use super::keys::{KeyBytes, Keys};
use crate::random::{Random, array};

/// The form of a text under a question's key.
const TEXT: &str = "v1";
/// The form of a text under a sealing key.
const OWN: &str = "s1";
/// The form of a question's key under a sealing key.
const WRAPPED: &str = "w1";

/// Why something sealed does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not a sealed text, or one of a form that this version does not know.
    #[error("no sealed text")]
    Malformed,
    /// Sealed by a key that is not in the key file.
    #[error("sealed by a key that is not here")]
    UnknownKey,
    /// Changed, or sealed for another context or by another key.
    #[error("the sealed text is damaged or belongs elsewhere")]
    Damaged,
}

/// The key of one question. `Debug` does not show it; it is overwritten when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct QuestionKey(KeyBytes);

redact!(QuestionKey);

impl QuestionKey {
    /// Seals `text`, to be opened only with the same `context` (what it is and whose, such as
    /// `message/<id>`). ASCII; its length says the length of `text` to 64 bytes.
    #[must_use]
    pub fn seal(&self, text: &str, context: &str, random: &dyn Random) -> String {
        let sealed = cipher::seal_padded(&self.0, &bound(TEXT, context), text.as_bytes(), random);
        bound(TEXT, &STANDARD.encode(sealed))
    }

    /// The text that was sealed with this key and `context`.
    ///
    /// # Errors
    /// [`SealError`] says whether it is no sealed text, or one that does not open.
    pub fn open(&self, sealed: &str, context: &str) -> Result<String, SealError> {
        let (form, body) = split(sealed)?;
        if form != TEXT {
            return Err(SealError::Malformed);
        }
        open_text(&self.0, form, body, context)
    }
}

impl Keys {
    /// A new key for a new question. The keys of the installation have no part in it: they wrap it.
    #[must_use]
    pub fn new_question_key(&self, random: &dyn Random) -> QuestionKey {
        QuestionKey(Zeroizing::new(array(random)))
    }

    /// Seals the key of a question under the present sealing key, to keep beside the question.
    #[must_use]
    pub fn wrap(&self, key: &QuestionKey, context: &str, random: &dyn Random) -> String {
        let head = bound(WRAPPED, &self.current.id);
        let associated = bound(&head, context);
        let sealed = cipher::seal(&self.current.key, &associated, key.0.as_slice(), random);
        bound(&head, &STANDARD.encode(sealed))
    }

    /// The key that was wrapped with `context`, by the present sealing key or an older one.
    ///
    /// # Errors
    /// [`SealError`] says whether it is no wrapped key, or one that does not open.
    pub fn unwrap(&self, wrapped: &str, context: &str) -> Result<QuestionKey, SealError> {
        let (head, body) = split(wrapped)?;
        let key = self.key_of(head, WRAPPED)?;
        let sealed = decode(body)?;
        let plain = cipher::open(key, &bound(head, context), &sealed).ok_or(SealError::Damaged)?;
        <[u8; 32]>::try_from(plain.as_slice())
            .map(|bytes| QuestionKey(Zeroizing::new(bytes)))
            .map_err(|_| SealError::Damaged)
    }

    /// Seals a text that belongs to no question, such as the TOTP secret of a colleague, under the
    /// present sealing key; padded as those of questions are.
    #[must_use]
    pub fn seal(&self, text: &str, context: &str, random: &dyn Random) -> String {
        let head = bound(OWN, &self.current.id);
        let associated = bound(&head, context);
        let sealed = cipher::seal_padded(&self.current.key, &associated, text.as_bytes(), random);
        bound(&head, &STANDARD.encode(sealed))
    }

    /// The text that [`Keys::seal`] sealed with `context`, now or under an older sealing key.
    ///
    /// # Errors
    /// [`SealError`] says whether it is no sealed text, or one that does not open.
    pub fn open(&self, sealed: &str, context: &str) -> Result<String, SealError> {
        let (head, body) = split(sealed)?;
        open_text(self.key_of(head, OWN)?, head, body, context)
    }

    /// Whether `sealed`, by [`Keys::wrap`] or [`Keys::seal`], is under the present sealing key; if
    /// not, it has to be opened and sealed again before the older keys can go.
    #[must_use]
    pub fn is_current(&self, sealed: &str) -> bool {
        split(sealed).is_ok_and(|(head, _)| {
            [OWN, WRAPPED].contains(&form(head)) && key_id(head) == Some(&self.current.id)
        })
    }

    /// The sealing key that `head` names, if it is of the `wanted` form.
    fn key_of(&self, head: &str, wanted: &str) -> Result<&KeyBytes, SealError> {
        let id = key_id(head).filter(|_| form(head) == wanted);
        self.sealing_key(id.ok_or(SealError::Malformed)?)
            .map(|found| &found.key)
            .ok_or(SealError::UnknownKey)
    }
}

fn bound(head: &str, tail: &str) -> String {
    format!("{head}:{tail}")
}

/// What stands before the base64, and the base64.
fn split(sealed: &str) -> Result<(&str, &str), SealError> {
    sealed.rsplit_once(':').ok_or(SealError::Malformed)
}

fn form(head: &str) -> &str {
    head.split(':').next().unwrap_or_default()
}

fn key_id(head: &str) -> Option<&str> {
    head.split_once(':').map(|(_, id)| id)
}

fn decode(body: &str) -> Result<Vec<u8>, SealError> {
    STANDARD.decode(body).map_err(|_| SealError::Malformed)
}

fn open_text(key: &KeyBytes, head: &str, body: &str, context: &str) -> Result<String, SealError> {
    let sealed = decode(body)?;
    let plain =
        cipher::open_padded(key, &bound(head, context), &sealed).ok_or(SealError::Damaged)?;
    std::str::from_utf8(&plain)
        .map(str::to_owned)
        .map_err(|_| SealError::Damaged)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SeededRandom;

    fn keys() -> Keys {
        Keys::generate(&SeededRandom::new(1))
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{0,150}", seed: u64) {
            let random = SeededRandom::new(seed);
            let key = keys().new_question_key(&random);
            let sealed = key.seal(&text, "message/1", &random);
            prop_assert!(sealed.is_ascii());
            prop_assert_eq!(key.open(&sealed, "message/1"), Ok(text));
        }

        #[test]
        fn any_other_text_is_refused_without_a_panic(text in "\\PC{0,80}") {
            let keys = keys();
            let key = keys.new_question_key(&SeededRandom::new(1));
            prop_assert!(key.open(&text, "x").is_err());
            prop_assert!(keys.open(&text, "x").is_err());
            prop_assert!(keys.unwrap(&text, "x").is_err());
            prop_assert!(!keys.is_current(&text));
        }
    }

    #[test]
    fn a_text_opens_only_in_its_own_context_with_its_own_key() {
        let (keys, random) = (keys(), SeededRandom::new(2));
        let key = keys.new_question_key(&random);
        let sealed = key.seal("Mijn kind slaapt niet", "message/1", &random);
        assert!(sealed.starts_with("v1:"));
        assert_eq!(
            key.open(&sealed, "message/1").as_deref(),
            Ok("Mijn kind slaapt niet")
        );
        assert_eq!(key.open(&sealed, "message/2"), Err(SealError::Damaged));
        let other = keys.new_question_key(&random);
        assert_eq!(other.open(&sealed, "message/1"), Err(SealError::Damaged));
    }

    #[test]
    fn a_question_key_opens_through_rotation_until_the_old_keys_go() {
        let (keys, random) = (keys(), SeededRandom::new(2));
        let key = keys.new_question_key(&random);
        let wrapped = keys.wrap(&key, "question/1", &random);
        assert!(keys.is_current(&wrapped));
        assert_eq!(keys.unwrap(&wrapped, "question/2"), Err(SealError::Damaged));

        let rotated = keys.rotated(&random);
        assert!(!rotated.is_current(&wrapped));
        assert_eq!(rotated.unwrap(&wrapped, "question/1"), Ok(key.clone()));
        let again = rotated.wrap(&key, "question/1", &random);
        assert!(rotated.is_current(&again));

        let bare = rotated.without_old();
        assert_eq!(
            bare.unwrap(&wrapped, "question/1"),
            Err(SealError::UnknownKey)
        );
        assert_eq!(bare.unwrap(&again, "question/1"), Ok(key));
    }

    #[test]
    fn a_text_under_the_sealing_key_says_by_which() {
        let (keys, random) = (keys(), SeededRandom::new(2));
        let sealed = keys.seal("JBSWY3DP", "staff/1/totp", &random);
        assert!(sealed.starts_with(&format!("s1:{}:", keys.current.id)));
        let rotated = keys.rotated(&random);
        assert_eq!(
            rotated.open(&sealed, "staff/1/totp").as_deref(),
            Ok("JBSWY3DP")
        );
        assert!(keys.is_current(&sealed) && !rotated.is_current(&sealed));
        assert!(!keys.is_current(&sealed.replacen("s1", "x1", 1)));
        assert_eq!(keys.open(&sealed, "staff/2/totp"), Err(SealError::Damaged));
    }

    #[test]
    fn what_was_sealed_in_one_form_opens_in_no_other() {
        let (keys, random) = (keys(), SeededRandom::new(2));
        let key = keys.new_question_key(&random);
        let wrapped = keys.wrap(&key, "x", &random);
        let sealed = keys.seal("tekst", "x", &random);
        assert_eq!(keys.open(&wrapped, "x"), Err(SealError::Malformed));
        assert_eq!(keys.unwrap(&sealed, "x"), Err(SealError::Malformed));
        assert_eq!(key.open(&sealed, "x"), Err(SealError::Malformed));
        let disguised = wrapped.replacen("w1", "s1", 1);
        assert_eq!(keys.open(&disguised, "x"), Err(SealError::Damaged));
        let disguised = sealed.replacen("s1", "w1", 1);
        assert_eq!(keys.unwrap(&disguised, "x"), Err(SealError::Damaged));
    }

    #[test]
    fn debug_hides_the_key() {
        let key = keys().new_question_key(&SeededRandom::new(2));
        assert_eq!(format!("{key:?}"), "QuestionKey(..)");
    }
}

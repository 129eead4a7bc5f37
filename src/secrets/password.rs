//! Passwords of staff, by NIST SP 800-63B-4: long enough and not widely known; no rules on which
//! symbols, no end date. Kept as Argon2id (RFC 9106) at the cost that OWASP advises.

use argon2::password_hash::PasswordHasher;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordVerifier, Version};
use zeroize::Zeroizing;

use super::weakness::{is_known, is_pattern};
use crate::random::{Random, array};

/// Least number of characters for who has no second factor.
const LEAST_ALONE: usize = 15;
/// Least number of characters beside a second factor.
const LEAST_WITH_SECOND: usize = 8;
const MOST: usize = 200;

/// Memory in KiB, passes, lanes (OWASP Password Storage Cheat Sheet).
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// A password that may be set. `Debug` does not show it; it is overwritten when dropped.
pub struct Password(Zeroizing<String>);

redact!(Password);

/// Why a text may not be a password; `Display` tells the person, in Dutch, what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer characters than it takes.
    #[error(
        "Dit wachtwoord is te kort. Neem minstens {least} tekens, \
         bijvoorbeeld een paar woorden achter elkaar."
    )]
    TooShort {
        /// How many characters it takes.
        least: usize,
    },
    /// More than 200 characters.
    #[error("Dit wachtwoord is te lang. Neem hoogstens {MOST} tekens.")]
    TooLong,
    /// On the list of passwords that many people have.
    #[error(
        "Dit wachtwoord gebruiken veel mensen. Daardoor is het makkelijk te raden. \
         Kies een ander, bijvoorbeeld een paar woorden die niet bij elkaar horen."
    )]
    Known,
    /// The same piece again and again, or a row such as 12345678.
    #[error(
        "Dit wachtwoord is een herhaling of een reeks, zoals 12345678. Daardoor is het makkelijk \
         te raden. Kies een ander, bijvoorbeeld een paar woorden die niet bij elkaar horen."
    )]
    Pattern,
}

impl Password {
    /// Takes `text` as it is, spaces and all, as a new password.
    ///
    /// # Errors
    /// [`PasswordError`] says what to do about it.
    pub fn parse(text: &str, with_second_factor: bool) -> Result<Self, PasswordError> {
        let least = if with_second_factor {
            LEAST_WITH_SECOND
        } else {
            LEAST_ALONE
        };
        // Counted no further than needed: the text may be of any length.
        let length = text.chars().take(MOST + 1).count();
        if length < least {
            return Err(PasswordError::TooShort { least });
        }
        if length > MOST {
            return Err(PasswordError::TooLong);
        }
        if is_pattern(text) {
            return Err(PasswordError::Pattern);
        }
        if is_known(text) {
            return Err(PasswordError::Known);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// What the database keeps: a PHC string with a salt of its own. Takes tens of milliseconds
    /// and 19 MiB; not for a thread that serves others.
    #[must_use]
    pub fn hash(&self, random: &dyn Random) -> String {
        hash_with(&self.0, array(random))
    }
}

/// Whether `password` is the one of `hash`; false too when `hash` is no PHC string of Argon2. As
/// slow as [`Password::hash`] in every case.
#[must_use]
pub fn verify(hash: &str, password: &str) -> bool {
    if let Ok(hash) = PasswordHash::new(hash) {
        argon2().verify_password(password.as_bytes(), &hash).is_ok()
    } else {
        burn(password);
        false
    }
}

/// The work of [`verify`] when there is no such account, so that its absence does not show in
/// the time that it takes.
pub fn burn(password: &str) {
    std::hint::black_box(hash_with(password, [0; 16]));
}

fn hash_with(password: &str, salt: [u8; 16]) -> String {
    #[expect(
        clippy::expect_used,
        reason = "a salt of 16 bytes and a password of less than 4 GB are always taken"
    )]
    argon2()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("a hash")
        .to_string()
}

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    #[expect(
        clippy::expect_used,
        reason = "constants within the bounds of RFC 9106"
    )]
    let params = Params::new(memory, passes, lanes, None).expect("good parameters");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn refused(text: &str, with_second_factor: bool) -> Option<PasswordError> {
        Password::parse(text, with_second_factor).err()
    }

    #[test]
    fn length_is_counted_in_characters_and_rests_on_the_second_factor() {
        assert_eq!(
            refused("twaalf bomen!!", false),
            Some(PasswordError::TooShort { least: 15 })
        );
        assert_eq!(refused("twaalf bomen!!!", false), None);
        assert_eq!(
            refused("k7!mQpé", true),
            Some(PasswordError::TooShort { least: 8 })
        );
        assert_eq!(refused("k7!mQpé2", true), None);
        let long: String = ('!'..'~').chain('¡'..'ÿ').chain('Ā'..).take(200).collect();
        assert_eq!(refused(&long, false), None);
        assert_eq!(
            refused(&format!("{long}x"), false),
            Some(PasswordError::TooLong)
        );
    }

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        assert_eq!(refused("Welkom01", true), Some(PasswordError::Known));
        assert_eq!(
            refused("dit is mijn wachtwoord", false),
            Some(PasswordError::Known)
        );
        assert_eq!(
            refused("aaaaaaaaaaaaaaaa", false),
            Some(PasswordError::Pattern)
        );
        assert_eq!(refused("12345678", true), Some(PasswordError::Pattern));
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        for error in [
            PasswordError::TooShort { least: 15 },
            PasswordError::TooLong,
            PasswordError::Known,
            PasswordError::Pattern,
        ] {
            let text = error.to_string();
            assert!(text.contains("Neem ") || text.contains("Kies "), "{text}");
        }
        let short = PasswordError::TooShort { least: 15 }.to_string();
        assert!(short.contains("minstens 15 tekens"));
        assert!(PasswordError::TooLong.to_string().contains("200 tekens"));
    }

    #[test]
    fn a_hash_knows_its_password_and_no_other() {
        let random = SeededRandom::new(1);
        let password = Password::parse("drie paarse fietsen", false).expect("a password");
        let hash = password.hash(&random);
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert_ne!(hash, password.hash(&random), "each has a salt of its own");
        assert!(verify(&hash, "drie paarse fietsen"));
        assert!(!verify(&hash, "Drie paarse fietsen"));
        assert!(!verify(&hash, ""));
        assert!(!verify("geen hash", "drie paarse fietsen"));
        assert_eq!(format!("{password:?}"), "Password(..)");
    }

    #[test]
    fn without_an_account_the_same_work_is_done() {
        // What burns is a hash of the same cost; the clock is no measure that a test can rest on.
        let burnt = hash_with("drie paarse fietsen", [0; 16]);
        assert!(burnt.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify(&burnt, "drie paarse fietsen"));
    }
}

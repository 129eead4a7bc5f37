//! Tickets: what a page has to remember until its next form, sealed and for a while.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::cipher;
use super::keys::{KeyBytes, Keys};
use super::mac::subkey;
use crate::random::Random;

impl Keys {
    /// A text that only [`Keys::open_ticket`] with the same `purpose` reads, and only before
    /// `until` (to the microsecond). Base64url; its length says the length of `content` to 64 bytes.
    #[must_use]
    pub fn issue_ticket(
        &self,
        purpose: &str,
        content: &str,
        until: Timestamp,
        random: &dyn Random,
    ) -> String {
        let until = until.as_microsecond().to_be_bytes();
        let plain = Zeroizing::new([&until, content.as_bytes()].concat());
        let sealed = cipher::seal_padded(&self.ticket_key(), &bound(purpose), &plain, random);
        URL_SAFE_NO_PAD.encode(sealed)
    }

    /// What the ticket holds; `None` for another purpose, from its last moment on, or damaged.
    #[must_use]
    pub fn open_ticket(&self, purpose: &str, text: &str, now: Timestamp) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
        let plain = cipher::open_padded(&self.ticket_key(), &bound(purpose), &sealed)?;
        let (until, content) = plain.split_first_chunk::<8>()?;
        if now.as_microsecond() >= i64::from_be_bytes(*until) {
            return None;
        }
        std::str::from_utf8(content).ok().map(str::to_owned)
    }

    fn ticket_key(&self) -> KeyBytes {
        subkey(&self.form, "ticket")
    }
}

fn bound(purpose: &str) -> String {
    format!("t1:{purpose}")
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::random::SeededRandom;

    fn until() -> Timestamp {
        "2026-11-22T10:00:00Z".parse().expect("a timestamp")
    }

    #[test]
    fn a_ticket_opens_for_its_purpose_until_its_time() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let ticket = keys.issue_ticket("mijn-vraag", "é 7", until(), &random);
        let before = until() - SignedDuration::from_micros(1);
        let open = |keys: &Keys, purpose, now| keys.open_ticket(purpose, &ticket, now);
        assert_eq!(open(&keys, "mijn-vraag", before).as_deref(), Some("é 7"));
        assert_eq!(
            open(&keys.rotated(&random), "mijn-vraag", before).as_deref(),
            Some("é 7")
        );
        assert_eq!(open(&keys, "mijn-vraag", until()), None);
        assert_eq!(open(&keys, "inloggen", before), None);
        assert_eq!(open(&Keys::generate(&random), "mijn-vraag", before), None);
    }

    #[test]
    fn a_ticket_hides_its_content_and_fits_in_a_form() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let ticket = |content| keys.issue_ticket("x", content, until(), &random);
        let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        assert!(ticket("geheim").bytes().all(good));
        assert_eq!(ticket("").len(), ticket("een langere tekst").len());
        assert_ne!(ticket("a"), ticket("a"));
    }

    #[test]
    fn damaged_tickets_are_none() {
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        let ticket = keys.issue_ticket("x", "7", until(), &random);
        let before = until() - SignedDuration::from_secs(1);
        let (one, rest) = ticket.split_at(1);
        let reversed: String = ticket.chars().rev().collect();
        for bad in ["", "é", one, rest, &reversed, &format!("{ticket}AAAA")] {
            assert_eq!(keys.open_ticket("x", bad, before), None, "{bad}");
        }
    }
}

//! A letter as a message on the wire (RFC 5322).

use jiff::Timestamp;
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};

use super::letter::Letter;
use super::postman::DeliveryError;
use super::sender::Sender;

/// The most bytes of an address (RFC 5321, section 4.5.3.1.3, less the angle brackets).
const LONGEST_ADDRESS: usize = 254;

/// The message of `letter`, dated `at`.
///
/// # Errors
/// [`DeliveryError::Permanent`] when the reader's address is none.
pub(super) fn build_message(
    letter: &Letter,
    from: &Sender,
    at: Timestamp,
) -> Result<Message, DeliveryError> {
    let reader = parse_reader(letter.to())?;
    // The date header cannot be made of a moment before 1970.
    let at = at.max(Timestamp::UNIX_EPOCH);
    Message::builder()
        .from(from.mailbox())
        .to(Mailbox::new(None, reader))
        .subject(letter.subject())
        .date(at.into())
        .message_id(Some(letter.message_id()))
        // No automatic answer comes back ("I am on holiday"): RFC 3834, section 5.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body().to_owned())
        .map_err(|_| DeliveryError::Permanent("no message can be made of it".to_owned()))
}

fn parse_reader(to: &str) -> Result<Address, DeliveryError> {
    Some(to)
        .filter(|to| to.len() <= LONGEST_ADDRESS)
        // lettre refuses control characters: no address adds a line to the conversation.
        .and_then(|to| to.parse().ok())
        .ok_or_else(|| DeliveryError::Permanent("malformed address".to_owned()))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::kind::Kind;
    use super::super::letter::{Around, OneTimeLink, compose};
    use super::*;

    fn build(kind: Kind, to: &str) -> Result<String, DeliveryError> {
        build_at("2026-03-05T09:08:07Z", kind, to)
    }

    fn build_at(at: &str, kind: Kind, to: &str) -> Result<String, DeliveryError> {
        let letter = compose(
            kind,
            &Around {
                id: "0190-a",
                to,
                base_url: &Url::parse("https://loes.example/").expect("a url"),
                loket_name: "Loesloket Súdwest",
                link: Some(OneTimeLink {
                    address: "https://loes.example/account/abc",
                    works_for: "1 uur",
                }),
            },
        )
        .expect("a letter");
        let from = Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender");
        let at = at.parse().expect("a timestamp");
        let message = build_message(&letter, &from, at)?;
        Ok(String::from_utf8(message.formatted()).expect("ASCII"))
    }

    #[test]
    fn headers_are_stable_and_say_that_a_machine_wrote_it() {
        let text = build(Kind::AnswerReady, "moeder@voorbeeld.nl").expect("a message");
        for line in [
            "From: Loes <loes@voorbeeld.nl>\r\n",
            "To: moeder@voorbeeld.nl\r\n",
            "Subject: Er staat iets voor je klaar\r\n",
            "Date: Thu, 05 Mar 2026 09:08:07 +0000\r\n",
            "Message-ID: <0190-a@loes.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
    }

    #[test]
    fn a_clock_that_is_far_off_stops_no_letter() {
        for (at, year) in [
            ("1969-07-20T20:17:00Z", " 1970 "),
            ("9999-12-30T21:59:59Z", " 9999 "),
        ] {
            let text = build_at(at, Kind::AnswerReady, "moeder@voorbeeld.nl").expect("a message");
            assert!(text.contains(year), "{text}");
        }
    }

    #[test]
    fn every_kind_travels_as_ascii_lines_of_fair_length() {
        for kind in Kind::ALL {
            let text = build(kind, "moeder@voorbeeld.nl").expect("a message");
            assert!(text.is_ascii());
            assert!(text.split("\r\n").all(|line| line.len() <= 998), "{text}");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
        }
    }

    #[test]
    fn a_malformed_address_is_permanent_and_not_repeated() {
        let long = format!("{}@{}nl", "a".repeat(60), "voorbeeld.".repeat(22));
        for bad in [
            "",
            "kanarie",
            "kanarie@",
            "@kanarie.nl",
            "kanarie a@b.nl",
            "kanarie@b..nl",
            "Kanarie <a@b.nl>",
            "a@b.nl,kanarie@b.nl",
            "kanarie@b.nl\r\nBcc: c@b.nl",
            "\"kanarie\r\nRCPT TO:<c@b.nl>\"@b.nl",
            "kanarie\u{85}@b.nl",
            &long,
        ] {
            let error = build(Kind::AnswerReady, bad).expect_err("refused");
            assert_eq!(
                error,
                DeliveryError::Permanent("malformed address".to_owned()),
                "{bad}"
            );
        }
    }
}

//! Letters: what goes to one reader, before it becomes a message on the wire.

use std::fmt;

use url::Url;

use super::kind::Kind;
use super::wording::{Wording, write};

/// The most bytes of a letter's id: two UUIDs and a hyphen fit well.
const LONGEST_ID: usize = 100;

/// A mail to one reader: its words are made, nothing is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    id: String,
    host: String,
    to: String,
    kind: Kind,
    subject: String,
    body: String,
}

/// What a letter is made from, besides its kind.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Stable and unique for this reader and this occasion: 1 to 100 ASCII letters, digits,
    /// hyphens and underscores. Delivered twice, it is the same letter twice.
    pub id: &'a str,
    /// The reader's address; judged at delivery.
    pub to: &'a str,
    /// The public address of the site.
    pub base_url: &'a Url,
    /// The full name of the loket ("Loesloket Tubbergen"); only staff read it.
    pub loket_name: &'a str,
    /// For an invitation or a new password; any other kind leaves it out.
    pub link: Option<OneTimeLink<'a>>,
}

/// A link that works once.
#[derive(Clone, Copy)]
pub struct OneTimeLink<'a> {
    /// The whole address, `http` or `https`, without spaces.
    pub address: &'a str,
    /// How long it works, in Dutch words: "7 dagen", "1 uur".
    pub works_for: &'a str,
}

/// Why no letter can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// The id is empty, too long, or has a character that a file name should not have.
    #[error("the id of a letter is not 1 to 100 letters, digits, hyphens and underscores")]
    BadId,
    /// This kind brings a link, and none is given.
    #[error("a letter of this kind needs a one-time link")]
    NoLink,
    /// The link is no address of a page.
    #[error("the one-time link is not an http address without spaces")]
    BadLink,
}

/// Makes the letter of `kind` out of what is `around` it.
///
/// # Errors
/// [`LetterError`] when the id or the link cannot be used.
pub fn compose(kind: Kind, around: &Around<'_>) -> Result<Letter, LetterError> {
    if !is_good_id(around.id) {
        return Err(LetterError::BadId);
    }
    // A link that the kind does not ask for has no way into the words.
    let link = match around.link {
        _ if !kind.needs_link() => None,
        None => return Err(LetterError::NoLink),
        Some(link) if !is_page(link.address) => return Err(LetterError::BadLink),
        link => link,
    };
    let Wording { subject, body } = write(kind, around.base_url, around.loket_name, link);
    Ok(Letter {
        id: around.id.to_owned(),
        host: around.base_url.host_str().unwrap_or("localhost").to_owned(),
        to: around.to.to_owned(),
        kind,
        subject,
        body,
    })
}

fn is_good_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_page(address: &str) -> bool {
    let known = Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    known && address.bytes().all(|b| b.is_ascii_graphic())
}

impl Letter {
    /// Stable: the same letter has the same id at every attempt. Good as a file name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The `Message-ID`, with its angle brackets (RFC 5322, section 3.6.4). It is stable, so that
    /// a mailbox can tell a second delivery from a second letter.
    #[must_use]
    pub fn message_id(&self) -> String {
        format!("<{}@{}>", self.id, self.host)
    }

    /// The reader's address, as it was given.
    #[must_use]
    pub fn to(&self) -> &str {
        &self.to
    }

    /// What it tells.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The subject, one line of Dutch.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The text, Dutch, lines ending in `\n`.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
}

/// Shows neither the reader nor the text: the one is personal, the other may hold a link that
/// opens an account.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: OneTimeLink<'static> = OneTimeLink {
        address: "https://loes.example/wachtwoord/KANARIELINK",
        works_for: "1 uur",
    };

    fn base() -> Url {
        Url::parse("https://loes.example/").expect("a url")
    }

    fn around<'a>(base_url: &'a Url, link: Option<OneTimeLink<'a>>) -> Around<'a> {
        Around {
            id: "0190-kanarie_ID",
            to: "kanarie-moeder@voorbeeld.nl",
            base_url,
            loket_name: "Loesloket Kanariedorp",
            link,
        }
    }

    #[test]
    fn words_tell_nothing_of_what_was_passed_but_to_whom_it_belongs() {
        for kind in Kind::ALL {
            let letter = compose(kind, &around(&base(), Some(LINK))).expect("a letter");
            let words = format!("{}\n{}", letter.subject(), letter.body());
            assert!(!words.contains("kanarie"), "{kind}: {words}");
            assert_eq!(words.contains("KANARIELINK"), kind.needs_link(), "{kind}");
            let loket = words.contains("Kanariedorp");
            assert!(!(loket && kind.is_for_parent()), "{kind}: {words}");
        }
    }

    #[test]
    fn a_kind_with_a_link_needs_a_good_one() {
        for kind in [Kind::Invitation, Kind::PasswordReset] {
            let base = base();
            let made = |link| compose(kind, &around(&base, link)).map(drop);
            assert_eq!(made(Some(LINK)), Ok(()));
            assert_eq!(made(None), Err(LetterError::NoLink));
            for address in [
                "",
                "/a",
                "javascript:x",
                "https://a.nl/ b",
                "https://a.nl/\nx",
            ] {
                let link = Some(OneTimeLink { address, ..LINK });
                assert_eq!(made(link), Err(LetterError::BadLink), "{address}");
            }
        }
        assert!(compose(Kind::AnswerReady, &around(&base(), None)).is_ok());
    }

    #[test]
    fn an_id_is_safe_as_a_file_name_and_in_a_header() {
        let base = base();
        let long = "a".repeat(101);
        for id in [
            "", "../a", "a/b", "a.b", "a b", "a\r\nBcc", "a@b", "é", &long,
        ] {
            let around = Around {
                id,
                ..around(&base, None)
            };
            assert_eq!(
                compose(Kind::NewQuestion, &around),
                Err(LetterError::BadId),
                "{id}"
            );
        }
    }

    #[test]
    fn the_message_id_is_of_the_letter_and_the_site() {
        let letter = compose(Kind::NewQuestion, &around(&base(), None)).expect("a letter");
        assert_eq!(letter.message_id(), "<0190-kanarie_ID@loes.example>");
        assert_eq!(letter.id(), "0190-kanarie_ID");
        assert_eq!(letter.to(), "kanarie-moeder@voorbeeld.nl");
        assert_eq!(letter.kind(), Kind::NewQuestion);
    }

    #[test]
    fn debug_hides_reader_and_text() {
        let letter = compose(Kind::PasswordReset, &around(&base(), Some(LINK))).expect("a letter");
        let shown = format!("{letter:?}");
        assert!(
            !shown.contains("moeder") && !shown.contains("KANARIELINK"),
            "{shown}"
        );
    }
}

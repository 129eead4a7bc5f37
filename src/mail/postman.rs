//! How a letter reaches its reader.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::letter::Letter;
use super::message::build_message;
use super::sender::Sender;
use super::settings::{MailError, SmtpSettings};
use super::smtp::MailServer;

/// Who carries the letters.
#[derive(Debug, Clone)]
pub enum Postman {
    /// Puts each letter as a file in a folder: for a first look, and for tests.
    Folder(PathBuf),
    /// Hands each letter to a mail server.
    Smtp(MailServer),
}

/// Why a letter is not delivered. The texts go to logs: they hold an SMTP code and its class, never
/// an address, and never what the server says, for that may repeat the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// It may pass: try again.
    #[error("not delivered yet: {0}")]
    Temporary(String),
    /// It does not pass by itself: a person must look.
    #[error("not delivered: {0}")]
    Permanent(String),
}

impl Postman {
    /// A postman that fills the folder at `path`, which is made when it is needed.
    #[must_use]
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self::Folder(path.into())
    }

    /// A postman that goes to the mail server of `settings`; nothing is sent yet.
    ///
    /// # Errors
    /// [`MailError::Tls`] when TLS is needed and cannot be set up.
    pub fn smtp(settings: &SmtpSettings) -> Result<Self, MailError> {
        MailServer::new(settings).map(Self::Smtp)
    }

    /// Delivers `letter`, with `at` as its date. It needs a Tokio runtime with time and I/O.
    ///
    /// A failure after the server took the letter can make it arrive twice, with the same
    /// `Message-ID`: twice is better than never.
    ///
    /// # Errors
    /// [`DeliveryError`] says whether trying again makes sense.
    pub async fn deliver(
        &self,
        letter: &Letter,
        from: &Sender,
        at: Timestamp,
    ) -> Result<(), DeliveryError> {
        let message = build_message(letter, from, at)?;
        match self {
            Self::Folder(folder) => {
                let file = folder.join(format!("{}.eml", letter.id()));
                let text = message.formatted();
                tokio::task::spawn_blocking(move || put_file(&file, &text))
                    .await
                    .unwrap_or_else(|stopped| Err(std::io::Error::other(stopped)))
                    // The kind, without the path.
                    .map_err(|e| DeliveryError::Temporary(format!("folder: {}", e.kind())))
            }
            Self::Smtp(server) => server.hand_over(&message).await,
        }
    }
}

/// Writes `text` to `file` whole or not at all, readable by this user only.
fn put_file(file: &Path, text: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    draft.write_all(text)?;
    draft.as_file().sync_all()?;
    draft.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::kind::Kind;
    use super::super::letter::{Around, compose};
    use super::*;

    fn letter(id: &str, to: &str) -> Letter {
        let base_url = Url::parse("https://loes.example/").expect("a url");
        let around = Around {
            id,
            to,
            base_url: &base_url,
            loket_name: "Loesloket Tubbergen",
            link: None,
        };
        compose(Kind::AnswerReady, &around).expect("a letter")
    }

    async fn put(folder: &Path, letter: &Letter) -> Result<(), DeliveryError> {
        let from = Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender");
        let at = "2026-03-05T09:08:07Z".parse().expect("a timestamp");
        Postman::folder(folder).deliver(letter, &from, at).await
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("text")
            })
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn delivering_twice_leaves_one_file() {
        let room = tempfile::tempdir().expect("a folder");
        let folder = room.path().join("post");
        let one = letter("een", "moeder@voorbeeld.nl");
        put(&folder, &one).await.expect("delivered");
        put(&folder, &one).await.expect("delivered");
        put(&folder, &letter("twee", "moeder@voorbeeld.nl"))
            .await
            .expect("delivered");
        assert_eq!(names(&folder), ["een.eml", "twee.eml"]);
        let text = std::fs::read_to_string(folder.join("een.eml")).expect("text");
        assert!(text.contains("To: moeder@voorbeeld.nl\r\n"), "{text}");
        assert!(text.contains("https://loes.example/mijn-vraag"), "{text}");
    }

    #[tokio::test]
    async fn a_malformed_address_leaves_no_file() {
        let room = tempfile::tempdir().expect("a folder");
        let error = put(room.path(), &letter("een", "kanarie"))
            .await
            .expect_err("refused");
        assert!(matches!(&error, DeliveryError::Permanent(_)));
        assert!(!error.to_string().contains("kanarie"));
        assert!(names(room.path()).is_empty());
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_may_pass_and_tells_no_path() {
        let room = tempfile::tempdir().expect("a folder");
        let folder = room.path().join("kanarie");
        std::fs::write(&folder, "a file").expect("written");
        let error = put(&folder, &letter("een", "moeder@voorbeeld.nl"))
            .await
            .expect_err("refused");
        assert!(matches!(&error, DeliveryError::Temporary(_)), "{error}");
        assert!(!error.to_string().contains("kanarie"), "{error}");
    }
}

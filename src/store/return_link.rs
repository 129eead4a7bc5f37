//! A mail with the address of the page to come back to, for who does not want to give an address with
//! her question: what she gives here is kept for this mail alone.

use jiff::Timestamp;

use super::open::micros;
use super::row::Columns as _;
use super::thread::context;
use super::{MailKind, StoreError, Tx};
use crate::domain::{MailAddress, MailId, Question};

/// How many of these mails one question may send, whatever the address.
const MOST: i64 = 3;

/// What came of asking for such a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkMail {
    /// It goes out, or went out before by the same form.
    Sent,
    /// There were enough.
    TooMany,
}

impl Tx<'_> {
    /// Puts a mail in the outbox that tells `address` where to come back to. A form sent twice is one
    /// mail. The address is sealed, and erased once the mail is sent or given up.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when the question is erased.
    pub async fn mail_link(
        &mut self,
        question: &Question,
        form: &str,
        address: &MailAddress,
        now: Timestamp,
    ) -> Result<LinkMail, StoreError> {
        // Writing makes others that ask for the same question wait, on both engines.
        let sql = "UPDATE question SET version = version WHERE id = $1";
        sqlx::query(sql)
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        let key = self.key_of(question.id).await?;
        let sql = "SELECT COUNT(*) AS n, COUNT(CASE WHEN form = $1 THEN 1 END) AS same FROM outbox \
                   WHERE question = $2 AND kind = $3";
        let before = sqlx::query(sql)
            .bind(form)
            .bind(question.id.to_string())
            .bind(MailKind::ReturnLink.slug())
            .fetch_one(self.on())
            .await?;
        if before.flag("same")? {
            return Ok(LinkMail::Sent);
        }
        if before.number("n")? >= MOST {
            return Ok(LinkMail::TooMany);
        }
        let id = MailId::new(now, self.store.id_bytes());
        let place = context("return link", id);
        let sealed = key.seal(address.as_str(), &place, self.store.random());
        let sql = "INSERT INTO outbox (id, kind, question, loket, due, attempts, address, form) \
                   VALUES ($1, $2, $3, $4, $5, 0, $6, $7)";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(MailKind::ReturnLink.slug())
            .bind(question.id.to_string())
            .bind(question.loket.as_str())
            .bind(micros(now))
            .bind(sealed)
            .bind(form)
            .execute(self.on())
            .await?;
        Ok(LinkMail::Sent)
    }
}

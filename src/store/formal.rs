//! What a question is by law, besides a question.

use jiff::Timestamp;

use super::open::micros;
use super::{MailKind, StoreError, Thread, Tx};
use crate::domain::{AnswerWay, Formal};

impl Tx<'_> {
    /// Notes what a question is by law, or that it is no more than a question. The parent who wants mail
    /// hears that there is something to read: her confirmation.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when it changed since it was read.
    pub async fn mark(
        &mut self,
        thread: &Thread,
        formal: Option<Formal>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let question = &thread.question;
        if question.marked.map(|marked| marked.formal) == formal {
            return Ok(());
        }
        self.raise_version(question).await?;
        sqlx::query("UPDATE question SET formal = $1, formal_at = $2 WHERE id = $3")
            .bind(formal.map(Formal::slug))
            .bind(formal.map(|_| micros(now)))
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        if formal.is_some() && matches!(thread.contact.way, AnswerWay::Mail(_)) {
            let (about, loket) = (Some(question.id), &question.loket);
            self.put_mail(MailKind::AnswerReady, about, loket, now)
                .await?;
        }
        Ok(())
    }
}

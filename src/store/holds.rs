//! Questions that have to be kept, and what happens when the parent wants hers erased meanwhile.

use jiff::Timestamp;

use super::open::micros;
use super::row::Columns as _;
use super::thread::context;
use super::{StoreError, Tx};
use crate::domain::{Erasure, Hold, Question, QuestionId, Staff};
use crate::secrets::QuestionKey;

/// What came of withdrawing a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawal {
    /// It is gone.
    Erased,
    /// It is closed, and has to be kept until then; after that it is erased.
    Kept(Timestamp),
}

impl Tx<'_> {
    /// Sees to it that a question is kept until a moment, whoever wants it erased; says why. Instead of
    /// what was said before.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when it changed since it was read.
    pub async fn hold(
        &mut self,
        staff: &Staff,
        question: &Question,
        until: Timestamp,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = self.key_for(staff, question.id).await?;
        self.set_held(question, Some(until)).await?;
        let about = context("hold", question.id);
        let sealed = key.seal(reason, &about, self.store.random());
        let sql = "INSERT INTO hold (question, staff, name, at, reason) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (question) DO UPDATE SET staff = excluded.staff, \
                   name = excluded.name, at = excluded.at, reason = excluded.reason";
        sqlx::query(sql)
            .bind(question.id.to_string())
            .bind(staff.id.to_string())
            .bind(staff.name.as_str())
            .bind(micros(now))
            .bind(sealed)
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Ends that.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when it changed since it was read.
    pub async fn lift_hold(&mut self, question: &Question) -> Result<(), StoreError> {
        self.set_held(question, None).await?;
        sqlx::query("DELETE FROM hold WHERE question = $1")
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }

    async fn set_held(
        &mut self,
        question: &Question,
        until: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.raise_version(question).await?;
        sqlx::query("UPDATE question SET held = $1 WHERE id = $2")
            .bind(until.map(micros))
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Why a question is kept, while it is.
    pub(super) async fn hold_of(
        &mut self,
        question: &Question,
        key: &QuestionKey,
        now: Timestamp,
    ) -> Result<Option<Hold>, StoreError> {
        let Some(until) = question.held_until(now) else {
            return Ok(None);
        };
        let row = sqlx::query("SELECT * FROM hold WHERE question = $1")
            .bind(question.id.to_string())
            .fetch_optional(self.on())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Hold {
            until,
            name: row.text("name")?,
            at: row.moment("at")?,
            reason: key.open(&row.text("reason")?, &context("hold", question.id))?,
        }))
    }

    /// The parent withdraws her question. When it has to be kept it is closed, and erased as soon as it
    /// may be; otherwise it is erased now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn withdraw(
        &mut self,
        question: &Question,
        now: Timestamp,
    ) -> Result<Withdrawal, StoreError> {
        let sql = "UPDATE question SET state = 'gesloten', owner = NULL, tended = NULL, \
                   closed = COALESCE(closed, $1), withdrawn = COALESCE(withdrawn, $1), \
                   version = version + 1 WHERE id = $2 AND held >= $1 RETURNING held";
        let row = sqlx::query(sql)
            .bind(micros(now))
            .bind(question.id.to_string())
            .fetch_optional(self.on())
            .await?;
        if let Some(row) = row {
            self.drop_offer(question.id).await?;
            return Ok(Withdrawal::Kept(row.moment("held")?));
        }
        self.erase(question, Erasure::Withdrawn.slug(), now).await?;
        Ok(Withdrawal::Erased)
    }

    /// Whether a question is there, and has to be kept at `now`.
    pub(super) async fn is_held(
        &mut self,
        id: QuestionId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM question WHERE id = $1 AND held >= $2")
            .bind(id.to_string())
            .bind(micros(now))
            .fetch_one(self.on())
            .await?;
        row.flag("n")
    }
}

//! How long what is said is kept.

use jiff::Timestamp;

use super::open::micros;
use super::questions::question;
use super::{Store, StoreError, Tx};
use crate::domain::{Question, Slug};

/// How many questions one round erases at most: each in a change of its own.
const ROUND: i64 = 100;

impl Tx<'_> {
    /// Closes the answered questions of `loket` on which nothing was said since `before`; from then on
    /// their term runs. What another loket may take over is not closed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close_silent(
        &mut self,
        loket: &Slug,
        before: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE question SET state = 'gesloten', owner = NULL, tended = NULL, closed = $1, \
                   version = version + 1 WHERE loket = $2 AND state = 'beantwoord' \
                   AND (SELECT MAX(at) FROM message WHERE message.question = question.id) < $3 \
                   AND NOT EXISTS (SELECT 1 FROM offer WHERE offer.question = question.id)";
        let done = sqlx::query(sql)
            .bind(micros(now))
            .bind(loket.as_str())
            .bind(micros(before))
            .execute(self.on())
            .await?;
        Ok(done.rows_affected())
    }
}

impl Tx<'_> {
    /// Holds `question` as it was read until this change ends; says whether it is still so.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn hold_unchanged(&mut self, question: &Question) -> Result<bool, StoreError> {
        let sql = "UPDATE question SET version = version WHERE id = $1 AND version = $2";
        let done = sqlx::query(sql)
            .bind(question.id.to_string())
            .bind(question.version)
            .execute(self.on())
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

impl Store {
    /// Questions of `loket` whose term is over: closed before `closed`, waiting since before `forgotten`,
    /// or withdrawn while they had to be kept. Not what still has to be. At most a hundred at a time.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn expired(
        &self,
        loket: &Slug,
        closed: Timestamp,
        forgotten: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Question>, StoreError> {
        let sql = "SELECT * FROM question WHERE loket = $1 \
                   AND (held IS NULL OR held < $4) \
                   AND (closed < $2 OR (closed IS NULL AND due < $3) OR withdrawn IS NOT NULL) \
                   ORDER BY id LIMIT $5";
        let rows = sqlx::query(sql)
            .bind(loket.as_str())
            .bind(micros(closed))
            .bind(micros(forgotten))
            .bind(micros(now))
            .bind(ROUND)
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(question).collect()
    }
}

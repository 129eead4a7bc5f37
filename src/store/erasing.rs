//! Erasing a question: all of it, once, and not while it has to be kept.

use jiff::{SignedDuration, Timestamp};

use super::open::micros;
use super::row::Columns as _;
use super::{StoreError, Tx};
use crate::clock::dutch_day;
use crate::domain::Question;

/// For how long the form of an erased question may come again: twice as long as a form is taken.
const FORM_COMES_AGAIN: SignedDuration = SignedDuration::from_hours(48);

impl Tx<'_> {
    /// Erases a question and all that was said about it. What is gone already is not counted again.
    ///
    /// # Errors
    /// [`StoreError::Held`] when it has to be kept; then this change must not be made.
    pub async fn erase(
        &mut self,
        question: &Question,
        why: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO erasure (question, at, why, lookup) \
                   SELECT id, $1, $2, lookup FROM question WHERE id = $3 \
                   AND (held IS NULL OR held < $1) \
                   ON CONFLICT (question) DO NOTHING";
        sqlx::query(sql)
            .bind(micros(now))
            .bind(why)
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        let sql = "DELETE FROM question WHERE id = $1 AND (held IS NULL OR held < $2)";
        let done = sqlx::query(sql)
            .bind(question.id.to_string())
            .bind(micros(now))
            .execute(self.on())
            .await?;
        if done.rows_affected() == 0 {
            let held = self.is_held(question.id, now).await?;
            return if held { Err(StoreError::Held) } else { Ok(()) };
        }
        sqlx::query("UPDATE erasure SET lookup = NULL WHERE lookup IS NOT NULL AND at < $1")
            .bind(micros(now - FORM_COMES_AGAIN))
            .execute(self.on())
            .await?;
        self.erases();
        self.count(dutch_day(now), &question.loket, "gewist", why)
            .await
    }

    /// Whether the question that this form asked is erased.
    pub(super) async fn was_erased(&mut self, lookup: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM erasure WHERE lookup = $1")
            .bind(lookup)
            .fetch_one(self.on())
            .await?;
        row.flag("n")
    }
}

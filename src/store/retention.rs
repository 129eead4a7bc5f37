//! How long what is said is kept.

use jiff::{SignedDuration, Timestamp};

use super::open::micros;
use super::questions::question;
use super::row::Columns as _;
use super::{Store, StoreError, Tx};
use crate::clock::dutch_day;
use crate::domain::{Question, Slug};

/// For how long the form of an erased question may come again: twice as long as a form is taken.
const FORM_COMES_AGAIN: SignedDuration = SignedDuration::from_hours(48);

/// How many questions one round erases at most: each in a change of its own.
const ROUND: i64 = 100;

impl Tx<'_> {
    /// Closes the answered questions of `loket` on which nothing was said since `before`; from then on
    /// their term runs.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close_silent(
        &mut self,
        loket: &Slug,
        before: Timestamp,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        let sql = "UPDATE question SET state = 'gesloten', owner = NULL, closed = $1, \
                   version = version + 1 WHERE loket = $2 AND state = 'beantwoord' \
                   AND (SELECT MAX(at) FROM message WHERE message.question = question.id) < $3";
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

    /// Erases a question and all that was said about it. What is gone already is not counted again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn erase(
        &mut self,
        question: &Question,
        why: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO erasure (question, at, why, lookup) \
                   SELECT id, $1, $2, lookup FROM question WHERE id = $3 \
                   ON CONFLICT (question) DO NOTHING";
        sqlx::query(sql)
            .bind(micros(now))
            .bind(why)
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        let done = sqlx::query("DELETE FROM question WHERE id = $1")
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        if done.rows_affected() == 0 {
            return Ok(());
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

impl Store {
    /// Questions of `loket` whose term is over: closed before `closed`, or waiting since before
    /// `forgotten`. At most a hundred at a time.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn expired(
        &self,
        loket: &Slug,
        closed: Timestamp,
        forgotten: Timestamp,
    ) -> Result<Vec<Question>, StoreError> {
        let sql = "SELECT * FROM question WHERE loket = $1 \
                   AND (closed < $2 OR (closed IS NULL AND due < $3)) ORDER BY id LIMIT $4";
        let rows = sqlx::query(sql)
            .bind(loket.as_str())
            .bind(micros(closed))
            .bind(micros(forgotten))
            .bind(ROUND)
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(question).collect()
    }
}

//! Figures for monitoring: how many, never who or what.

use std::collections::HashMap;

use jiff::Timestamp;

use super::open::micros;
use super::row::Columns as _;
use super::{Store, StoreError};
use crate::domain::{QuestionState, Slug};

/// Figures for monitoring.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// How many questions, by loket and state.
    questions: HashMap<(String, String), f64>,
    /// How many mails wait to be sent.
    pub waiting: f64,
    /// How long the oldest of those has been due, in seconds.
    pub oldest_seconds: f64,
    /// How many mails were given up.
    pub refused: f64,
}

impl Figures {
    /// How many questions of a loket are in a state.
    #[must_use]
    pub fn questions_of(&self, loket: &Slug, state: QuestionState) -> f64 {
        let of = (loket.to_string(), state.slug().to_owned());
        self.questions.get(&of).copied().unwrap_or(0.0)
    }
}

impl Store {
    /// The figures of this moment.
    ///
    /// # Errors
    /// When the database cannot be read.
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    pub async fn figures(&self, now: Timestamp) -> Result<Figures, StoreError> {
        let sql = "SELECT loket, state, COUNT(*) AS n FROM question GROUP BY loket, state";
        let mut figures = Figures::default();
        for row in sqlx::query(sql).fetch_all(&self.read).await? {
            let count = row.number("n")? as f64;
            let of = (row.text("loket")?, row.text("state")?);
            figures.questions.insert(of, count);
        }
        let sql = "SELECT COUNT(*) AS n, MIN(due) AS oldest FROM outbox \
                   WHERE sent IS NULL AND refused IS NULL";
        let row = sqlx::query(sql).fetch_one(&self.read).await?;
        figures.waiting = row.number("n")? as f64;
        if let Some(oldest) = row.number_if_any("oldest")? {
            figures.oldest_seconds = ((micros(now) - oldest).max(0) / 1_000_000) as f64;
        }
        let sql = "SELECT COUNT(*) AS n FROM outbox WHERE refused IS NOT NULL";
        figures.refused = sqlx::query(sql).fetch_one(&self.read).await?.number("n")? as f64;
        Ok(figures)
    }
}

//! Counts by month and loket, for the council: never who or what.

use jiff::civil::Date;

use super::{StoreError, Tx};
use crate::domain::Slug;

impl Tx<'_> {
    /// Counts one more `value` of `what` in the month of `day`.
    pub(super) async fn count(
        &mut self,
        day: Date,
        loket: &Slug,
        what: &str,
        value: &str,
    ) -> Result<(), StoreError> {
        self.count_by(1, day, loket, what, value).await
    }

    /// Counts `step` more.
    pub(super) async fn count_by(
        &mut self,
        step: i64,
        day: Date,
        loket: &Slug,
        what: &str,
        value: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO counter (month, loket, what, value, n) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (month, loket, what, value) DO UPDATE SET n = counter.n + excluded.n";
        sqlx::query(sql)
            .bind(day.strftime("%Y-%m").to_string())
            .bind(loket.as_str())
            .bind(what)
            .bind(value)
            .bind(step)
            .execute(self.on())
            .await?;
        Ok(())
    }
}

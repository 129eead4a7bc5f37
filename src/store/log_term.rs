//! How long rows of the log are kept. What goes leaves a sealed row behind on which the rest hangs.

use jiff::Timestamp;

use super::chain::{Head, Link, start_seal, walk};
use super::open::micros;
use super::row::Columns as _;
use super::{Store, StoreError, Tx};

impl Store {
    /// Erases the rows of the log from before `before`; returns how many. A chain that does not hold
    /// is left as it is: what happened to it must be found out first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cut_log(&self, before: Timestamp) -> Result<u64, StoreError> {
        let lokets = sqlx::query("SELECT DISTINCT loket FROM audit WHERE at < $1 ORDER BY loket")
            .bind(micros(before))
            .fetch_all(&self.read)
            .await?;
        let mut erased = 0;
        for loket in lokets {
            let mut tx = self.write().await?;
            erased += tx.cut_chain(&loket.text("loket")?, before).await?;
            tx.commit().await?;
        }
        Ok(erased)
    }
}

impl Tx<'_> {
    async fn cut_chain(&mut self, loket: &str, before: Timestamp) -> Result<u64, StoreError> {
        // Writing makes others that add a row wait, on both engines.
        let sql = "UPDATE audit_head SET seq = seq WHERE loket = $1 RETURNING *";
        let row = sqlx::query(sql)
            .bind(loket)
            .fetch_optional(self.on())
            .await?;
        let keys = std::sync::Arc::clone(&self.store.keys);
        let head = row.as_ref().map(Head::read).transpose()?;
        let Some(head) = head.filter(|head| head.is_sealed(&keys, loket)) else {
            return left_alone(loket);
        };
        let sql = "SELECT MIN(seq) AS first FROM audit WHERE loket = $1 AND at >= $2";
        let row = sqlx::query(sql)
            .bind(loket)
            .bind(micros(before))
            .fetch_one(self.on())
            .await?;
        let until = row
            .number_if_any("first")?
            .map_or(head.seq, |first| first - 1);
        match walk(&keys, loket, until, self.on()).await? {
            Ok(last) if last.seq == until => {
                let seal = start_seal(&keys, loket, &last);
                self.begin_after(loket, &last, seal).await
            }
            // Clocks differ: the oldest row may be newer than one after it.
            Ok(last) if last.seq > until => Ok(0),
            _ => left_alone(loket),
        }
    }

    /// Lets a chain begin after the row `last`.
    async fn begin_after(
        &mut self,
        loket: &str,
        last: &Link,
        seal: String,
    ) -> Result<u64, StoreError> {
        let done = sqlx::query("DELETE FROM audit WHERE loket = $1 AND seq <= $2")
            .bind(loket)
            .bind(last.seq)
            .execute(self.on())
            .await?;
        if done.rows_affected() == 0 {
            return Ok(0);
        }
        let sql = "INSERT INTO audit_start (loket, seq, mac, seal) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (loket) DO UPDATE SET seq = excluded.seq, mac = excluded.mac, \
                   seal = excluded.seal";
        sqlx::query(sql)
            .bind(loket)
            .bind(last.seq)
            .bind(&last.mac)
            .bind(seal)
            .execute(self.on())
            .await?;
        self.erases();
        Ok(done.rows_affected())
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is what the callers return")]
fn left_alone(loket: &str) -> Result<u64, StoreError> {
    tracing::error!(target: "loes", loket, "het logboek klopt niet en wordt niet opgeruimd: kijk met ‘loes audit verify’");
    Ok(0)
}

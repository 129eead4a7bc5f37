//! Erases what has been kept long enough.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Shelf, repeat};
use crate::clock::Clock;
use crate::domain::{Erasure, Loket, Question};
use crate::store::{Store, StoreError};

/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_hours(1);

/// After how many days without a word an answered question is closed.
const SILENCE: i64 = 30;

/// After how many days a question that nobody answered is erased all the same: what is forgotten is
/// not kept for ever.
pub(super) const FORGOTTEN: i64 = 365;

/// Erases what has been kept long enough.
pub struct Retention {
    store: Arc<Store>,
    shelf: Arc<Shelf>,
    clock: Arc<dyn Clock>,
}

impl Retention {
    /// Works on `store` by the terms of the lokets on the shelf.
    #[must_use]
    pub fn new(store: Arc<Store>, shelf: Arc<Shelf>, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            shelf,
            clock,
        }
    }

    /// Looks every hour for as long as the program runs.
    pub async fn run(self) {
        repeat(LOOK_EVERY, "het opruimen", async || self.round().await).await;
    }

    /// Looks once; returns how many questions were erased.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let snapshot = self.shelf.snapshot();
        let mut erased = 0;
        for loket in snapshot.library().lokets() {
            erased += self.round_of(loket).await?;
        }
        if erased > 0 {
            tracing::info!(target: "loes", gewist = erased, "bewaartermijn voorbij");
        }
        Ok(erased)
    }

    async fn round_of(&self, loket: &Loket) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        let mut tx = self.store.write().await?;
        tx.close_silent(&loket.slug, now - days(SILENCE), now)
            .await?;
        tx.commit().await?;
        let closed = now - days(i64::from(loket.retention_days));
        let mut erased = 0;
        loop {
            let expired = self
                .store
                .expired(&loket.slug, closed, now - days(FORGOTTEN), now)
                .await?;
            if expired.is_empty() {
                return Ok(erased);
            }
            for question in &expired {
                erased += usize::from(self.erase(question, now).await?);
            }
        }
    }

    /// Erases a question, unless somebody wrote on it since it was read.
    async fn erase(&self, question: &Question, now: Timestamp) -> Result<bool, StoreError> {
        let mut tx = self.store.write().await?;
        let unchanged = tx.hold_unchanged(question).await?;
        if unchanged {
            let why = match question.withdrawn {
                Some(_) => Erasure::Withdrawn,
                None => Erasure::Term,
            };
            tx.erase(question, why.slug(), now).await?;
        }
        tx.commit().await?;
        Ok(unchanged)
    }
}

//! Puts questions back into the inbox that somebody took up and then left.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;

use super::{Shelf, repeat};
use crate::clock::{Clock, dutch_zone};
use crate::domain::Loket;
use crate::domain::working_days::due;
use crate::store::{Store, StoreError};

/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_mins(30);

/// After how many working days on which its owner did nothing, while the parent waits, a question goes
/// back to the others. The number is ours: longer than a long weekend, shorter than a week of illness.
pub const IDLE_DAYS: u8 = 3;

/// Less than so many working days never take.
const LEAST: SignedDuration = SignedDuration::from_hours(24 * (IDLE_DAYS as i64 - 1));

/// Puts questions back that somebody took up and then left.
pub struct Claims {
    store: Arc<Store>,
    shelf: Arc<Shelf>,
    clock: Arc<dyn Clock>,
}

impl Claims {
    /// Works on `store` by the working days of the lokets on the shelf.
    #[must_use]
    pub fn new(store: Arc<Store>, shelf: Arc<Shelf>, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            shelf,
            clock,
        }
    }

    /// Looks every half hour for as long as the program runs.
    pub async fn run(self) {
        repeat(LOOK_EVERY, "het terugleggen", async || self.round().await).await;
    }

    /// Looks once; returns how many questions were put back.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn round(&self) -> Result<usize, StoreError> {
        let snapshot = self.shelf.snapshot();
        let mut returned = 0;
        for loket in snapshot.library().lokets() {
            returned += self.round_of(loket).await?;
        }
        Ok(returned)
    }

    async fn round_of(&self, loket: &Loket) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let mut returned = 0;
        for claim in self.store.claims(&loket.slug, LEAST, now).await? {
            let since = claim.since.to_zoned(dutch_zone());
            if due(&since, IDLE_DAYS, loket.working_days).timestamp() >= now {
                continue;
            }
            let mut tx = self.store.write().await?;
            returned += usize::from(tx.return_claim(&claim, now).await?);
            tx.commit().await?;
        }
        Ok(returned)
    }
}

//! What happens without a visitor: the library is followed and rebuilt, mail goes out, lokets are
//! reminded, and what is old is erased.

pub mod checkpoints;
mod claims;
pub mod ledger;
mod post;
mod refresh;
mod reminders;
mod retention;
mod shelf;

use std::time::Duration;

use crate::store::StoreError;

pub use checkpoints::Checkpoints;
pub use claims::{Claims, IDLE_DAYS};
pub use post::Post;
pub use refresh::{OpenError, Refresher};
pub use reminders::Reminders;
pub use retention::Retention;
pub use shelf::{Notice, Shelf};

/// Does a round every so often for as long as the program runs. What goes wrong is told, and waits for
/// the next round.
async fn repeat<T>(every: Duration, what: &str, round: impl AsyncFn() -> Result<T, StoreError>) {
    loop {
        if let Err(error) = round().await {
            tracing::warn!(target: "loes", "{what} wacht: {error}");
        }
        tokio::time::sleep(every).await;
    }
}

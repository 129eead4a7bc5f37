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

pub use checkpoints::Checkpoints;
pub use claims::{Claims, IDLE_DAYS};
pub use post::Post;
pub use refresh::{OpenError, Refresher};
pub use reminders::Reminders;
pub use retention::Retention;
pub use shelf::{Notice, Shelf};

//! What happens without a visitor: the library is opened, followed and rebuilt.

mod claims;
pub mod ledger;
mod post;
mod refresh;
mod retention;
mod shelf;

pub use claims::{Claims, IDLE_DAYS};
pub use post::Post;
pub use refresh::{OpenError, Refresher};
pub use retention::Retention;
pub use shelf::{Notice, Shelf};

//! What happens without a visitor: the library is opened, followed and rebuilt.

pub mod ledger;
mod post;
mod refresh;
mod retention;
mod shelf;

pub use post::Post;
pub use refresh::{OpenError, Refresher};
pub use retention::Retention;
pub use shelf::{Notice, Shelf};

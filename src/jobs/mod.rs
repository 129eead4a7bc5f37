//! What happens without a visitor: the library is opened, followed and rebuilt.

mod refresh;
mod shelf;

pub use refresh::{OpenError, Refresher};
pub use shelf::{Notice, Shelf};

//! Library -> index -> ranked answers. The only room that knows tantivy.
//!
//! A [`Snapshot`] is a library and the index made of it; a server swaps the two as one. On disk a
//! snapshot is a generation (see [`generation`]).

mod documents;
mod engine;
pub mod eval;
mod fragment;
pub mod generation;
mod plan;
mod reading;
mod safety;
mod schema;
mod second_look;
mod snapshot;
mod spelling;
mod suggest;

pub use engine::{Filter, Hit, Outcome};
pub use fragment::{Fragment, FragmentPart};
pub use plan::{MOST_TERMS, QUERY_LIMIT, SearchQuery};
pub use safety::help_keys;
pub use snapshot::Snapshot;
pub use suggest::Suggestion;

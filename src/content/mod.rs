//! Markdown and TOML files -> a typed, checked [`Library`].
//!
//! [`Sources`] are the files as text; [`Library::parse`] is a pure function of them. A file with an
//! error is left out and told of; it never keeps the others from being read.

mod approval;
mod article;
mod facts;
mod fingerprint;
mod front_matter;
mod library;
mod links;
mod loading;
mod lokets;
mod markdown;
mod node;
mod partners;
mod phone_check;
mod problem;
mod proof;
mod reader;
mod relations;
mod reply;
mod safety;
mod sources;
mod template;
mod topics;
mod words;

pub use approval::{ApproveError, approve};
pub use fingerprint::Fingerprint;
pub use library::Library;
pub use loading::Loaded;
pub use problem::{Problem, Weight};
pub use reply::{ReplyHint, check_reply};
pub use sources::{SourceError, Sources};
pub use template::new_article;
pub use words::WordGroup;

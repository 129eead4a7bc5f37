//! The Dutch language: words, their base forms, compounds, ages and the length of sentences.
//! Pure: text in, values out; nothing here knows of articles or of an index.

pub mod age;
mod analysis;
mod compound;
mod lemma;
mod sentence;
mod stop;
mod token;

pub use analysis::{Analyzer, Term, TermKind, Word};
pub use sentence::{Sentence, sentences, word_count};
pub use stop::is_stop_word;
pub use token::{Token, fold, tokens};

//! The Dutch language: words, their base forms, compounds, ages and the length of sentences.
//! Pure: text in, values out; nothing here knows of articles or of an index.

pub mod age;
mod analysis;
mod asker;
mod compound;
mod lemma;
mod readability;
mod sentence;
mod speller;
mod stop;
mod syllable;
mod token;
mod wording;

pub use analysis::{Analyzer, Term, TermKind, Word};
pub use asker::{Asker, find_asker, is_child_word};
pub use readability::Readability;
pub use sentence::{Sentence, sentences, word_count};
pub use speller::{NoDictionary, Speller};
pub use stop::is_stop_word;
pub use syllable::syllables;
pub use token::{Token, fold, tokens};
pub use wording::{HardWord, hard_words, is_passive};

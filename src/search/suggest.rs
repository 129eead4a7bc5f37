//! Suggestions while typing: titles and parents' questions that hold the words typed so far.

use serde::{Deserialize, Serialize};

use crate::content::Library;
use crate::dutch::{fold, tokens};

/// The most suggestions at a time.
const MOST: usize = 6;

/// How much of what is typed is read, in bytes.
const TYPED_LIMIT: usize = 200;

/// A title or question that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion<'a> {
    /// What is shown.
    pub text: &'a str,
    /// The slug of the article that answers it.
    pub slug: &'a str,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    text: String,
    folded: String,
    article: usize,
    is_title: bool,
}

/// All titles and questions, by the words in them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Suggester {
    slugs: Vec<String>,
    entries: Vec<Entry>,
    /// Folded word and entry, sorted: a prefix is one stretch of it.
    words: Vec<(String, usize)>,
}

impl Suggester {
    pub(super) fn new(library: &Library) -> Self {
        let mut suggester = Self::default();
        for (number, article) in library.articles().enumerate() {
            suggester.slugs.push(article.slug.to_string());
            suggester.add(&article.title, number, true);
            for question in &article.questions {
                suggester.add(question, number, false);
            }
        }
        suggester.words.sort_unstable();
        suggester.words.dedup();
        suggester
    }

    fn add(&mut self, text: &str, article: usize, is_title: bool) {
        let entry = self.entries.len();
        self.words
            .extend(tokens(text).map(|token| (token.text, entry)));
        self.entries.push(Entry {
            text: text.to_owned(),
            folded: fold(text),
            article,
            is_title,
        });
    }

    /// The best suggestions for what is typed: every word must begin a word of it. Titles come
    /// before questions, texts that begin with it before others; one an article.
    pub(super) fn suggest(&self, typed: &str) -> Vec<Suggestion<'_>> {
        let typed = typed
            .get(..typed.floor_char_boundary(TYPED_LIMIT))
            .unwrap_or("");
        let words: Vec<String> = tokens(typed).map(|token| token.text).collect();
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else {
            return Vec::new();
        };
        let start = fold(typed.trim());
        let mut found: Vec<&Entry> = self
            .starting_with(longest)
            .filter_map(|(_, entry)| self.entries.get(*entry))
            .filter(|entry| words.iter().all(|word| has_word(&entry.folded, word)))
            .collect();
        found.sort_by_key(|entry| {
            let begins = entry.folded.starts_with(&start);
            (!entry.is_title, !begins, entry.text.len())
        });
        let mut seen = Vec::new();
        found.retain(|entry| {
            let new = !seen.contains(&entry.article);
            seen.push(entry.article);
            new
        });
        let suggestions = found.into_iter().take(MOST).filter_map(|entry| {
            let slug = self.slugs.get(entry.article)?;
            Some(Suggestion {
                text: &entry.text,
                slug,
            })
        });
        suggestions.collect()
    }

    fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a (String, usize)> {
        let from = self
            .words
            .partition_point(|(word, _)| word.as_str() < prefix);
        let rest = self.words.get(from..).unwrap_or(&[]);
        rest.iter()
            .take_while(move |(word, _)| word.starts_with(prefix))
    }
}

/// Whether a word of the folded `text` begins with `prefix`.
fn has_word(text: &str, prefix: &str) -> bool {
    text.match_indices(prefix).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    })
}

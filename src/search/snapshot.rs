//! A library and the index made of it, as one.

use jiff::civil::Date;
use tantivy::Index;
use tantivy::directory::RamDirectory;

use super::engine::{Engine, Filter, Outcome};
use super::plan::SearchQuery;
use super::reading::Reading;
use super::safety::SafetyWords;
use super::schema::{Document, write_index};
use super::suggest::{Suggester, Suggestion};
use crate::content::{Library, Problem, Sources};
use crate::domain::SafetyRule;

/// A library, its index, and what was wrong with its files.
#[derive(Debug)]
pub struct Snapshot {
    library: Library,
    problems: Vec<Problem>,
    name: String,
    engine: Engine,
    suggester: Suggester,
    safety: SafetyWords,
}

impl Snapshot {
    /// Puts together what was read of some texts and the `index` made of them.
    pub(super) fn open(name: String, reading: Reading, index: &Index) -> tantivy::Result<Self> {
        Ok(Self {
            engine: Engine::open(index, reading.learned, reading.groups)?,
            library: reading.library,
            problems: reading.problems,
            name,
            suggester: reading.suggester,
            safety: reading.safety,
        })
    }

    /// A snapshot of `sources` whose index is in memory alone.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub fn in_memory(sources: &Sources, today: Date) -> tantivy::Result<Self> {
        let loaded = Library::parse(sources, today);
        let documents = loaded.library.articles().map(Document::of_article);
        let (index, learned) = write_index(RamDirectory::create(), documents, || {})?;
        Self::open("geheugen".to_owned(), Reading::new(loaded, learned), &index)
    }

    /// The library.
    #[must_use]
    pub const fn library(&self) -> &Library {
        &self.library
    }

    /// What was wrong with the files.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The name of the generation.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The `most` best answers to `query`.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn search(
        &self,
        query: &SearchQuery,
        filter: &Filter,
        most: usize,
    ) -> tantivy::Result<Outcome> {
        self.engine.search(query, filter, most)
    }

    /// Titles and questions that may be meant by what is typed so far.
    #[must_use]
    pub fn suggest(&self, typed: &str) -> Vec<Suggestion<'_>> {
        self.suggester.suggest(typed)
    }

    /// The rules by which `query` calls for a help box, the most urgent first.
    #[must_use]
    pub fn safety(&self, query: &SearchQuery) -> Vec<&SafetyRule> {
        let keys = self
            .engine
            .with_analyzer(|analyzer| self.safety.matching(query.as_str(), analyzer));
        let rules = self.library.safety().iter();
        rules.filter(|rule| keys.contains(&&rule.key)).collect()
    }
}

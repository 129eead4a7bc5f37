//! The index in memory, and one search in it.

use std::sync::Mutex;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, Term};

use super::documents::Documents;
use super::fragment::Fragment;
use super::plan::{Groups, Plan, PlannedTerm, SearchQuery};
use super::reading::Learned;
use super::schema::{Fields, Part};
use super::second_look::{Asked, LOOKED_AT_AGAIN};
use super::spelling::Spelling;
use crate::domain::AgeBand;
use crate::dutch::Analyzer;

/// A document that scores less than this share of the best is not shown.
const WORTH_SHOWING: f32 = 0.25;

/// A best answer covers at least this share of the weight of the words typed; of that, at least the
/// second share in its title, questions, keywords and headings. Else it is not called an answer.
const SURE_COVERAGE: f32 = 0.65;
const SURE_STRONG: f32 = 0.5;

/// What a search keeps to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only answers for this age.
    pub age: Option<AgeBand>,
    /// Only answers about this topic.
    pub topic: Option<String>,
}

/// An answer that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The slug of the article.
    pub slug: String,
    /// How well it fits; only good for comparing within one search.
    pub score: f32,
    /// The stretch of its text that fits best.
    pub fragment: Option<Fragment>,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The best answers in order.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// Whether the first is good enough to be called an answer.
    pub sure: bool,
    /// The query as it may have been meant.
    pub meant: Option<String>,
}

/// The index of a collection, in memory.
pub(super) struct Engine {
    reader: IndexReader,
    fields: Fields,
    documents: Documents,
    spelling: Spelling,
    groups: Groups,
    /// Analyzers at rest: each remembers the words it has seen.
    analyzers: Mutex<Vec<Analyzer>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("documents", &self.documents.len())
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens `index`, of which this was learned.
    pub(super) fn open(index: &Index, learned: Learned, groups: Groups) -> tantivy::Result<Self> {
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let Learned {
            documents,
            spelling,
        } = learned;
        // Numbers of documents are those of one segment; the writer makes one.
        let searcher = reader.searcher();
        let of_one_segment = searcher.segment_readers().len() <= 1;
        if !of_one_segment || searcher.num_docs() != documents.len() as u64 {
            let message = "the index and what was learned of it differ".to_owned();
            return Err(tantivy::TantivyError::InternalError(message));
        }
        Ok(Self {
            reader,
            fields: Fields::schema().1,
            documents,
            spelling,
            groups,
            analyzers: Mutex::default(),
        })
    }

    /// Runs `work` with an analyzer that nobody else uses meanwhile.
    pub(super) fn with_analyzer<T>(&self, work: impl FnOnce(&mut Analyzer) -> T) -> T {
        let resting = self.analyzers.lock().ok().and_then(|mut all| all.pop());
        let mut analyzer = resting.unwrap_or_default();
        let result = work(&mut analyzer);
        if let Ok(mut all) = self.analyzers.lock() {
            all.push(analyzer);
        }
        result
    }

    /// The `most` best answers to `query`.
    pub(super) fn search(
        &self,
        query: &SearchQuery,
        filter: &Filter,
        most: usize,
    ) -> tantivy::Result<Outcome> {
        let plan = self.with_analyzer(|analyzer| Plan::new(query, &self.groups, analyzer));
        let meant = self.spelling.correct(query.as_str());
        if plan.terms.is_empty() || most == 0 {
            return Ok(Outcome {
                meant,
                ..Outcome::default()
            });
        }
        let searcher = self.reader.searcher();
        let tantivy_query = self.query(&plan, filter);
        let best = TopDocs::with_limit(most.max(LOOKED_AT_AGAIN)).order_by_score();
        let (mut found, total) = searcher.search(&tantivy_query, &(best, Count))?;
        let asked = Asked::new(query, &plan, &self.documents);
        self.look_again(&asked, &mut found);
        let total = cut_tail(&mut found, total);
        found.truncate(most);
        let terms = self.searched(&plan);
        let sure = found
            .first()
            .is_some_and(|(_, address)| self.is_sure(&asked, *address));
        let hits = found
            .into_iter()
            .filter_map(|(score, address)| {
                let document = self.documents.get(address.doc_id)?;
                Some(Hit {
                    slug: document.id.clone(),
                    score,
                    fragment: document.text.fragment(&terms),
                })
            })
            .collect();
        Ok(Outcome {
            hits,
            total,
            sure,
            meant,
        })
    }

    /// Looks again at the best, and puts them in order anew.
    fn look_again(&self, asked: &Asked<'_>, found: &mut [(f32, DocAddress)]) {
        for (score, address) in found.iter_mut() {
            let document = self.documents.get(address.doc_id);
            *score *= document.map_or(1.0, |document| asked.fit(document));
        }
        found.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
    }

    fn query(&self, plan: &Plan, filter: &Filter) -> BooleanQuery {
        let wanted = plan
            .places()
            .flat_map(|terms| Part::ALL.map(|part| (Occur::Should, self.best_of(&terms, part))));
        let wanted = BooleanQuery::new(wanted.collect());
        let age = filter.age.map(|age| self.term(self.fields.age, age.slug()));
        let topic = filter
            .topic
            .as_ref()
            .map(|topic| self.term(self.fields.topic, topic));
        let only: Vec<_> = age.into_iter().chain(topic).collect();
        if only.is_empty() {
            return wanted;
        }
        let only = only
            .into_iter()
            .map(|only| Box::new(BoostQuery::new(only, 0.0)) as Box<dyn Query>);
        let wanted: Box<dyn Query> = Box::new(wanted);
        let all = std::iter::once(wanted).chain(only);
        BooleanQuery::new(all.map(|one| (Occur::Must, one)).collect())
    }

    /// The best of `terms`, which stand for one another, in this part.
    fn best_of(&self, terms: &[&PlannedTerm], part: Part) -> Box<dyn Query> {
        let mut terms: Vec<Box<dyn Query>> = terms
            .iter()
            .map(|term| {
                let one = self.term(self.fields.part(part), &term.text);
                Box::new(BoostQuery::new(one, part.weight() * term.weight)) as Box<dyn Query>
            })
            .collect();
        if terms.len() == 1
            && let Some(one) = terms.pop()
        {
            return one;
        }
        Box::new(DisjunctionMaxQuery::new(terms))
    }

    #[expect(clippy::unused_self, reason = "reads as a step of building the query")]
    fn term(&self, field: tantivy::schema::Field, text: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(field, text);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    /// The terms of the plan that occur at all, with their weight.
    fn searched(&self, plan: &Plan) -> Vec<(u32, f32)> {
        let terms = plan.terms.iter();
        terms
            .filter_map(|term| {
                let number = self.documents.vocabulary.find(&term.text)?;
                Some((number, term.weight * self.documents.rarity(Some(number))))
            })
            .collect()
    }

    /// Whether the document covers enough of what was typed to be called an answer.
    fn is_sure(&self, asked: &Asked<'_>, address: DocAddress) -> bool {
        let Some(document) = self.documents.get(address.doc_id) else {
            return false;
        };
        let (covered, strong) = (asked.met(&document.all), asked.met(&document.strong));
        covered >= SURE_COVERAGE * asked.weight && strong >= SURE_STRONG * covered && covered > 0.0
    }
}

/// Drops what scores far less than the best; returns how many answers there are.
fn cut_tail(found: &mut Vec<(f32, DocAddress)>, total: usize) -> usize {
    let best = found.first().map_or(0.0, |(score, _)| *score);
    let looked_at = found.len();
    found.retain(|(score, _)| *score >= best * WORTH_SHOWING);
    if found.len() < looked_at {
        found.len()
    } else {
        total
    }
}

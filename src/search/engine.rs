//! The index in memory, and one search in it.

use std::collections::HashSet;
use std::sync::Mutex;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, TantivyDocument, Term};

use super::fragment::{Fragment, ReadText, Vocabulary};
use super::plan::{Groups, Plan, SearchQuery};
use super::schema::{Document, Fields, Part};
use super::spelling::Spelling;
use crate::domain::AgeBand;
use crate::dutch::{Analyzer, tokens};
use crate::dutch::age::find_age;

/// How much of the scores of the lesser fields counts beside the best field of a word.
const TIE_BREAK: f32 = 0.3;

/// How much two neighbouring words count that also stand together in a document.
const PAIR_WEIGHT: f32 = 0.7;

/// How far apart they may stand there.
const PAIR_SLOP: u32 = 2;

/// How much it counts that a document is about the age in the question.
const AGE_WEIGHT: f32 = 0.6;

/// How many of the best are looked at again, and how much it counts there that a title or question
/// has the very words of the query, little ones included ("wordt gepest" is not "pest").
const LOOKED_AT_AGAIN: usize = 20;
const SAME_WORDS_WEIGHT: f32 = 0.6;

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

/// What is kept of each document beside the index.
#[derive(Debug, Default)]
struct Beside {
    text: ReadText,
    /// Numbers of the terms in title, questions, keywords and headings.
    strong: HashSet<u32>,
    /// Numbers of all its terms.
    all: HashSet<u32>,
    /// Numbers of the words of its title and of each question, as they are written.
    sayings: Vec<HashSet<u32>>,
}

/// The index of a collection, in memory.
pub(super) struct Engine {
    reader: IndexReader,
    fields: Fields,
    /// By the number of the document in the index.
    ids: Vec<String>,
    beside: Vec<Beside>,
    vocabulary: Vocabulary,
    /// Words as they are written, of titles and questions.
    written: Vocabulary,
    document_counts: Vec<u32>,
    spelling: Spelling,
    groups: Groups,
    /// Analyzers at rest: each remembers the words it has seen.
    analyzers: Mutex<Vec<Analyzer>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("documents", &self.ids.len()).finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens `index`, which was made of `documents`.
    pub(super) fn open(
        index: &Index,
        documents: &[Document],
        groups: Groups,
        mut analyzer: Analyzer,
    ) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (_, fields) = Fields::schema();
        let ids = read_ids(&reader, &fields)?;
        let mut vocabulary = Vocabulary::default();
        let mut written = Vocabulary::default();
        let by_id: std::collections::HashMap<&str, &Document> =
            documents.iter().map(|document| (document.id.as_str(), document)).collect();
        let beside: Vec<Beside> = ids
            .iter()
            .map(|id| by_id.get(id.as_str()))
            .map(|document| match document {
                Some(document) => read_beside(document, &mut vocabulary, &mut written, &mut analyzer),
                None => Beside::default(),
            })
            .collect();
        let mut document_counts = Vec::new();
        for number in beside.iter().flat_map(|beside| &beside.all) {
            let at = *number as usize;
            if document_counts.len() <= at {
                document_counts.resize(at + 1, 0);
            }
            if let Some(count) = document_counts.get_mut(at) {
                *count += 1;
            }
        }
        let texts = documents.iter().flat_map(|document| {
            Part::ALL.into_iter().flat_map(|part| document.texts(part)).map(String::as_str)
        });
        Ok(Self {
            spelling: Spelling::new(texts),
            reader,
            fields,
            ids,
            beside,
            vocabulary,
            written,
            document_counts,
            groups,
            analyzers: Mutex::new(vec![analyzer]),
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
            return Ok(Outcome { meant, ..Outcome::default() });
        }
        let searcher = self.reader.searcher();
        let tantivy_query = self.query(&plan, query, filter);
        let best = TopDocs::with_limit(most.max(LOOKED_AT_AGAIN)).order_by_score();
        let (mut found, total) = searcher.search(&tantivy_query, &(best, Count))?;
        self.look_again(query, &mut found);
        found.truncate(most);
        let searched = self.searched(&plan);
        let sure = found.first().is_some_and(|(_, address)| self.is_sure(&plan, *address));
        let hits = found
            .into_iter()
            .filter_map(|(score, address)| {
                let at = address.doc_id as usize;
                Some(Hit {
                    slug: self.ids.get(at)?.clone(),
                    score,
                    fragment: self.beside.get(at)?.text.fragment(&searched),
                })
            })
            .collect();
        Ok(Outcome { hits, total, sure, meant })
    }

    /// Raises the documents of which a title or question has the very words of the query.
    fn look_again(&self, query: &SearchQuery, found: &mut [(f32, DocAddress)]) {
        let words: HashSet<u32> = tokens(query.as_str())
            .filter_map(|token| self.written.find(&token.text))
            .collect();
        for (score, address) in found.iter_mut() {
            let sayings = self.beside.get(address.doc_id as usize).map(|beside| &beside.sayings);
            let alike = sayings.into_iter().flatten().map(|saying| likeness(&words, saying));
            *score *= 1.0 + SAME_WORDS_WEIGHT * alike.fold(0.0, f32::max);
        }
        found.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
    }

    fn query(&self, plan: &Plan, query: &SearchQuery, filter: &Filter) -> BooleanQuery {
        let mut wanted: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for term in &plan.terms {
            let fields = Part::ALL.map(|part| {
                let one = self.term(self.fields.part(part), &term.text);
                Box::new(BoostQuery::new(one, part.weight() * term.weight)) as Box<dyn Query>
            });
            let best = DisjunctionMaxQuery::with_tie_breaker(fields.into(), TIE_BREAK);
            wanted.push((Occur::Should, Box::new(best)));
        }
        let mut bonus: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (first, second) in &plan.pairs {
            for part in [Part::Title, Part::Questions, Part::Text] {
                let field = self.fields.part(part);
                let both = [first, second].map(|word| Term::from_field_text(field, word));
                let mut phrase = PhraseQuery::new(both.into());
                phrase.set_slop(PAIR_SLOP);
                let weight = PAIR_WEIGHT * part.weight();
                bonus.push((Occur::Should, Box::new(BoostQuery::new(Box::new(phrase), weight))));
            }
        }
        let age = find_age(query.as_str());
        for band in AgeBand::ALL.into_iter().filter(|band| {
            let months = band.months();
            age.zip(months).is_some_and(|(age, (from, to))| age.overlaps(from, to))
        }) {
            let about = self.term(self.fields.age, band.slug());
            bonus.push((Occur::Should, Box::new(BoostQuery::new(about, AGE_WEIGHT))));
        }
        let mut all: Vec<(Occur, Box<dyn Query>)> =
            vec![(Occur::Must, Box::new(BooleanQuery::new(wanted)))];
        all.append(&mut bonus);
        let age = filter.age.map(|age| self.term(self.fields.age, age.slug()));
        let topic = filter.topic.as_ref().map(|topic| self.term(self.fields.topic, topic));
        for only in age.into_iter().chain(topic) {
            all.push((Occur::Must, Box::new(BoostQuery::new(only, 0.0))));
        }
        BooleanQuery::new(all)
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
                let number = self.vocabulary.find(&term.text)?;
                Some((number, term.weight * self.rarity(Some(number))))
            })
            .collect()
    }

    /// How telling a term is: the rarer the more; most for one that occurs nowhere.
    fn rarity(&self, number: Option<u32>) -> f32 {
        let documents = self.ids.len() as f32;
        let count = number.and_then(|n| self.document_counts.get(n as usize)).copied();
        ((documents + 1.0) / (count.unwrap_or(0) as f32 + 0.5)).ln().max(0.1)
    }

    /// Whether the document covers enough of what was typed to be called an answer.
    fn is_sure(&self, plan: &Plan, address: DocAddress) -> bool {
        let Some(beside) = self.beside.get(address.doc_id as usize) else {
            return false;
        };
        let (mut typed, mut covered, mut strong) = (0.0, 0.0, 0.0);
        for term in plan.terms.iter().filter(|term| term.typed) {
            let number = self.vocabulary.find(&term.text);
            let weight = term.weight * self.rarity(number);
            typed += weight;
            if number.is_some_and(|number| beside.all.contains(&number)) {
                covered += weight;
            }
            if number.is_some_and(|number| beside.strong.contains(&number)) {
                strong += weight;
            }
        }
        covered >= SURE_COVERAGE * typed && strong >= SURE_STRONG * covered && covered > 0.0
    }
}

/// How alike two sets of words are: the coefficient of Dice, 0 to 1.
fn likeness(first: &HashSet<u32>, second: &HashSet<u32>) -> f32 {
    let common = first.intersection(second).count();
    let all = first.len() + second.len();
    if all == 0 { 0.0 } else { 2.0 * common as f32 / all as f32 }
}

fn read_ids(reader: &IndexReader, fields: &Fields) -> tantivy::Result<Vec<String>> {
    let searcher = reader.searcher();
    let mut ids = Vec::new();
    for (segment, segment_reader) in searcher.segment_readers().iter().enumerate() {
        if segment > 0 {
            // The builder writes one segment; document numbers are only unique within one.
            return Err(tantivy::TantivyError::InternalError("more than one segment".into()));
        }
        for doc_id in 0..segment_reader.max_doc() {
            let document: TantivyDocument = searcher.doc(DocAddress::new(0, doc_id))?;
            let id = document.get_first(fields.id).and_then(|id| id.as_str());
            ids.push(id.unwrap_or_default().to_owned());
        }
    }
    Ok(ids)
}

fn read_beside(
    document: &Document,
    vocabulary: &mut Vocabulary,
    written: &mut Vocabulary,
    analyzer: &mut Analyzer,
) -> Beside {
    let strong_parts = [Part::Title, Part::Questions, Part::Keywords, Part::Headings];
    let mut strong = HashSet::new();
    for text in strong_parts.into_iter().flat_map(|part| document.texts(part)) {
        strong.extend(vocabulary.read(text, analyzer).terms());
    }
    let text = vocabulary.read(&document.text, analyzer);
    let all = strong.iter().copied().chain(text.terms()).collect();
    let sayings = std::iter::once(&document.title).chain(&document.questions);
    let mut words = |saying: &String| tokens(saying).map(|t| written.number(t.text)).collect();
    let sayings = sayings.map(&mut words).collect();
    Beside { text, strong, all, sayings }
}

//! Measures ranking: on any collection with judged queries, or on the content itself.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tantivy::directory::RamDirectory;

use super::engine::{Engine, Filter};
use super::plan::{Groups, SearchQuery};
use super::schema::{Document, write_index};
use super::snapshot::Snapshot;

/// How many hits count.
const DEPTH: usize = 10;

/// A document of a collection: one line of JSON.
#[derive(Debug, Clone, Deserialize)]
pub struct CorpusLine {
    /// Its id.
    pub id: String,
    /// Its title, if it has one.
    #[serde(default)]
    pub title: String,
    /// Its text.
    pub text: String,
}

/// A query and what answers it: one line of JSON.
#[derive(Debug, Clone, Deserialize)]
pub struct QueryLine {
    /// Its id.
    #[serde(default)]
    pub id: String,
    /// The words.
    pub query: String,
    /// The ids of the documents that answer it.
    #[serde(default)]
    pub relevant: Vec<String>,
    /// Or the topic of the articles that answer it.
    #[serde(default)]
    pub onderwerp: Option<String>,
}

/// What was measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// How many queries.
    pub queries: usize,
    /// Normalised discounted cumulative gain over the first ten.
    pub ndcg: f64,
    /// Mean reciprocal rank over the first ten.
    pub mrr: f64,
    /// Share of queries of which the first hit is right.
    pub success_1: f64,
    /// Share of queries with a right hit among the first three.
    pub success_3: f64,
    /// Share of queries without any hit.
    pub empty: f64,
    /// Median time of a query.
    pub p50: Duration,
    /// Time within which 99 of 100 queries are done.
    pub p99: Duration,
}

/// Measures `queries` on a throw-away index of `corpus`.
///
/// # Errors
/// When the index cannot be made or searched.
pub fn measure_corpus(corpus: &[CorpusLine], queries: &[QueryLine]) -> tantivy::Result<Measures> {
    let documents = corpus.iter().map(|line| Document {
        id: line.id.clone(),
        title: line.title.clone(),
        text: line.text.clone(),
        ..Document::default()
    });
    let (index, learned) = write_index(RamDirectory::create(), documents, || {})?;
    let engine = Engine::open(&index, learned, Groups::default())?;
    measure(queries, |line| {
        let outcome = engine.search(&SearchQuery::new(&line.query), &Filter::default(), DEPTH)?;
        let relevant: HashSet<&str> = line.relevant.iter().map(String::as_str).collect();
        let right = outcome
            .hits
            .iter()
            .map(|hit| relevant.contains(hit.slug.as_str()));
        Ok((right.collect(), relevant.len()))
    })
}

/// Measures `queries` on the content of `snapshot`.
///
/// # Errors
/// When the index cannot be searched.
pub fn measure_content(snapshot: &Snapshot, queries: &[QueryLine]) -> tantivy::Result<Measures> {
    measure(queries, |line| {
        let outcome = snapshot.search(&SearchQuery::new(&line.query), &Filter::default(), DEPTH)?;
        let library = snapshot.library();
        let right_topic = |slug: &str| {
            let topic = line.onderwerp.as_deref();
            topic.is_some_and(|topic| library.article(slug).is_some_and(|a| a.is_about(topic)))
        };
        let is_right = |slug: &str| line.relevant.iter().any(|id| id == slug) || right_topic(slug);
        let right = outcome.hits.iter().map(|hit| is_right(&hit.slug)).collect();
        let known = library
            .articles()
            .filter(|article| is_right(article.slug.as_str()));
        Ok((right, known.count()))
    })
}

/// Runs every query; `ask` says of each hit in order whether it is right, and how many right ones
/// there are.
#[expect(
    clippy::cast_precision_loss,
    reason = "ranks and counts are far below 2^52"
)]
fn measure(
    queries: &[QueryLine],
    ask: impl Fn(&QueryLine) -> tantivy::Result<(Vec<bool>, usize)>,
) -> tantivy::Result<Measures> {
    let mut sums = Measures::default();
    let mut times = Vec::with_capacity(queries.len());
    for line in queries {
        let begun = Instant::now();
        let (right, known) = ask(line)?;
        times.push(begun.elapsed());
        sums.ndcg += ndcg(&right, known);
        let first = right.iter().position(|right| *right);
        sums.mrr += first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0));
        sums.success_1 += f64::from(u8::from(first == Some(0)));
        sums.success_3 += f64::from(u8::from(first.is_some_and(|at| at < 3)));
        sums.empty += f64::from(u8::from(right.is_empty()));
    }
    let count = (queries.len() as f64).max(1.0);
    times.sort_unstable();
    let percentile = |share: usize| {
        let at = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(at).copied().unwrap_or_default()
    };
    Ok(Measures {
        queries: queries.len(),
        ndcg: sums.ndcg / count,
        mrr: sums.mrr / count,
        success_1: sums.success_1 / count,
        success_3: sums.success_3 / count,
        empty: sums.empty / count,
        p50: percentile(50),
        p99: percentile(99),
    })
}

/// nDCG over the first ten with gains of 0 or 1 (Järvelin and Kekäläinen, 2002).
#[expect(clippy::cast_precision_loss, reason = "ranks are at most ten")]
fn ndcg(right: &[bool], known: usize) -> f64 {
    let discount = |at: usize| 1.0 / (at as f64 + 2.0).log2();
    let gained = right.iter().enumerate().filter(|(_, right)| **right);
    let gain: f64 = gained.take(DEPTH).map(|(at, _)| discount(at)).sum();
    let ideal: f64 = (0..known.min(DEPTH)).map(discount).sum();
    if ideal > 0.0 { gain / ideal } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_are_the_textbook_ones() {
        assert!((ndcg(&[true, false], 1) - 1.0).abs() < 1e-9);
        let second = 1.0 / 3_f64.log2();
        assert!((ndcg(&[false, true], 1) - second).abs() < 1e-9);
        assert!((ndcg(&[], 0)).abs() < 1e-9);
    }

    #[test]
    fn a_collection_is_measured_with_the_analysis_of_the_product() {
        let line = |id: &str, text: &str| CorpusLine {
            id: id.into(),
            title: String::new(),
            text: text.into(),
        };
        let corpus = [
            line("a", "Kinderen slapen"),
            line("b", "Een fiets repareren"),
        ];
        let query = |text: &str, id: &str| QueryLine {
            id: String::new(),
            query: text.into(),
            relevant: vec![id.into()],
            onderwerp: None,
        };
        let queries = [
            query("mijn kind slaapt niet", "a"),
            query("fietsen", "b"),
            query("zzz", "a"),
        ];
        let measures = measure_corpus(&corpus, &queries).expect("measured");
        assert!(
            (measures.success_1 - 2.0 / 3.0).abs() < 1e-9,
            "{measures:?}"
        );
        assert!((measures.empty - 1.0 / 3.0).abs() < 1e-9);
    }
}

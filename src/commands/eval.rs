//! `loes eval`: measures the ranking.

use std::path::Path;
use std::process::ExitCode;

use serde::de::DeserializeOwned;

use super::{Failure, Outcome, read_sources, say, today};
use crate::config::Settings;
use crate::search::Snapshot;
use crate::search::eval::{Measures, QueryLine, measure_content, measure_corpus};

pub(super) fn run(settings: &Settings, corpus: Option<&Path>, queries: &Path) -> Outcome {
    let queries: Vec<QueryLine> = read_lines(queries)?;
    let measures = if let Some(corpus) = corpus {
        measure_corpus(&read_lines(corpus)?, &queries)
    } else {
        let sources = read_sources(settings)?;
        let snapshot = Snapshot::in_memory(&sources, today()).map_err(Failure::new)?;
        measure_content(&snapshot, &queries)
    };
    print(&measures.map_err(Failure::new)?);
    Ok(ExitCode::SUCCESS)
}

fn print(measures: &Measures) {
    say(format_args!("vragen     {}", measures.queries));
    say(format_args!("nDCG@10    {:.4}", measures.ndcg));
    say(format_args!("MRR@10     {:.4}", measures.mrr));
    say(format_args!("success@1  {:.4}", measures.success_1));
    say(format_args!("success@3  {:.4}", measures.success_3));
    say(format_args!("leeg       {:.4}", measures.empty));
    say(format_args!(
        "p50        {:.3} ms",
        measures.p50.as_secs_f64() * 1e3
    ));
    say(format_args!(
        "p99        {:.3} ms",
        measures.p99.as_secs_f64() * 1e3
    ));
}

/// One value a line; a line that does not fit is named.
fn read_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| {
                Failure::new(format!("{}, regel {}: {error}", path.display(), at + 1))
            })
        })
        .collect()
}

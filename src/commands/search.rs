//! `loes search`: ranked answers on the terminal.

use std::process::ExitCode;

use super::{Failure, Outcome, read_sources, say, today};
use crate::config::Settings;
use crate::domain::AgeBand;
use crate::search::{Filter, SearchQuery, Snapshot};

pub(super) fn run(
    settings: &Settings,
    words: &str,
    age: Option<&str>,
    topic: Option<String>,
    most: usize,
) -> Outcome {
    let age = match age {
        Some(slug) => Some(
            AgeBand::from_slug(slug)
                .ok_or_else(|| Failure::new(format!("de leeftijd ‘{slug}’ bestaat niet")))?,
        ),
        None => None,
    };
    let snapshot = Snapshot::in_memory(&read_sources(settings)?, today()).map_err(Failure::new)?;
    let query = SearchQuery::new(words);
    let outcome = snapshot
        .search(&query, &Filter { age, topic }, most)
        .map_err(Failure::new)?;
    for rule in snapshot.safety(&query) {
        say(format_args!("! {}: {}", rule.key, rule.advice));
    }
    if let Some(meant) = &outcome.meant {
        say(format_args!("Bedoelde je: {meant}"));
    }
    for (at, hit) in outcome.hits.iter().enumerate() {
        let title = snapshot
            .library()
            .article(&hit.slug)
            .map_or("", |a| a.title.as_str());
        say(format_args!(
            "{:>2}. {:6.2}  {}  ({})",
            at + 1,
            hit.score,
            title,
            hit.slug
        ));
    }
    let sure = if outcome.sure { "zeker" } else { "niet zeker" };
    say(format_args!("{} antwoorden, {sure}.", outcome.total));
    Ok(ExitCode::SUCCESS)
}

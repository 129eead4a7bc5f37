//! `loes index`: builds the index, with a bar on a terminal and one line elsewhere.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Outcome, read_sources, say, today};
use crate::config::Settings;
use crate::content::Library;
use crate::search::generation::{Built, Generations};

pub(super) fn run(settings: &Settings, strict: bool) -> Outcome {
    let sources = read_sources(settings)?;
    let generations = Generations::new(&settings.library.index);
    if let Some(manifest) = generations.up_to_date(&sources).filter(|_| !strict) {
        say(format_args!("{}", describe(&Built::Unchanged(manifest))));
        return Ok(ExitCode::SUCCESS);
    }
    let loaded = Library::parse(&sources, today());
    let errors: Vec<_> = loaded.errors().collect();
    if strict && !errors.is_empty() {
        for problem in &errors {
            eprintln!("{}", problem.one_line());
        }
        eprintln!("loes: {} fouten; er is geen index gemaakt.", errors.len());
        return Ok(ExitCode::FAILURE);
    }
    let bar = progress_bar();
    let built = generations.build(&sources, loaded, |done, of| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    say(format_args!("{}", describe(&built.map_err(Failure::new)?)));
    Ok(ExitCode::SUCCESS)
}

fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("Index {bar:40} {pos}/{len}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// One line on what was done.
pub(super) fn describe(built: &Built) -> String {
    match built {
        Built::New(manifest) if manifest.errors > 0 => format!(
            "Index gemaakt: {} antwoorden; {} fouten, kijk met ‘loes check’.",
            manifest.articles, manifest.errors
        ),
        Built::New(manifest) => format!("Index gemaakt: {} antwoorden.", manifest.articles),
        Built::Unchanged(manifest) => {
            format!("Index is al bij: {} antwoorden.", manifest.articles)
        }
    }
}

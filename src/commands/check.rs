//! `loes check`: tells every problem of every file at once.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use super::{Failure, Outcome, read_sources, say, today};
use crate::config::Settings;
use crate::content::{Library, Weight};

pub(super) fn run(settings: &Settings, json: bool, strict: bool) -> Outcome {
    let sources = read_sources(settings)?;
    let loaded = Library::proofread(&sources, today()).map_err(Failure::new)?;
    let errors = loaded.errors().count();
    let warnings = loaded.problems.len() - errors;
    if json {
        say(format_args!(
            "{}",
            serde_json::to_string_pretty(&loaded.problems).map_err(Failure::new)?
        ));
    } else {
        let colour = std::io::stdout().is_terminal();
        for problem in &loaded.problems {
            let source = sources.get(&problem.path).unwrap_or("");
            say(format_args!("{}", problem.draw(source, colour)));
        }
        let articles = loaded.library.articles().len();
        say(format_args!(
            "{articles} antwoorden, {errors} fouten, {warnings} waarschuwingen."
        ));
    }
    let heavy = |weight| weight == Weight::Error || strict;
    let failed = loaded.problems.iter().any(|problem| heavy(problem.weight));
    Ok(ExitCode::from(u8::from(failed)))
}

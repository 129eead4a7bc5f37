//! What `loes` can do from the command line: wiring only.
#![expect(clippy::print_stderr, reason = "a command speaks on the terminal")]

mod approve;
mod audit;
mod backup;
mod check;
mod cli;
mod eval;
mod health;
mod index;
mod keeping;
mod keys;
mod log;
mod new;
mod rounds;
mod search;
mod serve;
mod staff;
mod work;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::CommandFactory as _;

use crate::clock::{Clock as _, SystemClock};
use crate::config::{GivenSettings, Settings};
use cli::{AuditCommand, Cli, Command};

/// Why a command stopped; shown as one line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Failure(String);

impl Failure {
    fn new(reason: impl std::fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

/// What a command returns.
type Outcome = Result<ExitCode, Failure>;

/// Parses the command line `args` and runs the command.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match cli::parse(args) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    match dispatch(cli) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("loes: {failure}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: Cli) -> Outcome {
    let file = GivenSettings::from_file(&cli.config).map_err(Failure::new)?;
    let settings = cli.settings.or(file).check().map_err(Failure::new)?;
    match cli.command.unwrap_or_default() {
        Command::Serve { watch, no_jobs } => serve::run(settings, watch, !no_jobs),
        Command::Work => work::run(&settings),
        Command::Migrate => keeping::with_store(&settings, async |_| {
            say(format_args!("De tabellen zijn bij."));
            Ok(ExitCode::SUCCESS)
        }),
        Command::Backup { file } => backup::backup(&settings, &file),
        Command::Restore { file, ledgers } => backup::restore(&settings, &file, &ledgers),
        Command::Staff { what } => staff::run(&settings, what),
        Command::Keys { what } => keys::run(&settings, what),
        Command::Audit {
            what: AuditCommand::Verify { heads },
        } => audit::verify(&settings, &heads),
        Command::Index { strict } => index::run(&settings, strict),
        Command::Check { json, strict } => check::run(&settings, json, strict),
        Command::New { title, topic } => new::run(&settings, &title, &topic),
        Command::Approve { slug, by } => approve::run(&settings, &slug, &by),
        Command::Search {
            words,
            age,
            topic,
            most,
        } => search::run(&settings, &words.join(" "), age.as_deref(), topic, most),
        Command::Eval { corpus, queries } => eval::run(&settings, corpus.as_deref(), &queries),
        Command::Health => health::run(&settings),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "loes", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Writes a line to standard output; when nobody reads it (a closed pipe) that is fine.
fn say(line: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Today on a Dutch calendar.
fn today() -> jiff::civil::Date {
    SystemClock.now_here().date()
}

/// The files of the content folder.
fn read_sources(settings: &Settings) -> Result<crate::content::Sources, Failure> {
    crate::content::Sources::read(&settings.library.content).map_err(Failure::new)
}

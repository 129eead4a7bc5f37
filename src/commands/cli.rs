//! The command line as clap reads it; all that it says is Dutch.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{Parser, Subcommand};
use clap_complete::Shell;

use crate::config::GivenSettings;

const TEMPLATE: &str = "{about-with-newline}\nGebruik: {usage}\n\n{all-args}";

/// Loes: antwoorden op vragen over opgroeien en opvoeden, met een loket erachter
#[derive(Debug, Parser)]
#[command(
    name = "loes",
    version,
    help_template = TEMPLATE,
    subcommand_help_heading = "Opdrachten",
    override_usage = "loes [OPDRACHT] [INSTELLINGEN]",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) settings: GivenSettings,
    /// Bestand met instellingen
    #[arg(
        long,
        env = "LOES_CONFIG",
        global = true,
        value_name = "BESTAND",
        default_value = "loes.toml",
        hide_default_value = true,
        hide_env_values = true,
        help_heading = "Instellingen"
    )]
    pub(super) config: PathBuf,
    /// Toon deze uitleg
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "Instellingen")]
    help: Option<bool>,
    /// Toon de versie
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "Instellingen")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
#[command(help_template = TEMPLATE)]
pub(super) enum Command {
    /// Zet de site aan; dit gebeurt ook zonder opdracht
    #[command(help_template = TEMPLATE, override_usage = "loes serve [KEUZES]")]
    Serve {
        /// Maak de index opnieuw zodra een bestand wordt bewaard
        #[arg(long, help_heading = "Keuzes")]
        watch: bool,
    },
    /// Maak de zoekindex
    #[command(help_template = TEMPLATE, override_usage = "loes index [KEUZES]")]
    Index {
        /// Stop als een bestand een fout heeft
        #[arg(long, help_heading = "Keuzes")]
        strict: bool,
    },
    /// Controleer alle bestanden en noem elke fout
    #[command(help_template = TEMPLATE, override_usage = "loes check [KEUZES]")]
    Check {
        /// Als JSON, voor programma's
        #[arg(long, help_heading = "Keuzes")]
        json: bool,
        /// Reken ook een waarschuwing als fout
        #[arg(long, help_heading = "Keuzes")]
        strict: bool,
    },
    /// Begin een nieuw antwoord
    #[command(help_template = TEMPLATE, override_usage = "loes new TITEL --onderwerp ONDERWERP")]
    New {
        /// De titel, zoals een ouder het zegt
        #[arg(help_heading = "Gegevens", value_name = "TITEL")]
        title: String,
        /// Het onderwerp uit onderwerpen.toml
        #[arg(long = "onderwerp", help_heading = "Keuzes", value_name = "ONDERWERP")]
        topic: String,
    },
    /// Leg vast dat een professional een antwoord heeft goedgekeurd
    #[command(help_template = TEMPLATE, override_usage = "loes approve ADRES --door NAAM")]
    Approve {
        /// Het adres van het antwoord
        #[arg(help_heading = "Gegevens", value_name = "ADRES")]
        slug: String,
        /// Wie het goedkeurt
        #[arg(long = "door", help_heading = "Keuzes", value_name = "NAAM")]
        by: String,
    },
    /// Zoek zoals een ouder zoekt
    #[command(help_template = TEMPLATE, override_usage = "loes search WOORDEN... [KEUZES]")]
    Search {
        /// De vraag
        #[arg(help_heading = "Gegevens", required = true, value_name = "WOORDEN")]
        words: Vec<String>,
        /// Alleen voor deze leeftijd
        #[arg(long = "leeftijd", help_heading = "Keuzes", value_name = "LEEFTIJD")]
        age: Option<String>,
        /// Alleen over dit onderwerp
        #[arg(long = "onderwerp", help_heading = "Keuzes", value_name = "ONDERWERP")]
        topic: Option<String>,
        /// Hoeveel antwoorden
        #[arg(
            help_heading = "Keuzes",
            long = "aantal",
            value_name = "AANTAL",
            default_value_t = 10,
            hide_default_value = true
        )]
        most: usize,
    },
    /// Meet hoe goed het zoeken is
    #[command(help_template = TEMPLATE, override_usage = "loes eval --queries BESTAND [--corpus BESTAND]")]
    Eval {
        /// Een verzameling teksten (JSON per regel); zonder deze de eigen antwoorden
        #[arg(long, help_heading = "Keuzes", value_name = "BESTAND")]
        corpus: Option<PathBuf>,
        /// Vragen met de goede antwoorden (JSON per regel)
        #[arg(long, help_heading = "Keuzes", value_name = "BESTAND")]
        queries: PathBuf,
    },
    /// Vraag de site die aanstaat of zij klaar is
    #[command(help_template = TEMPLATE, override_usage = "loes health")]
    Health,
    /// Geef het bestand waarmee een shell opdrachten aanvult
    #[command(help_template = TEMPLATE, override_usage = "loes completions SHELL")]
    Completions {
        /// bash, zsh, fish, elvish of powershell
        #[arg(
            help_heading = "Gegevens",
            value_name = "SHELL",
            hide_possible_values = true
        )]
        shell: Shell,
    },
}

impl Default for Command {
    fn default() -> Self {
        Self::Serve { watch: false }
    }
}

/// Parses `args`. Help and version are printed and end well; what is wrong is said in Dutch.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    Cli::try_parse_from(args).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!(
                "loes: {}\nKijk met ‘loes --help’ wat er kan.",
                in_dutch(&error)
            );
            ExitCode::from(2)
        }
    })
}

fn in_dutch(error: &clap::Error) -> String {
    let what = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = what(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("‘{argument}’ bestaat niet."),
        ErrorKind::InvalidSubcommand => {
            format!(
                "De opdracht ‘{}’ bestaat niet.",
                what(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!(
                "‘{}’ past niet bij {argument}.",
                what(ContextKind::InvalidValue)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("Er ontbreekt iets: {argument}."),
        ErrorKind::ArgumentConflict => format!("{argument} staat er dubbel of botst."),
        _ => "Deze opdracht is niet te begrijpen.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn parse_line(line: &str) -> Result<Cli, ExitCode> {
        parse(line.split(' ').map(OsString::from))
    }

    #[test]
    fn the_definition_is_sound_and_its_help_is_dutch() {
        let mut command = Cli::command();
        command.build();
        command.clone().debug_assert();
        let helps = command
            .get_subcommands_mut()
            .map(|c| c.render_long_help().to_string());
        let mut help: String = helps.collect();
        help.push_str(&command.render_long_help().to_string());
        for english in [
            "Arguments",
            "[OPTIONS]",
            "Usage",
            "Options",
            "Commands",
            "Print help",
            "possible values",
            "default:",
        ] {
            assert!(!help.contains(english), "{english}: {help}");
        }
    }

    #[test]
    fn no_command_is_serve() {
        let cli = parse_line("loes --listen 127.0.0.1:9").expect("right");
        assert!(matches!(
            cli.command.unwrap_or_default(),
            Command::Serve { watch: false }
        ));
    }

    #[test]
    fn what_is_wrong_is_said_in_dutch() {
        let error = Cli::try_parse_from(["loes", "--bestaatniet"]).expect_err("wrong");
        assert_eq!(in_dutch(&error), "‘--bestaatniet’ bestaat niet.");
        let error = Cli::try_parse_from(["loes", "bestaatniet"]).expect_err("wrong");
        assert_eq!(in_dutch(&error), "De opdracht ‘bestaatniet’ bestaat niet.");
        let error = Cli::try_parse_from(["loes", "--demo", "x"]).expect_err("wrong");
        assert!(in_dutch(&error).starts_with("‘x’ past niet bij --demo"));
    }
}

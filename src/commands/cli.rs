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
        /// Verstuur geen post en ruim niet op: dat doet ‘loes work’
        #[arg(long, help_heading = "Keuzes")]
        no_jobs: bool,
    },
    /// Verstuur post en doe wat zonder bezoekers gebeurt, zonder de site
    #[command(help_template = TEMPLATE, override_usage = "loes work")]
    Work,
    /// Maak de tabellen, of werk ze bij
    #[command(help_template = TEMPLATE, override_usage = "loes migrate")]
    Migrate,
    /// Schrijf alles wat bewaard wordt in een bestand; de site kan gewoon aan staan
    #[command(help_template = TEMPLATE, override_usage = "loes backup BESTAND")]
    Backup {
        /// Het bestand
        #[arg(value_name = "BESTAND", help_heading = "Gegevens")]
        file: PathBuf,
    },
    /// Zet een reservekopie terug in plaats van wat er nu staat; zet de site eerst uit
    #[command(help_template = TEMPLATE, override_usage = "loes restore BESTAND [KEUZES]")]
    Restore {
        /// Het bestand
        #[arg(value_name = "BESTAND", help_heading = "Gegevens")]
        file: PathBuf,
        /// Een bestand gewist.txt van een andere server; mag vaker
        #[arg(long = "gewist", value_name = "BESTAND", help_heading = "Keuzes")]
        ledgers: Vec<PathBuf>,
    },
    /// Beheer de accounts van medewerkers
    #[command(help_template = TEMPLATE, override_usage = "loes staff invite|list|disable|reset", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
    Staff {
        #[command(subcommand)]
        what: StaffCommand,
    },
    /// Beheer de sleutels
    #[command(help_template = TEMPLATE, override_usage = "loes keys new|rotate|export", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
    Keys {
        #[command(subcommand)]
        what: KeysCommand,
    },
    /// Controleer of er in het logboek niets is veranderd
    #[command(help_template = TEMPLATE, override_usage = "loes audit verify", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
    Audit {
        #[command(subcommand)]
        what: AuditCommand,
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

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub(super) enum StaffCommand {
    /// Nodig iemand uit: er komt een link die een keer werkt
    #[command(help_template = TEMPLATE)]
    Invite {
        /// Het loket, zoals tubbergen
        #[arg(long, value_name = "LOKET", help_heading = "Keuzes")]
        loket: String,
        /// De rol: medewerker, redacteur, beheerder, partner of raad
        #[arg(
            long = "rol",
            value_name = "ROL",
            default_value = "medewerker",
            hide_default_value = true,
            help_heading = "Keuzes"
        )]
        role: String,
    },
    /// Noem alle accounts
    #[command(help_template = TEMPLATE)]
    List,
    /// Maak een link waarmee iemand een nieuw wachtwoord kiest
    #[command(help_template = TEMPLATE)]
    Reset {
        /// Het mailadres
        #[arg(value_name = "MAIL", help_heading = "Gegevens")]
        mail: String,
        /// Stuur de link per mail en toon haar niet
        #[arg(long = "mail", help_heading = "Keuzes")]
        by_mail: bool,
        /// Ook de app voor codes is kwijt: inloggen gaat daarna zonder
        #[arg(long, help_heading = "Keuzes")]
        app: bool,
    },
    /// Sluit een account af
    #[command(help_template = TEMPLATE)]
    Disable {
        /// Het mailadres
        #[arg(value_name = "MAIL", help_heading = "Gegevens")]
        mail: String,
    },
}

/// What can be done with keys.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum KeysCommand {
    /// Maak een bestand met nieuwe sleutels, voor een nieuwe database
    #[command(help_template = TEMPLATE)]
    New,
    /// Vervang de sleutel waarmee vragen op slot zitten; zet de site eerst uit
    #[command(help_template = TEMPLATE)]
    Rotate,
    /// Toon de sleutels, voor in de kluis
    #[command(help_template = TEMPLATE)]
    Export,
}

/// What can be done with the log.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum AuditCommand {
    /// Houd elke regel tegen de keten, en de ketens tegen de koppen die buiten de database staan
    #[command(help_template = TEMPLATE)]
    Verify {
        /// Een kopie van logboek-koppen.txt die ergens anders lag; mag vaker
        #[arg(long = "koppen", value_name = "BESTAND", help_heading = "Keuzes")]
        heads: Vec<PathBuf>,
    },
}

impl Default for Command {
    fn default() -> Self {
        Self::Serve {
            watch: false,
            no_jobs: false,
        }
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
            Command::Serve {
                watch: false,
                no_jobs: false
            }
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

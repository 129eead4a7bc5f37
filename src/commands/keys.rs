//! `loes keys`: new keys, and a new sealing key in the place of the old.

use std::process::ExitCode;

use super::cli::KeysCommand;
use super::{Failure, Outcome, keeping, say};
use crate::config::Settings;
use crate::random::SystemRandom;
use crate::secrets::Keys;

pub(super) fn run(settings: &Settings, what: KeysCommand) -> Outcome {
    match what {
        KeysCommand::New => keeping::make_keys(&settings.data.key_file).map(|()| ExitCode::SUCCESS),
        KeysCommand::Rotate => rotate(settings),
        KeysCommand::Export => export(settings),
    }
}

/// Adds a sealing key, wraps everything with it, and only then lets the old ones go. Broken off half
/// way, the file holds both, and doing it again ends well.
fn rotate(settings: &Settings) -> Outcome {
    let path = &settings.data.key_file;
    let random = SystemRandom::open().map_err(Failure::new)?;
    let rotated = keeping::keys(&settings.data)?.rotated(&random);
    rotated.replace(path).map_err(Failure::new)?;
    keeping::with_store(settings, async |store| {
        let wrapped = store.rewrap().await.map_err(Failure::new)?;
        rotated.without_old().replace(path).map_err(Failure::new)?;
        say(format_args!(
            "De nieuwe sleutel geldt: {wrapped} slotjes zijn vervangen. Leg een nieuwe kopie in de kluis, \
             en bewaar de oude zolang je reservekopieën van voor vandaag hebt."
        ));
        Ok(ExitCode::SUCCESS)
    })
}

/// Prints the keys, for the safe.
fn export(settings: &Settings) -> Outcome {
    let keys = Keys::read(&settings.data.key_file).map_err(Failure::new)?;
    say(format_args!("{}", keys.to_text().as_str()));
    Ok(ExitCode::SUCCESS)
}

//! `loes audit`: whether the log is as it was written.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Failure, Outcome, keeping, say};
use crate::config::Settings;
use crate::jobs::checkpoints;
use crate::store::Checkpoint;

pub(super) fn verify(settings: &Settings, heads: &[PathBuf]) -> Outcome {
    let own = settings.data.folder.join(checkpoints::FILE);
    let mut known = Vec::new();
    let mut whole = true;
    for path in heads.iter().chain(Some(&own).filter(|own| own.exists())) {
        whole &= read_heads(path, &mut known)?;
    }
    if known.is_empty() {
        say(format_args!(
            "Er zijn geen koppen om tegen te houden: een logboek dat in zijn geheel weg is, valt niet op."
        ));
    }
    keeping::with_store(settings, async |store| {
        let breaks = store.verify_audit().await.map_err(Failure::new)?;
        for one in &breaks {
            say(format_args!("{one}"));
        }
        let mismatches = store.hold_against(&known).await.map_err(Failure::new)?;
        for one in &mismatches {
            say(format_args!("{one}"));
        }
        if whole && breaks.is_empty() && mismatches.is_empty() {
            say(format_args!(
                "Het logboek klopt. Vergeleken met {} koppen.",
                known.len()
            ));
            Ok(ExitCode::SUCCESS)
        } else {
            Ok(ExitCode::FAILURE)
        }
    })
}

/// Reads a file of checkpoints; says whether every line can be read.
fn read_heads(path: &Path, known: &mut Vec<Checkpoint>) -> Result<bool, Failure> {
    let lines = checkpoints::read(path);
    let lines = lines.map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    let mut whole = true;
    for line in lines {
        match line {
            Ok(one) => known.push(one),
            Err(number) => {
                whole = false;
                let path = path.display();
                say(format_args!("{path}: regel {number} is niet te lezen"));
            }
        }
    }
    Ok(whole)
}

//! `loes audit`: whether the log is as it was written.

use std::process::ExitCode;

use super::{Failure, Outcome, keeping, say};
use crate::config::Settings;

pub(super) fn verify(settings: &Settings) -> Outcome {
    keeping::with_store(settings, async |store| {
        let breaks = store.verify_audit().await.map_err(Failure::new)?;
        for one in &breaks {
            say(format_args!("{one}"));
        }
        if breaks.is_empty() {
            say(format_args!("Het logboek klopt."));
            Ok(ExitCode::SUCCESS)
        } else {
            Ok(ExitCode::FAILURE)
        }
    })
}

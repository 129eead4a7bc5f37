//! `loes serve`.
use super::Outcome;
use crate::config::Settings;
pub(super) fn run(_settings: Settings, _watch: bool) -> Outcome {
    Ok(std::process::ExitCode::SUCCESS)
}

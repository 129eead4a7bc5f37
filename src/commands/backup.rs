//! `loes backup` and `loes restore`: all that is kept, in a file and back.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, Outcome, keeping, say};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::domain::QuestionId;
use crate::jobs::{Refresher, Retention, ledger};
use crate::store::Store;

pub(super) fn backup(settings: &Settings, to: &Path) -> Outcome {
    keeping::with_store(settings, async |store| {
        let rows = write_whole(&store, to).await?;
        say(format_args!(
            "{rows} regels staan in {}. Bewaar de sleutels ({}) ergens anders.",
            to.display(),
            settings.data.key_file.display()
        ));
        Ok(ExitCode::SUCCESS)
    })
}

/// Writes the file beside its place, and gives it its name once it is whole and on disk.
async fn write_whole(store: &Store, to: &Path) -> Result<u64, Failure> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    // Readable by this user alone.
    let file =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(Failure::new)?;
    let mut out = BufWriter::new(file);
    let rows = store
        .dump(&mut out, SystemClock.now())
        .await
        .map_err(Failure::new)?;
    out.flush().map_err(Failure::new)?;
    let file = out.into_inner().map_err(Failure::new)?;
    file.as_file().sync_all().map_err(Failure::new)?;
    file.persist(to).map_err(Failure::new)?;
    Ok(rows)
}

pub(super) fn restore(settings: &Settings, from: &Path, ledgers: &[PathBuf]) -> Outcome {
    let mut erased = Vec::new();
    let own = settings.data.folder.join(ledger::FILE);
    for path in ledgers.iter().chain(Some(&own).filter(|own| own.exists())) {
        erased.extend(
            read_ledger(path).map_err(|e| Failure::new(format!("{}: {e}", path.display())))?,
        );
    }
    let file = File::open(from).map_err(|e| Failure::new(format!("{}: {e}", from.display())))?;
    keeping::with_store(settings, async |store| {
        let rows = store
            .load(BufReader::new(file), &erased)
            .await
            .map_err(Failure::new)?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let shelf = Refresher::new(&settings.library, Arc::clone(&clock)).open();
        let shelf = Arc::new(shelf.map_err(Failure::new)?);
        let old = Retention::new(Arc::new(store), shelf, clock)
            .round()
            .await
            .map_err(Failure::new)?;
        say(format_args!(
            "{rows} regels zijn teruggezet. Wat intussen was gewist, is weer gewist; {old} vragen waren te oud."
        ));
        Ok(ExitCode::SUCCESS)
    })
}

fn read_ledger(path: &Path) -> io::Result<Vec<QuestionId>> {
    Ok(fs::read_to_string(path)?
        .lines()
        .filter_map(QuestionId::parse)
        .collect())
}

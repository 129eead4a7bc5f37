//! The ledger of erasures, as a file outside the database and its backups: when a backup is put back
//! elsewhere, what was erased since is erased again.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::store::{Store, StoreError};

/// The name of the file in the folder of data.
pub const FILE: &str = "gewist.txt";

/// How often it is brought up to date.
const WRITE_EVERY: Duration = Duration::from_secs(30);

/// Writes the ledger of `store` into `folder`, for as long as the program runs.
pub async fn keep(store: Store, folder: PathBuf) {
    let mut known = usize::MAX;
    loop {
        match write(&store, &folder, known).await {
            Ok(lines) => known = lines,
            Err(error) => tracing::warn!(target: "loes", "gewist.txt is niet bijgewerkt: {error}"),
        }
        tokio::time::sleep(WRITE_EVERY).await;
    }
}

/// Writes it once, unless it has `known` lines still; returns how many it has.
///
/// # Errors
/// When the database or the folder refuses.
pub async fn write(store: &Store, folder: &Path, known: usize) -> Result<usize, StoreError> {
    if store.erased_count().await? == known {
        return Ok(known);
    }
    let erased = store.erased().await?;
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    for id in &erased {
        writeln!(file, "{id}")?;
    }
    file.as_file().sync_all()?;
    file.persist(folder.join(FILE))
        .map_err(|error| error.error)?;
    Ok(erased.len())
}

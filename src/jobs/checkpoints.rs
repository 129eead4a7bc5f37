//! Once a day: where the chains of the log end goes to a file outside the database, and rows whose
//! term is over go.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::repeat;
use crate::clock::Clock;
use crate::config::DataSettings;
use crate::store::{Checkpoint, Store, StoreError};

/// The name of the file in the folder of data.
pub const FILE: &str = "logboek-koppen.txt";

/// How often it is looked at whether a new day has begun.
const LOOK_EVERY: Duration = Duration::from_hours(1);

/// Keeps checkpoints of the log, and the log within its term.
pub struct Checkpoints {
    store: Arc<Store>,
    clock: Arc<dyn Clock>,
    folder: PathBuf,
    months: u16,
}

impl Checkpoints {
    /// Of `store`, in the folder and for the term that `data` names.
    #[must_use]
    pub fn new(store: Arc<Store>, clock: Arc<dyn Clock>, data: &DataSettings) -> Self {
        Self {
            store,
            clock,
            folder: data.folder.clone(),
            months: data.log_months,
        }
    }

    /// Looks for as long as the program runs.
    pub async fn run(self) {
        repeat(LOOK_EVERY, "het logboek", async || self.round().await).await;
    }

    /// Looks once; returns how many rows of the log were erased. Those are in the file first.
    ///
    /// # Errors
    /// When the database or the folder refuses.
    pub async fn round(&self) -> Result<u64, StoreError> {
        let here = self.clock.now_here();
        self.write(here.date()).await?;
        let first = here
            .checked_sub(i64::from(self.months).months())
            .unwrap_or(here);
        let erased = self.store.cut_log(first.timestamp()).await?;
        if erased > 0 {
            tracing::info!(target: "loes", gewist = erased, "logboek: bewaartermijn voorbij");
        }
        Ok(erased)
    }

    async fn write(&self, today: Date) -> Result<(), StoreError> {
        let path = self.folder.join(FILE);
        if has_day(&path, today)? {
            return Ok(());
        }
        let checkpoints = self.store.checkpoints(today).await?;
        if checkpoints.is_empty() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.folder)?;
        let lines: Vec<_> = checkpoints.iter().map(ToString::to_string).collect();
        let text = format!("{}\n", lines.join("\n"));
        append(&path, &text)?;
        // In the log of the server too, which lies elsewhere: one line, of no use without the keys.
        let all = self.store.keys().sign("audit checkpoints", &[&text]);
        tracing::info!(target: "loes", dag = %today, koppen = all, "koppen van het logboek bewaard");
        Ok(())
    }
}

/// What is in a file: each line as a checkpoint, or its number when it cannot be read.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<Result<Checkpoint, usize>>> {
    let text = std::fs::read_to_string(path)?;
    let lines = text.lines().enumerate();
    let read = lines.map(|(at, line)| Checkpoint::parse(line).ok_or(at + 1));
    Ok(read.collect())
}

fn has_day(path: &Path, day: Date) -> io::Result<bool> {
    match read(path) {
        Ok(lines) => Ok(lines.iter().flatten().any(|one| one.day == day)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Adds `text` at the end; once this returns, it is on disk.
fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    // A line that was broken off half way does not spoil the next.
    let broken_off = if ends_with_newline(path)? { "" } else { "\n" };
    file.write_all(format!("{broken_off}{text}").as_bytes())?;
    file.sync_all()
}

fn ends_with_newline(path: &Path) -> io::Result<bool> {
    let mut text = Vec::new();
    File::open(path)?.read_to_end(&mut text)?;
    Ok(text.last().is_none_or(|last| *last == b'\n'))
}

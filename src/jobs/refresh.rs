//! Opens the library at start, follows generations that others build, and rebuilds on a saved file.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use jiff::civil::Date;
use notify::{RecursiveMode, Watcher as _};

use super::shelf::{Notice, Shelf};
use crate::clock::Clock;
use crate::config::LibrarySettings;
use crate::content::{Library, SourceError, Sources};
use crate::search::Snapshot;
use crate::search::generation::{GenerationError, Generations};

/// How often the pointer to the present generation is read.
const FOLLOW_EVERY: Duration = Duration::from_secs(1);

/// How long files must be quiet before the index is built anew.
const QUIET: Duration = Duration::from_millis(150);

/// Why there is nothing to serve.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No content and no index.
    #[error("er is niets om te tonen: {0}")]
    NoContent(#[from] SourceError),
    /// An index could not even be made in memory.
    #[error("{0}")]
    Index(#[from] GenerationError),
}

/// Keeps a shelf up to date.
#[derive(Clone)]
pub struct Refresher {
    content: PathBuf,
    generations: Generations,
    clock: Arc<dyn Clock>,
}

impl Refresher {
    /// A refresher for these folders.
    #[must_use]
    pub fn new(settings: &LibrarySettings, clock: Arc<dyn Clock>) -> Self {
        Self {
            content: settings.content.clone(),
            generations: Generations::new(&settings.index),
            clock,
        }
    }

    fn today(&self) -> Date {
        self.clock.now_here().date()
    }

    /// Opens the present generation; builds it when it is missing, stale or damaged. Where that
    /// cannot be, the best that there is: an older generation, or an index in memory.
    ///
    /// # Errors
    /// [`OpenError`] when there is neither content nor a sound generation.
    pub fn open(&self) -> Result<Shelf, OpenError> {
        let (snapshot, notices) = self.best_snapshot()?;
        for problem in snapshot.problems() {
            tracing::warn!(target: "loes", "{}", problem.one_line());
        }
        for notice in &notices {
            tracing::warn!(target: "loes", "{}", notice.0);
        }
        let (name, articles) = (snapshot.name(), snapshot.library().articles().len());
        tracing::info!(target: "loes", generatie = name, antwoorden = articles, "bibliotheek geopend");
        Ok(Shelf::new(snapshot, notices))
    }

    fn best_snapshot(&self) -> Result<(Snapshot, Vec<Notice>), OpenError> {
        let sources = match Sources::read(&self.content) {
            Ok(sources) => sources,
            Err(missing) => {
                // A replica may have no content folder: the generation holds the text.
                let snapshot = self.generations.open().map_err(|_| missing)?;
                return Ok((snapshot, Vec::new()));
            }
        };
        if self.generations.current_name() == Some(Generations::name_for(&sources)) {
            match self.generations.open() {
                Ok(snapshot) => return Ok((snapshot, Vec::new())),
                Err(error) => {
                    tracing::warn!(target: "loes", "{error}; de index wordt opnieuw gemaakt");
                }
            }
        }
        self.rebuilt(&sources)
    }

    /// A snapshot of `sources`, or the best that there is.
    fn rebuilt(&self, sources: &Sources) -> Result<(Snapshot, Vec<Notice>), OpenError> {
        let today = self.today();
        let loaded = Library::parse(sources, today);
        if loaded.has_broken_foundation()
            && let Ok(older) = self.generations.open()
        {
            let notice =
                "een bestand waar andere op rusten heeft een fout; de vorige versie blijft staan";
            return Ok((older, vec![Notice(notice.into())]));
        }
        let built = self.generations.build(sources, loaded, |_, _| {});
        match built.and_then(|_| self.generations.open()) {
            Ok(snapshot) => Ok((snapshot, Vec::new())),
            Err(error) => self.without_building(sources, &error),
        }
    }

    fn without_building(
        &self,
        sources: &Sources,
        error: &GenerationError,
    ) -> Result<(Snapshot, Vec<Notice>), OpenError> {
        let today = self.today();
        if let Ok(older) = self.generations.open() {
            let notice =
                format!("de index is ouder dan de teksten en is niet te vernieuwen: {error}");
            return Ok((older, vec![Notice(notice)]));
        }
        let snapshot = Snapshot::in_memory(sources, today).map_err(GenerationError::from)?;
        let notice = format!("de index staat alleen in het geheugen: {error}");
        Ok((snapshot, vec![Notice(notice)]))
    }

    /// Opens each new generation that the pointer names, for as long as the program runs.
    pub async fn follow(self, onto: Arc<Shelf>) {
        let mut seen = self.generations.current_name();
        let mut ticks = tokio::time::interval(FOLLOW_EVERY);
        loop {
            ticks.tick().await;
            let now = self.generations.current_name();
            if now == seen || now.as_deref() == Some(onto.snapshot().name()) {
                seen = now;
                continue;
            }
            seen = now;
            let this = self.clone();
            let opened = tokio::task::spawn_blocking(move || this.generations.open()).await;
            match opened {
                Ok(Ok(snapshot)) => {
                    tracing::info!(target: "loes", generatie = snapshot.name(), "nieuwe index geopend");
                    onto.put(snapshot, Vec::new());
                }
                Ok(Err(error)) => {
                    tracing::warn!(target: "loes", "nieuwe index niet geopend: {error}");
                }
                Err(error) => tracing::error!(target: "loes", "openen afgebroken: {error}"),
            }
        }
    }

    /// Rebuilds whenever a file below the content folder is saved, on a thread of its own.
    ///
    /// # Errors
    /// When the folder cannot be watched.
    pub fn watch(self, onto: Arc<Shelf>) -> notify::Result<()> {
        let (saved, rebuilds) = channel();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                if event.is_ok_and(|event| !event.kind.is_access()) {
                    // The receiver is gone only when the program ends.
                    let _ = saved.send(());
                }
            })?;
        watcher.watch(&self.content, RecursiveMode::Recursive)?;
        std::thread::spawn(move || {
            // Held here: a watcher that is dropped sees nothing.
            let _watching = watcher;
            while rebuilds.recv().is_ok() {
                while rebuilds.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {}
                self.refresh(&onto);
            }
        });
        Ok(())
    }

    fn refresh(&self, onto: &Shelf) {
        let fresh = Sources::read(&self.content)
            .map_err(OpenError::from)
            .and_then(|sources| self.rebuilt(&sources));
        match fresh {
            Ok((snapshot, notices)) => {
                let problems = snapshot.problems().len();
                tracing::info!(target: "loes", meldingen = problems, "index vernieuwd");
                onto.put(snapshot, notices);
            }
            Err(error) => {
                tracing::warn!(target: "loes", "niet vernieuwd: {error}");
                onto.tell(vec![Notice(format!("niet vernieuwd: {error}"))]);
            }
        }
    }
}

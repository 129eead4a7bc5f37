//! The snapshot that is served, and what is to be said of it.

use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use serde::Serialize;

use crate::search::Snapshot;

/// Something that those who run the site should know; shown on `/readyz` and logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice(pub String);

/// Holds the present snapshot. Readers never wait; a new one is swapped in whole.
#[derive(Debug)]
pub struct Shelf {
    snapshot: ArcSwap<Snapshot>,
    notices: Mutex<Vec<Notice>>,
}

impl Shelf {
    /// A shelf with this snapshot on it.
    #[must_use]
    pub fn new(snapshot: Snapshot, notices: Vec<Notice>) -> Self {
        Self {
            snapshot: ArcSwap::from_pointee(snapshot),
            notices: Mutex::new(notices),
        }
    }

    /// The present snapshot; it stays whole for as long as it is held.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Puts another snapshot in its place.
    pub fn put(&self, snapshot: Snapshot, notices: Vec<Notice>) {
        self.snapshot.store(Arc::new(snapshot));
        self.tell(notices);
    }

    /// Replaces what is said of the present snapshot.
    pub fn tell(&self, notices: Vec<Notice>) {
        if let Ok(mut told) = self.notices.lock() {
            *told = notices;
        }
    }

    /// What is to be said of the present snapshot.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        self.notices
            .lock()
            .map(|told| told.clone())
            .unwrap_or_default()
    }
}

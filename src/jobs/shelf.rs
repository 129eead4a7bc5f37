//! The snapshot that is served, and what is to be said of it.

use std::sync::atomic::{AtomicU64, Ordering};
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
    /// Raised after each swap.
    edition: AtomicU64,
    notices: Mutex<Vec<Notice>>,
}

impl Shelf {
    /// A shelf with this snapshot on it.
    #[must_use]
    pub fn new(snapshot: Snapshot, notices: Vec<Notice>) -> Self {
        Self {
            snapshot: ArcSwap::from_pointee(snapshot),
            edition: AtomicU64::new(0),
            notices: Mutex::new(notices),
        }
    }

    /// The present snapshot; it stays whole for as long as it is held.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// How many times the snapshot was swapped. What is made of a snapshot taken after this was read
    /// is at least as new as this edition.
    #[must_use]
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::Acquire)
    }

    /// Puts another snapshot in its place.
    pub fn put(&self, snapshot: Snapshot, notices: Vec<Notice>) {
        self.snapshot.store(Arc::new(snapshot));
        self.edition.fetch_add(1, Ordering::Release);
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

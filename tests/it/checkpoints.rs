//! The job that keeps checkpoints of the log outside the database.

use std::sync::Arc;

use jiff::SignedDuration;
use loes::clock::Clock;
use loes::domain::Staff;
use loes::jobs::{Checkpoints, checkpoints};
use loes::store::Action;
use tempfile::TempDir;

use crate::store::{Desk, Place};

const DAY: SignedDuration = SignedDuration::from_hours(24);

struct Keeping {
    desk: Desk,
    folder: TempDir,
    anna: Staff,
}

impl Keeping {
    async fn new() -> Self {
        let desk = Desk::open(Place::sqlite()).await;
        let anna = desk.staff("anna").await;
        let folder = TempDir::new().expect("a folder");
        Self { desk, folder, anna }
    }

    /// Writes a row, and lets the job look; how many rows it erased.
    async fn row_and_round(&self) -> u64 {
        let mut tx = self.desk.store.write().await.expect("a change");
        let now = self.desk.now();
        let logged = tx.log(&self.anna, Action::Read, &[], true, "", now);
        logged.await.expect("logged");
        tx.commit().await.expect("committed");
        self.round().await
    }

    async fn round(&self) -> u64 {
        let mut data = crate::support::settings("log-keep = 2").data;
        data.folder = self.folder.path().join("data");
        let clock = Arc::clone(&self.desk.watch) as Arc<dyn Clock>;
        let job = Checkpoints::new(Arc::new(self.desk.store.clone()), clock, &data);
        job.round().await.expect("kept")
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("data").join(checkpoints::FILE)
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.file()).expect("a file")
    }
}

#[tokio::test]
async fn each_day_is_added_once_and_nothing_before_it_changes() {
    let keeping = Keeping::new().await;
    keeping.round().await;
    assert!(!keeping.file().exists(), "nothing to keep yet");
    keeping.row_and_round().await;
    let first = keeping.text();
    assert!(first.starts_with("2026-11-22 tubbergen 1 "), "{first}");
    assert!(!first.contains(&keeping.anna.id.to_string()));
    keeping.row_and_round().await;
    assert_eq!(keeping.text(), first, "once a day");
    keeping.desk.later(DAY);
    keeping.row_and_round().await;
    let second = keeping.text();
    let added = second.strip_prefix(&first).expect("as it was");
    assert!(added.starts_with("2026-11-23 tubbergen 3 ") && added.ends_with('\n'));
    let lines = checkpoints::read(&keeping.file()).expect("a file");
    let known: Vec<_> = lines
        .into_iter()
        .map(|line| line.expect("a line"))
        .collect();
    let held = keeping.desk.store.hold_against(&known).await;
    assert_eq!(held.expect("read"), []);
}

#[tokio::test]
async fn a_line_that_was_broken_off_does_not_spoil_the_next() {
    let keeping = Keeping::new().await;
    keeping.row_and_round().await;
    let whole = keeping.text();
    std::fs::write(keeping.file(), format!("{whole}2026-11-23 tubb")).unwrap();
    keeping.desk.later(DAY);
    keeping.row_and_round().await;
    let lines = checkpoints::read(&keeping.file()).expect("a file");
    let days: Vec<_> = lines
        .iter()
        .map(|line| line.as_ref().map(|one| one.day.day()))
        .collect();
    assert_eq!(days, [Ok(22), Err(&2), Ok(23)]);
}

#[tokio::test]
async fn rows_go_when_their_months_are_over_and_not_before() {
    let keeping = Keeping::new().await;
    keeping.row_and_round().await;
    keeping.desk.later(DAY * 60);
    assert_eq!(keeping.row_and_round().await, 0);
    keeping.desk.later(DAY * 2);
    assert_eq!(keeping.round().await, 1);
    let breaks = keeping.desk.store.verify_audit().await;
    assert_eq!(breaks.expect("read"), []);
}

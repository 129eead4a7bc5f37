//! The job that reminds lokets, on a clock that the test sets forward.

use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use loes::clock::Clock;
use loes::domain::Role;
use loes::jobs::{Post, Reminders, Retention, Shelf};
use loes::mail::{Postman, Sender};
use loes::search::Snapshot;
use tempfile::TempDir;

use crate::store::{Desk, Place};
use crate::support::small_library;

struct Round {
    desk: Desk,
    shelf: Arc<Shelf>,
    post: TempDir,
}

impl Round {
    async fn new() -> Self {
        let mut sources = small_library();
        let other = include_str!("../data/tubbergen.toml")
            .replace("Tubbergen", "Dinkelland")
            .replace("7651", "7591")
            .replace("loket@", "dinkelland@");
        sources.insert("loketten/dinkelland.toml", &other);
        let today = jiff::civil::date(2026, 11, 22);
        let snapshot = Snapshot::in_memory(&sources, today).expect("an index");
        Self {
            desk: Desk::open(Place::sqlite()).await,
            shelf: Arc::new(Shelf::new(snapshot, Vec::new())),
            post: TempDir::new().expect("a folder"),
        }
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.desk.watch) as Arc<dyn Clock>
    }

    /// Sets the clock to `moment`, lets the job look and the mail go; the new letters.
    async fn at(&self, moment: &str) -> Vec<String> {
        let moment: Timestamp = moment.parse().expect("a moment");
        self.desk.later(moment.duration_since(self.desk.now()));
        let store = Arc::new(self.desk.store.clone());
        let job = Reminders::new(Arc::clone(&store), Arc::clone(&self.shelf), self.clock());
        job.round().await.expect("a database");
        let sender = Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender");
        let carrier = (Postman::folder(self.post.path()), sender);
        let base_url = "https://loes.example/".parse().expect("a url");
        let texts = Arc::clone(&self.shelf);
        let post = Post::new(store, texts, self.clock(), carrier, base_url);
        while post.deliver_one().await.expect("a database") {}
        taken(self.post.path())
    }
}

/// The letters in a folder but for those of new questions; it is empty after.
fn taken(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let mut letters = Vec::new();
    for path in paths {
        letters.push(std::fs::read_to_string(&path).expect("text"));
        std::fs::remove_file(&path).expect("removed");
    }
    letters.retain(|letter| !letter.contains("Subject: Nieuw bij"));
    letters
}

fn subject(letter: &str) -> &str {
    let line = letter.lines().find(|line| line.starts_with("Subject: "));
    line.expect("a subject").trim_start_matches("Subject: ")
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

const STILL: &str = "Er wacht nog iets bij Loesloket Tubbergen";
const OVERDUE: &str = "Er wacht te lang iets bij Loesloket Tubbergen";
const ERASED: &str = "Er wordt binnenkort iets gewist bij Loesloket Tubbergen";

/// Until the end of Tuesday, asked on Sunday noon.
fn tuesday() -> SignedDuration {
    SignedDuration::from_hours(2 * 24 + 12) - SignedDuration::from_secs(1)
}

#[tokio::test]
async fn a_loket_hears_a_working_day_before_once_and_for_all_questions_together() {
    let round = Round::new().await;
    for text in ["Mijn kanarie slaapt niet", "Mijn dochter eet niet"] {
        let question = round.desk.question(text).named("Kanarie");
        question.due_in(tuesday()).create().await;
    }
    let elsewhere = round.desk.question("Hij bijt").for_loket("dinkelland");
    elsewhere.due_in(days(9)).create().await;
    assert!(round.at("2026-11-22T15:00:00Z").await.is_empty(), "Sunday");
    assert!(round.at("2026-11-23T06:59:00Z").await.is_empty(), "early");
    let letters = round.at("2026-11-23T07:00:00Z").await;
    assert_eq!(letters.len(), 1);
    assert_eq!(subject(&letters[0]), STILL);
    assert!(letters[0].contains("To: loket@example.org\r\n"));
    for word in ["kanarie", "slaapt", "eet", "mijn-vraag"] {
        assert!(!letters[0].to_lowercase().contains(word), "{word}");
    }
    assert!(round.at("2026-11-23T16:00:00Z").await.is_empty());
    assert!(round.at("2026-11-24T09:00:00Z").await.is_empty(), "once");
}

#[tokio::test]
async fn what_was_asked_today_is_no_news_but_tomorrow_it_is() {
    let round = Round::new().await;
    round.at("2026-11-23T09:00:00Z").await;
    let until = SignedDuration::from_hours(38) - SignedDuration::from_secs(1);
    round.desk.question("Hij bijt").due_in(until).create().await;
    assert!(round.at("2026-11-23T15:00:00Z").await.is_empty());
    let letters = round.at("2026-11-24T08:00:00Z").await;
    assert_eq!(
        letters.iter().map(|l| subject(l)).collect::<Vec<_>>(),
        [STILL]
    );
}

#[tokio::test]
async fn what_is_overdue_comes_back_every_second_working_day_five_times() {
    let round = Round::new().await;
    let asked = round.desk.question("Hij bijt").due_in(tuesday());
    let asked = asked.create().await;
    let mut heard = Vec::new();
    for day in 24..=30 {
        let letters = round.at(&format!("2026-11-{day}T09:00:00Z")).await;
        heard.extend(letters.iter().map(|l| (day, subject(l).to_owned())));
    }
    for day in 1..=20 {
        let letters = round.at(&format!("2026-12-{day:02}T09:00:00Z")).await;
        heard.extend(letters.iter().map(|l| (day, subject(l).to_owned())));
    }
    let days: Vec<_> = heard
        .iter()
        .filter(|(_, subject)| subject == OVERDUE)
        .map(|(day, _)| *day)
        .collect();
    // Wednesday, Friday, Tuesday, Thursday, Monday.
    assert_eq!(days, [25, 27, 1, 3, 7]);
    assert_eq!(heard.len(), 6, "and once while it still waited: {heard:?}");

    let anna = round.desk.staff("anna").await;
    round.desk.answered(&anna, asked.id, "Een ritme").await;
    assert!(round.at("2027-01-04T09:00:00Z").await.is_empty());
}

#[tokio::test]
async fn who_looks_after_a_loket_is_warned_twice_before_what_is_forgotten_goes() {
    let round = Round::new().await;
    let code = round.desk.question("Hij bijt").due_in(tuesday());
    let code = code.create().await.code;
    let beheer = round.desk.member("els", Role::Beheerder, "tubbergen");
    beheer.await;
    round.desk.staff("anna").await;
    let other = round.desk.member("bert", Role::Beheerder, "dinkelland");
    other.await;
    // Due at the end of 24 November 2026; erased from 24 November 2027 on.
    let mut heard = Vec::new();
    for day in 14..=30 {
        let letters = round.at(&format!("2027-10-{day}T09:00:00Z")).await;
        let called = letters.iter().filter(|l| subject(l) == ERASED);
        heard.extend(called.map(|letter| (day, letter.clone())));
    }
    for day in 1..=24 {
        let letters = round.at(&format!("2027-11-{day:02}T09:00:00Z")).await;
        let called = letters.iter().filter(|l| subject(l) == ERASED);
        heard.extend(called.map(|letter| (day, letter.clone())));
    }
    let days: Vec<_> = heard.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, [26, 18], "a month and a week before");
    for (_, letter) in &heard {
        assert!(letter.contains("To: els@voorbeeld.nl\r\n"), "{letter}");
    }
    assert!(
        round
            .desk
            .store
            .thread_by_code(&code)
            .await
            .unwrap()
            .is_some()
    );
    round.at("2027-11-25T09:00:00Z").await;
    let store = Arc::new(round.desk.store.clone());
    let retention = Retention::new(store, Arc::clone(&round.shelf), round.clock());
    assert_eq!(retention.round().await.expect("a database"), 1);
}

#[tokio::test]
async fn a_loket_that_nobody_looks_after_is_warned_itself() {
    let round = Round::new().await;
    round
        .desk
        .question("Hij bijt")
        .due_in(tuesday())
        .create()
        .await;
    let letters = round.at("2027-11-19T09:00:00Z").await;
    let warned = letters.iter().find(|l| subject(l) == ERASED);
    assert!(warned.expect("a letter").contains("To: loket@example.org"));
}

//! Trouble: told of as what it is, and gone when its cause is gone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use loes::config::DatabaseUrl;
use loes::random::SeededRandom;
use loes::secrets::Keys;
use loes::store::{Action, InboxFilter, Store, StoreError};
use sqlx::{AnyConnection, Executor as _};

use super::Place;
use super::desk::{Desk, slug};

/// Another program takes hold of what a change needs.
async fn hold(desk: &Desk) -> AnyConnection {
    let mut other = desk.place.raw().await;
    let held = if desk.place.is_sqlite() {
        "BEGIN IMMEDIATE"
    } else {
        "BEGIN; LOCK TABLE question IN ACCESS EXCLUSIVE MODE"
    };
    other.execute(held).await.expect("held");
    other
}

pub(crate) async fn a_writer_waits_for_another(desk: Desk) {
    let desk = Arc::new(desk);
    let mut other = hold(&desk).await;
    let asking = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { desk.question("Mijn zoon slaapt niet").try_create().await }
    });
    // There is nothing to wait for that would show that somebody waits.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!asking.is_finished());
    other.execute("COMMIT").await.expect("let go");
    let asked = asking.await.expect("a task");
    assert!(asked.is_ok());
}

pub(crate) async fn two_programs_write_by_turns(desk: Desk) {
    let anna = desk.staff("anna").await;
    let id = desk.question("Mijn zoon slaapt niet").create().await.id;
    let other = desk.open_again(&desk.keys).await.expect("a store");
    let tasks = [&desk.store, &other].map(|store| {
        let (store, anna, now) = (store.clone(), anna.clone(), desk.now());
        tokio::spawn(async move {
            for _ in 0..40 {
                // Reads first and writes after: one that takes the lock only then finds it lost.
                let mut tx = store.write().await.expect("a change");
                let read = tx.entry(&anna, id, Action::Read, "", now).await;
                assert!(read.expect("read").is_some());
                tx.commit().await.expect("committed");
            }
        })
    });
    for task in tasks {
        task.await.expect("a program");
    }
    assert_eq!(desk.number("SELECT seq FROM audit_head").await, 80);
    assert_eq!(desk.store.verify_audit().await.expect("read"), []);
}

pub(crate) async fn a_lock_that_is_held_too_long_is_told_of_as_passing(desk: Desk) {
    let mut other = hold(&desk).await;
    let begun = Instant::now();
    let refused = desk.question("Mijn zoon slaapt niet").try_create().await;
    let Err(refused) = refused else {
        panic!("asked all the same")
    };
    assert!(refused.is_passing(), "{refused:?}");
    let waited = begun.elapsed();
    assert!(waited.as_secs() >= 4, "{waited:?}");
    if desk.place.is_sqlite() {
        let found = desk.store.thread_by_code(&desk.code()).await;
        assert!(found.is_ok(), "reading goes on meanwhile");
    }
    other.execute("ROLLBACK").await.expect("let go");
    desk.question("Mijn zoon slaapt niet").create().await;
}

/// What may stand in a column and should not: set in the one question that there is.
const GARBAGE: [&str; 11] = [
    "UPDATE question SET state = 'half'",
    "UPDATE question SET loket = 'Twee Woorden'",
    "UPDATE question SET channel = ''",
    "UPDATE question SET audience = 'kat'",
    "UPDATE question SET age = 'stokoud'",
    "UPDATE question SET due = 9223372036854775807",
    "UPDATE question SET closed = -9223372036854775807",
    "UPDATE question SET key = 'w1:x'",
    "UPDATE question SET contact = 'v1:AAAA'",
    "UPDATE message SET text = 'open en bloot'",
    "UPDATE message SET id = 'nummer een'",
];

/// What SQLite alone lets stand there.
const GARBAGE_OF_SQLITE: [&str; 4] = [
    "UPDATE question SET due = 'morgen'",
    "UPDATE question SET state = x'ff00'",
    "UPDATE question SET state = CAST(x'6fff' AS TEXT)",
    "UPDATE message SET text = x'00'",
];

pub(crate) async fn what_does_not_belong_in_a_column_is_told_of(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    for table in ["question", "message"] {
        let copy = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        desk.try_run(&copy).await.expect("a copy");
    }
    let odd: &[&str] = if desk.place.is_sqlite() {
        &GARBAGE_OF_SQLITE
    } else {
        &[]
    };
    for garbage in GARBAGE.iter().chain(odd) {
        desk.run(garbage).await;
        let read = desk.store.thread_by_code(&asked.code).await;
        let told = matches!(read, Err(StoreError::Damaged(_) | StoreError::Sealed(_)));
        assert!(told, "{garbage}: {read:?}");
        let mut tx = desk.store.write().await.expect("a change");
        let listed = tx
            .inbox(&anna, InboxFilter::Open, 0, "", desk.now())
            .await
            .map(|inbox| inbox.listed.len());
        // In no list, or told of.
        assert!(
            !matches!(listed, Ok(1)) || garbage.contains("contact"),
            "{garbage}: {listed:?}"
        );
        drop(tx);
        desk.try_run("DELETE FROM question").await.expect("emptied");
        for table in ["question", "message"] {
            desk.run(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
                .await;
        }
    }
    assert!(desk.read(&anna, asked.id).await.is_some());
}

pub(crate) async fn a_statement_that_failed_cannot_be_committed_away(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let mut tx = desk.store.write().await.expect("a change");
    tx.add_note(&anna, asked.id, "gebeld", desk.now())
        .await
        .expect("a note");
    // The same digest twice breaks a rule of the table; who calls takes no notice.
    for _ in 0..2 {
        let _ = tx.begin_session("digest", anna.id, desk.now()).await;
    }
    let committed = tx.commit().await.is_ok();
    let kept = desk.number("SELECT COUNT(*) FROM note").await == 1;
    assert_eq!(committed, kept, "what is acknowledged is kept");
}

#[tokio::test]
async fn a_full_disk_passes() {
    let desk = Desk::open(Place::sqlite()).await;
    let mut raw = desk.place.raw().await;
    raw.execute("PRAGMA max_page_count = 60")
        .await
        .expect("set");
    let more = "INSERT INTO meta (name, value) SELECT CAST(COUNT(*) AS TEXT), hex(randomblob(4000)) FROM meta";
    let full = loop {
        if let Err(error) = raw.execute(more).await {
            break StoreError::from(error);
        }
    };
    assert!(full.is_passing(), "{full:?}");
    assert!(full.to_string().contains("full"), "{full}");
}

#[tokio::test]
async fn a_server_that_is_not_there_passes() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let url = format!("postgres://loes:geheim@127.0.0.1:{port}/loes");
    let url = DatabaseUrl::Postgres(url.parse().expect("an address"));
    let random = SeededRandom::new(1);
    let keys = Arc::new(Keys::generate(&random));
    let refused = Store::open(&url, keys, Arc::new(random)).await;
    let refused = refused.expect_err("nobody there");
    assert!(refused.is_passing(), "{refused:?}");
    assert!(!format!("{refused} {refused:?}").contains("geheim"));
}

#[tokio::test]
async fn connections_that_are_cut_are_made_anew() {
    let Some(place) = Place::postgres().await else {
        return;
    };
    let desk = Desk::open(place).await;
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let mut tx = desk.store.write().await.expect("a change");
    desk.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await;
    let lost = tx
        .log(&anna, Action::Read, &[asked.id], true, "", desk.now())
        .await;
    assert!(lost.expect_err("cut").is_passing());
    drop(tx);
    assert!(
        desk.store
            .has_reader(&slug("tubbergen"))
            .await
            .expect("read")
    );
    assert!(desk.read(&anna, asked.id).await.is_some());
}

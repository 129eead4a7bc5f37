//! The job that delivers what lies in the outbox, on a clock that the test sets forward.

use std::path::Path;
use std::sync::Arc;

use loes::clock::Clock;
use loes::content::Sources;
use loes::jobs::{Post, Shelf};
use loes::mail::Postman;
use loes::search::Snapshot;
use loes::store::MailKind;
use tempfile::TempDir;

use crate::mail_server::{MailServer, Manner, message_id};
use crate::store::{Desk, Place, minutes, noon};
use crate::support::small_library;

async fn desk() -> Desk {
    Desk::open(Place::sqlite()).await
}

fn snapshot(sources: &Sources) -> Snapshot {
    Snapshot::in_memory(sources, jiff::civil::date(2026, 11, 22)).expect("an index")
}

fn shelf() -> Arc<Shelf> {
    Arc::new(Shelf::new(snapshot(&small_library()), Vec::new()))
}

fn post_of(desk: &Desk, shelf: &Arc<Shelf>, postman: Postman) -> Post {
    let from = loes::mail::Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender");
    Post::new(
        Arc::new(desk.store.clone()),
        Arc::clone(shelf),
        Arc::clone(&desk.watch) as Arc<dyn Clock>,
        (postman, from),
        "https://loes.example/".parse().expect("a url"),
    )
}

fn post(desk: &Desk, postman: Postman) -> Post {
    post_of(desk, &shelf(), postman)
}

async fn deliver_all(post: &Post) {
    while post.deliver_one().await.expect("a database") {}
}

/// The letters in a folder, as text, the oldest first.
fn letters(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let text = |path| std::fs::read_to_string(path).expect("text");
    paths.into_iter().map(text).collect()
}

async fn problems(desk: &Desk) -> Vec<(MailKind, String)> {
    let loket = loes::domain::Slug::parse("tubbergen").expect("a slug");
    let undelivered = desk.store.undelivered(&loket).await.expect("read");
    undelivered
        .into_iter()
        .map(|mail| (mail.kind, mail.problem))
        .collect()
}

#[tokio::test]
async fn the_loket_hears_of_a_question_and_the_parent_of_an_answer() {
    let (desk, folder) = (desk().await, TempDir::new().unwrap());
    let post = post(&desk, Postman::folder(folder.path()));
    assert!(!post.deliver_one().await.expect("a database"));
    let anna = desk.staff("anna").await;
    let asked = desk
        .question("Mijn kanarie slaapt niet")
        .named("Kanarie")
        .by_mail("els@voorbeeld.nl")
        .create()
        .await;
    deliver_all(&post).await;
    let sent = letters(folder.path());
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("To: loket@example.org\r\n"), "{}", sent[0]);
    assert!(sent[0].contains("https://loes.example/loket-werk"));

    desk.later(minutes(1));
    desk.answered(&anna, asked.id, "Een kanarie heeft ritme nodig")
        .await;
    deliver_all(&post).await;
    let sent = letters(folder.path());
    assert_eq!(sent.len(), 2);
    assert!(sent[1].contains("To: els@voorbeeld.nl\r\n"), "{}", sent[1]);
    assert!(sent[1].contains("https://loes.example/mijn-vraag"));
    let code = asked.code.to_text();
    for letter in &sent {
        let letter = letter.to_lowercase();
        for word in [
            "kanarie",
            "slaapt",
            "ritme",
            &code.to_lowercase(),
            &asked.id.to_string(),
        ] {
            assert!(!letter.contains(word), "{word}: {letter}");
        }
    }
    assert!(
        !post.deliver_one().await.expect("a database"),
        "once is enough"
    );
}

#[tokio::test]
async fn who_comes_back_by_herself_gets_no_mail() {
    let (desk, folder) = (desk().await, TempDir::new().unwrap());
    let post = post(&desk, Postman::folder(folder.path()));
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    deliver_all(&post).await;
    assert_eq!(letters(folder.path()).len(), 1, "that to the loket");
}

#[tokio::test]
async fn what_fails_for_now_is_tried_later_and_later() {
    let (desk, room) = (desk().await, TempDir::new().unwrap());
    let folder = room.path().join("post");
    std::fs::write(&folder, "a file where a folder should be").unwrap();
    let post = post(&desk, Postman::folder(&folder));
    desk.question("Mijn zoon slaapt niet").create().await;
    assert!(post.deliver_one().await.expect("a database"));
    for wait in [1, 5, 15, 60] {
        desk.later(minutes(wait) - jiff::SignedDuration::from_secs(1));
        assert!(
            !post.deliver_one().await.expect("a database"),
            "{wait}: too soon"
        );
        desk.later(jiff::SignedDuration::from_secs(1));
        assert!(post.deliver_one().await.expect("a database"), "{wait}");
    }
    std::fs::remove_file(&folder).unwrap();
    desk.later(minutes(3 * 60));
    deliver_all(&post).await;
    assert_eq!(letters(&folder).len(), 1);
    assert_eq!(problems(&desk).await, []);
}

#[tokio::test]
async fn after_three_days_it_is_given_up_and_staff_see_it() {
    let (desk, room) = (desk().await, TempDir::new().unwrap());
    let folder = room.path().join("post");
    std::fs::write(&folder, "a file where a folder should be").unwrap();
    let post = post(&desk, Postman::folder(&folder));
    desk.question("Mijn zoon slaapt niet").create().await;
    let mut attempts = 0;
    while desk.now() < noon() + minutes(4 * 24 * 60) {
        attempts += i64::from(post.deliver_one().await.expect("a database"));
        desk.later(minutes(1));
    }
    assert_eq!(attempts, 17);
    let problems = problems(&desk).await;
    assert_eq!(problems.len(), 1);
    assert!(
        !problems[0].1.contains(room.path().to_str().unwrap()),
        "{problems:?}"
    );
}

#[tokio::test]
async fn a_mailbox_that_is_not_there_is_given_up_at_once() {
    let (desk, server) = (desk().await, MailServer::start(Manner::Ask));
    let post = post(&desk, server.postman());
    desk.question("Mijn zoon slaapt niet").create().await;
    server.refuse("550 5.1.1 loket@example.org is unknown");
    deliver_all(&post).await;
    let refused = [(MailKind::NewQuestion, "SMTP 550, permanent".to_owned())];
    assert_eq!(problems(&desk).await, refused, "without the address");
    desk.later(minutes(24 * 60));
    assert!(!post.deliver_one().await.expect("a database"));
}

#[tokio::test]
async fn one_mail_that_fails_does_not_hold_up_the_next() {
    let (desk, server) = (desk().await, MailServer::start(Manner::Ask));
    let post = post(&desk, server.postman());
    desk.question("Mijn zoon slaapt niet").create().await;
    desk.later(minutes(1));
    desk.question("Mijn dochter eet niet").create().await;
    server.refuse("451 4.3.0 later");
    server.acknowledge();
    deliver_all(&post).await;
    assert_eq!(server.heard.try_iter().count(), 1);
    desk.later(minutes(1));
    server.acknowledge();
    deliver_all(&post).await;
    assert_eq!(server.heard.try_iter().count(), 1);
    assert_eq!(problems(&desk).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_dies_leaves_its_mail_to_another_with_the_same_id() {
    let (desk, server) = (desk().await, MailServer::start(Manner::Ask));
    desk.question("Mijn zoon slaapt niet").create().await;
    let first = post(&desk, server.postman());
    let dying = tokio::spawn(async move { first.deliver_one().await });
    let letter = server.heard.recv().unwrap();
    // The server has the letter, the worker does not know, and never will.
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    server.acknowledge();

    let second = post(&desk, server.postman());
    desk.later(minutes(5));
    assert!(
        !second.deliver_one().await.expect("a database"),
        "it may live"
    );
    desk.later(jiff::SignedDuration::from_micros(1));
    server.acknowledge();
    assert!(second.deliver_one().await.expect("a database"));
    let again = server.heard.recv().unwrap();
    assert_eq!(message_id(&letter), message_id(&again));
    desk.later(minutes(24 * 60));
    assert!(!second.deliver_one().await.expect("a database"));
}

#[tokio::test]
async fn what_is_erased_before_it_is_sent_is_not_sent() {
    let (desk, folder) = (desk().await, TempDir::new().unwrap());
    let post = post(&desk, Postman::folder(folder.path()));
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.erase(&asked.code).await;
    deliver_all(&post).await;
    assert!(letters(folder.path()).is_empty());
}

#[tokio::test]
async fn a_loket_that_is_away_for_a_while_still_gets_its_mail() {
    let (desk, folder) = (desk().await, TempDir::new().unwrap());
    let mut without = small_library();
    without.insert("loketten/tubbergen.toml", "naam = [half");
    let shelf = Arc::new(Shelf::new(snapshot(&without), Vec::new()));
    let post = post_of(&desk, &shelf, Postman::folder(folder.path()));
    desk.question("Mijn zoon slaapt niet").create().await;
    deliver_all(&post).await;
    assert_eq!(problems(&desk).await, []);
    shelf.put(snapshot(&small_library()), Vec::new());
    desk.later(minutes(1));
    deliver_all(&post).await;
    assert_eq!(letters(folder.path()).len(), 1);
}

//! Words are sealed, and what is erased is gone.

use std::sync::Arc;

use loes::store::Added;

use super::desk::{Desk, form, minutes};

/// A question in which everything that people can say has been said.
async fn full(desk: &Desk) -> super::desk::Posed {
    let anna = desk.staff("anna").await;
    let asked = desk
        .question("Mijn kanarie slaapt niet, kanarie-één")
        .named("Kanarie-twee")
        .by_phone("06 12345678", "na kanarie-drie uur")
        .create()
        .await;
    desk.note(&anna, asked.id, "notitie kanarie-vier").await;
    desk.draft(&anna, asked.id, "concept kanarie-vijf").await;
    desk.answered(&anna, asked.id, "antwoord kanarie-zes").await;
    desk.draft(&anna, asked.id, "concept kanarie-zeven").await;
    let thread = desk.thread(&asked.code).await;
    desk.ask_on(&thread, &form(), "nog een kanarie-acht").await;
    let read = desk.thread(&asked.code).await.question;
    let (to, now) = (super::desk::slug("hardenberg"), desk.now());
    let mut tx = desk.store.write().await.expect("a change");
    tx.offer(&anna, &read, &to, "aanbod kanarie-negen", now)
        .await
        .expect("offered");
    tx.commit().await.expect("committed");
    let read = desk.thread(&asked.code).await.question;
    let mut tx = desk.store.write().await.expect("a change");
    // A hold that is over: what was said for it is still there.
    tx.hold(&anna, &read, now - minutes(1), "bewaard kanarie-tien", now)
        .await
        .expect("held");
    tx.commit().await.expect("committed");
    let mail = desk
        .question("Vraag per kanarie")
        .by_mail("kanarie@voorbeeld.nl");
    mail.create().await;
    asked
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

pub(crate) async fn words_of_people_stand_nowhere_in_the_clear(desk: Desk) {
    let asked = full(&desk).await;
    let code = asked.code.to_text();
    let plain = code.replace('-', "");
    let mut bytes = desk.all_texts().await.join("\n").into_bytes();
    bytes.extend(desk.place.bytes());
    assert!(holds(&bytes, "tubbergen"), "this looks in the right place");
    for word in ["kanarie", "612345678", &code, &plain] {
        assert!(!holds(&bytes, word), "{word}");
    }
    // All the same they can be read by whom they are for.
    let thread = desk.thread(&asked.code).await;
    assert!(format!("{thread:?}").contains("kanarie-acht"));
}

pub(crate) async fn what_is_erased_is_gone_but_for_counts_and_the_log(desk: Desk) {
    let asked = full(&desk).await;
    let id = asked.id;
    let sealed_texts = [
        format!("SELECT key FROM question WHERE id = '{id}'"),
        format!("SELECT contact FROM question WHERE id = '{id}'"),
        format!("SELECT text FROM message WHERE question = '{id}'"),
        format!("SELECT text FROM note WHERE question = '{id}'"),
        format!("SELECT text FROM draft WHERE question = '{id}'"),
        format!("SELECT reason FROM offer WHERE question = '{id}'"),
        format!("SELECT reason FROM hold WHERE question = '{id}'"),
    ];
    let mut sealed = Vec::new();
    for sql in sealed_texts {
        let texts = desk.texts(&sql).await;
        assert!(!texts.is_empty(), "{sql}");
        sealed.extend(texts);
    }
    let on_disk = |sealed: &[String]| {
        let bytes = desk.place.bytes();
        // A long text lies on more than one page; its first part is whole.
        let found = sealed
            .iter()
            .filter(|text| holds(&bytes, text.get(..60).expect("ASCII")));
        found.count()
    };
    if desk.place.is_sqlite() {
        assert_eq!(
            on_disk(&sealed),
            sealed.len(),
            "this looks in the right place"
        );
    }

    desk.erase(&asked.code).await;

    assert_eq!(
        desk.store.thread_by_code(&asked.code).await.expect("read"),
        None
    );
    for (table, left) in [
        ("question", 1),
        ("message", 1),
        ("note", 0),
        ("draft", 0),
        ("offer", 0),
        ("hold", 0),
        ("outbox", 1),
    ] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(
            desk.number(&sql).await,
            left,
            "{table}: that of the other question"
        );
    }
    let texts = desk.all_texts().await;
    assert!(texts.iter().all(|text| !sealed.contains(text)));
    let erased = "SELECT n FROM counter WHERE what = 'gewist' AND value = 'ouder'";
    assert_eq!(desk.number(erased).await, 1);
    let log = format!("SELECT COUNT(*) FROM audit WHERE question = '{id}'");
    assert!(desk.number(&log).await > 0);
    assert_eq!(desk.store.verify_audit().await.expect("read"), []);
    assert_eq!(on_disk(&sealed), 0, "in no file, the WAL neither");
}

pub(crate) async fn erasing_twice_counts_once(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let thread = desk.thread(&asked.code).await;
    for _ in 0..2 {
        let mut tx = desk.store.write().await.expect("a change");
        tx.erase(&thread.question, "ouder", desk.now())
            .await
            .expect("erased");
        tx.commit().await.expect("committed");
    }
    let erased = "SELECT n FROM counter WHERE what = 'gewist'";
    assert_eq!(desk.number(erased).await, 1);
}

pub(crate) async fn what_is_erased_is_not_asked_again_by_its_form(desk: Desk) {
    let underway = desk.question("Mijn zoon slaapt niet");
    let asked = underway.clone().create().await;
    desk.erase(&asked.code).await;
    desk.later(minutes(60));
    assert_eq!(underway.try_ask().await.expect("an answer"), Added::Erased);
    for table in ["question", "message", "outbox"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(desk.number(&sql).await, 0, "{table}");
    }
    // What is kept to know it by goes when the form can come no more.
    let known = "SELECT COUNT(*) FROM erasure WHERE lookup IS NOT NULL";
    assert_eq!(desk.number(known).await, 1);
    desk.later(minutes(48 * 60));
    let other = desk.question("Mijn dochter eet niet").create().await;
    desk.erase(&other.code).await;
    assert_eq!(desk.number(known).await, 1, "that of the other");
}

pub(crate) async fn who_asks_again_while_it_is_erased_brings_nothing_back(desk: Desk) {
    let desk = Arc::new(desk);
    for _ in 0..25 {
        let asked = desk.question("Mijn zoon slaapt niet").create().await;
        let again = [(); 3].map(|()| {
            let (desk, code) = (Arc::clone(&desk), asked.code.clone());
            tokio::spawn(async move {
                let underway = desk.question("Mijn zoon slaapt niet").with_code(&code);
                underway.try_ask().await.expect("an answer")
            })
        });
        desk.erase(&asked.code).await;
        for task in again {
            let added = task.await.expect("a task");
            assert!(matches!(added, Added::Same(_) | Added::Erased), "{added:?}");
        }
        assert_eq!(desk.number("SELECT COUNT(*) FROM question").await, 0);
    }
    assert_eq!(desk.number("SELECT COUNT(*) FROM erasure").await, 25);
}

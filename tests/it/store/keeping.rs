//! Keeping and letting go: backups, new keys, terms, and figures.

use std::sync::Arc;

use loes::domain::{QuestionId, QuestionState};
use loes::store::BackupError;

use super::Place;
use super::desk::{Desk, minutes, slug};

async fn backup(desk: &Desk) -> Vec<u8> {
    let mut file = Vec::new();
    let written = desk.store.dump(&mut file, desk.now()).await;
    assert!(written.expect("a backup") > 0);
    file
}

/// A desk on the other engine, with the same keys; on the same one when there is no PostgreSQL.
async fn other(desk: &Desk) -> Desk {
    let place = if desk.place.is_sqlite() {
        Place::postgres().await
    } else {
        None
    };
    let place = place.unwrap_or_else(Place::sqlite);
    let store = Desk::open_at(&place, &desk.keys).await.expect("a store");
    Desk {
        place,
        ..Desk::over(store, Arc::clone(&desk.keys))
    }
}

pub(crate) async fn a_backup_is_put_back_on_either_engine(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk
        .question("Mijn zoon slaapt niet")
        .by_mail("els@voorbeeld.nl")
        .create()
        .await;
    desk.note(&anna, asked.id, "gebeld").await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    let mut tx = desk.store.write().await.expect("a change");
    let read = desk.thread(&asked.code).await.question;
    let until = desk.now() + minutes(60);
    tx.hold(&anna, &read, until, "een klacht", desk.now())
        .await
        .expect("held");
    tx.commit().await.expect("committed");
    let mut tx = desk.store.write().await.expect("a change");
    let read = desk.thread(&asked.code).await.question;
    tx.offer(&anna, &read, &slug("hardenberg"), "woont daar", desk.now())
        .await
        .expect("offered");
    tx.commit().await.expect("committed");
    let phrases = async |desk: &Desk| desk.store.phrases(&anna.loket).await.expect("read");
    desk.phrase(&anna, "form", "Bel ons").await;
    let file = backup(&desk).await;

    let there = other(&desk).await;
    there.question("Stond hier al").create().await;
    let put_back = there.store.load(file.as_slice(), &[]).await;
    assert!(put_back.expect("put back") > 0);
    assert_eq!(
        there.thread(&asked.code).await,
        desk.thread(&asked.code).await
    );
    assert_eq!(phrases(&there).await, phrases(&desk).await);
    assert_eq!(there.number("SELECT COUNT(*) FROM question").await, 1);
    assert_eq!(there.store.verify_audit().await.expect("read"), []);
    let entry = there.entry(&anna, asked.id).await;
    assert_eq!(entry.notes.len(), 1);
    assert_eq!(entry.hold.expect("a hold").reason, "een klacht");
    assert_eq!(entry.offer.expect("an offer").reason, "woont daar");
    // The log goes on where the backup ends.
    assert_eq!(there.store.verify_audit().await.expect("read"), []);
}

pub(crate) async fn a_backup_that_is_not_whole_changes_nothing(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let file = backup(&desk).await;
    desk.question("Mijn dochter eet niet").create().await;
    for most in [0, file.len() / 2, file.len() - 2] {
        let refused = desk.store.load(&file[..most], &[]).await;
        assert!(
            matches!(refused, Err(BackupError::NotWhole(_))),
            "{refused:?}"
        );
        assert_eq!(desk.number("SELECT COUNT(*) FROM question").await, 2);
    }
    assert_eq!(desk.thread(&asked.code).await.messages.len(), 1);
}

pub(crate) async fn what_was_erased_stays_erased_when_a_backup_is_put_back(desk: Desk) {
    let kept = desk.question("Mijn zoon slaapt niet").create().await;
    let erased = desk.question("Mijn dochter eet niet").create().await;
    let elsewhere = desk.question("Mijn peuter bijt").create().await;
    let file = backup(&desk).await;
    desk.erase(&erased.code).await;
    assert_eq!(desk.store.erased().await.expect("read"), [erased.id]);
    let put_back = desk.store.load(file.as_slice(), &[elsewhere.id]).await;
    put_back.expect("put back");
    for (code, there) in [
        (&kept.code, true),
        (&erased.code, false),
        (&elsewhere.code, false),
    ] {
        let found = desk.store.thread_by_code(code).await.expect("read");
        assert_eq!(found.is_some(), there);
    }
}

pub(crate) async fn new_keys_take_over_from_old_ones(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let renewed = Arc::new(desk.keys.rotated(&*desk.random));
    let store = desk.open_again(&renewed).await.expect("a store");
    assert_eq!(
        store.rewrap().await.expect("wrapped"),
        2,
        "a question and an account"
    );
    assert_eq!(store.rewrap().await.expect("wrapped"), 0);
    store.close().await;
    let bare = Arc::new(renewed.without_old());
    let store = desk.open_again(&bare).await.expect("without the old key");
    let thread = store.thread_by_code(&asked.code).await.expect("read");
    assert_eq!(thread.expect("a thread").messages.len(), 1);
    let credentials = store.credentials(&anna.mail).await.expect("read");
    assert!(credentials.expect("an account").totp.is_some());
}

pub(crate) async fn what_is_silent_is_closed_and_what_is_over_is_found(desk: Desk) {
    let anna = desk.staff("anna").await;
    let loket = slug("tubbergen");
    let day = minutes(24 * 60);
    let open = desk.question("open").create().await.id;
    let silent = desk.question("stil").create().await;
    desk.question("elders")
        .for_loket("hardenberg")
        .create()
        .await;
    desk.answered(&anna, silent.id, "Een ritme").await;
    desk.later(day * 30);
    let recent = desk.question("net beantwoord").create().await;
    desk.answered(&anna, recent.id, "Samen eten").await;
    let closed_at = desk.later(minutes(1));

    let mut tx = desk.store.write().await.expect("a change");
    let closed = tx
        .close_silent(&loket, closed_at - day * 30, closed_at)
        .await;
    assert_eq!(closed.expect("closed"), 1);
    tx.commit().await.expect("committed");
    let state = async |code| desk.thread(code).await.question.progress.state();
    assert_eq!(state(&silent.code).await, QuestionState::Closed);
    assert_eq!(state(&recent.code).await, QuestionState::Answered);

    let expired = async |closed, forgotten| -> Vec<QuestionId> {
        let found = desk
            .store
            .expired(&loket, closed, forgotten, desk.now())
            .await;
        found.expect("read").iter().map(|one| one.id).collect()
    };
    let never = crate::store::noon() - day;
    assert_eq!(expired(closed_at, never).await, []);
    let after = closed_at + minutes(1);
    assert_eq!(expired(after, never).await, [silent.id]);
    assert_eq!(expired(never, crate::store::noon() + day * 3).await, [open]);
}

pub(crate) async fn figures_tell_how_many_and_how_long(desk: Desk) {
    let anna = desk.staff("anna").await;
    let figures = async || {
        let figures = desk.store.figures(desk.now()).await.expect("figures");
        let of = |loket, state| figures.questions_of(&slug(loket), state);
        // Whole numbers, compared as text.
        [
            of("tubbergen", QuestionState::Open),
            of("tubbergen", QuestionState::Answered),
            of("hardenberg", QuestionState::Open),
            figures.waiting,
            figures.oldest_seconds,
            figures.refused,
        ]
        .map(|figure| figure.to_string())
    };
    assert_eq!(figures().await, ["0"; 6]);
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.later(minutes(1));
    desk.question("Mijn dochter eet niet").create().await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    assert_eq!(figures().await, ["1", "1", "0", "2", "60", "0"]);
}

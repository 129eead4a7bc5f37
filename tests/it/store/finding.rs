//! Finding questions by what is in them.

use loes::domain::{QuestionId, Role, Staff};
use loes::store::{Found, Wanted};

use super::desk::{Desk, QuestionUnderway, minutes};

async fn find(desk: &Desk, staff: &Staff, words: &str) -> Found {
    let wanted = Wanted::parse(words).expect("words");
    let found = desk.store.find(staff, &wanted, "192.0.2.1", desk.now());
    found.await.expect("an answer")
}

/// Asks a minute after the one before: what comes later is newer.
async fn later(desk: &Desk, question: QuestionUnderway<'_>) -> QuestionId {
    desk.later(minutes(1));
    question.create().await.id
}

async fn ids(desk: &Desk, staff: &Staff, words: &str) -> Vec<QuestionId> {
    let found = find(desk, staff, words).await;
    found.listed.iter().map(|one| one.question.id).collect()
}

pub(crate) async fn words_names_and_numbers_are_found_in_the_own_loket_alone(desk: Desk) {
    let anna = desk.staff("anna").await;
    let named = later(&desk, desk.question("Hij slaapt niet").named("Zoë")).await;
    let mailed = desk.question("Zij eet niet").by_mail("els@voorbeeld.nl");
    let mailed = later(&desk, mailed).await;
    let called = desk
        .question("Zij bijt")
        .by_phone("06-12345678", "na zes uur");
    let called = later(&desk, called).await;
    let noted = later(&desk, desk.question("Hij huilt")).await;
    desk.note(&anna, noted, "Zij belde over de crèche").await;
    desk.answered(&anna, mailed, "Kom langs op het spreekuur")
        .await;
    desk.close(&anna, named).await;
    later(
        &desk,
        desk.question("Hij slaapt niet").for_loket("hardenberg"),
    )
    .await;
    for (words, wanted) in [
        ("slaapt", named),
        ("ZOE", named),
        ("els@voorbeeld.nl", mailed),
        ("spreekuur", mailed),
        ("0612345678", called),
        ("zes uur", called),
        ("creche belde", noted),
    ] {
        assert_eq!(ids(&desk, &anna, words).await, [wanted], "{words}");
    }
    let all = [noted, called, mailed, named];
    assert_eq!(ids(&desk, &anna, "ij").await, all, "the closed one last");
    assert_eq!(ids(&desk, &anna, "kanarie").await, []);
}

pub(crate) async fn what_is_found_is_logged_as_one_line(desk: Desk) {
    let anna = desk.staff("anna").await;
    let one = later(&desk, desk.question("kanarie een")).await;
    let two = later(&desk, desk.question("kanarie twee")).await;
    find(&desk, &anna, "kanarie").await;
    let rows = desk.store.audit(&anna.loket, 10).await.expect("the log");
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].action.as_str(), rows[0].result.as_str()),
        ("gezocht", "gelukt")
    );
    assert_eq!(rows[0].question, format!("{two} {one}"));
    let kept = desk.all_texts().await;
    assert!(
        kept.iter().all(|text| !text.contains("kanarie")),
        "no word is kept"
    );
}

pub(crate) async fn who_does_not_answer_finds_nothing(desk: Desk) {
    desk.question("kanarie").create().await;
    for role in [Role::Raad, Role::Redacteur, Role::Partner] {
        let staff = desk.member(role.slug(), role, "tubbergen").await;
        assert_eq!(find(&desk, &staff, "kanarie").await, Found::default());
        let rows = desk.store.audit(&staff.loket, 1).await.expect("the log");
        assert_eq!(rows[0].result, "geweigerd");
    }
}

pub(crate) async fn more_than_are_shown_are_told_of(desk: Desk) {
    let anna = desk.staff("anna").await;
    for number in 0..51 {
        desk.question(&format!("kanarie {number}")).create().await;
    }
    let found = find(&desk, &anna, "kanarie").await;
    assert_eq!(
        (found.listed.len(), found.more, found.looked_at),
        (50, true, None)
    );
    assert_eq!(find(&desk, &anna, "kanarie 50").await.listed.len(), 1);
}

//! Texts that colleagues use often.

use std::sync::Arc;

use loes::domain::phrase::Wording;
use loes::domain::{PhraseId, Staff};
use loes::store::AddedPhrase;

use super::desk::{Desk, form};

impl Desk {
    pub(crate) async fn phrase(&self, staff: &Staff, form: &str, title: &str) -> AddedPhrase {
        let wording = Wording::parse(title, "Bel ons morgen.").expect("right");
        let mut tx = self.store.write().await.expect("a change");
        let added = tx.add_phrase(staff, form, &wording, self.now()).await;
        tx.commit().await.expect("committed");
        added.expect("an answer")
    }

    async fn titles(&self, staff: &Staff) -> Vec<String> {
        let phrases = self.store.phrases(&staff.loket).await.expect("read");
        let title = |one: &loes::domain::phrase::Phrase| one.wording.title().to_owned();
        phrases.iter().map(title).collect()
    }
}

pub(crate) async fn a_loket_has_its_own_and_fifty_at_most(desk: Desk) {
    let anna = desk.staff("anna").await;
    let role = loes::domain::Role::Medewerker;
    let bert = desk.member("bert", role, "hardenberg").await;
    for (form, title) in [
        ("een", "Óns nummer"),
        ("twee", "bellen"),
        ("een", "Nog eens"),
    ] {
        assert_eq!(desk.phrase(&anna, form, title).await, AddedPhrase::Kept);
    }
    assert_eq!(
        desk.titles(&anna).await,
        ["bellen", "Óns nummer"],
        "by title, once"
    );
    assert!(desk.titles(&bert).await.is_empty());
    for _ in 2..50 {
        assert_eq!(desk.phrase(&anna, &form(), "meer").await, AddedPhrase::Kept);
    }
    assert_eq!(
        desk.phrase(&anna, &form(), "te veel").await,
        AddedPhrase::Full
    );
    assert_eq!(desk.titles(&anna).await.len(), 50);
    assert_eq!(
        desk.phrase(&bert, &form(), "van ons").await,
        AddedPhrase::Kept
    );
}

pub(crate) async fn the_second_of_two_changes_is_refused(desk: Desk) {
    let anna = desk.staff("anna").await;
    let role = loes::domain::Role::Beheerder;
    let bert = desk.member("bert", role, "hardenberg").await;
    desk.phrase(&anna, "een", "Bellen").await;
    let id = desk.store.phrases(&anna.loket).await.expect("read")[0].id;
    let change = async |staff: &Staff, version: i64, title: &str| {
        let wording = Wording::parse(title, "tekst").expect("right");
        let mut tx = desk.store.write().await.expect("a change");
        let changed = tx.change_phrase(staff, id, version, &wording).await;
        tx.commit().await.expect("committed");
        changed.expect("an answer")
    };
    let remove = async |staff: &Staff, id: PhraseId, version: i64| {
        let mut tx = desk.store.write().await.expect("a change");
        let removed = tx.remove_phrase(staff, id, version).await;
        tx.commit().await.expect("committed");
        removed.expect("an answer")
    };
    assert!(!change(&bert, 0, "van een ander loket").await);
    let (one, two) = tokio::join!(change(&anna, 0, "een"), change(&anna, 0, "twee"));
    assert!(one != two, "one of them");
    assert!(!remove(&anna, id, 0).await, "it was changed");
    assert!(!remove(&bert, id, 1).await, "not hers");
    assert!(remove(&anna, id, 1).await);
    assert!(desk.titles(&anna).await.is_empty());
}

pub(crate) async fn phrases_are_sealed_and_sealed_anew(desk: Desk) {
    let anna = desk.staff("anna").await;
    desk.phrase(&anna, "een", "kanarie").await;
    let texts = desk.all_texts().await;
    assert!(
        texts
            .iter()
            .all(|text| !text.contains("kanarie") && !text.contains("morgen"))
    );
    let renewed = Arc::new(desk.keys.rotated(&*desk.random));
    let store = desk.open_again(&renewed).await.expect("a store");
    assert!(store.rewrap().await.expect("wrapped") >= 1);
    store.close().await;
    let alone = Arc::new(renewed.without_old());
    let store = desk.open_again(&alone).await.expect("a store");
    let phrases = store.phrases(&anna.loket).await.expect("read");
    assert_eq!(phrases[0].wording.title(), "kanarie");
}

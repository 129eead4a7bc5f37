//! Backups: whole or refused, back as they were, and what was erased stays erased.

use loes::domain::Role;
use loes::jobs::ledger;
use loes::store::{BackupError, Store};
use tempfile::TempDir;

use crate::house::{CANARY, House};

async fn dumped(store: &Store, house: &House) -> Vec<u8> {
    let mut file = Vec::new();
    store.dump(&mut file, house.now()).await.expect("a backup");
    file
}

#[actix_web::test]
async fn a_backup_brings_everything_back_but_what_was_erased_since() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let (_, kept) = house.question("tubbergen", CANARY).await;
    let (gone, withdrawn) = house.question("tubbergen", "Hij slaapt niet").await;
    house
        .signed_in(&anna)
        .await
        .get(&format!("/loket-werk/vraag/{gone}"))
        .await;
    let file = dumped(&house.store, &house).await;
    assert!(!String::from_utf8_lossy(&file).contains(CANARY), "sealed");
    let thread = house
        .store
        .thread_by_code(&withdrawn)
        .await
        .unwrap()
        .unwrap();
    let mut tx = house.store.write().await.unwrap();
    tx.erase(&thread.question, "ingetrokken", house.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (_, later) = house.question("tubbergen", "Na de reservekopie").await;

    house
        .store
        .load(file.as_slice(), &[])
        .await
        .expect("put back");
    let thread = house
        .store
        .thread_by_code(&kept)
        .await
        .unwrap()
        .expect("back");
    assert_eq!(thread.messages[0].text, CANARY);
    assert!(
        house
            .store
            .thread_by_code(&withdrawn)
            .await
            .unwrap()
            .is_none(),
        "still erased"
    );
    assert!(
        house.store.thread_by_code(&later).await.unwrap().is_none(),
        "came after the backup"
    );
    assert!(house.store.verify_audit().await.unwrap().is_empty());
    assert_eq!(house.store.all_staff().await.unwrap().len(), 1);
    // Put back twice, it is the same.
    let again = dumped(&house.store, &house).await;
    house
        .store
        .load(again.as_slice(), &[])
        .await
        .expect("put back");
    assert_eq!(dumped(&house.store, &house).await, again);
}

#[actix_web::test]
async fn on_another_server_the_ledger_tells_what_was_erased() {
    let house = House::new().await;
    let (_, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let file = dumped(&house.store, &house).await;
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    let mut tx = house.store.write().await.unwrap();
    tx.erase(&thread.question, "ingetrokken", house.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let folder = TempDir::new().unwrap();
    assert_eq!(
        ledger::write(&house.store, folder.path(), usize::MAX)
            .await
            .unwrap(),
        1
    );
    let text = std::fs::read_to_string(folder.path().join(ledger::FILE)).unwrap();
    assert_eq!(text.trim(), thread.question.id.to_string());

    let other = house.empty_store().await;
    other
        .load(file.as_slice(), &[thread.question.id])
        .await
        .expect("put back");
    assert!(other.thread_by_code(&code).await.unwrap().is_none());
}

#[actix_web::test]
async fn what_is_no_whole_backup_of_these_keys_changes_nothing() {
    let house = House::new().await;
    let (_, code) = house.question("tubbergen", CANARY).await;
    let whole = String::from_utf8(dumped(&house.store, &house).await).unwrap();
    let without_end = whole.lines().take(3).collect::<Vec<_>>().join("\n");
    let without_row = whole
        .lines()
        .filter(|line| !line.contains("\"message\""))
        .collect::<Vec<_>>()
        .join("\n");
    let strange = whole.replace("\"tabel\":\"message\"", "\"tabel\":\"sqlite_master\"");
    let column = whole.replace("\"lookup\":", "\"lookup) VALUES (1);--\":");
    for bad in ["", "{}", &without_end, &without_row, &strange, &column] {
        let refused = house.store.load(bad.as_bytes(), &[]).await;
        assert!(
            matches!(refused, Err(BackupError::NotWhole(_))),
            "{refused:?}"
        );
    }
    let elsewhere = House::with_seed(8).await;
    elsewhere.question("tubbergen", "Elders").await;
    let other = dumped(&elsewhere.store, &elsewhere).await;
    let refused = house.store.load(other.as_slice(), &[]).await;
    assert!(
        matches!(refused, Err(BackupError::OtherKeys)),
        "{refused:?}"
    );
    assert!(
        house.store.thread_by_code(&code).await.unwrap().is_some(),
        "all is as it was"
    );
}

//! Opening: with the right keys, on the right database, as often as it is asked for.

use std::sync::Arc;

use loes::config::DatabaseUrl;
use loes::random::SeededRandom;
use loes::secrets::Keys;
use loes::store::{Store, StoreError};

use super::Place;
use super::desk::Desk;

fn other_keys(seed: u64) -> Arc<Keys> {
    Arc::new(Keys::generate(&SeededRandom::new(seed)))
}

pub(crate) async fn what_is_kept_is_there_when_it_is_opened_again(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.store.close().await;
    assert!(
        desk.store
            .write()
            .await
            .is_err_and(|error| error.is_passing())
    );
    let again = desk.open_again(&desk.keys).await.expect("a store");
    again.ping().await.expect("an answer");
    let thread = again.thread_by_code(&asked.code).await.expect("read");
    assert_eq!(thread.expect("a thread").question.id, asked.id);
}

pub(crate) async fn other_keys_are_refused(desk: Desk) {
    desk.question("Mijn zoon slaapt niet").create().await;
    let refused = desk.open_again(&other_keys(1)).await.expect_err("refused");
    assert!(matches!(refused, StoreError::WrongKeys), "{refused:?}");
    assert!(!refused.is_passing());
}

/// Opens a database that is new with each of `keys` at once.
async fn open_at_once(desk: &Desk, keys: Vec<Arc<Keys>>) -> Vec<Result<Store, StoreError>> {
    let place = if desk.place.is_sqlite() {
        Place::sqlite()
    } else {
        Place::postgres().await.expect("a server")
    };
    let tasks: Vec<_> = keys
        .into_iter()
        .map(|keys| {
            let (url, random) = (place.url(), Arc::clone(&desk.random));
            tokio::spawn(async move { Store::open(&url, keys, random).await })
        })
        .collect();
    let mut opened = Vec::new();
    for task in tasks {
        opened.push(task.await.expect("a task"));
    }
    opened
}

pub(crate) async fn of_two_that_open_a_new_database_with_their_own_keys_one_is_refused(desk: Desk) {
    for round in 0..5 {
        let keys = vec![other_keys(round), other_keys(round + 100)];
        let opened = open_at_once(&desk, keys).await;
        let refused: Vec<_> = opened.iter().filter_map(|one| one.as_ref().err()).collect();
        assert_eq!(refused.len(), 1, "{opened:?}");
        assert!(matches!(refused[0], StoreError::WrongKeys), "{refused:?}");
    }
}

pub(crate) async fn many_open_a_new_database_at_once(desk: Desk) {
    for _ in 0..5 {
        let opened = open_at_once(&desk, vec![Arc::clone(&desk.keys); 4]).await;
        assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    }
}

pub(crate) async fn a_database_of_a_newer_program_is_refused(desk: Desk) {
    desk.run(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 9999, 'later', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
    )
    .await;
    let refused = desk.open_again(&desk.keys).await.expect_err("refused");
    assert!(matches!(refused, StoreError::Newer(9999)), "{refused:?}");
}

pub(crate) async fn renewed_keys_still_open_what_is_kept(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let renewed = Arc::new(desk.keys.rotated(&*desk.random));
    let again = desk.open_again(&renewed).await.expect("a store");
    let thread = again.thread_by_code(&asked.code).await.expect("read");
    assert_eq!(thread.expect("a thread").messages.len(), 1);
    let bare = Arc::new(renewed.without_old());
    assert!(desk.open_again(&bare).await.is_err());
}

#[tokio::test]
async fn a_folder_may_have_any_name() {
    let place = tempfile::TempDir::new().expect("a folder");
    for name in ["met spatie", "100%25 zéker?", "a#b", "a?mode=ro"] {
        let url = DatabaseUrl::Sqlite(place.path().join(name).join("loes.db"));
        assert!(!Store::exists(&url));
        let store = Store::open(&url, other_keys(1), Arc::new(SeededRandom::new(1))).await;
        store.expect(name).close().await;
        assert!(Store::exists(&url), "{name}");
    }
}

#[tokio::test]
async fn a_postgresql_that_sorts_in_another_way_is_refused() {
    // Its collation is called C all the same.
    let dutch = "LOCALE_PROVIDER icu ICU_LOCALE 'nl-NL' LC_COLLATE 'C' LC_CTYPE 'C'";
    let Some(place) = Place::postgres_with(dutch).await else {
        return;
    };
    let opened = Store::open(&place.url(), other_keys(1), Arc::new(SeededRandom::new(1))).await;
    let refused = opened.expect_err("refused");
    assert!(matches!(refused, StoreError::Collation(_)), "{refused:?}");
}

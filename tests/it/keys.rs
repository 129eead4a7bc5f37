//! Keys: a new sealing key takes the place of the old, and nothing is lost.

use std::sync::Arc;

use loes::domain::Role;
use loes::random::{Random, SeededRandom};
use loes::store::{Store, StoreError};

use crate::house::{CANARY, House};

#[actix_web::test]
async fn after_a_rotation_the_new_key_opens_everything_and_the_old_nothing() {
    let house = House::new().await;
    house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let (_, code) = house.question("tubbergen", CANARY).await;
    let url = house.url();
    let random: Arc<dyn Random> = Arc::new(SeededRandom::new(11));
    let old = house.store.keys().clone();
    let both = Arc::new(old.rotated(&*random));
    let store = Store::open(&url, Arc::clone(&both), Arc::clone(&random))
        .await
        .unwrap();
    assert_eq!(store.rewrap().await.unwrap(), 1);
    assert_eq!(store.rewrap().await.unwrap(), 0, "once");
    let new = Arc::new(both.without_old());
    let store = Store::open(&url, new, Arc::clone(&random)).await.unwrap();
    let thread = store
        .thread_by_code(&code)
        .await
        .unwrap()
        .expect("the code still leads to it");
    assert_eq!(thread.messages[0].text, CANARY);
    let refused = Store::open(&url, Arc::new(old), random).await;
    assert!(matches!(refused, Err(StoreError::WrongKeys)), "{refused:?}");
}

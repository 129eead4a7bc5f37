//! What is kept long enough is erased.

use std::sync::Arc;

use jiff::SignedDuration;
use loes::clock::Clock;
use loes::domain::{QuestionId, Role};
use loes::jobs::{Retention, Shelf};
use loes::secrets::ReceiptCode;
use loes::store::Action;

use crate::house::House;
use crate::support::small_library;

impl House {
    pub(crate) fn retention(&self) -> Retention {
        let clock: Arc<dyn Clock> = self.clock.clone();
        let today = self.clock.now_here().date();
        let snapshot = loes::search::Snapshot::in_memory(&small_library(), today).unwrap();
        let texts = Arc::new(Shelf::new(snapshot, Vec::new()));
        Retention::new(Arc::new(self.store.clone()), texts, clock)
    }

    pub(crate) async fn is_kept(&self, code: &ReceiptCode) -> bool {
        self.store.thread_by_code(code).await.unwrap().is_some()
    }

    /// Answers a question, and closes it when `close`.
    async fn answered(&self, id: QuestionId, close: bool) {
        let anna = self
            .staff(&format!("Anna{id}"), Role::Medewerker, "tubbergen")
            .await;
        self.answer(&anna, id, "Bel ons.").await;
        if close {
            let now = self.now();
            let mut tx = self.store.write().await.unwrap();
            let entry = tx
                .entry(&anna, id, Action::Close, "", now)
                .await
                .unwrap()
                .unwrap();
            let question = &entry.thread.question;
            let closed = question.progress.close().unwrap();
            tx.set_progress(question, closed, question.due, now)
                .await
                .unwrap();
            tx.commit().await.unwrap();
        }
    }
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

#[actix_web::test]
async fn a_closed_question_is_kept_for_its_term_and_no_longer() {
    let house = House::new().await;
    let (id, code) = house.question("tubbergen", "Hij slaapt niet").await;
    house.answered(id, true).await;
    house.wait(days(89));
    assert_eq!(house.retention().round().await.unwrap(), 0);
    assert!(house.is_kept(&code).await);
    house.wait(days(2));
    assert_eq!(house.retention().round().await.unwrap(), 1);
    assert!(!house.is_kept(&code).await);
    assert!(
        house.store.verify_audit().await.unwrap().is_empty(),
        "the log stays whole"
    );
}

#[actix_web::test]
async fn an_answered_question_without_a_word_closes_and_one_that_is_forgotten_goes_after_a_year() {
    let house = House::new().await;
    let (silent, silent_code) = house.question("tubbergen", "Hij slaapt niet").await;
    let (_, open_code) = house.question("tubbergen", "Zij eet niet").await;
    house.answered(silent, false).await;
    house.wait(days(31));
    assert_eq!(house.retention().round().await.unwrap(), 0);
    let thread = house
        .store
        .thread_by_code(&silent_code)
        .await
        .unwrap()
        .unwrap();
    assert!(thread.question.closed.is_some(), "closed by itself");
    house.wait(days(91));
    assert_eq!(house.retention().round().await.unwrap(), 1);
    assert!(
        house.is_kept(&open_code).await,
        "nobody answered yet: it waits"
    );
    house.wait(days(260));
    assert_eq!(house.retention().round().await.unwrap(), 1);
    assert!(!house.is_kept(&open_code).await);
}

#[actix_web::test]
async fn who_writes_while_old_questions_are_being_erased_loses_nothing() {
    let house = House::new().await;
    let (_, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let read = house
        .store
        .thread_by_code(&code)
        .await
        .unwrap()
        .unwrap()
        .question;
    let now = house.now();
    let mut tx = house.store.write().await.unwrap();
    tx.ask_on(&read, "een formulier", "Nog iets", now, now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.store.write().await.unwrap();
    assert!(
        !tx.hold_unchanged(&read).await.unwrap(),
        "it changed since it was read"
    );
    tx.commit().await.unwrap();
    let again = house.store.thread_by_code(&code).await.unwrap().unwrap();
    let mut tx = house.store.write().await.unwrap();
    assert!(tx.hold_unchanged(&again.question).await.unwrap());
    tx.commit().await.unwrap();
}

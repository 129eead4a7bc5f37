//! What has to be kept is kept: until a day, and no longer.

use jiff::Timestamp;
use loes::domain::{Formal, QuestionState, Role, Staff};
use loes::store::{MailKind, StoreError, Withdrawal};

use super::desk::{Desk, Posed, form, minutes, slug};

const DAY: i64 = 24 * 60;

impl Desk {
    async fn hold(&self, staff: &Staff, asked: &Posed, until: Timestamp, why: &str) {
        let question = self.entry(staff, asked.id).await.thread.question;
        let mut tx = self.store.write().await.expect("a change");
        tx.hold(staff, &question, until, why, self.now())
            .await
            .expect("held");
        tx.commit().await.expect("committed");
    }

    async fn withdraw(&self, asked: &Posed) -> Withdrawal {
        let question = self.thread(&asked.code).await.question;
        let mut tx = self.store.write().await.expect("a change");
        let came = tx.withdraw(&question, self.now()).await.expect("withdrawn");
        tx.commit().await.expect("committed");
        came
    }

    /// How many questions of Tubbergen are to be erased now, whatever their term.
    async fn expired(&self, closed: Timestamp) -> usize {
        let never = crate::store::noon() - minutes(DAY);
        let found = self
            .store
            .expired(&slug("tubbergen"), closed, never, self.now())
            .await;
        found.expect("read").len()
    }
}

pub(crate) async fn nobody_erases_what_has_to_be_kept(desk: Desk) {
    let chef = desk.member("chef", Role::Beheerder, "tubbergen").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let until = desk.now() + minutes(10 * DAY);
    desk.hold(&chef, &asked, until, "Er loopt een klacht").await;
    let hold = desk.entry(&chef, asked.id).await.hold.expect("a hold");
    assert_eq!(
        (hold.until, hold.name.as_str(), hold.reason.as_str()),
        (until, "chef", "Er loopt een klacht")
    );
    desk.close(&chef, asked.id).await;
    let question = desk.thread(&asked.code).await.question;
    let mut tx = desk.store.write().await.expect("a change");
    let refused = tx.erase(&question, "op verzoek", desk.now()).await;
    assert!(matches!(refused, Err(StoreError::Held)), "{refused:?}");
    drop(tx);
    assert_eq!(desk.number("SELECT COUNT(*) FROM erasure").await, 0);
    desk.later(minutes(9 * DAY));
    assert_eq!(
        desk.expired(desk.now()).await,
        0,
        "its term is over, and still it is kept"
    );
    desk.later(minutes(DAY));
    assert_eq!(desk.expired(desk.now()).await, 0, "to the last moment");
    desk.later(minutes(1));
    assert_eq!(desk.expired(desk.now()).await, 1);
    assert_eq!(desk.entry(&chef, asked.id).await.hold, None);
    desk.erase(&asked.code).await;
    assert_eq!(desk.number("SELECT COUNT(*) FROM hold").await, 0);
}

pub(crate) async fn what_is_withdrawn_meanwhile_is_erased_when_it_may_be(desk: Desk) {
    let chef = desk.member("chef", Role::Beheerder, "tubbergen").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let until = desk.now() + minutes(10 * DAY);
    desk.hold(&chef, &asked, until, "Er loopt een klacht").await;
    let at = desk.later(minutes(1));
    assert_eq!(desk.withdraw(&asked).await, Withdrawal::Kept(until));
    desk.later(minutes(1));
    assert_eq!(
        desk.withdraw(&asked).await,
        Withdrawal::Kept(until),
        "again"
    );
    let question = desk.thread(&asked.code).await.question;
    assert_eq!((question.withdrawn, question.closed), (Some(at), Some(at)));
    assert_eq!(question.progress.state(), QuestionState::Closed);
    assert!(question.reopen().is_err(), "hers to open, not the loket's");
    let never = crate::store::noon() - minutes(DAY);
    assert_eq!(desk.expired(never).await, 0);
    // The hold is lifted: it goes now, whatever its term.
    let mut tx = desk.store.write().await.expect("a change");
    tx.lift_hold(&question).await.expect("lifted");
    tx.commit().await.expect("committed");
    assert_eq!(desk.expired(never).await, 1);
    assert_eq!(desk.withdraw(&asked).await, Withdrawal::Erased);
    assert_eq!(
        desk.withdraw_gone(&question).await,
        Withdrawal::Erased,
        "twice"
    );
    let counted = "SELECT n FROM counter WHERE what = 'gewist' AND value = 'ingetrokken'";
    assert_eq!(desk.number(counted).await, 1);
}

impl Desk {
    async fn withdraw_gone(&self, question: &loes::domain::Question) -> Withdrawal {
        let mut tx = self.store.write().await.expect("a change");
        let came = tx.withdraw(question, self.now()).await.expect("withdrawn");
        tx.commit().await.expect("committed");
        came
    }
}

pub(crate) async fn who_writes_again_takes_her_withdrawal_back(desk: Desk) {
    let chef = desk.member("chef", Role::Beheerder, "tubbergen").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let until = desk.now() + minutes(10 * DAY);
    desk.hold(&chef, &asked, until, "Er loopt een klacht").await;
    desk.withdraw(&asked).await;
    let thread = desk.thread(&asked.code).await;
    desk.ask_on(&thread, &form(), "Toch nog iets").await;
    let question = desk.thread(&asked.code).await.question;
    assert_eq!((question.withdrawn, question.closed), (None, None));
    desk.later(minutes(11 * DAY));
    assert_eq!(desk.expired(crate::store::noon()).await, 0);
}

pub(crate) async fn a_hold_is_renewed_by_one_of_two(desk: Desk) {
    let chef = desk.member("chef", Role::Beheerder, "tubbergen").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let stale = desk.thread(&asked.code).await.question;
    let until = desk.now() + minutes(10 * DAY);
    desk.hold(&chef, &asked, until, "Er loopt een klacht").await;
    let mut tx = desk.store.write().await.expect("a change");
    let late = tx
        .hold(&chef, &stale, until, "Iets anders", desk.now())
        .await;
    assert!(matches!(late, Err(StoreError::Changed)), "{late:?}");
    drop(tx);
    let longer = until + minutes(DAY);
    desk.hold(&chef, &asked, longer, "Nog een klacht").await;
    let hold = desk.entry(&chef, asked.id).await.hold.expect("a hold");
    assert_eq!(
        (hold.until, hold.reason.as_str()),
        (longer, "Nog een klacht")
    );
    let bert = desk.member("bert", Role::Beheerder, "hardenberg").await;
    let fresh = desk.thread(&asked.code).await.question;
    let mut tx = desk.store.write().await.expect("a change");
    assert!(
        tx.hold(&bert, &fresh, until, "Van elders", desk.now())
            .await
            .is_err()
    );
}

pub(crate) async fn what_a_question_is_by_law_is_noted_once_and_undone(desk: Desk) {
    let asked = desk
        .question("Ik ben boos")
        .by_mail("els@voorbeeld.nl")
        .create()
        .await;
    let mark = async |formal| {
        let thread = desk.thread(&asked.code).await;
        let mut tx = desk.store.write().await.expect("a change");
        tx.mark(&thread, formal, desk.now()).await.expect("noted");
        tx.commit().await.expect("committed");
    };
    mark(Some(Formal::Complaint)).await;
    let at = desk.now();
    desk.later(minutes(5));
    mark(Some(Formal::Complaint)).await;
    let marked = desk
        .thread(&asked.code)
        .await
        .question
        .marked
        .expect("a mark");
    assert_eq!((marked.formal, marked.at), (Formal::Complaint, at));
    let mails = format!(
        "SELECT COUNT(*) FROM outbox WHERE kind = '{}'",
        MailKind::AnswerReady.slug()
    );
    assert_eq!(
        desk.number(&mails).await,
        1,
        "she hears of her confirmation once"
    );
    mark(None).await;
    assert_eq!(desk.thread(&asked.code).await.question.marked, None);
    assert_eq!(desk.number(&mails).await, 1);
}

//! A question on its way to another loket: whole with one of them at every moment.

use std::sync::Arc;

use loes::domain::{OfferId, QuestionId, QuestionState, Role, Staff};
use loes::store::{Action, InboxFilter, Offered, StoreError};

use super::desk::{Desk, form, minutes, slug};

const FROM: &str = "192.0.2.1";

impl Desk {
    async fn offer(&self, staff: &Staff, id: QuestionId, reason: &str) -> Result<(), StoreError> {
        let question = self.entry(staff, id).await.thread.question;
        let mut tx = self.store.write().await?;
        tx.offer(staff, &question, &slug("hardenberg"), reason, self.now())
            .await?;
        tx.commit().await
    }

    async fn offers(&self, staff: &Staff) -> Vec<Offered> {
        let mut tx = self.store.write().await.expect("a change");
        let offers = tx.offers_to(staff, FROM, self.now()).await.expect("read");
        tx.commit().await.expect("committed");
        offers
    }

    async fn accept(&self, staff: &Staff, id: OfferId) -> Result<Option<QuestionId>, StoreError> {
        let mut tx = self.store.write().await?;
        let due = self.now() + minutes(90);
        let accepted = tx.accept(staff, id, due, FROM, self.now()).await?;
        tx.commit().await?;
        Ok(accepted)
    }

    async fn reason(&self, staff: &Staff, id: OfferId) -> Option<String> {
        let mut tx = self.store.write().await.expect("a change");
        let found = tx
            .offer_to(staff, id, Action::ReadOffer, FROM, self.now())
            .await;
        tx.commit().await.expect("committed");
        found.expect("an answer").map(|(_, offer)| offer.reason)
    }

    async fn decline(&self, staff: &Staff, id: OfferId, why: &str) -> Result<(), StoreError> {
        let mut tx = self.store.write().await?;
        let found = tx
            .offer_to(staff, id, Action::Decline, FROM, self.now())
            .await?;
        let found = found.ok_or(StoreError::Changed)?;
        tx.decline(staff, &found, why, self.now()).await?;
        tx.commit().await
    }

    async fn actions(&self, loket: &str) -> Vec<String> {
        let rows = self.store.audit(&slug(loket), 50).await.expect("the log");
        let mut actions: Vec<_> = rows
            .into_iter()
            .map(|row| format!("{} {}", row.action, row.result))
            .collect();
        actions.reverse();
        actions
    }

    async fn mails_to(&self, loket: &str) -> i64 {
        self.number(&format!(
            "SELECT COUNT(*) FROM outbox WHERE kind = 'new_question' AND loket = '{loket}'"
        ))
        .await
    }
}

/// Anna of Tubbergen, and Bert of Hardenberg.
async fn two(desk: &Desk) -> (Staff, Staff) {
    (
        desk.staff("anna").await,
        desk.member("bert", Role::Medewerker, "hardenberg").await,
    )
}

pub(crate) async fn offered_is_not_accepted(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.offer(&anna, asked.id, "Woont daar")
        .await
        .expect("offered");
    assert_eq!(desk.mails_to("hardenberg").await, 1);
    // It is whole with the one who offers it, and says so there.
    let listed = desk.inbox(&anna, InboxFilter::Open, 0).await.listed;
    assert_eq!(listed[0].offered, Some(slug("hardenberg")));
    desk.answered(&anna, asked.id, "Een ritme").await;
    let entry = desk.entry(&anna, asked.id).await;
    let offer = entry.offer.expect("still offered");
    assert_eq!(
        (offer.to, offer.reason.as_str()),
        (slug("hardenberg"), "Woont daar")
    );
    // The other sees that and why, and no word of the parent's.
    assert_eq!(desk.read(&bert, asked.id).await, None);
    assert!(
        desk.inbox(&bert, InboxFilter::Open, 0)
            .await
            .listed
            .is_empty()
    );
    let offers = desk.offers(&bert).await;
    assert_eq!(offers.len(), 1);
    assert!(!format!("{offers:?}").contains("slaapt"));
    assert_eq!(
        desk.reason(&bert, offers[0].id).await.as_deref(),
        Some("Woont daar")
    );
    let thread = desk.thread(&asked.code).await;
    assert_eq!(
        (thread.question.loket, thread.transfers),
        (slug("tubbergen"), vec![])
    );
    // One offer at a time.
    let again = desk.offer(&anna, asked.id, "Nog eens").await;
    assert!(matches!(again, Err(StoreError::Changed)), "{again:?}");
    assert_eq!(desk.offers(&bert).await.len(), 1);
    assert_eq!(desk.store.verify_audit().await.expect("read"), []);
}

pub(crate) async fn a_third_loket_sees_nothing_of_an_offer(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let cees = desk.member("cees", Role::Beheerder, "dinkelland").await;
    let raad = desk.member("raad", Role::Raad, "hardenberg").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.offer(&anna, asked.id, "Woont daar")
        .await
        .expect("offered");
    let id = desk.offers(&bert).await[0].id;
    for stranger in [&cees, &raad, &anna] {
        assert!(desk.offers(stranger).await.is_empty());
        assert_eq!(desk.reason(stranger, id).await, None);
        assert_eq!(desk.accept(stranger, id).await.expect("an answer"), None);
        assert!(desk.decline(stranger, id, "Nee").await.is_err());
    }
    assert_eq!(desk.read(&cees, asked.id).await, None);
    let refused = desk.actions("dinkelland").await;
    assert!(
        refused.contains(&"aangenomen geweigerd".to_owned()),
        "{refused:?}"
    );
    assert_eq!(
        desk.thread(&asked.code).await.question.loket,
        slug("tubbergen")
    );
}

pub(crate) async fn who_accepts_has_it_from_then_on(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.note(&anna, asked.id, "gebeld").await;
    desk.draft(&anna, asked.id, "een begin").await;
    desk.offer(&anna, asked.id, "Woont daar")
        .await
        .expect("offered");
    let id = desk.offers(&bert).await[0].id;
    let now = desk.later(minutes(30));
    assert_eq!(
        desk.accept(&bert, id).await.expect("accepted"),
        Some(asked.id)
    );
    assert_eq!(
        desk.accept(&bert, id).await.expect("again"),
        Some(asked.id),
        "sent twice"
    );
    assert_eq!(desk.read(&anna, asked.id).await, None, "hers no more");
    assert_eq!(desk.accept(&anna, id).await.expect("an answer"), None);
    let entry = desk.entry(&bert, asked.id).await;
    let question = &entry.thread.question;
    assert_eq!(question.loket, slug("hardenberg"));
    assert_eq!(question.progress.owner(), None);
    assert_eq!(question.progress.state(), QuestionState::Open);
    assert_eq!(question.due, now + minutes(90), "a term of its own");
    assert_eq!((entry.offer, entry.draft), (None, None));
    let notes: Vec<_> = entry.notes.iter().map(|note| note.text.as_str()).collect();
    assert!(
        notes.contains(&"gebeld") && notes.contains(&"Woont daar"),
        "{notes:?}"
    );
    let transfers = desk.thread(&asked.code).await.transfers;
    assert_eq!(transfers.len(), 1);
    assert_eq!(
        (transfers[0].at, &transfers[0].taker),
        (now, &slug("hardenberg"))
    );
    for (loket, line) in [
        ("tubbergen", "overgedragen gelukt"),
        ("hardenberg", "aangenomen gelukt"),
    ] {
        let actions = desk.actions(loket).await;
        let found = actions.iter().filter(|one| *one == line);
        assert_eq!(found.count(), 1, "{loket}: {actions:?}");
    }
    assert_eq!(desk.store.verify_audit().await.expect("read"), []);
    for table in ["offer", "draft"] {
        assert_eq!(
            desk.number(&format!("SELECT COUNT(*) FROM {table}")).await,
            0
        );
    }
}

pub(crate) async fn who_does_not_accept_leaves_it_where_it_was(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let before = desk.thread(&asked.code).await.question;
    desk.offer(&anna, asked.id, "Woont daar")
        .await
        .expect("offered");
    let id = desk.offers(&bert).await[0].id;
    desk.decline(&bert, id, "Woont bij jullie")
        .await
        .expect("given back");
    let again = desk.decline(&bert, id, "Woont bij jullie").await;
    assert!(matches!(again, Err(StoreError::Changed)), "{again:?}");
    assert_eq!(desk.accept(&bert, id).await.expect("an answer"), None);
    let entry = desk.entry(&anna, asked.id).await;
    assert_eq!(entry.offer, None);
    assert_eq!(
        (entry.notes[0].text.as_str(), entry.notes[0].name.as_str()),
        ("Woont bij jullie", "bert")
    );
    assert_eq!(entry.thread.question.due, before.due);
    assert_eq!(
        desk.mails_to("tubbergen").await,
        2,
        "the question, and that it is back"
    );
    // It may be offered again.
    desk.offer(&anna, asked.id, "Toch").await.expect("offered");
}

pub(crate) async fn the_parent_goes_on_while_her_question_is_offered(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.offer(&anna, asked.id, "Woont daar")
        .await
        .expect("offered");
    let thread = desk.thread(&asked.code).await;
    desk.ask_on(&thread, &form(), "En hij eet niet").await;
    assert_eq!(
        desk.mails_to("tubbergen").await,
        2,
        "who has it hears of it"
    );
    let id = desk.offers(&bert).await[0].id;
    assert_eq!(
        desk.accept(&bert, id).await.expect("accepted"),
        Some(asked.id)
    );
    assert_eq!(desk.entry(&bert, asked.id).await.thread.messages.len(), 2);
    // What she read before it was passed on does not send her words elsewhere.
    desk.ask_on(&thread, &form(), "Nog iets").await;
    assert_eq!(
        desk.mails_to("hardenberg").await,
        2,
        "the offer, and that she wrote"
    );
    assert_eq!(desk.entry(&bert, asked.id).await.thread.messages.len(), 3);

    let gone = desk.question("Mijn dochter eet niet").create().await;
    desk.offer(&anna, gone.id, "Woont daar")
        .await
        .expect("offered");
    let id = desk.offers(&bert).await[0].id;
    desk.erase(&gone.code).await;
    assert!(desk.offers(&bert).await.is_empty());
    assert_eq!(desk.accept(&bert, id).await.expect("an answer"), None);
}

pub(crate) async fn what_is_closed_is_offered_no_more(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.offer(&anna, asked.id, "Woont daar")
        .await
        .expect("offered");
    let id = desk.offers(&bert).await[0].id;
    desk.close(&anna, asked.id).await;
    assert!(desk.offers(&bert).await.is_empty());
    assert_eq!(desk.accept(&bert, id).await.expect("an answer"), None);
    assert_eq!(
        desk.thread(&asked.code).await.question.loket,
        slug("tubbergen")
    );
}

pub(crate) async fn silence_does_not_close_what_is_offered(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    desk.offer(&anna, asked.id, "Woont daar")
        .await
        .expect("offered");
    let now = desk.later(minutes(60 * 24 * 31));
    let close = async || {
        let mut tx = desk.store.write().await.expect("a change");
        let closed = tx.close_silent(&slug("tubbergen"), now, now).await;
        tx.commit().await.expect("committed");
        closed.expect("closed")
    };
    assert_eq!(close().await, 0);
    let id = desk.offers(&bert).await[0].id;
    desk.decline(&bert, id, "Nee").await.expect("given back");
    assert_eq!(close().await, 1);
}

pub(crate) async fn accepting_and_closing_at_once_do_not_both_happen(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let desk = Arc::new(desk);
    for _ in 0..12 {
        let asked = desk.question("Mijn zoon slaapt niet").create().await;
        desk.offer(&anna, asked.id, "Woont daar")
            .await
            .expect("offered");
        let id = desk.offers(&bert).await[0].id;
        let accepting = {
            let (desk, bert) = (Arc::clone(&desk), bert.clone());
            tokio::spawn(async move { desk.accept(&bert, id).await })
        };
        let closing = {
            let (desk, anna) = (Arc::clone(&desk), anna.clone());
            tokio::spawn(async move {
                let mut tx = desk.store.write().await?;
                let entry = tx
                    .entry(&anna, asked.id, Action::Close, FROM, desk.now())
                    .await?;
                let Some(entry) = entry else { return Ok(false) };
                let question = &entry.thread.question;
                let closed = question.progress.close().expect("not closed");
                tx.set_progress(question, closed, question.due, desk.now())
                    .await?;
                tx.commit().await?;
                Ok::<_, StoreError>(true)
            })
        };
        let accepted = accepting.await.expect("a task");
        let accepted = match accepted {
            Ok(found) => found.is_some(),
            Err(error) => {
                assert!(matches!(error, StoreError::Changed), "{error:?}");
                false
            }
        };
        let closed = match closing.await.expect("a task") {
            Ok(closed) => closed,
            Err(error) => {
                assert!(matches!(error, StoreError::Changed), "{error:?}");
                false
            }
        };
        assert!(accepted != closed, "accepted {accepted}, closed {closed}");
        let loket = desk.thread(&asked.code).await.question.loket;
        assert_eq!(
            loket,
            slug(if accepted { "hardenberg" } else { "tubbergen" })
        );
        assert_eq!(desk.number("SELECT COUNT(*) FROM offer").await, 0);
    }
    assert_eq!(desk.store.verify_audit().await.expect("read"), []);
}

pub(crate) async fn two_lokets_accept_of_each_other_at_once(desk: Desk) {
    let (anna, bert) = two(&desk).await;
    let desk = Arc::new(desk);
    for _ in 0..12 {
        let here = desk.question("Mijn zoon slaapt niet").create().await;
        let there = desk
            .question("Mijn dochter eet niet")
            .for_loket("hardenberg")
            .create()
            .await;
        desk.offer(&anna, here.id, "Woont daar")
            .await
            .expect("offered");
        let question = desk.entry(&bert, there.id).await.thread.question;
        let mut tx = desk.store.write().await.expect("a change");
        tx.offer(
            &bert,
            &question,
            &slug("tubbergen"),
            "Woont bij jullie",
            desk.now(),
        )
        .await
        .expect("offered");
        tx.commit().await.expect("committed");
        let to_bert = desk.offers(&bert).await[0].id;
        let to_anna = desk.offers(&anna).await[0].id;
        let tasks = [(bert.clone(), to_bert), (anna.clone(), to_anna)].map(|(staff, id)| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move { desk.accept(&staff, id).await })
        });
        for task in tasks {
            assert!(task.await.expect("a task").expect("accepted").is_some());
        }
    }
    assert_eq!(desk.store.verify_audit().await.expect("read"), []);
}

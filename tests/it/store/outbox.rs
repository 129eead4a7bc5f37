//! The outbox: every mail to one worker at a time, until it is sent or given up.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::SignedDuration;
use loes::domain::MailId;
use loes::store::{Due, MailKind, Undelivered};

use super::desk::{Desk, Posed, minutes, slug};

const HOLD: SignedDuration = SignedDuration::from_mins(5);

async fn take(desk: &Desk) -> Option<Due> {
    let mut tx = desk.store.write().await.expect("a change");
    let due = tx.take_mail(desk.now(), desk.now() + HOLD).await;
    tx.commit().await.expect("committed");
    due.expect("an answer")
}

enum Came {
    Sent,
    Later,
    Refused,
}

async fn note(desk: &Desk, id: MailId, came: Came) {
    let (now, mut tx) = (desk.now(), desk.store.write().await.expect("a change"));
    let noted = match came {
        Came::Sent => tx.mail_sent(id, now).await,
        Came::Later => tx.mail_later(id, now + minutes(15), "SMTP 451").await,
        Came::Refused => tx.mail_refused(id, "SMTP 550", now).await,
    };
    noted.expect("noted");
    tx.commit().await.expect("committed");
}

/// What was given up, of a loket.
async fn given_up(desk: &Desk, loket: &str) -> Vec<Undelivered> {
    let undelivered = desk.store.undelivered(&slug(loket)).await;
    undelivered.expect("read")
}

/// A question whose answer is to be told of by mail, and was given.
async fn answered_by_mail(desk: &Desk) -> Posed {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet");
    let asked = asked.by_mail("els@voorbeeld.nl").create().await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    asked
}

pub(crate) async fn a_new_question_puts_one_mail_in_the_outbox(desk: Desk) {
    assert_eq!(take(&desk).await, None);
    desk.question("Mijn zoon slaapt niet").create().await;
    let due = take(&desk).await.expect("a mail");
    assert_eq!(due.kind, MailKind::NewQuestion);
    assert_eq!(due.loket, slug("tubbergen"));
    assert_eq!((due.to, due.attempts), (None, 1));
    assert_eq!(take(&desk).await, None);
}

pub(crate) async fn workers_never_take_the_same_mail(desk: Desk) {
    let desk = Arc::new(desk);
    for _ in 0..40 {
        desk.question("Mijn zoon slaapt niet").create().await;
    }
    let workers = [(); 6].map(|()| {
        let desk = Arc::clone(&desk);
        tokio::spawn(async move {
            let mut taken = Vec::new();
            while let Some(due) = take(&desk).await {
                taken.push(due.id);
            }
            taken
        })
    });
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.expect("a worker"));
    }
    let different: BTreeSet<_> = taken.iter().collect();
    assert_eq!((taken.len(), different.len()), (40, 40));
}

pub(crate) async fn a_mail_that_is_held_comes_back_after_that(desk: Desk) {
    desk.question("Mijn zoon slaapt niet").create().await;
    let first = take(&desk).await.expect("a mail");
    desk.later(HOLD);
    assert_eq!(take(&desk).await, None, "held to the last moment");
    desk.later(SignedDuration::from_micros(1));
    let second = take(&desk).await.expect("the worker died");
    assert_eq!(second.id, first.id);
    assert_eq!(second.attempts, 2);
}

pub(crate) async fn a_mail_that_was_sent_or_refused_never_comes_back(desk: Desk) {
    for came in [Came::Sent, Came::Refused] {
        desk.question("Mijn zoon slaapt niet").create().await;
        let due = take(&desk).await.expect("a mail");
        note(&desk, due.id, came).await;
        desk.later(minutes(60 * 24));
        assert_eq!(take(&desk).await, None);
    }
    let undelivered = given_up(&desk, "tubbergen").await;
    assert_eq!(undelivered.len(), 1);
    assert_eq!(undelivered[0].problem, "SMTP 550");
    assert_eq!(undelivered[0].kind, MailKind::NewQuestion);
    assert!(undelivered[0].question.is_some());
    assert!(given_up(&desk, "hardenberg").await.is_empty());
}

pub(crate) async fn a_mail_that_failed_comes_back_when_it_is_due(desk: Desk) {
    desk.question("Mijn zoon slaapt niet").create().await;
    let due = take(&desk).await.expect("a mail");
    note(&desk, due.id, Came::Later).await;
    desk.later(minutes(14));
    assert_eq!(take(&desk).await, None);
    desk.later(minutes(1));
    assert_eq!(take(&desk).await.map(|again| again.id), Some(due.id));
}

pub(crate) async fn who_is_late_does_not_undo_what_another_sent(desk: Desk) {
    desk.question("Mijn zoon slaapt niet").create().await;
    let slow = take(&desk).await.expect("a mail");
    desk.later(HOLD + minutes(1));
    let quick = take(&desk).await.expect("the same mail");
    note(&desk, quick.id, Came::Sent).await;
    note(&desk, slow.id, Came::Refused).await;
    note(&desk, slow.id, Came::Later).await;
    desk.later(minutes(60));
    assert_eq!(take(&desk).await, None);
    assert!(given_up(&desk, "tubbergen").await.is_empty());
}

pub(crate) async fn an_address_is_opened_for_an_answer_alone(desk: Desk) {
    let anna = desk.staff("anna").await;
    let mailed = desk
        .question("Mijn zoon slaapt niet")
        .by_mail("els@voorbeeld.nl")
        .create()
        .await;
    let on_site = desk.question("Mijn dochter eet niet").create().await;
    for _ in 0..2 {
        let due = take(&desk).await.expect("a mail to the loket");
        assert_eq!((due.kind, due.to), (MailKind::NewQuestion, None));
    }
    desk.answered(&anna, mailed.id, "Een ritme").await;
    desk.answered(&anna, on_site.id, "Samen eten").await;
    let due = take(&desk).await.expect("a mail to the parent");
    assert_eq!(due.kind, MailKind::AnswerReady);
    let parent = due.to.expect("an address");
    assert_eq!(parent.as_str(), "els@voorbeeld.nl");
    assert_eq!(
        take(&desk).await,
        None,
        "who comes back by herself gets no mail"
    );
}

pub(crate) async fn no_mail_goes_out_about_what_is_erased(desk: Desk) {
    let asked = answered_by_mail(&desk).await;
    let held = take(&desk).await.expect("a mail");
    desk.erase(&asked.code).await;
    note(&desk, held.id, Came::Sent).await;
    desk.later(minutes(60));
    assert_eq!(take(&desk).await, None);
    assert_eq!(desk.number("SELECT COUNT(*) FROM outbox").await, 0);
}

pub(crate) async fn a_mail_that_cannot_be_read_does_not_hold_up_the_others(desk: Desk) {
    answered_by_mail(&desk).await;
    desk.run("DELETE FROM outbox WHERE kind = 'new_question'")
        .await;
    desk.run("UPDATE question SET contact = 'v1:AAAA'").await;
    desk.later(minutes(1));
    desk.question("Mijn dochter eet niet").create().await;
    let due = take(&desk).await.expect("the next");
    assert_eq!(due.kind, MailKind::NewQuestion);
    let undelivered = given_up(&desk, "tubbergen").await;
    assert_eq!(undelivered.len(), 1);
    assert_eq!(undelivered[0].kind, MailKind::AnswerReady);
}

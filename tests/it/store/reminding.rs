//! Reminders and the mail with the way back: once, and to nobody longer than needed.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use loes::domain::{MailAddress, Reminder, Role};
use loes::store::{Due, LinkMail, MailKind, Waiting};

use super::desk::{Desk, Posed, form, minutes, slug};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn waiting(desk: &Desk, reminder: Reminder) -> Vec<Waiting> {
    let all = (Timestamp::MIN, desk.now() + DAY * 400);
    let loket = slug("tubbergen");
    let found = desk.store.waiting(reminder, &loket, all.0, all.1);
    found.await.expect("read")
}

async fn remind(desk: &Desk, reminder: Reminder, waiting: &[Waiting]) -> bool {
    let (loket, mut tx) = (
        slug("tubbergen"),
        desk.store.write().await.expect("a change"),
    );
    let done = tx.remind(reminder, &loket, waiting, &[], desk.now());
    let done = done.await.expect("an answer");
    tx.commit().await.expect("committed");
    done
}

/// What lies in the outbox besides the mail of new questions; it is sent.
async fn mails(desk: &Desk) -> Vec<Due> {
    let mut mails = Vec::new();
    loop {
        let mut tx = desk.store.write().await.expect("a change");
        let due = tx.take_mail(desk.now(), desk.now() + minutes(5)).await;
        let Some(due) = due.expect("an answer") else {
            tx.commit().await.expect("committed");
            mails.retain(|mail: &Due| mail.kind != MailKind::NewQuestion);
            return mails;
        };
        tx.mail_sent(due.id, desk.now()).await.expect("noted");
        tx.commit().await.expect("committed");
        mails.push(due);
    }
}

pub(crate) async fn of_two_workers_one_reminds(desk: Desk) {
    let desk = Arc::new(desk);
    desk.question("Mijn zoon slaapt niet").create().await;
    desk.question("Mijn dochter eet niet").create().await;
    let seen = waiting(&desk, Reminder::Overdue).await;
    assert_eq!(seen.len(), 2);
    let workers = [(); 6].map(|()| {
        let (desk, seen) = (Arc::clone(&desk), seen.clone());
        tokio::spawn(async move { remind(&desk, Reminder::Overdue, &seen).await })
    });
    let mut reminded = 0;
    for worker in workers {
        reminded += u32::from(worker.await.expect("a worker"));
    }
    assert_eq!(reminded, 1);
    let sent = mails(&desk).await;
    let kinds: Vec<_> = sent.iter().map(|mail| mail.kind).collect();
    assert_eq!(kinds, [MailKind::Overdue], "one for both questions");
    let told: Vec<_> = waiting(&desk, Reminder::Overdue).await;
    assert!(told.iter().all(|one| one.told.times == 1));
}

pub(crate) async fn what_is_answered_meanwhile_is_no_reason(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let seen = waiting(&desk, Reminder::Overdue).await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    assert!(waiting(&desk, Reminder::Overdue).await.is_empty());
    assert!(!remind(&desk, Reminder::Overdue, &seen).await);
    let kinds: Vec<_> = mails(&desk).await.iter().map(|mail| mail.kind).collect();
    assert_eq!(kinds, []);
}

pub(crate) async fn a_new_due_moment_counts_anew(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    for times in 0..5 {
        let seen = waiting(&desk, Reminder::Overdue).await;
        assert_eq!(seen[0].told.times, times);
        assert!(remind(&desk, Reminder::Overdue, &seen).await);
        assert!(!remind(&desk, Reminder::Overdue, &seen).await, "once a day");
        desk.later(DAY);
    }
    assert!(
        waiting(&desk, Reminder::Overdue).await.is_empty(),
        "five times"
    );
    let thread = desk.thread(&asked.code).await;
    desk.ask_on(&thread, &form(), "En nu?").await;
    let seen = waiting(&desk, Reminder::Overdue).await;
    assert_eq!((seen.len(), seen[0].told.times), (1, 0));
    assert_eq!(seen[0].said, desk.now(), "the last word");
    assert!(remind(&desk, Reminder::Overdue, &seen).await);
    assert_eq!(waiting(&desk, Reminder::Overdue).await[0].told.times, 1);
    desk.later(DAY * 40);
    let seen = waiting(&desk, Reminder::Overdue).await;
    assert!(remind(&desk, Reminder::Overdue, &seen).await);
    assert_eq!(
        desk.number("SELECT COUNT(*) FROM reminder").await,
        1,
        "old days are forgotten"
    );
}

async fn mail_link(desk: &Desk, asked: &Posed, form: &str) -> LinkMail {
    let thread = desk.thread(&asked.code).await;
    let address = MailAddress::parse("kanarie@voorbeeld.nl").expect("an address");
    let mut tx = desk.store.write().await.expect("a change");
    let came = tx.mail_link(&thread.question, form, &address, desk.now());
    let came = came.await.expect("an answer");
    tx.commit().await.expect("committed");
    came
}

async fn addresses(desk: &Desk) -> i64 {
    desk.number("SELECT COUNT(*) FROM outbox WHERE address IS NOT NULL")
        .await
}

pub(crate) async fn an_address_given_for_one_mail_is_sealed_and_gone_once_it_is_sent(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    assert_eq!(mail_link(&desk, &asked, "een").await, LinkMail::Sent);
    assert_eq!(addresses(&desk).await, 1);
    let texts = desk.all_texts().await;
    assert!(!texts.iter().any(|text| text.contains("kanarie")));
    let sent = mails(&desk).await;
    assert_eq!(sent.len(), 1);
    let to = sent[0].to.as_ref().map(MailAddress::as_str);
    assert_eq!(
        (sent[0].kind, to),
        (MailKind::ReturnLink, Some("kanarie@voorbeeld.nl"))
    );
    assert_eq!(addresses(&desk).await, 0);

    mail_link(&desk, &asked, "twee").await;
    let mut tx = desk.store.write().await.expect("a change");
    let due = tx.take_mail(desk.now(), desk.now()).await.expect("read");
    let id = due.expect("a mail").id;
    tx.mail_refused(id, "SMTP 550", desk.now())
        .await
        .expect("noted");
    tx.commit().await.expect("committed");
    assert_eq!(addresses(&desk).await, 0, "given up");
    let told = desk.store.undelivered(&slug("tubbergen")).await;
    assert_eq!(told.expect("read"), [], "staff can do nothing about it");
}

pub(crate) async fn a_question_sends_its_link_three_times_and_a_form_once(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let other = desk.question("Mijn dochter eet niet").create().await;
    for form in ["een", "een", "twee", "drie"] {
        assert_eq!(mail_link(&desk, &asked, form).await, LinkMail::Sent);
    }
    assert_eq!(mail_link(&desk, &asked, "vier").await, LinkMail::TooMany);
    assert_eq!(mail_link(&desk, &asked, "een").await, LinkMail::Sent);
    assert_eq!(mail_link(&desk, &other, "vijf").await, LinkMail::Sent);
    assert_eq!(mails(&desk).await.len(), 4);
}

pub(crate) async fn what_is_erased_takes_the_address_along(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    mail_link(&desk, &asked, "een").await;
    let seen = waiting(&desk, Reminder::Overdue).await;
    remind(&desk, Reminder::Overdue, &seen).await;
    desk.erase(&asked.code).await;
    assert_eq!(addresses(&desk).await, 0);
    assert_eq!(desk.number("SELECT COUNT(*) FROM reminded").await, 0);
}

pub(crate) async fn a_colleague_is_reminded_while_the_account_is_open(desk: Desk) {
    let anna = desk.member("anna", Role::Beheerder, "tubbergen").await;
    let bert = desk.member("bert", Role::Beheerder, "tubbergen").await;
    desk.question("Mijn zoon slaapt niet").create().await;
    let seen = waiting(&desk, Reminder::LastCall).await;
    let (loket, to) = (slug("tubbergen"), [anna.id, bert.id]);
    let mut tx = desk.store.write().await.expect("a change");
    let reminded = tx.remind(Reminder::LastCall, &loket, &seen, &to, desk.now());
    assert!(reminded.await.expect("an answer"));
    tx.commit().await.expect("committed");
    desk.run("UPDATE staff SET disabled = 1 WHERE name = 'bert'")
        .await;
    let sent = mails(&desk).await;
    let mut to: Vec<_> = sent.iter().map(|mail| mail.to.clone()).collect();
    to.sort_by_key(Option::is_none);
    assert_eq!(to, [Some(anna.mail), None]);
}

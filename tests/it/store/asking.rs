//! Asking: once, whole, and found again.

use std::sync::Arc;
use std::time::Duration;

use loes::domain::{AnswerWay, Author, QuestionState};
use loes::store::Added;

use super::desk::Desk;

pub(crate) async fn a_question_is_found_by_its_code_and_by_its_id(desk: Desk) {
    let asked = desk
        .question("Mijn zoon slaapt niet")
        .urgent()
        .named("Els")
        .by_mail("els@voorbeeld.nl")
        .create()
        .await;
    assert_eq!(asked.added, Added::New(asked.id));
    let thread = desk.thread(&asked.code).await;
    let question = &thread.question;
    assert_eq!(question.id, asked.id);
    assert_eq!(question.loket.as_str(), "tubbergen");
    assert_eq!(question.progress.state(), QuestionState::Open);
    assert_eq!(question.progress.owner(), None);
    assert!(question.urgent && question.closed.is_none() && question.helped.is_none());
    assert_eq!(question.created, desk.now());
    assert_eq!(thread.contact.name.as_deref(), Some("Els"));
    let AnswerWay::Mail(address) = &thread.contact.way else {
        panic!("{:?}", thread.contact.way)
    };
    assert_eq!(address.as_str(), "els@voorbeeld.nl");
    assert_eq!(thread.messages.len(), 1);
    assert_eq!(thread.messages[0].text, "Mijn zoon slaapt niet");
    assert_eq!(thread.messages[0].author, Author::Parent);
    let by_id = desk.store.thread_by_id(asked.id).await.expect("read");
    assert_eq!(by_id, Some(thread));
}

pub(crate) async fn the_same_form_sent_again_makes_no_second_question(desk: Desk) {
    let underway = desk.question("Mijn zoon slaapt niet");
    let first = underway.clone().create().await;
    let again = underway.create().await;
    assert_eq!(again.added, Added::Same(first.id));
    assert_eq!(desk.number("SELECT COUNT(*) FROM question").await, 1);
    assert_eq!(desk.number("SELECT COUNT(*) FROM message").await, 1);
    assert_eq!(desk.number("SELECT COUNT(*) FROM outbox").await, 1);
    let counted = "SELECT CAST(SUM(n) AS BIGINT) FROM counter WHERE what = 'kanaal'";
    assert_eq!(desk.number(counted).await, 1);
}

pub(crate) async fn the_same_form_with_other_words_keeps_the_first(desk: Desk) {
    let first = desk.question("Mijn zoon slaapt niet").create().await;
    let other = desk
        .question("Mijn dochter eet niet")
        .with_code(&first.code)
        .create()
        .await;
    assert_eq!(other.added, Added::Other(first.id));
    let thread = desk.thread(&first.code).await;
    assert_eq!(thread.messages.len(), 1);
    assert_eq!(thread.messages[0].text, "Mijn zoon slaapt niet");
}

/// Asks the same question from `n` tasks at once, of which some may be given up.
async fn at_once(desk: &Arc<Desk>, n: u32, one_code: bool) -> Vec<Added> {
    let code = desk.code();
    let tasks: Vec<_> = (0..n)
        .map(|_| {
            let (desk, code) = (Arc::clone(desk), code.clone());
            tokio::spawn(async move {
                let underway = desk.question("Mijn zoon slaapt niet");
                let code = if one_code { code } else { desk.code() };
                underway.with_code(&code).create().await.added
            })
        })
        .collect();
    let mut added = Vec::new();
    for task in tasks {
        added.push(task.await.expect("a task"));
    }
    added
}

pub(crate) async fn many_at_once_with_one_code_make_one_question(desk: Desk) {
    let desk = Arc::new(desk);
    let added = at_once(&desk, 12, true).await;
    let new = |added: &&Added| matches!(added, Added::New(_));
    let same = |added: &&Added| matches!(added, Added::Same(_));
    assert_eq!(added.iter().filter(new).count(), 1, "{added:?}");
    assert_eq!(added.iter().filter(same).count(), 11, "{added:?}");
    for table in ["question", "message", "outbox"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(desk.number(&sql).await, 1, "{table}");
    }
}

pub(crate) async fn many_at_once_with_their_own_codes_are_all_kept(desk: Desk) {
    let desk = Arc::new(desk);
    at_once(&desk, 30, false).await;
    for table in ["question", "message", "outbox"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        assert_eq!(desk.number(&sql).await, 30, "{table}");
    }
    let counted = "SELECT n FROM counter WHERE what = 'kanaal' AND value = 'site'";
    assert_eq!(desk.number(counted).await, 30);
}

pub(crate) async fn a_code_that_nobody_got_finds_nothing(desk: Desk) {
    desk.question("Mijn zoon slaapt niet").create().await;
    let code = desk.code();
    assert_eq!(desk.store.thread_by_code(&code).await.expect("read"), None);
}

pub(crate) async fn what_is_not_told_stays_untold(desk: Desk) {
    let asked = desk.question("Slaapt niet").of_nobody().create().await;
    let thread = desk.thread(&asked.code).await;
    assert_eq!(thread.question.age, None);
    assert_eq!(thread.contact.name, None);
    let counted = "SELECT n FROM counter WHERE what = 'leeftijd' AND value = 'onbekend'";
    assert_eq!(desk.number(counted).await, 1);
}

pub(crate) async fn a_change_that_is_not_committed_leaves_nothing(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let mut tx = desk.store.write().await.expect("a change");
    tx.add_note(&anna, asked.id, "gebeld", desk.now())
        .await
        .expect("a note");
    drop(tx);
    assert_eq!(desk.number("SELECT COUNT(*) FROM note").await, 0);
    // The connection is fit for the next.
    desk.note(&anna, asked.id, "gebeld").await;
    assert_eq!(desk.number("SELECT COUNT(*) FROM note").await, 1);
}

pub(crate) async fn a_visitor_who_leaves_half_way_leaves_nothing_half(desk: Desk) {
    let desk = Arc::new(desk);
    let mut finished = 0;
    for n in 0..150 {
        let asking = desk.question("Mijn zoon slaapt niet").try_create();
        // Each a little later than the one before: somewhere between the first and the last step.
        let patience = Duration::from_micros(n * 60);
        let asked = tokio::time::timeout(patience, asking).await;
        finished += i64::from(asked.is_ok_and(|asked| asked.is_ok()));
        // What was left open would show in the next question on that connection.
        let code = desk.code();
        assert!(desk.store.thread_by_code(&code).await.is_ok());
    }
    desk.question("Mijn dochter eet niet").create().await;
    let kept = desk.number("SELECT COUNT(*) FROM question").await;
    assert!(kept > finished, "{kept} kept, {finished} acknowledged");
    for table in ["message", "outbox"] {
        let sql = format!("SELECT COUNT(DISTINCT question) FROM {table}");
        assert_eq!(desk.number(&sql).await, kept, "{table}");
    }
}

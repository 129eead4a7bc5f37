//! Answering: seen by whom it is for, kept once, and by one at a time.

use std::sync::Arc;

use loes::domain::{Author, QuestionId, QuestionState, Role, Staff};
use loes::store::{Entry, StoreError};

use super::desk::{Desk, form, minutes};

pub(crate) async fn an_answer_is_read_by_the_parent_and_a_note_is_not(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.note(&anna, asked.id, "moeder klinkt moe").await;
    desk.later(minutes(1));
    desk.answered(&anna, asked.id, "Probeer een vast ritme")
        .await;

    let thread = desk.thread(&asked.code).await;
    let said: Vec<_> = thread
        .messages
        .iter()
        .map(|said| said.text.as_str())
        .collect();
    assert_eq!(said, ["Mijn zoon slaapt niet", "Probeer een vast ritme"]);
    let author = Author::Desk {
        staff: anna.id,
        name: "anna".into(),
    };
    assert_eq!(thread.messages[1].author, author);
    assert_eq!(thread.question.progress.state(), QuestionState::Answered);
    assert_eq!(thread.question.progress.owner(), Some(anna.id));
    assert!(!format!("{thread:?}").contains("moe\""));

    let entry = desk.entry(&anna, asked.id).await;
    assert_eq!(entry.notes.len(), 1);
    assert_eq!(entry.notes[0].text, "moeder klinkt moe");
    assert_eq!(
        (entry.notes[0].staff, entry.notes[0].name.as_str()),
        (anna.id, "anna")
    );
    assert_eq!(entry.owner.as_deref(), Some("anna"));
}

pub(crate) async fn an_answer_sent_twice_is_kept_once(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk
        .question("Mijn zoon slaapt niet")
        .by_mail("els@voorbeeld.nl")
        .create()
        .await;
    let entry = desk.entry(&anna, asked.id).await;
    let form = form();
    for text in ["Een ritme", "Een ritme"] {
        let answered = desk.answer(&anna, &entry.thread, &form, text).await;
        answered.expect("taken both times");
    }
    assert_eq!(desk.thread(&asked.code).await.messages.len(), 2);
    let mails = "SELECT COUNT(*) FROM outbox WHERE kind = 'answer_ready'";
    assert_eq!(desk.number(mails).await, 1);
    let counted = "SELECT CAST(SUM(n) AS BIGINT) FROM counter WHERE what = 'beantwoord'";
    assert_eq!(desk.number(counted).await, 1);
}

pub(crate) async fn an_answer_on_what_changed_is_refused(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let before = desk.entry(&anna, asked.id).await.thread;
    desk.ask_on(&before, &form(), "En nu heeft hij koorts")
        .await;
    let answered = desk.answer(&anna, &before, &form(), "Een ritme").await;
    assert!(matches!(answered, Err(StoreError::Changed)), "{answered:?}");
    assert_eq!(desk.thread(&asked.code).await.messages.len(), 2);
}

async fn claim(desk: &Desk, staff: &Staff, entry: &Entry) -> Result<(), StoreError> {
    let question = &entry.thread.question;
    let claimed = question.progress.claim(staff.id).expect("open");
    let mut tx = desk.store.write().await?;
    tx.set_progress(question, claimed, question.due, desk.now())
        .await?;
    tx.commit().await
}

pub(crate) async fn of_two_colleagues_one_takes_a_question_up(desk: Desk) {
    let desk = Arc::new(desk);
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    for _ in 0..10 {
        let asked = desk.question("Mijn zoon slaapt niet").create().await;
        let seen = Arc::new(desk.entry(&anna, asked.id).await);
        let race = [anna.clone(), bert.clone()].map(|staff| {
            let (desk, seen) = (Arc::clone(&desk), Arc::clone(&seen));
            tokio::spawn(async move { (claim(&desk, &staff, &seen).await, staff.id) })
        });
        let mut won = Vec::new();
        for claimed in race {
            match claimed.await.expect("a task") {
                (Ok(()), staff) => won.push(staff),
                (Err(StoreError::Changed), _) => {}
                (Err(error), _) => panic!("{error}"),
            }
        }
        let owner = desk.thread(&asked.code).await.question.progress.owner();
        assert_eq!(won.len(), 1);
        assert_eq!(owner, Some(won[0]));
    }
}

pub(crate) async fn of_two_answers_at_once_one_is_kept(desk: Desk) {
    let desk = Arc::new(desk);
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    for _ in 0..10 {
        let asked = desk.question("Mijn zoon slaapt niet").create().await;
        let seen = Arc::new(desk.entry(&anna, asked.id).await);
        let race = [anna.clone(), bert.clone()].map(|staff| {
            let (desk, seen) = (Arc::clone(&desk), Arc::clone(&seen));
            tokio::spawn(async move {
                desk.answer(&staff, &seen.thread, &form(), "Een ritme")
                    .await
            })
        });
        let mut kept = 0;
        for answered in race {
            match answered.await.expect("a task") {
                Ok(()) => kept += 1,
                Err(StoreError::Changed) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(kept, 1);
        assert_eq!(desk.thread(&asked.code).await.messages.len(), 2);
    }
}

pub(crate) async fn each_colleague_has_a_draft_of_her_own(desk: Desk) {
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.draft(&anna, asked.id, "Beste").await;
    desk.draft(&anna, asked.id, "Beste ouder").await;
    desk.draft(&bert, asked.id, "Hallo").await;
    let draft = async |staff: &Staff, id: QuestionId| {
        let draft = desk.entry(staff, id).await.draft;
        draft.map(|draft| draft.text)
    };
    assert_eq!(draft(&anna, asked.id).await.as_deref(), Some("Beste ouder"));
    assert_eq!(draft(&bert, asked.id).await.as_deref(), Some("Hallo"));
    desk.answered(&anna, asked.id, "Beste ouder, een ritme")
        .await;
    assert_eq!(draft(&anna, asked.id).await, None);
    assert_eq!(draft(&bert, asked.id).await.as_deref(), Some("Hallo"));
}

pub(crate) async fn what_the_parent_writes_opens_a_closed_question(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    desk.close(&anna, asked.id).await;
    let closed = desk.thread(&asked.code).await;
    assert_eq!(closed.question.progress.state(), QuestionState::Closed);
    assert_eq!(closed.question.closed, Some(desk.now()));
    desk.later(minutes(60));
    desk.ask_on(&closed, &form(), "Het helpt niet").await;
    let open = desk.thread(&asked.code).await;
    assert_eq!(open.question.progress.state(), QuestionState::Open);
    assert_eq!(open.question.closed, None);
    assert_eq!(open.question.due, desk.now() + minutes(60));
    assert!(open.question.version > closed.question.version);
    let mails = "SELECT COUNT(*) FROM outbox WHERE kind = 'new_question'";
    assert_eq!(desk.number(mails).await, 2, "the loket hears of it");
}

pub(crate) async fn the_parent_is_not_refused_for_what_colleagues_do(desk: Desk) {
    let anna = desk.staff("anna").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let read = desk.thread(&asked.code).await;
    let entry = desk.entry(&anna, asked.id).await;
    claim(&desk, &anna, &entry).await.expect("claimed");
    desk.ask_on(&read, &form(), "En nu heeft hij koorts").await;
    let thread = desk.thread(&asked.code).await;
    assert_eq!(thread.messages.len(), 2);
    assert_eq!(thread.question.progress.owner(), Some(anna.id));
}

pub(crate) async fn what_the_parent_sends_twice_is_kept_once(desk: Desk) {
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let read = desk.thread(&asked.code).await;
    let form = form();
    desk.ask_on(&read, &form, "En nu heeft hij koorts").await;
    desk.ask_on(&read, &form, "En nu heeft hij koorts").await;
    assert_eq!(desk.thread(&asked.code).await.messages.len(), 2);
    assert_eq!(desk.number("SELECT COUNT(*) FROM outbox").await, 2);
}

pub(crate) async fn messages_of_one_moment_keep_their_order(desk: Desk) {
    let asked = desk.question("bericht 0").create().await;
    let read = desk.thread(&asked.code).await;
    for n in 1..12 {
        desk.ask_on(&read, &form(), &format!("bericht {n}")).await;
    }
    let thread = desk.thread(&asked.code).await;
    for (n, message) in thread.messages.iter().enumerate() {
        assert_eq!(message.text, format!("bericht {n}"));
    }
}

pub(crate) async fn nobody_writes_to_a_question_of_another_loket(desk: Desk) {
    let bert = desk.member("bert", Role::Medewerker, "hardenberg").await;
    let raad = desk.member("raad", Role::Raad, "tubbergen").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let thread = desk.thread(&asked.code).await;
    for staff in [&bert, &raad] {
        assert_eq!(desk.read(staff, asked.id).await, None);
        let mut tx = desk.store.write().await.expect("a change");
        let note = tx.add_note(staff, asked.id, "gluren", desk.now()).await;
        assert!(matches!(note, Err(StoreError::Changed)));
        let draft = tx.keep_draft(staff, asked.id, "gluren", desk.now()).await;
        assert!(matches!(draft, Err(StoreError::Changed)));
        drop(tx);
        let answered = desk.answer(staff, &thread, &form(), "gluren").await;
        assert!(matches!(answered, Err(StoreError::Changed)));
    }
    assert_eq!(desk.thread(&asked.code).await, thread);
}

pub(crate) async fn whether_it_helped_counts_once(desk: Desk) {
    let desk = Arc::new(desk);
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    let read = Arc::new(desk.thread(&asked.code).await);
    let say = async |helped: bool| {
        let tasks = [(); 6].map(|()| {
            let (desk, read) = (Arc::clone(&desk), Arc::clone(&read));
            tokio::spawn(async move {
                let mut tx = desk.store.write().await.expect("a change");
                tx.set_helped(&read.question, helped, desk.now())
                    .await
                    .expect("noted");
                tx.commit().await.expect("committed");
            })
        });
        for task in tasks {
            task.await.expect("a task");
        }
        let count =
            "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM counter WHERE what = 'geholpen'";
        let yes = desk.number(&format!("{count} AND value = 'ja'")).await;
        let no = desk.number(&format!("{count} AND value = 'nee'")).await;
        (yes, no)
    };
    assert_eq!(say(true).await, (1, 0));
    assert_eq!(say(false).await, (0, 1));
    assert_eq!(say(true).await, (1, 0));
    let helped = desk.thread(&asked.code).await.question.helped;
    assert_eq!(helped, Some(true));
}

//! Keeping a question, whether a form or another system sent it.

use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;

use super::app::{App, Present};
use super::errors::PageError;
use crate::domain::{
    AnswerWay, Author, Channel, Loket, NewQuestion, QuestionId, Slug, working_days,
};
use crate::search::SearchQuery;
use crate::secrets::ReceiptCode;
use crate::store::{Added, Asked, Store, Thread};

/// A question that is on disk.
#[derive(Debug)]
pub(super) struct Kept {
    /// Its id.
    pub(super) id: QuestionId,
    /// Who answers.
    pub(super) loket: Slug,
    /// How she hears of that.
    pub(super) way: AnswerWay,
    /// By when.
    pub(super) due: Timestamp,
    /// The same form had come before with something else in it; that is kept.
    pub(super) other: bool,
    /// Her words are there.
    pub(super) said: bool,
}

impl Kept {
    /// The question of `thread`, which was there when `words` came.
    pub(super) fn before(thread: Thread, words: &str, other: bool) -> Self {
        Self {
            said: has_said(&thread, words),
            id: thread.question.id,
            loket: thread.question.loket,
            way: thread.contact.way,
            due: thread.question.due,
            other,
        }
    }
}

/// Whether the parent wrote these words before.
pub(super) fn has_said(thread: &Thread, words: &str) -> bool {
    let mut messages = thread.messages.iter();
    messages.any(|message| message.author == Author::Parent && message.text == words)
}

/// Whether somebody reads what is sent to `loket`; in a demonstration everything may be tried, and
/// every page says that nobody does.
pub(super) async fn takes_questions(
    app: &App,
    store: &Store,
    loket: &Loket,
) -> Result<bool, PageError> {
    let known = app.settings.demo || loket.example;
    Ok(if known {
        app.settings.demo
    } else {
        store.has_reader(&loket.slug).await?
    })
}

/// How long who asks must wait because there were too many questions; nothing when this one may be
/// kept, or is there already: who sends a question once more gets the receipt.
pub(super) async fn must_wait(
    app: &App,
    store: &Store,
    asker: Option<IpAddr>,
    code: &ReceiptCode,
) -> Result<Option<Duration>, PageError> {
    let Err(wait) = app.questions.count(asker) else {
        return Ok(None);
    };
    let there = store.thread_by_code(code).await?.is_some();
    Ok((!there).then_some(wait))
}

/// When an answer to what is asked of `loket` now is due.
pub(super) fn due(present: &Present<'_>, loket: &Loket) -> Timestamp {
    working_days::due(&present.now, loket.answer_days, loket.working_days).timestamp()
}

/// Keeps a question. Once this returns, it is on disk. Nothing when the same form asked before and its
/// question is erased since.
pub(super) async fn keep(
    present: &Present<'_>,
    store: &Store,
    question: &NewQuestion,
    code: &ReceiptCode,
    channel: Channel,
) -> Result<Option<Kept>, PageError> {
    let loket = present.snapshot.library().loket(question.loket.as_str());
    let loket = loket.ok_or(PageError::NotFound)?;
    let words = SearchQuery::new(&question.text);
    let asked = Asked {
        question,
        code,
        body: &body(question),
        channel,
        urgent: !present.snapshot.safety(&words).is_empty(),
        due: due(present, loket),
        now: present.now.timestamp(),
    };
    let mut tx = store.write().await?;
    let added = tx.ask(&asked).await?;
    tx.commit().await?;
    match added {
        Added::Erased => Ok(None),
        Added::New(id) => Ok(Some(Kept {
            id,
            loket: question.loket.clone(),
            way: question.contact.way.clone(),
            due: asked.due,
            other: false,
            said: true,
        })),
        Added::Same(_) | Added::Other(_) => {
            let thread = store.thread_by_code(code).await?;
            // Withdrawn between the two: what was sent again can be sent once more.
            let thread = thread.ok_or(PageError::Unavailable)?;
            let other = matches!(added, Added::Other(_));
            Ok(Some(Kept::before(thread, &question.text, other)))
        }
    }
}

/// All that was asked, by which a form that comes again is seen to be the same.
fn body(question: &NewQuestion) -> String {
    let age = question.age.map(crate::domain::AgeBand::slug);
    serde_json::json!([
        question.text,
        age,
        question.audience.slug(),
        question.loket.as_str(),
        question.contact,
    ])
    .to_string()
}

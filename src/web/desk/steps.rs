//! Steps on a question. Each opens it, does one thing in the same change, and leads back to it; when
//! something stands in the way, nothing is done and nothing that was typed is lost.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::question::{Typed, id_of, opened, shown};
use super::signed::Sent;
use crate::domain::ask::FieldError;
use crate::domain::ask::parse_text;
use crate::domain::{Formal, Illegal, Progress, QuestionId};
use crate::store::{Action, Entry, StoreError, Tx};
use crate::views::desk::question::{Texts, Trouble};
use crate::web::app::App;
use crate::web::errors::PageError;
use crate::web::respond::see_other;

/// Why a step was not taken.
pub(super) enum Hindrance {
    /// Nothing can be shown.
    Page(PageError),
    /// The question is not as it was, or its state does not allow it.
    Trouble(Trouble),
    /// These fields are not right.
    Fields(Errors),
}

/// What is wrong with a form: the name of a field, and what to say of it.
pub(super) type Errors = Vec<(&'static str, String)>;

impl From<StoreError> for Hindrance {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Changed => Self::Trouble(Trouble::Changed),
            StoreError::Held => Self::Trouble(Trouble::Illegal(Illegal::Held)),
            error => Self::Page(error.into()),
        }
    }
}

impl From<Illegal> for Hindrance {
    fn from(illegal: Illegal) -> Self {
        Self::Trouble(Trouble::Illegal(illegal))
    }
}

/// What every step needs: the request, the site, the form, and the id of the question.
pub(super) type On = (HttpRequest, Data<App>, Sent<Typed>, Path<String>);

/// Opens the question and takes a step in the same change. When something stands in the way, nothing
/// is done.
pub(super) async fn taken(
    (_, app, sent, path): &On,
    action: Action,
    take: impl AsyncFnOnce(&mut Tx<'_>, &Entry) -> Result<(), Hindrance>,
) -> Result<Result<QuestionId, Hindrance>, PageError> {
    let id = id_of(path)?;
    let store = app.store()?;
    let (mut tx, entry) = opened(&store, &sent.by, id, action, app.now()).await?;
    match take(&mut tx, &entry).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Ok(id))
        }
        Err(hindrance) => Ok(Err(hindrance)),
    }
}

/// Leads back to a question.
pub(super) fn back_to(id: QuestionId) -> HttpResponse {
    see_other(&format!("/loket-werk/vraag/{id}")).finish()
}

/// Takes a step and leads back to the question. When something stands in the way, the page says what,
/// with the typed text kept.
pub(super) async fn step(
    on: &On,
    action: Action,
    take: impl AsyncFnOnce(&mut Tx<'_>, &Entry) -> Result<(), Hindrance>,
) -> Result<HttpResponse, PageError> {
    let (request, app, sent, path) = on;
    let trouble = match taken(on, action, take).await? {
        Ok(id) => return Ok(back_to(id)),
        Err(Hindrance::Page(error)) => return Err(error),
        Err(Hindrance::Trouble(trouble)) => trouble,
        Err(Hindrance::Fields(_)) => return Err(PageError::BadRequest("formulier")),
    };
    let text = sent.form.tekst.as_str();
    let (answer, note) = match action {
        Action::Note => ("", text),
        _ => (text, ""),
    };
    let typed = Texts { answer, note };
    shown(request, app, &sent.by, id_of(path)?, Some(trouble), typed).await
}

/// A step that only changes how far the question is.
async fn move_on(
    on: &On,
    action: Action,
    to: impl FnOnce(&Entry) -> Result<Progress, Hindrance>,
) -> Result<HttpResponse, PageError> {
    let now = on.1.now();
    step(on, action, async |tx, entry| {
        let question = &entry.thread.question;
        Ok(tx
            .set_progress(question, to(entry)?, question.due, now)
            .await?)
    })
    .await
}

/// Refuses a step on a question that changed since its page was made.
pub(super) fn unchanged(sent: &Sent<Typed>, entry: &Entry) -> Result<(), Hindrance> {
    if entry.thread.question.version == sent.form.versie {
        Ok(())
    } else {
        Err(Hindrance::Trouble(Trouble::Changed))
    }
}

/// The text that was typed, when it can be kept.
fn text_of(
    sent: &Sent<Typed>,
    wrong: impl FnOnce(FieldError) -> Trouble,
) -> Result<String, Hindrance> {
    parse_text(&sent.form.tekst).map_err(|error| Hindrance::Trouble(wrong(error)))
}

pub(super) async fn claim(on: On) -> Result<HttpResponse, PageError> {
    move_on(&on, Action::Claim, |entry| {
        unchanged(&on.2, entry)?;
        Ok(entry.thread.question.progress.claim(on.2.by.staff.id)?)
    })
    .await
}

pub(super) async fn release(on: On) -> Result<HttpResponse, PageError> {
    move_on(&on, Action::Release, |entry| {
        Ok(entry.thread.question.progress.release(on.2.by.staff.id)?)
    })
    .await
}

pub(super) async fn close(on: On) -> Result<HttpResponse, PageError> {
    move_on(&on, Action::Close, |entry| {
        unchanged(&on.2, entry)?;
        Ok(entry.thread.question.progress.close()?)
    })
    .await
}

pub(super) async fn reopen(on: On) -> Result<HttpResponse, PageError> {
    move_on(&on, Action::Reopen, |entry| {
        Ok(entry.thread.question.reopen()?)
    })
    .await
}

pub(super) async fn take_back(on: On) -> Result<HttpResponse, PageError> {
    let now = on.1.now();
    step(&on, Action::TakeBack, async |tx, entry| {
        let question = &entry.thread.question;
        if entry.offer.is_none() {
            return Err(Illegal::NotOffered.into());
        }
        // Whoever answers or accepts at the same time sees that it changed.
        tx.set_progress(question, question.progress, question.due, now)
            .await?;
        Ok(tx.drop_offer(question.id).await?)
    })
    .await
}

/// Notes what the question is by law; an empty choice takes that back.
pub(super) async fn mark(on: On) -> Result<HttpResponse, PageError> {
    let (_, app, sent, _) = &on;
    let now = app.now();
    let formal = match sent.form.soort.as_str() {
        "" => None,
        word => Some(Formal::parse(word).ok_or(PageError::BadRequest("soort"))?),
    };
    step(&on, Action::Mark, async |tx, entry| {
        if entry.thread.question.marked.map(|marked| marked.formal) == formal {
            return Ok(());
        }
        unchanged(sent, entry)?;
        Ok(tx.mark(&entry.thread, formal, now).await?)
    })
    .await
}

pub(super) async fn note(on: On) -> Result<HttpResponse, PageError> {
    let (_, app, sent, _) = &on;
    let now = app.now();
    step(&on, Action::Note, async |tx, entry| {
        let (text, id) = (text_of(sent, Trouble::Note)?, entry.thread.question.id);
        Ok(tx.add_note(&sent.by.staff, id, &text, now).await?)
    })
    .await
}

pub(super) async fn draft(on: On) -> Result<HttpResponse, PageError> {
    let (_, app, sent, _) = &on;
    let now = app.now();
    step(&on, Action::Draft, async |tx, entry| {
        let (text, id) = (&sent.form.tekst, entry.thread.question.id);
        Ok(tx.keep_draft(&sent.by.staff, id, text, now).await?)
    })
    .await
}

pub(super) async fn answer(on: On) -> Result<HttpResponse, PageError> {
    let (_, app, sent, _) = &on;
    let (staff, form, now) = (&sent.by.staff, &sent.form.formulier, app.now());
    step(&on, Action::Answer, async |tx, entry| {
        let text = text_of(sent, Trouble::Text)?;
        if tx.has_message(form).await? {
            return Ok(());
        }
        unchanged(sent, entry)?;
        entry.thread.question.progress.answer(staff.id)?;
        Ok(tx.answer(staff, &entry.thread, form, &text, now).await?)
    })
    .await
}

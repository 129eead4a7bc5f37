//! Steps on a question. Each opens it, does one thing in the same change, and leads back to it; when
//! something stands in the way, nothing is done and nothing that was typed is lost.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::question::{Typed, id_of, shown};
use super::signed::Sent;
use crate::domain::ask::parse_text;
use crate::domain::{Illegal, Progress};
use crate::store::{Action, Entry, StoreError, Tx};
use crate::views::desk::question::Trouble;
use crate::web::app::App;
use crate::web::errors::PageError;
use crate::web::respond::see_other;

/// Why a step was not taken.
enum Hindrance {
    Page(PageError),
    Trouble(Trouble),
}

impl From<StoreError> for Hindrance {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Changed => Self::Trouble(Trouble::Changed),
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
type On = (HttpRequest, Data<App>, Sent<Typed>, Path<String>);

/// Opens the question, takes a step in the same change, and leads back to it. When something stands
/// in the way, nothing is done, and the page says what with the typed text kept.
async fn step(
    (request, app, sent, path): &On,
    action: Action,
    take: impl AsyncFnOnce(&mut Tx<'_>, &Entry) -> Result<(), Hindrance>,
) -> Result<HttpResponse, PageError> {
    let id = id_of(path)?;
    let (store, signed) = (app.store()?, &sent.by);
    let mut tx = store.write().await?;
    let entry = tx
        .entry(&signed.staff, id, action, &signed.origin, app.now())
        .await?;
    let Some(entry) = entry else {
        tx.commit().await?;
        return Err(PageError::NotFound);
    };
    match take(&mut tx, &entry).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&format!("/loket-werk/vraag/{id}")).finish())
        }
        Err(Hindrance::Page(error)) => Err(error),
        Err(Hindrance::Trouble(trouble)) => {
            drop(tx);
            shown(request, app, signed, id, Some(trouble), &sent.form.tekst).await
        }
    }
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
fn unchanged(sent: &Sent<Typed>, entry: &Entry) -> Result<(), Hindrance> {
    if entry.thread.question.version == sent.form.versie {
        Ok(())
    } else {
        Err(Hindrance::Trouble(Trouble::Changed))
    }
}

/// The text that was typed, when it can be kept.
fn text_of(sent: &Sent<Typed>) -> Result<String, Hindrance> {
    parse_text(&sent.form.tekst).map_err(|error| Hindrance::Trouble(Trouble::Text(error)))
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
        Ok(entry.thread.question.progress.reopen()?)
    })
    .await
}

pub(super) async fn note(on: On) -> Result<HttpResponse, PageError> {
    let (_, app, sent, _) = &on;
    let now = app.now();
    step(&on, Action::Note, async |tx, entry| {
        let (text, id) = (text_of(sent)?, entry.thread.question.id);
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
        let text = text_of(sent)?;
        if tx.has_message(form).await? {
            return Ok(());
        }
        unchanged(sent, entry)?;
        entry.thread.question.progress.answer(staff.id)?;
        Ok(tx.answer(staff, &entry.thread, form, &text, now).await?)
    })
    .await
}

//! Steps on a question. Each opens it, does one thing in the same change, and leads back to it; when
//! something stands in the way, nothing is done and nothing that was typed is lost.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::question::{Typed, id_of, shown};
use super::signed::Sent;
use crate::domain::Illegal;
use crate::domain::ask::parse_text;
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

/// Opens the question, takes a step in the same change, and leads back to it. When something stands
/// in the way, nothing is done, and the page says what with the typed text kept.
async fn step(
    (request, app): (&HttpRequest, &App),
    sent: &Sent<Typed>,
    path: &Path<String>,
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

/// Refuses a step on a question that changed since its page was made.
fn unchanged(sent: &Sent<Typed>, entry: &Entry) -> Result<(), Hindrance> {
    if entry.thread.question.version == sent.form.versie {
        Ok(())
    } else {
        Err(Hindrance::Trouble(Trouble::Changed))
    }
}

pub(super) async fn claim(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (now, staff) = (app.now(), sent.by.staff.id);
    step(
        (&request, &app),
        &sent,
        &path,
        Action::Claim,
        async |tx, entry| {
            unchanged(&sent, entry)?;
            let question = &entry.thread.question;
            Ok(tx
                .set_progress(question, question.progress.claim(staff)?, question.due, now)
                .await?)
        },
    )
    .await
}

pub(super) async fn release(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (now, staff) = (app.now(), sent.by.staff.id);
    step(
        (&request, &app),
        &sent,
        &path,
        Action::Release,
        async |tx, entry| {
            let question = &entry.thread.question;
            Ok(tx
                .set_progress(
                    question,
                    question.progress.release(staff)?,
                    question.due,
                    now,
                )
                .await?)
        },
    )
    .await
}

pub(super) async fn close(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let now = app.now();
    step(
        (&request, &app),
        &sent,
        &path,
        Action::Close,
        async |tx, entry| {
            unchanged(&sent, entry)?;
            let question = &entry.thread.question;
            Ok(tx
                .set_progress(question, question.progress.close()?, question.due, now)
                .await?)
        },
    )
    .await
}

pub(super) async fn reopen(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let now = app.now();
    step(
        (&request, &app),
        &sent,
        &path,
        Action::Reopen,
        async |tx, entry| {
            let question = &entry.thread.question;
            Ok(tx
                .set_progress(question, question.progress.reopen()?, question.due, now)
                .await?)
        },
    )
    .await
}

pub(super) async fn note(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let now = app.now();
    step(
        (&request, &app),
        &sent,
        &path,
        Action::Note,
        async |tx, entry| {
            let text = parse_text(&sent.form.tekst)
                .map_err(|error| Hindrance::Trouble(Trouble::Text(error)))?;
            Ok(tx
                .add_note(&sent.by.staff, entry.thread.question.id, &text, now)
                .await?)
        },
    )
    .await
}

pub(super) async fn draft(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let now = app.now();
    step(
        (&request, &app),
        &sent,
        &path,
        Action::Draft,
        async |tx, entry| {
            Ok(tx
                .keep_draft(
                    &sent.by.staff,
                    entry.thread.question.id,
                    &sent.form.tekst,
                    now,
                )
                .await?)
        },
    )
    .await
}

pub(super) async fn answer(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let now = app.now();
    step(
        (&request, &app),
        &sent,
        &path,
        Action::Answer,
        async |tx, entry| {
            let text = parse_text(&sent.form.tekst)
                .map_err(|error| Hindrance::Trouble(Trouble::Text(error)))?;
            if tx.has_message(&sent.form.formulier).await? {
                return Ok(());
            }
            unchanged(&sent, entry)?;
            entry.thread.question.progress.answer(sent.by.staff.id)?;
            Ok(tx
                .answer(
                    &sent.by.staff,
                    &entry.thread,
                    &sent.form.formulier,
                    &text,
                    now,
                )
                .await?)
        },
    )
    .await
}

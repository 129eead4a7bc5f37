//! Offering a question to another loket.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::question::{Typed, id_of};
use super::sheet::{Again, again, read_reason, show};
use super::signed::{Answering, Signed};
use super::steps::{Hindrance, On, back_to, taken, unchanged};
use crate::domain::{Loket, QuestionId, Slug, Staff};
use crate::store::{Action, Entry, Store};
use crate::views::desk::offer::{Chosen, page};
use crate::web::app::{App, Present};
use crate::web::asking::takes_questions;
use crate::web::errors::PageError;

pub(super) async fn form(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let id = id_of(&path)?;
    sheet(&request, &app, &signed, id, &Again::default()).await
}

async fn sheet(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    id: QuestionId,
    again: &Again<'_>,
) -> Result<HttpResponse, PageError> {
    let (store, present) = (app.store()?, app.present());
    let others = others(app, &store, &present, &signed.staff).await?;
    show(
        request,
        app,
        signed,
        id,
        again,
        |present, sheet, _, typed| {
            let chosen = Chosen {
                others: &others,
                loket: &typed.loket,
                reason: &typed.reden,
            };
            page(&signed.frame(present), sheet, &chosen)
        },
    )
    .await
}

/// The other lokets where somebody reads what comes in.
async fn others<'p>(
    app: &App,
    store: &Store,
    present: &'p Present<'_>,
    staff: &Staff,
) -> Result<Vec<&'p Loket>, PageError> {
    let mut others = Vec::new();
    for loket in present.snapshot.library().lokets() {
        if loket.slug != staff.loket && takes_questions(app, store, loket).await? {
            others.push(loket);
        }
    }
    Ok(others)
}

pub(super) async fn offer(on: On) -> Result<HttpResponse, PageError> {
    let (request, app, sent, path) = &on;
    let (staff, now) = (&sent.by.staff, app.now());
    let (store, present) = (app.store()?, app.present());
    let others = others(app, &store, &present, staff).await?;
    let came = taken(&on, Action::Offer, async |tx, entry| {
        let (to, reason) = read(&sent.form, &others)?;
        if is_repeated(entry, staff, to, &reason) {
            return Ok(());
        }
        let question = &entry.thread.question;
        question.may_be_offered(entry.offer.as_ref())?;
        unchanged(sent, entry)?;
        Ok(tx.offer(staff, question, to, &reason, now).await?)
    })
    .await?;
    match came {
        Ok(id) => Ok(back_to(id)),
        Err(hindrance) => {
            let again = again(&on, hindrance)?;
            sheet(request, app, &sent.by, id_of(path)?, &again).await
        }
    }
}

/// Which loket, and why.
fn read<'p>(typed: &Typed, others: &[&'p Loket]) -> Result<(&'p Slug, String), Hindrance> {
    let mut errors = Vec::new();
    let to = others.iter().find(|one| one.slug.as_str() == typed.loket);
    if to.is_none() {
        errors.push(("loket", "Kies een loket uit de lijst.".to_owned()));
    }
    let reason = read_reason(&typed.reden, &mut errors);
    match to {
        Some(to) if errors.is_empty() => Ok((&to.slug, reason)),
        _ => Err(Hindrance::Fields(errors)),
    }
}

/// Whether the very same was offered already: the form came twice.
fn is_repeated(entry: &Entry, staff: &Staff, to: &Slug, reason: &str) -> bool {
    let standing = entry.offer.as_ref();
    standing.is_some_and(|one| one.to == *to && one.staff == staff.id && one.reason == reason)
}

//! Keeping a question that has to be kept.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use jiff::civil::Date;

use super::question::{Typed, id_of};
use super::sheet::{Again, again, must_manage, read_reason, show};
use super::signed::{Managing, Signed};
use super::steps::{Hindrance, On, back_to, step, taken, unchanged};
use crate::clock::{dutch_day, dutch_zone};
use crate::domain::QuestionId;
use crate::domain::hold::parse_until;
use crate::store::Action;
use crate::views::desk::hold::page;
use crate::web::app::App;
use crate::web::errors::PageError;

pub(super) async fn form(
    request: HttpRequest,
    app: Data<App>,
    signed: Managing,
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
    show(
        request,
        app,
        signed,
        id,
        again,
        |present, sheet, entry, typed| {
            let typed = (typed.tot.as_str(), typed.reden.as_str());
            page(&signed.frame(present), sheet, entry.hold.as_ref(), typed)
        },
    )
    .await
}

pub(super) async fn hold(on: On) -> Result<HttpResponse, PageError> {
    let (request, app, sent, path) = &on;
    must_manage(&sent.by)?;
    let (staff, now) = (&sent.by.staff, app.now());
    let came = taken(&on, Action::Hold, async |tx, entry| {
        let (until, reason) = read(&sent.form, dutch_day(now))?;
        let hold = entry.hold.as_ref();
        if hold.is_some_and(|hold| hold.until == until && hold.reason == reason) {
            return Ok(());
        }
        unchanged(sent, entry)?;
        let question = &entry.thread.question;
        Ok(tx.hold(staff, question, until, &reason, now).await?)
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

/// Until the end of which day, and why.
fn read(typed: &Typed, today: Date) -> Result<(Timestamp, String), Hindrance> {
    let mut errors = Vec::new();
    let until = parse_until(&typed.tot, today).map_err(|error| error.to_string());
    let until = until.and_then(|day| end_of(day).ok_or_else(|| "Kies een andere dag.".to_owned()));
    if let Err(error) = &until {
        errors.push(("tot", error.clone()));
    }
    let reason = read_reason(&typed.reden, &mut errors);
    match until {
        Ok(until) if errors.is_empty() => Ok((until, reason)),
        _ => Err(Hindrance::Fields(errors)),
    }
}

/// The last second of a day.
fn end_of(day: Date) -> Option<Timestamp> {
    let end = day.at(23, 59, 59, 0).to_zoned(dutch_zone()).ok()?;
    Some(end.timestamp())
}

pub(super) async fn lift(on: On) -> Result<HttpResponse, PageError> {
    let (_, _, sent, _) = &on;
    must_manage(&sent.by)?;
    step(&on, Action::LiftHold, async |tx, entry| {
        if entry.hold.is_none() {
            return Ok(());
        }
        unchanged(sent, entry)?;
        Ok(tx.lift_hold(&entry.thread.question).await?)
    })
    .await
}

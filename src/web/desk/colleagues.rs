//! Colleagues of the own loket, and what who looks after it does with their accounts.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Scope};
use serde::Deserialize;

use super::account::shown as account;
use super::signed::{Answering, HasAccount, Manages, Sent, Signed};
use crate::domain::staff::parse_away;
use crate::domain::{Role, StaffId};
use crate::mail::invitation_address;
use crate::secrets::BearerToken;
use crate::store::{Action, INVITATION_HOLDS, Invitation};
use crate::views::desk::account::AccountErrors;
use crate::views::desk::colleagues::{Shown, Wrong, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::{own_page, see_other};

const PLACE: &str = "/loket-werk/collegas";

pub(super) fn scope() -> Scope {
    web::scope(PLACE)
        .route("", web::get().to(list))
        .route("/uitnodigen", web::post().to(invite))
        .route("/{id}/afwezig", web::post().to(set_away))
        .route("/{id}/afsluiten", web::post().to(disable))
}

/// What the forms send.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    tot: String,
    rol: String,
}

async fn list(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
) -> Result<HttpResponse, PageError> {
    shown(&request, &app, &signed, None, None).await
}

async fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    wrong: Option<Wrong>,
    link: Option<&str>,
) -> Result<HttpResponse, PageError> {
    let colleagues = app.store()?.colleagues(&signed.staff.loket).await?;
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let shown = Shown {
        colleagues: &colleagues,
        wrong: wrong.as_ref(),
        link,
    };
    let present = app.present();
    let page = page(&signed.frame(&present), &shown);
    Ok(own_page(request, status, CachePolicy::NoStore, page))
}

fn id_of(path: &Path<String>) -> Result<StaffId, PageError> {
    StaffId::parse(path).ok_or(PageError::NotFound)
}

async fn set_away(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed, Manages>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (store, signed) = (app.store()?, &sent.by);
    let mut tx = store.write().await?;
    let of = tx.colleague(&signed.staff, id_of(&path)?).await?;
    let of = of.ok_or(PageError::NotFound)?;
    let last = match parse_away(&sent.form.tot, app.present().now.date()) {
        Ok(last) => last,
        Err(error) => {
            drop(tx);
            let wrong = Wrong::Away(of.id, sent.form.tot.clone(), error);
            return shown(&request, &app, signed, Some(wrong), None).await;
        }
    };
    tx.set_away(&signed.staff, of.id, last, &signed.origin, app.now())
        .await?;
    tx.commit().await?;
    Ok(see_other(PLACE).finish())
}

/// Who is signed in says until when she is away herself.
pub(super) async fn set_own_away(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed, HasAccount>,
) -> Result<HttpResponse, PageError> {
    let (store, signed) = (app.store()?, &sent.by);
    let last = match parse_away(&sent.form.tot, app.present().now.date()) {
        Ok(last) => last,
        Err(error) => {
            let errors = AccountErrors {
                away: Some((sent.form.tot.clone(), error)),
                ..AccountErrors::default()
            };
            return Ok(account(&request, &app, signed, None, &errors));
        }
    };
    let (staff, origin) = (&signed.staff, &signed.origin);
    let mut tx = store.write().await?;
    tx.set_away(staff, staff.id, last, origin, app.now())
        .await?;
    tx.commit().await?;
    Ok(see_other("/loket-werk/account?klaar=afwezig").finish())
}

async fn disable(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed, Manages>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (store, signed) = (app.store()?, &sent.by);
    let mut tx = store.write().await?;
    let of = tx.colleague(&signed.staff, id_of(&path)?).await?;
    let of = of.ok_or(PageError::NotFound)?;
    if of.id == signed.staff.id {
        drop(tx);
        return shown(&request, &app, signed, Some(Wrong::Oneself), None).await;
    }
    if !of.disabled {
        tx.disable_staff(&signed.staff, of.id, &signed.origin, app.now())
            .await?;
        tx.commit().await?;
    }
    Ok(see_other(PLACE).finish())
}

async fn invite(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed, Manages>,
) -> Result<HttpResponse, PageError> {
    let (store, signed, now) = (app.store()?, &sent.by, app.now());
    let Some(role) = Role::parse(&sent.form.rol) else {
        return shown(&request, &app, signed, Some(Wrong::Role), None).await;
    };
    let invitation = Invitation {
        role,
        loket: Some(signed.staff.loket.clone()),
    };
    let token = BearerToken::generate(store.random());
    let mut tx = store.write().await?;
    let until = now + INVITATION_HOLDS;
    tx.invite(&token.digest(), &invitation, until, now).await?;
    tx.log(
        &signed.staff,
        Action::Invite,
        &[],
        true,
        &signed.origin,
        now,
    )
    .await?;
    tx.commit().await?;
    let link = invitation_address(&app.settings.base_url, token.as_str());
    shown(&request, &app, signed, None, Some(&link)).await
}

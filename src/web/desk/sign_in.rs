//! Signing in and out.

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form};
use actix_web::{HttpRequest, HttpResponse, Resource};
use jiff::Timestamp;
use serde::Deserialize;

use super::interrupted::Interrupted;
use super::signed::{HasAccount, Sent, cookie, no_cookie, origin};
use crate::domain::{MailAddress, Staff};
use crate::secrets::{BearerToken, RecoveryCode, burn, verify};
use crate::store::{Action, Credentials, Store};
use crate::views::desk::sign_in::{Refusal, SignIn, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::{own_page, see_other};

pub(super) fn resource() -> Resource {
    web::resource("/loket-werk/inloggen")
        .route(web::get().to(form))
        .route(web::post().to(sign_in))
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    mail: String,
    wachtwoord: String,
    code: String,
    bewaard: String,
}

async fn form(request: HttpRequest, app: Data<App>) -> HttpResponse {
    shown(&request, &app, &Typed::default(), None)
}

fn shown(
    request: &HttpRequest,
    app: &App,
    typed: &Typed,
    refusal: Option<Refusal>,
) -> HttpResponse {
    let status = match refusal {
        None => StatusCode::OK,
        Some(Refusal::TooOften) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let present = app.present();
    let sign_in = SignIn {
        mail: &typed.mail,
        kept: &typed.bewaard,
        refusal,
    };
    let page = page(&present.site(), &sign_in);
    own_page(request, status, CachePolicy::NoStore, page)
}

async fn sign_in(
    request: HttpRequest,
    app: Data<App>,
    typed: Form<Typed>,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let network = app
        .limits
        .visitor_of(request.peer_addr(), request.headers());
    if !app
        .attempts
        .allows(&typed.mail, network.unwrap_or([0, 0, 0, 0].into()))
    {
        return Ok(shown(&request, &app, &typed, Some(Refusal::TooOften)));
    }
    let known = match MailAddress::parse(&typed.mail) {
        Some(mail) => store.credentials(&mail).await?,
        None => None,
    };
    let now = app.now();
    let came_in = came_in(&store, known, &typed, now).await?;
    let origin = origin(&app, &request);
    match came_in {
        Ok(staff) => {
            let cookie = begin(&store, &staff, &origin, now).await?;
            if let Some(kept) = Interrupted::open(&store, &typed.bewaard, now)
                && let Some(page) = kept.back((&request, &app), &staff, &cookie).await?
            {
                return Ok(page);
            }
            Ok(see_other(first_page(&staff)).cookie(cookie).finish())
        }
        Err((staff, refusal)) => {
            note_refusal(&store, staff, &origin, now).await?;
            Ok(shown(&request, &app, &typed, Some(refusal)))
        }
    }
}

type CameIn = Result<Staff, (Option<Staff>, Refusal)>;

/// Holds what was typed against the account. An account that is not there takes as long.
async fn came_in(
    store: &Store,
    known: Option<Credentials>,
    typed: &Typed,
    now: Timestamp,
) -> Result<CameIn, PageError> {
    let password = typed.wachtwoord.clone();
    let stopped = |_| PageError::Internal("het controleren van een wachtwoord brak af".to_owned());
    let Some(known) = known.filter(|known| !known.staff.disabled) else {
        web::block(move || burn(&password)).await.map_err(stopped)?;
        return Ok(Err((None, Refusal::Wrong)));
    };
    let hash = known.password.clone();
    let right = web::block(move || verify(&hash, &password))
        .await
        .map_err(stopped)?;
    if !right {
        return Ok(Err((Some(known.staff), Refusal::Wrong)));
    }
    if known.totp.is_none() {
        return Ok(Ok(known.staff));
    }
    if typed.code.trim().is_empty() {
        return Ok(Err((None, Refusal::CodeWanted)));
    }
    let right = second_factor(store, &known, &typed.code, now).await?;
    Ok(if right {
        Ok(known.staff)
    } else {
        Err((Some(known.staff), Refusal::WrongCode))
    })
}

/// Whether `code` is of the app, or a recovery code; either is used up.
async fn second_factor(
    store: &Store,
    known: &Credentials,
    code: &str,
    now: Timestamp,
) -> Result<bool, PageError> {
    let step = known
        .totp
        .as_ref()
        .and_then(|secret| secret.check(code, now, known.totp_step));
    let mut tx = store.write().await?;
    let right = match (step, RecoveryCode::parse(code)) {
        (Some(step), _) => tx.use_totp(known.staff.id, step).await?,
        (None, Some(code)) => {
            tx.use_recovery(known.staff.id, &code.digest(store.keys()))
                .await?
        }
        (None, None) => false,
    };
    tx.commit().await?;
    Ok(right)
}

async fn note_refusal(
    store: &Store,
    staff: Option<Staff>,
    origin: &str,
    now: Timestamp,
) -> Result<(), PageError> {
    let Some(staff) = staff else { return Ok(()) };
    let mut tx = store.write().await?;
    tx.log(&staff, Action::SignInRefused, &[], false, origin, now)
        .await?;
    Ok(tx.commit().await?)
}

/// Begins a session for `staff`.
pub(super) async fn begin(
    store: &Store,
    staff: &Staff,
    origin: &str,
    now: Timestamp,
) -> Result<Cookie<'static>, PageError> {
    let token = BearerToken::generate(store.random());
    let mut tx = store.write().await?;
    tx.begin_session(&token.digest(), staff.id, now).await?;
    tx.log(staff, Action::SignIn, &[], true, origin, now)
        .await?;
    tx.commit().await?;
    Ok(cookie(&token))
}

/// Where somebody begins who just signed in.
fn first_page(staff: &Staff) -> &'static str {
    if staff.role.answers() {
        "/loket-werk"
    } else {
        "/loket-werk/account"
    }
}

/// A form that only has to show that it is of this session.
#[derive(Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn sign_out(
    app: Data<App>,
    sent: Sent<Nothing, HasAccount>,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let mut tx = store.write().await?;
    tx.end_session(&sent.by.digest).await?;
    tx.log(
        &sent.by.staff,
        Action::SignOut,
        &[],
        true,
        &sent.by.origin,
        app.now(),
    )
    .await?;
    tx.commit().await?;
    Ok(see_other("/loket-werk/inloggen")
        .insert_header(("Clear-Site-Data", "\"cache\", \"storage\""))
        .cookie(no_cookie())
        .finish())
}

/// Keeps the session: whoever still works says so.
pub(super) async fn stay(
    app: Data<App>,
    sent: Sent<Nothing, HasAccount>,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let mut tx = store.write().await?;
    tx.touch_session(&sent.by.digest, app.now()).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

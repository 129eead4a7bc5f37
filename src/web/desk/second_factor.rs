//! An app for codes and recovery codes, for who is signed in.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse, Resource};
use jiff::SignedDuration;
use serde::Deserialize;

use super::account::go_on;
use super::confirm::confirm;
use super::signed::{HasAccount, Member, Sent, Signed, cookie, form_token};
use crate::secrets::{RecoveryCode, TotpSecret};
use crate::store::{Action, Store};
use crate::views::desk::second_factor::{Shown, done, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// How long the page may stand open before a new secret is wanted.
const PAGE_HOLDS: SignedDuration = SignedDuration::from_hours(2);

/// What is said of a code that does not fit.
const WRONG_CODE: &str = "Deze code klopt niet. Neem de code die de app nu laat zien.";

pub(super) fn resource() -> Resource {
    web::resource("/loket-werk/account/app")
        .route(web::get().to(form))
        .route(web::post().to(set))
}

/// What the forms send.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    geheim: String,
    code: String,
    huidig: String,
    bevestig: String,
}

/// What is wrong with what was typed.
#[derive(Default)]
struct Errors {
    code: Option<&'static str>,
    present: Option<&'static str>,
    confirm: Option<&'static str>,
}

async fn form(
    request: HttpRequest,
    app: Data<App>,
    signed: Member,
) -> Result<HttpResponse, PageError> {
    let secret = TotpSecret::generate(app.store()?.random());
    shown(&request, &app, &signed, &secret, &Errors::default())
}

/// What the ticket with the secret is for: this account and no other.
fn purpose(signed: &Signed) -> String {
    format!("second factor of {}", signed.staff.id)
}

fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    secret: &TotpSecret,
    errors: &Errors,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let (until, text) = (app.now() + PAGE_HOLDS, secret.to_base32());
    let ticket = store
        .keys()
        .issue_ticket(&purpose(signed), &text, until, store.random());
    let shown = Shown {
        secret: &text,
        uri: &secret.uri("Loes", signed.staff.mail.as_str()),
        ticket: &ticket,
        code: errors.code,
        present: errors.present,
        confirm: errors.confirm,
    };
    let status = if shown.is_right() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let present = app.present();
    let page = page(&signed.frame(&present), &shown);
    Ok(own_page(request, status, CachePolicy::NoStore, page))
}

async fn set(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed, HasAccount>,
) -> Result<HttpResponse, PageError> {
    let (store, signed, now) = (app.store()?, &sent.by, app.now());
    let ticket = store
        .keys()
        .open_ticket(&purpose(signed), &sent.form.geheim, now);
    let kept = ticket.and_then(|text| TotpSecret::parse(&text));
    let secret = kept.unwrap_or_else(|| TotpSecret::generate(store.random()));
    let step = secret.check(&sent.form.code, now, 0);
    let known = confirm(&app, &request, signed, &sent.form.huidig).await?;
    let (Some(step), Ok(_)) = (step, &known) else {
        let errors = Errors {
            code: step.is_none().then_some(WRONG_CODE),
            present: known.err(),
            confirm: None,
        };
        return shown(&request, &app, signed, &secret, &errors);
    };
    let (codes, digests) = new_codes(&store);
    let mut tx = store.write().await?;
    tx.set_app(signed.staff.id, Some((&secret, step)), &digests)
        .await?;
    let token = go_on(&mut tx, &app, signed, Action::App).await?;
    tx.commit().await?;
    let renewed = form_token(&store, &token.digest());
    let mut response = told(
        &request,
        &app,
        signed,
        &renewed,
        "Je app is ingesteld",
        &codes,
    );
    let added = response.add_cookie(&cookie(&token));
    added.map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(response)
}

pub(super) async fn recovery(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed, HasAccount>,
) -> Result<HttpResponse, PageError> {
    let (store, signed) = (app.store()?, &sent.by);
    if !signed.staff.second_factor {
        return Err(PageError::NotFound);
    }
    let known = confirm(&app, &request, signed, &sent.form.bevestig).await?;
    if let Err(wrong) = known {
        let errors = Errors {
            confirm: Some(wrong),
            ..Errors::default()
        };
        let secret = TotpSecret::generate(store.random());
        return shown(&request, &app, signed, &secret, &errors);
    }
    let (codes, digests) = new_codes(&store);
    let mut tx = store.write().await?;
    tx.set_recovery(signed.staff.id, &digests).await?;
    let (action, origin) = (Action::RecoveryCodes, &signed.origin);
    tx.log(&signed.staff, action, &[], true, origin, app.now())
        .await?;
    tx.commit().await?;
    let title = "Je nieuwe herstelcodes";
    Ok(told(&request, &app, signed, &signed.token, title, &codes))
}

/// New recovery codes, to show and to keep.
fn new_codes(store: &Store) -> (Vec<String>, Vec<String>) {
    let codes = RecoveryCode::generate_many(store.random());
    let shown = codes.iter().map(RecoveryCode::to_text).collect();
    (
        shown,
        codes.iter().map(|code| code.digest(store.keys())).collect(),
    )
}

fn told(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    token: &str,
    title: &str,
    codes: &[String],
) -> HttpResponse {
    let present = app.present();
    let frame = signed.frame(&present);
    let page = done(&crate::views::desk::Frame { token, ..frame }, title, codes);
    own_page(request, StatusCode::OK, CachePolicy::NoStore, page)
}

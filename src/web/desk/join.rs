//! Making an account of an invitation.

use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse, Resource};
use jiff::SignedDuration;
use serde::Deserialize;

use super::join_form::{Typed, Wanted};
use super::sign_in::begin;
use super::signed::origin;
use crate::secrets::{BearerToken, RecoveryCode, TotpSecret};
use crate::store::{Action, Invitation, NewStaff, Store};
use crate::views::desk::join::{self, Join, JoinErrors, JoinTyped};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// How long the page may stand open before a new secret is wanted.
const PAGE_HOLDS: SignedDuration = SignedDuration::from_hours(2);

/// What the ticket with the secret is for.
const PURPOSE: &str = "second factor of a new account";

pub(super) fn resource() -> Resource {
    web::resource("/loket-werk/uitnodiging")
        .route(web::get().to(form))
        .route(web::post().to(join))
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    sleutel: String,
}

async fn form(
    request: HttpRequest,
    app: Data<App>,
    link: Query<Link>,
) -> Result<HttpResponse, PageError> {
    let typed = Typed {
        sleutel: link.into_inner().sleutel,
        ..Typed::default()
    };
    match Visit::new(&request, &app, &typed).await? {
        Some(visit) => Ok(visit.shown(JoinErrors::default())),
        None => Ok(ended(&request, &app)),
    }
}

async fn join(
    request: HttpRequest,
    app: Data<App>,
    typed: Form<Typed>,
) -> Result<HttpResponse, PageError> {
    let Some(visit) = Visit::new(&request, &app, &typed).await? else {
        return Ok(ended(&request, &app));
    };
    let snapshot = app.shelf.snapshot();
    let wanted = typed.read(
        &visit.invitation,
        snapshot.library(),
        &visit.secret,
        app.now(),
    );
    let made = match wanted {
        Ok(wanted) => visit.make(wanted).await?,
        Err(errors) => return Ok(visit.shown(errors)),
    };
    match made {
        Made::Account(cookie, codes) => visit.welcomed(&cookie, &codes),
        Made::AddressTaken => Ok(visit.shown(JoinErrors {
            mail: Some("Dit mailadres heeft al een account."),
            ..JoinErrors::default()
        })),
        Made::TooLate => Ok(ended(&request, &app)),
    }
}

fn ended(request: &HttpRequest, app: &App) -> HttpResponse {
    let page = join::ended(&app.present().site());
    own_page(request, StatusCode::GONE, CachePolicy::NoStore, page)
}

/// What came of making an account.
enum Made {
    /// It is there; the session and the recovery codes.
    Account(Cookie<'static>, Vec<String>),
    /// Somebody has one with this address.
    AddressTaken,
    /// Somebody else used the invitation.
    TooLate,
}

/// One request by who holds an invitation that still works.
struct Visit<'a> {
    request: &'a HttpRequest,
    app: &'a App,
    store: Arc<Store>,
    typed: &'a Typed,
    key: BearerToken,
    invitation: Invitation,
    /// The secret that the app was shown, or a new one.
    secret: TotpSecret,
}

impl<'a> Visit<'a> {
    async fn new(
        request: &'a HttpRequest,
        app: &'a App,
        typed: &'a Typed,
    ) -> Result<Option<Self>, PageError> {
        let (store, now) = (app.store()?, app.now());
        let Some(key) = BearerToken::parse(&typed.sleutel) else {
            return Ok(None);
        };
        let Some(invitation) = store.invitation(&key.digest(), now).await? else {
            return Ok(None);
        };
        let shown = store.keys().open_ticket(PURPOSE, &typed.geheim, now);
        let shown = shown.and_then(|text| TotpSecret::parse(&text));
        let secret = shown.unwrap_or_else(|| TotpSecret::generate(store.random()));
        Ok(Some(Self {
            request,
            app,
            store,
            typed,
            key,
            invitation,
            secret,
        }))
    }

    fn shown(&self, errors: JoinErrors) -> HttpResponse {
        let status = if errors.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let typed = self.typed;
        let secret = self.secret.to_base32();
        let until = self.app.now() + PAGE_HOLDS;
        let keys = self.store.keys();
        let account = if typed.mail.is_empty() {
            "loket"
        } else {
            &typed.mail
        };
        let form = Join {
            key: &typed.sleutel,
            invitation: &self.invitation,
            typed: JoinTyped {
                name: &typed.naam,
                mail: &typed.mail,
                loket: &typed.loket,
            },
            uri: &self.secret.uri("Loes", account),
            ticket: &keys.issue_ticket(PURPOSE, &secret, until, self.store.random()),
            secret: &secret,
            errors,
        };
        let page = join::page(&self.app.present().site(), &form);
        own_page(self.request, status, CachePolicy::NoStore, page)
    }

    fn welcomed(&self, cookie: &Cookie<'_>, codes: &[String]) -> Result<HttpResponse, PageError> {
        let page = join::welcome(&self.app.present().site(), codes);
        let mut response = own_page(self.request, StatusCode::OK, CachePolicy::NoStore, page);
        let added = response.add_cookie(cookie);
        added.map_err(|error| PageError::Internal(error.to_string()))?;
        Ok(response)
    }

    async fn make(&self, wanted: Wanted) -> Result<Made, PageError> {
        let (store, now) = (&self.store, self.app.now());
        let (password, random) = (wanted.password, Arc::clone(store));
        let hash = web::block(move || password.hash(random.random())).await;
        let hash = hash.map_err(|error| PageError::Internal(error.to_string()))?;
        let with_app = wanted.step.map(|_| &self.secret);
        let codes = with_app.map_or_else(Vec::new, |_| RecoveryCode::generate_many(store.random()));
        let digests: Vec<_> = codes.iter().map(|code| code.digest(store.keys())).collect();
        let mut tx = store.write().await?;
        if !tx.use_invitation(&self.key.digest(), now).await? {
            return Ok(Made::TooLate);
        }
        let new = NewStaff {
            name: &wanted.name,
            mail: &wanted.mail,
            role: self.invitation.role,
            loket: &wanted.loket,
            password: &hash,
            totp: with_app,
            totp_step: wanted.step.unwrap_or(0),
            recovery: &digests,
        };
        let Some(staff) = tx.add_staff(&new, now).await? else {
            return Ok(Made::AddressTaken);
        };
        let origin = origin(self.app, self.request);
        tx.log(&staff, Action::Join, &[], true, &origin, now)
            .await?;
        tx.commit().await?;
        let cookie = begin(store, &staff, &origin, now).await?;
        let codes = codes.iter().map(RecoveryCode::to_text).collect();
        Ok(Made::Account(cookie, codes))
    }
}

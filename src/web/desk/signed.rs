//! Who is signed in, and forms that only she can have sent.

use std::future::Future;
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::interrupted::sign_in_again;
use crate::domain::{Role, Staff, StaffId};
use crate::secrets::{BearerToken, Keys};
use crate::store::Store;
use crate::views::desk::Frame;
use crate::web::app::{App, Present};
use crate::web::errors::PageError;

/// The prefix has the browser see to it that the cookie is of this host alone, and of https.
const COOKIE: &str = "__Host-loes-werk";

/// How often it is noted that a session is used.
const NOTE_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// A member of staff who is signed in.
pub(super) struct Signed {
    /// Who.
    pub(super) staff: Staff,
    /// The digest of the session's token.
    pub(super) digest: String,
    /// When the session ends, unless it is used before.
    pub(super) ends: Timestamp,
    /// From where, for the log.
    pub(super) origin: String,
    /// Shows that a form came from a page of this session.
    pub(super) token: String,
    /// Shows to whom a page was shown, also when the session is over.
    pub(super) who: String,
}

impl Signed {
    /// What every page of the desk knows.
    pub(super) fn frame<'a>(&'a self, present: &'a Present<'_>) -> Frame<'a> {
        Frame {
            site: present.site(),
            staff: &self.staff,
            token: &self.token,
            who: &self.who,
            ends: self.ends,
        }
    }
}

/// The cookie of a session.
pub(super) fn cookie(token: &BearerToken) -> Cookie<'static> {
    Cookie::build(COOKIE, token.as_str().to_owned())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

/// The cookie that takes the place of the one before, and is nothing.
pub(super) fn no_cookie() -> Cookie<'static> {
    let mut cookie = Cookie::build(COOKIE, "").path("/").secure(true).finish();
    cookie.make_removal();
    cookie
}

/// What a form of the session with this digest carries.
pub(super) fn form_token(store: &Store, digest: &str) -> String {
    store.keys().sign("form of the desk", &[digest])
}

/// What a form carries that was shown to `staff`: it opens nothing, and nobody else can make it.
pub(super) fn who(keys: &Keys, staff: StaffId) -> String {
    let id = staff.to_string();
    format!("{id}.{}", keys.sign("who has a form of the desk", &[&id]))
}

/// The address of who asks, for the log.
pub(super) fn origin(app: &App, request: &HttpRequest) -> String {
    let address = app
        .limits
        .visitor_of(request.peer_addr(), request.headers());
    address.map_or_else(String::new, |address| address.to_string())
}

async fn signed(request: HttpRequest) -> Result<Signed, PageError> {
    let app = request.app_data::<Data<App>>().ok_or(PageError::SignIn)?;
    let store = app.store()?;
    let token = request
        .cookie(COOKIE)
        .and_then(|cookie| BearerToken::parse(cookie.value()));
    let digest = token.ok_or(PageError::SignIn)?.digest();
    let now = app.now();
    let session = store
        .session(&digest, now)
        .await?
        .ok_or(PageError::SignIn)?;
    if now.duration_since(session.seen) > NOTE_EVERY {
        let mut tx = store.write().await?;
        tx.touch_session(&digest, now).await?;
        tx.commit().await?;
    }
    Ok(Signed {
        token: form_token(&store, &digest),
        who: who(store.keys(), session.staff.id),
        origin: origin(app, &request),
        staff: session.staff,
        ends: session.ends,
        digest,
    })
}

type Extracted<T> = Pin<Box<dyn Future<Output = Result<T, PageError>>>>;

/// What somebody who is signed in must be allowed to do.
pub(super) trait Right {
    fn is_of(role: Role) -> bool;
}

/// Answering the questions of a loket.
pub(super) struct Answers;

impl Right for Answers {
    fn is_of(role: Role) -> bool {
        role.answers()
    }
}

/// Looking after a loket.
pub(super) struct Manages;

impl Right for Manages {
    fn is_of(role: Role) -> bool {
        role.manages()
    }
}

/// Having an account, whatever it is for.
pub(super) struct HasAccount;

impl Right for HasAccount {
    fn is_of(_: Role) -> bool {
        true
    }
}

/// Somebody who is signed in and has a right.
pub(super) struct With<R>(Signed, PhantomData<R>);

/// Somebody signed in who answers questions.
pub(super) type Answering = With<Answers>;

/// Somebody signed in who looks after a loket.
pub(super) type Managing = With<Manages>;

/// Somebody signed in.
pub(super) type Member = With<HasAccount>;

impl<R> Deref for With<R> {
    type Target = Signed;

    fn deref(&self) -> &Signed {
        &self.0
    }
}

impl<R: Right> FromRequest for With<R> {
    type Error = PageError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let signed = signed(request).await?;
            if R::is_of(signed.staff.role) {
                Ok(Self(signed, PhantomData))
            } else {
                Err(PageError::Forbidden)
            }
        })
    }
}

/// A form that a page of this very session sent. Handlers of the desk take this and nothing else.
pub(super) struct Sent<T, R = Answers> {
    /// Who sent it.
    pub(super) by: With<R>,
    /// What.
    pub(super) form: T,
}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    teken: String,
}

impl<T: DeserializeOwned + 'static, R: Right + 'static> FromRequest for Sent<T, R> {
    type Error = PageError;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let by = With::<R>::from_request(request, payload);
        let body = Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let (by, body) = (by.await, body.await);
            let body = body.map_err(|_| PageError::BadRequest("formulier"))?;
            let by = by.map_err(|error| match error {
                PageError::SignIn => sign_in_again(&request, &body, error),
                error => error,
            })?;
            let unreadable = |_| PageError::BadRequest("formulier");
            let token: Token = serde_urlencoded::from_bytes(&body).map_err(unreadable)?;
            if token.teken != by.token {
                // A page of her session before this one, or no page of ours.
                return Err(sign_in_again(&request, &body, PageError::CrossSite));
            }
            let form = serde_urlencoded::from_bytes(&body).map_err(unreadable)?;
            Ok(Self { by, form })
        })
    }
}

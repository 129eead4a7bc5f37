//! The account of who is signed in.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::confirm::{confirm, hash};
use super::signed::{HasAccount, Member, Sent, Signed, cookie};
use crate::secrets::{BearerToken, Password};
use crate::store::{Action, StoreError, Tx};
use crate::views::desk::account::{AccountErrors, Done, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::{own_page, see_other};

/// What was just done, as the address tells after a step.
#[derive(Deserialize)]
pub(super) struct Told {
    #[serde(default)]
    klaar: String,
}

pub(super) async fn account(
    request: HttpRequest,
    app: Data<App>,
    signed: Member,
    told: Query<Told>,
) -> HttpResponse {
    let done = Done::parse(&told.klaar);
    shown(&request, &app, &signed, done, &AccountErrors::default())
}

/// The page, with what was done or what is wrong.
pub(super) fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    done: Option<Done>,
    errors: &AccountErrors,
) -> HttpResponse {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let present = app.present();
    let page = page(&signed.frame(&present), done, errors);
    own_page(request, status, CachePolicy::NoStore, page)
}

/// What the form for another password sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    huidig: String,
    wachtwoord: String,
}

pub(super) async fn password(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed, HasAccount>,
) -> Result<HttpResponse, PageError> {
    let (store, signed) = (app.store()?, &sent.by);
    let wanted = Password::parse(&sent.form.wachtwoord, signed.staff.second_factor);
    let known = confirm(&app, &request, signed, &sent.form.huidig).await?;
    let (wanted, known) = match (wanted, known) {
        (Ok(wanted), Ok(known)) => (wanted, known),
        (wanted, known) => {
            let errors = AccountErrors {
                present: known.err(),
                password: wanted.err().map(|error| error.to_string()),
                ..AccountErrors::default()
            };
            return Ok(shown(&request, &app, signed, None, &errors));
        }
    };
    let hash = hash(&store, wanted).await?;
    let mut tx = store.write().await?;
    let changed = tx.set_password(signed.staff.id, Some(&known.password), &hash);
    match changed.await {
        Err(StoreError::Changed) => return Err(PageError::SignIn),
        done => done?,
    }
    let token = go_on(&mut tx, &app, signed, Action::Password).await?;
    tx.commit().await?;
    Ok(see_other("/loket-werk/account?klaar=wachtwoord")
        .cookie(cookie(&token))
        .finish())
}

/// After all sessions ended: who did it goes on under a new token, and it is logged.
pub(super) async fn go_on(
    tx: &mut Tx<'_>,
    app: &App,
    signed: &Signed,
    action: Action,
) -> Result<BearerToken, PageError> {
    let store = app.store()?;
    let token = BearerToken::generate(store.random());
    let (now, origin) = (app.now(), &signed.origin);
    tx.begin_session(&token.digest(), signed.staff.id, now)
        .await?;
    tx.log(&signed.staff, action, &[], true, origin, now)
        .await?;
    Ok(token)
}

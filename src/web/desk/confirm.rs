//! Asking once more for the password, before something changes that keeps others out.

use actix_web::{HttpRequest, web};

use super::signed::Signed;
use crate::secrets::{Password, verify};
use crate::store::{Credentials, Store};
use crate::web::app::App;
use crate::web::errors::PageError;

/// What is said of a password that is not the present one.
const WRONG: &str = "Dit is niet je wachtwoord van nu.";

/// What is said when there were too many of those.
const TOO_OFTEN: &str = "Er is te vaak geprobeerd. Wacht een minuut en probeer het nog eens.";

/// The account of who is signed in, when `typed` is its password; otherwise what is wrong.
pub(super) async fn confirm(
    app: &App,
    request: &HttpRequest,
    signed: &Signed,
    typed: &str,
) -> Result<Result<Credentials, &'static str>, PageError> {
    let network = app
        .limits
        .visitor_of(request.peer_addr(), request.headers());
    let network = network.unwrap_or([0, 0, 0, 0].into());
    if !app.attempts.allows(signed.staff.mail.as_str(), network) {
        return Ok(Err(TOO_OFTEN));
    }
    let known = app.store()?.credentials(&signed.staff.mail).await?;
    let known = known.ok_or(PageError::SignIn)?;
    let (hash, typed) = (known.password.clone(), typed.to_owned());
    let right = web::block(move || verify(&hash, &typed)).await;
    let right = right.map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(if right { Ok(known) } else { Err(WRONG) })
}

/// The hash of a new password, worked out where it holds up nobody.
pub(super) async fn hash(
    store: &std::sync::Arc<Store>,
    password: Password,
) -> Result<String, PageError> {
    let random = std::sync::Arc::clone(store);
    let hash = web::block(move || password.hash(random.random())).await;
    hash.map_err(|error| PageError::Internal(error.to_string()))
}

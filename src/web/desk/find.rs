//! Finding questions by their words. Those travel by POST: they stand in no address.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse, Resource};
use serde::Deserialize;

use super::signed::{Answering, Sent, Signed};
use crate::store::{Found, Wanted};
use crate::views::desk::find::{Shown, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

pub(super) fn resource() -> Resource {
    web::resource("/loket-werk/zoeken")
        .route(web::get().to(form))
        .route(web::post().to(find))
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    woorden: String,
}

async fn form(request: HttpRequest, app: Data<App>, signed: Answering) -> HttpResponse {
    shown(&request, &app, &signed, "", None)
}

fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    words: &str,
    found: Option<&Found>,
) -> HttpResponse {
    let shown = Shown { words, found };
    let wrong = found.is_none() && *request.method() == actix_web::http::Method::POST;
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let present = app.present();
    let page = page(&signed.frame(&present), &shown, wrong);
    own_page(request, status, CachePolicy::NoStore, page)
}

async fn find(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
) -> Result<HttpResponse, PageError> {
    let (signed, words) = (&sent.by, sent.form.woorden.as_str());
    let Some(wanted) = Wanted::parse(words) else {
        return Ok(shown(&request, &app, signed, words, None));
    };
    let (origin, now) = (&signed.origin, app.now());
    let found = app
        .store()?
        .find(&signed.staff, &wanted, origin, now)
        .await?;
    Ok(shown(&request, &app, signed, words, Some(&found)))
}

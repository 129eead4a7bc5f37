//! From a body to a response: what the browser accepts, and whether it has it already.

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION,
    VARY,
};
use actix_web::http::{StatusCode, header::HeaderMap};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use maud::Markup;

use super::app::{App, Present};
use super::cache::{CachePolicy, Compressed};
use super::errors::PageError;
use crate::views::Site;

pub(super) const HTML: &str = "text/html; charset=utf-8";

/// A page that is the same for everybody: made once, kept compressed.
pub(super) fn kept_page(
    request: &HttpRequest,
    app: &App,
    make: impl FnOnce(&Site<'_>) -> Result<Markup, PageError>,
) -> Result<HttpResponse, PageError> {
    kept(request, app, HTML, |present| {
        Ok(make(&present.site())?.into_string())
    })
}

/// Text that is the same for everybody: made once, kept compressed.
pub(super) fn kept(
    request: &HttpRequest,
    app: &App,
    content_type: &'static str,
    make: impl FnOnce(&Present<'_>) -> Result<String, PageError>,
) -> Result<HttpResponse, PageError> {
    let body = app.pages.page(request.path(), app.age(), || {
        let text = make(&app.present())?;
        Ok::<_, PageError>(Compressed::often(content_type, text.into_bytes()))
    })?;
    Ok(respond(request, StatusCode::OK, CachePolicy::Page, &body))
}

/// Leads on to a page after a step was taken.
pub(super) fn see_other(location: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((LOCATION, location));
    response.insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()));
    response
}

/// A page for this visitor alone.
pub(super) fn own_page(
    request: &HttpRequest,
    status: StatusCode,
    policy: CachePolicy,
    page: Markup,
) -> HttpResponse {
    own(request, status, policy, HTML, page.into_string())
}

/// Text for this visitor alone.
pub(super) fn own(
    request: &HttpRequest,
    status: StatusCode,
    policy: CachePolicy,
    content_type: &'static str,
    text: String,
) -> HttpResponse {
    let gzip = accepts(request.headers(), "gzip");
    let body = Compressed::once(content_type, text.into_bytes(), gzip);
    respond(request, status, policy, &body)
}

/// Sends `body` in the smallest form that the browser accepts, or 304 when it has it.
pub(super) fn respond(
    request: &HttpRequest,
    status: StatusCode,
    policy: CachePolicy,
    body: &Compressed,
) -> HttpResponse {
    let headers = request.headers();
    let has_tag = status == StatusCode::OK && policy != CachePolicy::NoStore;
    let mut response = HttpResponse::build(status);
    response.insert_header((CACHE_CONTROL, policy.header()));
    response.insert_header((VARY, "Accept-Encoding"));
    if has_tag {
        response.insert_header((ETAG, body.etag.as_str()));
        if matches_tag(headers, &body.etag) {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
    }
    response.insert_header((CONTENT_TYPE, body.content_type));
    let forms = [("br", &body.brotli), ("gzip", &body.gzip)];
    let packed = forms
        .into_iter()
        .filter_map(|(name, bytes)| Some((name, bytes.as_ref()?)))
        .find(|(name, _)| accepts(headers, name));
    match packed {
        Some((name, bytes)) => {
            response.insert_header((CONTENT_ENCODING, name));
            response.body(bytes.clone())
        }
        None => response.body(body.plain.clone()),
    }
}

/// Whether `Accept-Encoding` names `encoding` and does not refuse it (RFC 9110, 12.5.3).
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    accepted.unwrap_or("").split(',').any(|part| {
        let (name, rest) = part.split_once(';').unwrap_or((part, ""));
        let refused = rest
            .split('=')
            .nth(1)
            .is_some_and(|q| q.trim().parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

/// Whether `If-None-Match` names the tag (RFC 9110, 13.1.2).
fn matches_tag(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = headers
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    known.is_some_and(|known| {
        known
            .split(',')
            .any(|one| one.trim() == "*" || bare(one) == bare(tag))
    })
}

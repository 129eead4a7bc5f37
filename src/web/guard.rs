//! Turns away what no page can use, before any page sees it.

use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue, RETRY_AFTER, TRANSFER_ENCODING,
};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpResponse, ResponseError as _};
use percent_encoding::percent_decode_str;

use super::app::App;
use super::errors::PageError;
use super::origin::refuse_other_sites;

/// Addresses of pages that are worked out anew for each request begin with one of these.
const WORKED_OUT: [&str; 7] = [
    "/zoeken",
    "/suggesties",
    "/api/v1/zoeken",
    "/api/v1/vragen",
    "/loket",
    "/vraag",
    "/mijn-vraag",
];

/// The largest body, in bytes: a long question, percent-encoded.
pub(super) const BODY_LIMIT: usize = 64 * 1024;

/// How long a visitor may take to send a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(8);

/// Refuses TRACE, compressed bodies, addresses that are no text, and forms of other sites; reads the
/// body within its limits.
pub(super) async fn guard(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let fit = match refuse(&request) {
        Ok(()) => read_body(&mut request).await,
        Err(error) => Err(error),
    };
    match fit {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(error) => {
            let mut refused = error.error_response();
            if matches!(error, PageError::MethodNotAllowed) {
                let allowed = HeaderValue::from_static("GET, HEAD, POST");
                refused.headers_mut().insert(ALLOW, allowed);
            }
            Ok(request.into_response(refused))
        }
    }
}

fn refuse(request: &ServiceRequest) -> Result<(), PageError> {
    if matches!(*request.method(), Method::TRACE | Method::CONNECT) {
        return Err(PageError::MethodNotAllowed);
    }
    if request.headers().contains_key(CONTENT_ENCODING) {
        return Err(PageError::Unsupported);
    }
    if !is_text(request.uri().path()) || !is_text(request.query_string()) {
        return Err(PageError::BadRequest("adres"));
    }
    // The API has no cookies and judges for itself.
    if *request.method() == Method::POST && !request.path().starts_with("/api/") {
        refuse_other_sites(request.request())?;
    }
    Ok(())
}

/// Whether the percent-encoded `part` is UTF-8 without NUL.
fn is_text(part: &str) -> bool {
    percent_decode_str(part)
        .decode_utf8()
        .is_ok_and(|text| !text.contains('\0'))
}

/// Reads the whole body and puts it back: what comes after never waits for a visitor.
async fn read_body(request: &mut ServiceRequest) -> Result<(), PageError> {
    let announced = [CONTENT_LENGTH, TRANSFER_ENCODING];
    if !announced
        .iter()
        .any(|name| request.headers().contains_key(name))
    {
        return Ok(());
    }
    let body = request
        .extract::<web::Payload>()
        .await
        .map_err(|_| PageError::BadRequest("inhoud"))?;
    let bytes = tokio::time::timeout(BODY_TIMEOUT, body.to_bytes_limited(BODY_LIMIT))
        .await
        .map_err(|_| PageError::Timeout)?
        .map_err(|_| PageError::TooLarge)?
        .map_err(|_| PageError::BadRequest("inhoud"))?;
    request.set_payload(payload_of(bytes));
    Ok(())
}

fn payload_of(bytes: Bytes) -> Payload {
    let (_, mut payload) = actix_http::h1::Payload::create(true);
    payload.unread_data(bytes);
    Payload::from(payload)
}

/// Answers 429 to who asks too much.
pub(super) async fn limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let path = request.path();
    let worked_out = WORKED_OUT.iter().any(|prefix| path.starts_with(prefix));
    let app = request.app_data::<web::Data<App>>();
    let allowed = app.filter(|_| worked_out).is_none_or(|app| {
        let visitor = app
            .limits
            .visitor_of(request.peer_addr(), request.headers());
        visitor.is_none_or(|visitor| app.limits.allows(visitor))
    });
    if allowed {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let refused = HttpResponse::TooManyRequests()
        .insert_header((RETRY_AFTER, "1"))
        .finish();
    Ok(request.into_response(refused))
}

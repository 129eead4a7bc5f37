//! Errors: a fixed text on screen, the cause in the log, once.

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ALLOW, CACHE_CONTROL, HeaderName,
    HeaderValue, LOCATION, RETRY_AFTER,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse, web};
use tracing_actix_web::RequestId;

use super::app::App;
use super::cache::CachePolicy;
use super::respond::{own, own_page};
use crate::views::error::{Told, page};

/// Headers that an error keeps when it gets its page.
const KEPT: [HeaderName; 4] = [
    ALLOW,
    RETRY_AFTER,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
];

/// What is said on screen for a status: heading and text.
fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::NOT_FOUND => (
            "Deze pagina is er niet",
            "Misschien is de pagina verplaatst, of klopt het adres niet. Zoek hieronder met je eigen woorden.",
        ),
        StatusCode::FORBIDDEN => (
            "Dat kan hier niet",
            "Dit formulier hoort niet bij de pagina die je open had, of is niet voor jouw account. Er is niets verstuurd. Open de pagina opnieuw en probeer het nog eens.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "Dat kan op deze pagina niet",
            "Ga terug en probeer het nog eens, of zoek hieronder.",
        ),
        StatusCode::REQUEST_TIMEOUT => (
            "Het versturen duurde te lang",
            "Er is niets bewaard. Kijk of je verbinding goed is en probeer het nog eens.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Dat is te veel tekst",
            "Maak je vraag korter en probeer het nog eens. Een paar zinnen is genoeg.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "Even rustig aan",
            "Er komen nu te veel vragen van jouw verbinding. Wacht een paar tellen en probeer het nog eens.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "Even geduld",
            "Dit lukt nu niet. Probeer het over een paar minuten nog eens.",
        ),
        status if status.is_server_error() => (
            "Er ging iets mis bij ons",
            "Het ligt niet aan jou. Probeer het over een paar minuten nog eens.",
        ),
        _ => (
            "Dit konden we niet lezen",
            "Er stond iets in het adres of het formulier dat we niet begrijpen. Zoek hieronder met gewone woorden.",
        ),
    }
}

/// Gives every error its page, or its problem document under `/api/`; logs the cause of ours.
pub(super) async fn told(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    // Cloned only now: a second holder of the request would stop the routing.
    let http = response.request().clone();
    let status = response.status();
    let is_bare = response.response().error().is_some()
        || matches!(
            response.response().body().size(),
            BodySize::None | BodySize::Sized(0)
        );
    if !(status.is_client_error() || status.is_server_error()) || !is_bare {
        return Ok(response);
    }
    if let Some(tidy) = (status == StatusCode::NOT_FOUND)
        .then(|| tidy_address(&http))
        .flatten()
    {
        let moved = HttpResponse::PermanentRedirect()
            .insert_header((LOCATION, tidy))
            .insert_header((CACHE_CONTROL, CachePolicy::Page.header()))
            .finish();
        return Ok(response.into_response(moved));
    }
    let reference = reference(&http);
    if status.is_server_error() {
        let cause = response.response().error().map(ToString::to_string);
        tracing::error!(target: "loes", nummer = reference, "{}", cause.unwrap_or_default());
    }
    let kept = KEPT.map(|name| (name.clone(), response.headers().get(name).cloned()));
    let page = error_page(&http, status, &reference, kept);
    Ok(response.into_response(page))
}

/// The address without capitals and without a slash at its end, when that is another one. An address
/// with two slashes together is left alone: it could lead to another site.
fn tidy_address(request: &HttpRequest) -> Option<String> {
    let path = request.path();
    let tidy = path.strip_suffix('/').unwrap_or(path).to_ascii_lowercase();
    if tidy == path || tidy.is_empty() || path.contains("//") || path.starts_with("/api/") {
        return None;
    }
    Some(match request.query_string() {
        "" => tidy,
        query => format!("{tidy}?{query}"),
    })
}

fn reference(request: &HttpRequest) -> String {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(ToString::to_string);
    id.unwrap_or_default().chars().take(8).collect()
}

fn error_page(
    request: &HttpRequest,
    status: StatusCode,
    reference: &str,
    kept: impl IntoIterator<Item = (HeaderName, Option<HeaderValue>)>,
) -> HttpResponse {
    let (title, text) = words(status);
    let mut response = match request.app_data::<web::Data<App>>() {
        Some(app) if !request.path().starts_with("/api/") => {
            let ours = status.is_server_error();
            let told = Told {
                title,
                text,
                reference: ours.then_some(reference),
            };
            let present = app.present();
            own_page(
                request,
                status,
                CachePolicy::NoStore,
                page(&present.site(), &told),
            )
        }
        _ => problem(request, status, title, text),
    };
    for (name, value) in kept {
        if let Some(value) = value {
            response.headers_mut().insert(name, value);
        }
    }
    if matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE
    ) {
        // The rest of the body is still on its way: this connection is of no more use.
        response
            .head_mut()
            .set_connection_type(actix_http::ConnectionType::Close);
    }
    response
}

/// A problem document (RFC 9457).
fn problem(request: &HttpRequest, status: StatusCode, title: &str, text: &str) -> HttpResponse {
    let body = serde_json::json!({
        "type": "about:blank",
        "title": title,
        "status": status.as_u16(),
        "detail": text,
    });
    own(
        request,
        status,
        CachePolicy::NoStore,
        "application/problem+json",
        body.to_string(),
    )
}

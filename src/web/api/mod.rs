//! The JSON API under `/api/v1` (the REST API Design Rules of the Dutch government): Dutch names, problem documents for
//! errors, open to every origin for reading; questions come from servers and from sites that the settings list.

mod articles;
mod lokets;
mod questions;
mod search;
mod topics;

use actix_web::http::StatusCode;
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::app::{App, Present};
use super::cache::CachePolicy;
use super::errors::PageError;
use super::resource::get;
use super::respond::{kept, own};

const JSON: &str = "application/json";

/// The version of the API, as every response of it tells.
const VERSION: &str = "1.0.0";

/// What the API offers, for OpenAPI.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Loes",
        version = "1.0.0",
        description = "Antwoorden op vragen over opgroeien en opvoeden: zoeken, lezen, loketten vinden, een vraag stellen.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    paths(
        search::search,
        articles::list,
        articles::one,
        topics::list,
        lokets::list,
        questions::ask
    )
)]
struct Description;

/// The routes of this room.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    let headers = DefaultHeaders::new()
        .add(("API-Version", VERSION))
        .add(("Access-Control-Allow-Origin", "*"))
        .add(("Cross-Origin-Resource-Policy", "cross-origin"));
    // Before the rest, and without the headers that open that to every origin.
    config.service(questions::resource());
    config.service(
        web::scope("/api/v1")
            .wrap(headers)
            .service(get("/zoeken", search::search))
            .service(get("/antwoorden", articles::list))
            .service(get("/antwoorden/{slug}", articles::one))
            .service(get("/onderwerpen", topics::list))
            .service(get("/loketten", lokets::list))
            .service(get("/openapi.json", openapi)),
    );
}

/// Something wrong with what was sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Fout)]
struct Mistake {
    /// Het veld.
    veld: &'static str,
    /// Wat eraan schort, in gewone taal.
    melding: String,
}

/// A problem document (RFC 9457) with what is wrong field by field.
fn problem(
    request: &HttpRequest,
    status: StatusCode,
    detail: &str,
    mistakes: &[Mistake],
) -> HttpResponse {
    let mut body = serde_json::json!({
        "type": "about:blank",
        "title": "Dit kunnen we niet aannemen",
        "status": status.as_u16(),
        "detail": detail,
    });
    if let (Some(body), false) = (body.as_object_mut(), mistakes.is_empty()) {
        body.insert("fouten".to_owned(), serde_json::json!(mistakes));
    }
    let form = "application/problem+json";
    own(
        request,
        status,
        CachePolicy::NoStore,
        form,
        body.to_string(),
    )
}

async fn openapi(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept(&request, &app, JSON, |present| {
        let mut description = Description::openapi();
        description.servers = Some(vec![utoipa::openapi::Server::new(present.site().url("/"))]);
        description.to_json().map_err(|_| PageError::NotFound)
    })
}

/// JSON that is the same for everybody.
fn kept_json<T: Serialize>(
    request: &HttpRequest,
    app: &App,
    make: impl FnOnce(&Present<'_>) -> Result<T, PageError>,
) -> Result<HttpResponse, PageError> {
    kept(request, app, JSON, |present| Ok(json_text(&make(present)?)))
}

/// JSON for this request alone.
fn own_json<T: Serialize>(request: &HttpRequest, policy: CachePolicy, value: &T) -> HttpResponse {
    own(request, StatusCode::OK, policy, JSON, json_text(value))
}

/// Values of this room always can be written as JSON.
fn json_text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

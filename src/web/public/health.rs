//! For machines that watch the site.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::content::{Problem, Weight};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::respond::own;

/// The program runs.
pub(super) async fn health(request: HttpRequest) -> HttpResponse {
    own(
        &request,
        StatusCode::OK,
        CachePolicy::NoStore,
        "text/plain; charset=utf-8",
        "ok\n".into(),
    )
}

/// The library is open; says what is wrong with it.
pub(super) async fn ready(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let snapshot = app.shelf.snapshot();
    let notices = app.shelf.notices();
    let errors = snapshot
        .problems()
        .iter()
        .filter(|problem| problem.weight == Weight::Error);
    let body = serde_json::json!({
        "status": if notices.is_empty() { "klaar" } else { "klaar, met meldingen" },
        "generatie": snapshot.name(),
        "antwoorden": snapshot.library().articles().len(),
        "meldingen": notices,
        "fouten": errors.map(Problem::one_line).collect::<Vec<_>>(),
    });
    own(
        &request,
        StatusCode::OK,
        CachePolicy::NoStore,
        "application/json",
        body.to_string(),
    )
}

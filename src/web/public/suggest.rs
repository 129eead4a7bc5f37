//! Suggestions while typing, in the form of OpenSearch.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::search::SearchQuery;
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::respond::own;

/// What stands behind `/suggesties?`.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

pub(super) async fn suggest(
    request: HttpRequest,
    app: Data<App>,
    typed: Query<Typed>,
) -> HttpResponse {
    let typed = SearchQuery::new(&typed.q);
    let snapshot = app.shelf.snapshot();
    let found = snapshot.suggest(typed.as_str());
    let titles: Vec<&str> = found.iter().map(|one| one.text).collect();
    let notes = vec![""; found.len()];
    let urls: Vec<String> = found
        .iter()
        .map(|one| format!("/antwoord/{}", one.slug))
        .collect();
    let text = serde_json::json!([typed.as_str(), titles, notes, urls]).to_string();
    let form = "application/x-suggestions+json; charset=utf-8";
    own(&request, StatusCode::OK, CachePolicy::Private, form, text)
}

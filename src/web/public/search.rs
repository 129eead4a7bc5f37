//! The page of results.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::domain::AgeBand;
use crate::search::{Filter, SearchQuery};
use crate::views::search::{Results, page};
use crate::views::search_link::Kept;
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::metrics::count_search;
use crate::web::respond::own_page;

/// How many answers a page shows.
const SHOWN: usize = 10;

/// What stands behind `/zoeken?`.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    leeftijd: String,
    #[serde(default)]
    onderwerp: String,
}

pub(super) async fn search(
    request: HttpRequest,
    app: Data<App>,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let query = SearchQuery::new(&asked.q);
    let present = app.present();
    let site = present.site();
    let topic = site
        .library
        .topic(&asked.onderwerp)
        .map(|topic| topic.slug.as_str());
    let kept = Kept {
        age: AgeBand::from_slug(&asked.leeftijd),
        topic,
    };
    let filter = Filter {
        age: kept.age,
        topic: topic.map(str::to_owned),
    };
    let found = present.snapshot.search(&query, &filter, SHOWN);
    let outcome = found.map_err(|error| PageError::Internal(error.to_string()))?;
    if !query.is_empty() {
        count_search(!outcome.hits.is_empty());
    }
    let safety = present.snapshot.safety(&query);
    let results = Results {
        query: &query,
        kept,
        outcome: &outcome,
        safety: &safety,
    };
    let policy = if safety.is_empty() {
        CachePolicy::Private
    } else {
        CachePolicy::NoStore
    };
    Ok(own_page(
        &request,
        StatusCode::OK,
        policy,
        page(&site, &results),
    ))
}

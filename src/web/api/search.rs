//! `GET /api/v1/zoeken`.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::own_json;
use crate::domain::AgeBand;
use crate::search::{Filter, Hit, SearchQuery, Snapshot, help_keys};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;

/// The most answers at a time.
const MOST: usize = 50;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// De vraag, in eigen woorden.
    #[serde(default)]
    q: String,
    /// Alleen antwoorden voor deze leeftijd.
    leeftijd: Option<String>,
    /// Alleen antwoorden over dit onderwerp.
    onderwerp: Option<String>,
    /// Hoeveel antwoorden, 1 tot 50.
    aantal: Option<usize>,
}

/// What is found.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Found {
    /// De vraag, zoals gelezen.
    vraag: String,
    /// De vraag zoals zij misschien bedoeld is.
    bedoelde_je: Option<String>,
    /// Of het eerste resultaat goed genoeg is om een antwoord te heten.
    zeker: bool,
    /// Sleutels van de feiten (hulp) waar de woorden om vragen.
    hulp: Vec<String>,
    /// Hoeveel antwoorden er zijn.
    totaal: usize,
    /// De beste antwoorden.
    resultaten: Vec<ResultItem>,
}

/// One answer among the results.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Resultaat)]
struct ResultItem {
    slug: String,
    titel: String,
    onderwerp: String,
    ook: Vec<String>,
    leeftijd: Vec<&'static str>,
    samenvatting: String,
    /// Een stukje van de tekst rond de gezochte woorden.
    fragment: Option<String>,
    score: f32,
}

/// Zoek antwoorden bij een vraag.
#[utoipa::path(
    get,
    path = "/api/v1/zoeken",
    params(Asked),
    responses((status = 200, body = Found), (status = 400, description = "Onbekende leeftijd of onderwerp"))
)]
pub(super) async fn search(
    request: HttpRequest,
    app: Data<App>,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let snapshot = app.shelf.snapshot();
    let filter = filter(&asked, &snapshot)?;
    let query = SearchQuery::new(&asked.q);
    let most = asked.aantal.unwrap_or(10).clamp(1, MOST);
    let found = snapshot.search(&query, &filter, most);
    let outcome = found.map_err(|error| PageError::Internal(error.to_string()))?;
    let safety = snapshot.safety(&query);
    let help = help_keys(&safety).iter().map(ToString::to_string).collect();
    let policy = if safety.is_empty() {
        CachePolicy::Private
    } else {
        CachePolicy::NoStore
    };
    let body = Found {
        vraag: query.as_str().to_owned(),
        bedoelde_je: outcome.meant,
        zeker: outcome.sure,
        hulp: help,
        totaal: outcome.total,
        resultaten: outcome
            .hits
            .iter()
            .filter_map(|hit| result(&snapshot, hit))
            .collect(),
    };
    Ok(own_json(&request, policy, &body))
}

/// Unlike on a page, an unknown age or topic is an error: a program asked for it.
fn filter(asked: &Asked, snapshot: &Snapshot) -> Result<Filter, PageError> {
    let age = match asked.leeftijd.as_deref().filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(AgeBand::from_slug(slug).ok_or(PageError::BadRequest("leeftijd"))?),
        None => None,
    };
    let topic = asked.onderwerp.as_deref().filter(|slug| !slug.is_empty());
    if topic.is_some_and(|slug| snapshot.library().topic(slug).is_none()) {
        return Err(PageError::BadRequest("onderwerp"));
    }
    let topic = topic.map(str::to_owned);
    Ok(Filter { age, topic })
}

fn result(snapshot: &Snapshot, hit: &Hit) -> Option<ResultItem> {
    let article = snapshot.library().article(&hit.slug)?;
    let fragment = hit.fragment.as_ref();
    Some(ResultItem {
        slug: hit.slug.clone(),
        titel: article.title.clone(),
        onderwerp: article.topic.to_string(),
        ook: article.also.iter().map(ToString::to_string).collect(),
        leeftijd: article.ages.iter().map(|age| age.slug()).collect(),
        samenvatting: article.summary.clone(),
        fragment: fragment.map(|parts| parts.iter().map(|part| part.text.as_str()).collect()),
        score: hit.score,
    })
}

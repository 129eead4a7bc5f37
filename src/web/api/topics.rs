//! `GET /api/v1/onderwerpen`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::ToSchema;

use super::kept_json;
use crate::web::app::App;
use crate::web::errors::PageError;

/// A topic.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Onderwerp)]
pub(super) struct TopicItem {
    slug: String,
    titel: String,
    zin: String,
    thema: String,
    /// Hoeveel antwoorden erover gaan.
    antwoorden: usize,
}

/// Alle onderwerpen, in de volgorde van de site.
#[utoipa::path(get, path = "/api/v1/onderwerpen", responses((status = 200, body = Vec<TopicItem>)))]
pub(super) async fn list(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept_json(&request, &app, |present| {
        let library = present.snapshot.library();
        let items = library.topics().iter().map(|topic| TopicItem {
            slug: topic.slug.to_string(),
            titel: topic.title.clone(),
            zin: topic.sentence.clone(),
            thema: topic.theme.to_string(),
            antwoorden: library.articles_about(topic.slug.as_str()).len(),
        });
        Ok(items.collect::<Vec<_>>())
    })
}

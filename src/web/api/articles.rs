//! `GET /api/v1/antwoorden` and one of them.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::kept_json;
use crate::domain::{Article, Review};
use crate::views::Site;
use crate::views::article::is_held_back;
use crate::web::app::App;
use crate::web::errors::PageError;

/// An answer in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Antwoordregel)]
pub(super) struct Line {
    slug: String,
    titel: String,
    samenvatting: String,
    onderwerp: String,
    ook: Vec<String>,
    leeftijd: Vec<&'static str>,
    voor: Vec<&'static str>,
    #[schema(value_type = String, format = Date)]
    bijgewerkt: Date,
    /// `concept` of `goedgekeurd`.
    beoordeling: &'static str,
}

/// A whole answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Antwoord)]
pub(super) struct Whole {
    #[serde(flatten)]
    line: Line,
    /// De tekst zonder opmaak; leeg zolang een gevoelige tekst niet is beoordeeld.
    tekst: String,
    bronnen: Vec<Source>,
    verwant: Vec<String>,
    /// Sleutels van de feiten in het hulpvak.
    hulp: Vec<String>,
    /// Het adres van de pagina.
    url: String,
}

/// A public page that an answer rests on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Bron)]
struct Source {
    naam: String,
    url: String,
    #[schema(value_type = String, format = Date)]
    bekeken: Date,
}

/// Alle antwoorden.
#[utoipa::path(get, path = "/api/v1/antwoorden", responses((status = 200, body = Vec<Line>)))]
pub(super) async fn list(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept_json(&request, &app, |present| {
        Ok(present
            .snapshot
            .library()
            .articles()
            .map(line)
            .collect::<Vec<_>>())
    })
}

/// Eén antwoord.
#[utoipa::path(
    get,
    path = "/api/v1/antwoorden/{slug}",
    params(("slug" = String, Path, description = "Het adres van het antwoord")),
    responses((status = 200, body = Whole), (status = 404, description = "Er is geen antwoord met dit adres"))
)]
pub(super) async fn one(
    request: HttpRequest,
    app: Data<App>,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    kept_json(&request, &app, |present| {
        let site = present.site();
        let article = site.library.article(&slug).ok_or(PageError::NotFound)?;
        Ok(whole(&site, article))
    })
}

fn line(article: &Article) -> Line {
    Line {
        slug: article.slug.to_string(),
        titel: article.title.clone(),
        samenvatting: article.summary.clone(),
        onderwerp: article.topic.to_string(),
        ook: article.also.iter().map(ToString::to_string).collect(),
        leeftijd: article.ages.iter().map(|age| age.slug()).collect(),
        voor: article
            .audience
            .iter()
            .map(|audience| audience.slug())
            .collect(),
        bijgewerkt: article.updated,
        beoordeling: match article.review {
            Review::Concept => "concept",
            Review::Approved { .. } => "goedgekeurd",
        },
    }
}

fn whole(site: &Site<'_>, article: &Article) -> Whole {
    let held_back = is_held_back(site, article);
    let text = if held_back {
        String::new()
    } else {
        article.body.text.clone()
    };
    let sources = article.sources.iter().map(|source| Source {
        naam: source.name.clone(),
        url: source.url.clone(),
        bekeken: source.read_on,
    });
    Whole {
        line: line(article),
        tekst: text,
        bronnen: sources.collect(),
        verwant: article.related.iter().map(ToString::to_string).collect(),
        hulp: article.help.iter().map(ToString::to_string).collect(),
        url: site.url(&format!("/antwoord/{}", article.slug)),
    }
}

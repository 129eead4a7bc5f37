//! `GET /api/v1/loketten`, all or those of a postcode.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::own_json;
use crate::domain::{Loket, Postcode4, route_postcode};
use crate::views::Site;
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// Alleen de loketten van deze postcode, zoals 7651AB of 7651.
    postcode: Option<String>,
}

/// A loket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Loket)]
pub(super) struct LoketItem {
    slug: String,
    naam: String,
    gemeente: String,
    /// De code van de gemeente bij het CBS.
    cbs: String,
    /// Een voorbeeld: contactgegevens en tijden bestaan niet.
    voorbeeld: bool,
    /// Het adres van de pagina.
    url: String,
}

/// Alle loketten, of die van een postcode.
#[utoipa::path(
    get,
    path = "/api/v1/loketten",
    params(Asked),
    responses((status = 200, body = Vec<LoketItem>), (status = 400, description = "Dit is geen postcode"))
)]
pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let present = app.present();
    let site = present.site();
    let lokets: Vec<&Loket> = match asked.postcode.as_deref() {
        Some(text) => {
            let postcode = Postcode4::parse(text).map_err(|_| PageError::BadRequest("postcode"))?;
            route_postcode(postcode, site.library.lokets())
        }
        None => site.library.lokets().collect(),
    };
    let items: Vec<LoketItem> = lokets.into_iter().map(|loket| item(&site, loket)).collect();
    Ok(own_json(&request, CachePolicy::Private, &items))
}

fn item(site: &Site<'_>, loket: &Loket) -> LoketItem {
    LoketItem {
        slug: loket.slug.to_string(),
        naam: loket.name.clone(),
        gemeente: loket.municipality.clone(),
        cbs: loket.cbs_code.clone(),
        voorbeeld: loket.example,
        url: site.url(&format!("/loket/{}", loket.slug)),
    }
}

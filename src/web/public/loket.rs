//! The way to a loket, and the page of one.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Path};
use actix_web::{HttpRequest, HttpResponse, Resource, guard};
use serde::Deserialize;

use crate::domain::{Postcode4, route_postcode};
use crate::views::loket::{Finder, Search, finder_page, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::resource::not_allowed;
use crate::web::respond::{kept_page, own_page};

/// `/loket`: GET shows the finder; POST carries a postcode, so that it is in no address.
pub(super) fn finder_resource() -> Resource {
    let reading = guard::Any(guard::Get()).or(guard::Head());
    web::resource("/loket")
        .route(web::route().guard(reading).to(finder))
        .route(web::post().to(find))
        .default_service(web::to(|| async { not_allowed("GET, HEAD, POST") }))
}

async fn finder(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| {
        let finder = Finder {
            search: Search::NotYet,
            postcode: "",
        };
        Ok(finder_page(site, &finder))
    })
}

/// What the finder sends.
#[derive(Debug, Deserialize)]
struct Sent {
    #[serde(default)]
    postcode: String,
}

async fn find(request: HttpRequest, app: Data<App>, sent: Form<Sent>) -> HttpResponse {
    let present = app.present();
    let site = present.site();
    let search = match Postcode4::parse(&sent.postcode) {
        Err(_) => Search::NoPostcode,
        Ok(postcode) => match route_postcode(postcode, site.library.lokets()) {
            lokets if lokets.is_empty() => Search::Nobody,
            lokets => Search::Found(lokets),
        },
    };
    let wrong = search == Search::NoPostcode;
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let typed: String = sent.postcode.chars().take(20).collect();
    let finder = Finder {
        search,
        postcode: &typed,
    };
    let page = finder_page(&site, &finder);
    own_page(&request, status, CachePolicy::NoStore, page)
}

pub(super) async fn loket(
    request: HttpRequest,
    app: Data<App>,
    gemeente: Path<String>,
) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| {
        let loket = site.library.loket(&gemeente).ok_or(PageError::NotFound)?;
        Ok(page(site, loket))
    })
}

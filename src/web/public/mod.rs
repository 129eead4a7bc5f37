//! What everybody may see.

mod about;
mod article;
mod ask;
mod assets;
mod browse;
mod feeds;
mod health;
mod loket;
mod mine;
mod search;
mod suggest;
mod unavailable;
mod well_known;

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use super::app::App;
use super::errors::PageError;
use super::resource::get;
use super::respond::kept_page;
use crate::views;

pub(super) use assets::prepare;

/// The routes of this room.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(get("/", home))
        .service(get("/zoeken", search::search))
        .service(get("/suggesties", suggest::suggest))
        .service(get("/antwoord/{slug}", article::article))
        .service(get("/thema/{slug}", browse::theme))
        .service(get("/onderwerp/{slug}", browse::topic))
        .service(get("/leeftijd/{slug}", browse::age))
        .service(loket::finder_resource())
        .service(get("/loket/{gemeente}", loket::loket))
        .service(get("/loket/{gemeente}/spreekuren.ics", feeds::spreekuren))
        .service(ask::resource())
        .service(ask::link_resource())
        .configure(mine::routes)
        .service(get("/hulp", about::help))
        .service(get("/over", about::about))
        .service(get("/privacy", about::privacy))
        .service(get("/toegankelijkheid", about::accessibility))
        .service(get("/sitemap.xml", feeds::sitemap))
        .service(get("/antwoorden.atom", feeds::atom))
        .service(get("/robots.txt", well_known::robots))
        .service(get("/opensearch.xml", well_known::open_search))
        .service(get("/site.webmanifest", well_known::manifest))
        .service(get("/.well-known/security.txt", well_known::security))
        .service(get("/favicon.ico", assets::favicon))
        .service(get("/assets/{name}", assets::asset))
        .service(get("/healthz", health::health))
        .service(get("/readyz", health::ready));
}

async fn home(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| Ok(views::home::page(site)))
}

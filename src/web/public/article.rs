//! The answer page, and the way from a former address to the present one.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::views;
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::kept_page;

pub(super) async fn article(
    request: HttpRequest,
    app: Data<App>,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let page = kept_page(&request, &app, |site| {
        let article = site.library.article(&slug).ok_or(PageError::NotFound)?;
        Ok(views::article::page(site, article))
    });
    let Err(PageError::NotFound) = page else {
        return page;
    };
    let snapshot = app.shelf.snapshot();
    let now = snapshot.library().moved(&slug).ok_or(PageError::NotFound)?;
    Ok(HttpResponse::MovedPermanently()
        .insert_header((LOCATION, format!("/antwoord/{now}")))
        .insert_header((CACHE_CONTROL, CachePolicy::Page.header()))
        .finish())
}

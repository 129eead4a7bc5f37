//! Pages to browse by.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::AgeBand;
use crate::views::browse::{age_page, theme_page, topic_page};
use crate::web::app::App;
use crate::web::errors::PageError;
use crate::web::respond::kept_page;

pub(super) async fn theme(
    request: HttpRequest,
    app: Data<App>,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| {
        let theme = site.library.theme(&slug).ok_or(PageError::NotFound)?;
        Ok(theme_page(site, theme))
    })
}

pub(super) async fn topic(
    request: HttpRequest,
    app: Data<App>,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| {
        let topic = site.library.topic(&slug).ok_or(PageError::NotFound)?;
        Ok(topic_page(site, topic))
    })
}

pub(super) async fn age(
    request: HttpRequest,
    app: Data<App>,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| {
        let age = AgeBand::from_slug(&slug).ok_or(PageError::NotFound)?;
        Ok(age_page(site, age))
    })
}

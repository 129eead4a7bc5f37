//! Who helps, what Loes is, what it does with data, and who can use it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::views;
use crate::web::app::App;
use crate::web::errors::PageError;
use crate::web::respond::kept_page;

pub(super) async fn help(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| Ok(views::help::page(site)))
}

pub(super) async fn about(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| Ok(views::about::about_page(site)))
}

pub(super) async fn privacy(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| Ok(views::about::privacy_page(site)))
}

pub(super) async fn accessibility(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, PageError> {
    kept_page(&request, &app, |site| {
        Ok(views::about::accessibility_page(site))
    })
}

//! When what is kept cannot be reached, nothing that was typed is lost.

use actix_web::http::header::HeaderValue;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse, ResponseError as _};

use crate::views::unavailable::{Down, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// After how many seconds it is worth trying again.
const TRY_AGAIN: HeaderValue = HeaderValue::from_static("60");

/// The answer to a form that could not be handled because of `error`.
///
/// # Errors
/// `error` itself when it is not for want of the database.
pub(super) fn unavailable(
    request: &HttpRequest,
    app: &App,
    error: PageError,
    down: &Down<'_>,
) -> Result<HttpResponse, PageError> {
    match &error {
        PageError::Unavailable => {}
        PageError::Internal(cause) => tracing::error!(target: "loes", "{cause}"),
        _ => return Err(error),
    }
    let present = app.present();
    let page = page(&present.site(), down);
    let mut response = own_page(request, error.status_code(), CachePolicy::NoStore, page);
    response.headers_mut().insert(RETRY_AFTER, TRY_AGAIN);
    Ok(response)
}

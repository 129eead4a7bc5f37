//! Style, script, font and pictures: compressed once, kept for ever.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use crate::views::assets;
use crate::web::cache::{CachePolicy, Compressed};
use crate::web::errors::PageError;
use crate::web::respond::respond;

static PACKED: LazyLock<HashMap<&'static str, Compressed>> = LazyLock::new(|| {
    assets::all()
        .map(|asset| {
            let body = Compressed::often(asset.content_type, asset.bytes.clone());
            (asset.url.as_str(), body)
        })
        .collect()
});

/// Compresses them now, so that no visitor waits for it.
pub(in crate::web) fn prepare() {
    LazyLock::force(&PACKED);
}

pub(super) async fn asset(
    request: HttpRequest,
    _name: Path<String>,
) -> Result<HttpResponse, PageError> {
    let body = PACKED.get(request.path()).ok_or(PageError::NotFound)?;
    Ok(respond(
        &request,
        StatusCode::OK,
        CachePolicy::Immutable,
        body,
    ))
}

/// Browsers ask for it unasked.
pub(super) async fn favicon() -> HttpResponse {
    HttpResponse::Found()
        .insert_header((LOCATION, assets::url("icons/favicon.svg")))
        .insert_header((CACHE_CONTROL, CachePolicy::Page.header()))
        .finish()
}

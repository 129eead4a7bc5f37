//! The log of a loket, for who looks after it.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::signed::Managing;
use crate::store::Action;
use crate::views::desk::log::page;
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// How many lines are shown.
const SHOWN: u32 = 200;

pub(super) async fn log(
    request: HttpRequest,
    app: Data<App>,
    signed: Managing,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let mut tx = store.write().await?;
    tx.log(
        &signed.staff,
        Action::ReadLog,
        &[],
        true,
        &signed.origin,
        app.now(),
    )
    .await?;
    tx.commit().await?;
    let rows = store.audit(&signed.staff.loket, SHOWN).await?;
    let staff = store.all_staff().await?;
    let present = app.present();
    let page = page(&signed.frame(&present), &rows, &staff);
    Ok(own_page(
        &request,
        StatusCode::OK,
        CachePolicy::NoStore,
        page,
    ))
}

//! The inbox of a loket.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::signed::Answering;
use crate::store::InboxFilter;
use crate::views::desk::inbox::{Shown, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// What the address asks for.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    toon: String,
    #[serde(default)]
    pagina: u32,
}

pub(super) async fn inbox(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let filter = InboxFilter::parse(&asked.toon).unwrap_or_default();
    let number = asked.pagina.min(10_000);
    let store = app.store()?;
    let mut tx = store.write().await?;
    let inbox = tx
        .inbox(&signed.staff, filter, number, &signed.origin, app.now())
        .await?;
    let offers = tx
        .offers_to(&signed.staff, &signed.origin, app.now())
        .await?;
    tx.commit().await?;
    let undelivered = store.undelivered(&signed.staff.loket).await?;
    let present = app.present();
    let shown = Shown {
        inbox: &inbox,
        offers: &offers,
        filter,
        page: number,
        undelivered: &undelivered,
    };
    let page = page(&signed.frame(&present), &shown);
    Ok(own_page(
        &request,
        StatusCode::OK,
        CachePolicy::NoStore,
        page,
    ))
}

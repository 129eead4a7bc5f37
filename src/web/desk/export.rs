//! A copy of all that is kept of one question, for who asks what is known of her (AVG, article 15).

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::question::{id_of, opened};
use super::sheet::{Again, must_manage, show};
use super::signed::Managing;
use super::steps::On;
use crate::store::Action;
use crate::views::desk::export::{document, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

pub(super) async fn form(
    request: HttpRequest,
    app: Data<App>,
    signed: Managing,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (id, nothing) = (id_of(&path)?, Again::default());
    show(
        &request,
        &app,
        &signed,
        id,
        &nothing,
        |present, sheet, entry, _| page(&signed.frame(present), sheet, entry.notes.len()),
    )
    .await
}

pub(super) async fn export(on: On) -> Result<HttpResponse, PageError> {
    let (request, app, sent, path) = &on;
    must_manage(&sent.by)?;
    let (id, store) = (id_of(path)?, app.store()?);
    let (tx, entry) = opened(&store, &sent.by, id, Action::Export, app.now()).await?;
    tx.commit().await?;
    let with_notes = sent.form.notities == "ja";
    let page = document(&app.present().site(), &entry, with_notes);
    let mut response = own_page(request, StatusCode::OK, CachePolicy::NoStore, page);
    // The id alone: a name in a folder of downloads tells nothing.
    let name = format!("attachment; filename=\"vraag-{id}.html\"");
    let name =
        HeaderValue::from_str(&name).map_err(|error| PageError::Internal(error.to_string()))?;
    response.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(response)
}

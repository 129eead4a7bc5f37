//! Erasing a question from the desk.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::question::id_of;
use super::sheet::{Again, again, must_manage, show};
use super::signed::{Managing, Signed};
use super::steps::{Hindrance, On, taken, unchanged};
use crate::domain::{Erasure, QuestionId};
use crate::store::Action;
use crate::views::desk::erase::{erased_page, page};
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
    let id = id_of(&path)?;
    sheet(&request, &app, &signed, id, &Again::default()).await
}

async fn sheet(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    id: QuestionId,
    again: &Again<'_>,
) -> Result<HttpResponse, PageError> {
    show(
        request,
        app,
        signed,
        id,
        again,
        |present, sheet, entry, typed| {
            let frame = signed.frame(present);
            page(&frame, sheet, entry.hold.as_ref(), &typed.reden)
        },
    )
    .await
}

pub(super) async fn erase(on: On) -> Result<HttpResponse, PageError> {
    let (request, app, sent, path) = &on;
    must_manage(&sent.by)?;
    let now = app.now();
    let came = taken(&on, Action::Erase, async |tx, entry| {
        let reason = Erasure::parse_by_staff(&sent.form.reden);
        let missing = || vec![("reden", "Kies waarom.".to_owned())];
        let reason = reason.ok_or_else(|| Hindrance::Fields(missing()))?;
        unchanged(sent, entry)?;
        let question = &entry.thread.question;
        Ok(tx.erase(question, reason.slug(), now).await?)
    })
    .await?;
    match came {
        Ok(_) => {
            let page = erased_page(&sent.by.frame(&app.present()));
            Ok(own_page(
                request,
                StatusCode::OK,
                CachePolicy::NoStore,
                page,
            ))
        }
        Err(hindrance) => {
            let again = again(&on, hindrance)?;
            sheet(request, app, &sent.by, id_of(path)?, &again).await
        }
    }
}

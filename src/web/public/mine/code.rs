//! The code, and the question it opens.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};

use super::{Sent, Shown, Visit, WRONG, shown};
use crate::secrets::ReceiptCode;
use crate::views::mine::{CodeForm, CodeProblem, code_page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// How much of what was typed is shown again, in characters: more than any way to write a code.
const SHOWN: usize = 60;

pub(super) async fn form(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let present = app.present();
    let page = code_page(&present.site(), &CodeForm::default());
    own_page(&request, StatusCode::OK, CachePolicy::NoStore, page)
}

pub(super) async fn open(
    request: HttpRequest,
    app: Data<App>,
    sent: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let outcome = look(&request, &app, &sent).await;
    shown(&request, &app, &sent, outcome)
}

async fn look(request: &HttpRequest, app: &App, sent: &Sent) -> Result<Shown, PageError> {
    let present = app.present();
    let visit = Visit::new(app, &present)?;
    let thread = match ReceiptCode::parse(&sent.code) {
        Some(code) => visit.store.thread_by_code(&code).await?,
        None => None,
    };
    if let Some(thread) = thread {
        return Ok(visit.page(&thread, None, &sent.tekst, None));
    }
    // Only now: who has a right code is never stopped.
    let (status, problem) = if app.guesses.note(app.asker(request)) {
        (WRONG, CodeProblem::Unknown)
    } else {
        (StatusCode::TOO_MANY_REQUESTS, CodeProblem::TooMany)
    };
    let typed: String = sent.code.chars().take(SHOWN).collect();
    let form = CodeForm {
        problem: Some(problem),
        typed: &typed,
        text: &sent.tekst,
    };
    Ok((status, code_page(&present.site(), &form)))
}

//! A page with one form about a question: shown empty, or again with what was typed and what stood in
//! its way.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::Markup;

use super::question::{Typed, opened};
use super::signed::Signed;
use super::steps::{Errors, Hindrance, On};
use crate::domain::QuestionId;
use crate::domain::ask::{FieldError, LONGEST_TEXT, parse_text};
use crate::store::{Action, Entry};
use crate::views::desk::question::Trouble;
use crate::views::desk::sheet::Sheet;
use crate::web::app::{App, Present};
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// What a page is shown with.
#[derive(Default)]
pub(super) struct Again<'a> {
    typed: Option<&'a Typed>,
    errors: Errors,
    trouble: Option<Trouble>,
}

/// Shows the page of a question that `draw` draws of what is known and what was typed.
pub(super) async fn show(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    id: QuestionId,
    again: &Again<'_>,
    draw: impl FnOnce(&Present<'_>, &Sheet<'_>, &Entry, &Typed) -> Markup,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let (tx, entry) = opened(&store, signed, id, Action::Read, app.now()).await?;
    tx.commit().await?;
    let nothing = Typed::default();
    let sheet = Sheet {
        question: &entry.thread.question,
        errors: &again.errors,
        trouble: again.trouble,
    };
    let status = match (&again.trouble, again.errors.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let typed = again.typed.unwrap_or(&nothing);
    let page = draw(&app.present(), &sheet, &entry, typed);
    Ok(own_page(request, status, CachePolicy::NoStore, page))
}

/// What the page is shown with after something stood in the way.
pub(super) fn again(on: &On, hindrance: Hindrance) -> Result<Again<'_>, PageError> {
    let mut again = Again {
        typed: Some(&on.2.form),
        ..Again::default()
    };
    match hindrance {
        Hindrance::Page(error) => return Err(error),
        Hindrance::Trouble(trouble) => again.trouble = Some(trouble),
        Hindrance::Fields(errors) => again.errors = errors,
    }
    Ok(again)
}

/// The reason that colleagues give, or what to say of it.
pub(super) fn read_reason(text: &str, errors: &mut Errors) -> String {
    parse_text(text).unwrap_or_else(|error| {
        let words = match error {
            FieldError::LongText => {
                format!("Dit is te lang: maak er hoogstens {LONGEST_TEXT} tekens van.")
            }
            _ => "Schrijf op waarom. Een paar woorden is genoeg.".to_owned(),
        };
        errors.push(("reden", words));
        String::new()
    })
}

/// Whether who sent this looks after her loket.
pub(super) fn must_manage(signed: &Signed) -> Result<(), PageError> {
    if signed.staff.role.manages() {
        Ok(())
    } else {
        Err(PageError::Forbidden)
    }
}

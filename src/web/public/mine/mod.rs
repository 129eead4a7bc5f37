//! `/mijn-vraag`: a question for who holds its code. The code comes by POST alone; later forms carry a
//! ticket that holds for an hour, so that the code does not stay in the pages.

mod code;
mod writing;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse, guard};
use jiff::{SignedDuration, Timestamp};
use maud::Markup;
use serde::Deserialize;

use super::unavailable::unavailable;
use crate::domain::{FieldError, QuestionId};
use crate::store::{Store, Thread};
use crate::views::mine::{self as view, CodeForm, CodeProblem, Told};
use crate::views::unavailable::Down;
use crate::web::app::{App, Present};
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::resource::not_allowed;
use crate::web::respond::own_page;

/// What tickets to a question are for.
const PURPOSE: &str = "mijn-vraag";

/// How long a ticket holds.
const HOLDS: SignedDuration = SignedDuration::from_hours(1);

/// The routes of `/mijn-vraag`.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    let reading = || guard::Any(guard::Get()).or(guard::Head());
    let code = web::resource(view::ACTION)
        .route(web::route().guard(reading()).to(code::form))
        .route(web::post().to(code::open))
        .default_service(web::to(|| async { not_allowed("GET, HEAD, POST") }));
    config.service(code);
    for (path, route) in [
        ("/mijn-vraag/schrijf", web::post().to(writing::write)),
        ("/mijn-vraag/geholpen", web::post().to(writing::helped)),
        ("/mijn-vraag/intrekken", web::post().to(writing::withdraw)),
        ("/mijn-vraag/terug", web::post().to(writing::back)),
    ] {
        let resource = web::resource(path)
            .route(route)
            .route(web::route().guard(reading()).to(to_code))
            .default_service(web::to(|| async { not_allowed("GET, HEAD, POST") }));
        config.service(resource);
    }
}

/// Who asks for a later page by its address has no ticket.
pub(in crate::web::public) async fn to_code() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, view::ACTION))
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .finish()
}

/// A ticket to the question `id`.
pub(in crate::web::public) fn issue_ticket(
    store: &Store,
    id: QuestionId,
    now: Timestamp,
) -> String {
    let keys = store.keys();
    keys.issue_ticket(PURPOSE, &id.to_string(), now + HOLDS, store.random())
}

/// What the forms of a question send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    code: String,
    toegang: String,
    sleutel: String,
    tekst: String,
    zeker: String,
    geholpen: String,
}

/// A page and its status.
pub(in crate::web::public) type Shown = (StatusCode, Markup);

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Sends what was shown; or, when the database cannot be reached, a page that keeps what was sent.
fn shown(
    request: &HttpRequest,
    app: &App,
    sent: &Sent,
    outcome: Result<Shown, PageError>,
) -> Result<HttpResponse, PageError> {
    let error = match outcome {
        Ok((status, page)) => {
            return Ok(own_page(request, status, CachePolicy::NoStore, page));
        }
        Err(error) => error,
    };
    let mut fields = vec![
        ("code", sent.code.as_str()),
        ("toegang", &sent.toegang),
        ("sleutel", &sent.sleutel),
        ("tekst", &sent.tekst),
        ("zeker", &sent.zeker),
        ("geholpen", &sent.geholpen),
    ];
    fields.retain(|(_, value)| !value.is_empty());
    let down = Down {
        action: request.path(),
        fields: &fields,
        words: &sent.tekst,
        loket: None,
    };
    unavailable(request, app, error, &down)
}

/// The form for the code, for who comes with an old ticket; what was typed goes along.
pub(in crate::web::public) fn time_passed(present: &Present<'_>, text: &str) -> Shown {
    let form = CodeForm {
        problem: Some(CodeProblem::TimePassed),
        typed: "",
        text,
    };
    (WRONG, view::code_page(&present.site(), &form))
}

/// One request for a question.
struct Visit<'a> {
    app: &'a App,
    present: &'a Present<'a>,
    store: Arc<Store>,
}

impl<'a> Visit<'a> {
    fn new(app: &'a App, present: &'a Present<'a>) -> Result<Self, PageError> {
        Ok(Self {
            app,
            present,
            store: app.store()?,
        })
    }

    /// The question of a ticket; nothing when its time is over or the question is gone.
    async fn thread(&self, ticket: &str) -> Result<Option<Thread>, PageError> {
        let id = self
            .store
            .keys()
            .open_ticket(PURPOSE, ticket, self.app.now());
        match id.as_deref().and_then(QuestionId::parse) {
            Some(id) => Ok(self.store.thread_by_id(id).await?),
            None => Ok(None),
        }
    }

    fn ticket(&self, thread: &Thread) -> String {
        issue_ticket(&self.store, thread.question.id, self.app.now())
    }

    fn page(
        &self,
        thread: &Thread,
        told: Option<Told>,
        text: &str,
        error: Option<FieldError>,
    ) -> Shown {
        let (keys, random) = (self.store.keys(), self.store.random());
        let token = keys.issue_form_token(self.app.now(), random);
        let visit = view::Visit {
            thread,
            ticket: &self.ticket(thread),
            token: &token.to_text(keys),
            told,
            text,
            error,
        };
        let wrong = error.is_some() || told == Some(Told::NotAdded);
        let status = if wrong { WRONG } else { StatusCode::OK };
        (status, view::thread_page(&self.present.site(), &visit))
    }

    fn code_again(&self, text: &str) -> Shown {
        time_passed(self.present, text)
    }
}

//! One question at the desk: read, and an answer before it is sent.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Scope};
use jiff::Timestamp;
use serde::Deserialize;

use super::signed::{Answering, Sent, Signed};
use super::{erase, export, hold, offer, steps};
use crate::content::check_reply;
use crate::domain::QuestionId;
use crate::domain::ask::parse_text;
use crate::search::{Filter, SearchQuery};
use crate::store::{Action, Entry, Store, Tx};
use crate::views::desk::preview;
use crate::views::desk::question::{Shown, Texts, Trouble, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// How many fitting answers stand beside a question.
const FITTING: usize = 4;

/// What the forms of the page send.
#[derive(Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    pub(super) versie: i64,
    #[serde(default)]
    pub(super) formulier: String,
    #[serde(default)]
    pub(super) tekst: String,
    #[serde(default)]
    pub(super) loket: String,
    #[serde(default)]
    pub(super) tot: String,
    #[serde(default)]
    pub(super) reden: String,
    #[serde(default)]
    pub(super) soort: String,
    #[serde(default)]
    pub(super) notities: String,
}

pub(super) fn id_of(path: &Path<String>) -> Result<QuestionId, PageError> {
    QuestionId::parse(path).ok_or(PageError::NotFound)
}

/// The routes of one question.
pub(super) fn scope() -> Scope {
    web::scope("/loket-werk/vraag/{id}")
        .route("", web::get().to(question))
        .route("/oppakken", web::post().to(steps::claim))
        .route("/terugleggen", web::post().to(steps::release))
        .route("/concept", web::post().to(steps::draft))
        .route("/voorbeeld", web::post().to(preview))
        .route("/antwoord", web::post().to(steps::answer))
        .route("/notitie", web::post().to(steps::note))
        .route("/sluiten", web::post().to(steps::close))
        .route("/heropenen", web::post().to(steps::reopen))
        .route("/soort", web::post().to(steps::mark))
        .route("/doorgeven", web::get().to(offer::form))
        .route("/doorgeven", web::post().to(offer::offer))
        .route("/terugnemen", web::post().to(steps::take_back))
        .route("/bewaren", web::get().to(hold::form))
        .route("/bewaren", web::post().to(hold::hold))
        .route("/loslaten", web::post().to(hold::lift))
        .route("/wissen", web::get().to(erase::form))
        .route("/wissen", web::post().to(erase::erase))
        .route("/kopie", web::get().to(export::form))
        .route("/kopie", web::post().to(export::export))
}

async fn question(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let id = id_of(&path)?;
    shown(&request, &app, &signed, id, None, Texts::default()).await
}

/// Opens a question for a step, and writes the line in the log in the same change.
pub(super) async fn opened<'s>(
    store: &'s Store,
    signed: &Signed,
    id: QuestionId,
    action: Action,
    now: Timestamp,
) -> Result<(Tx<'s>, Entry), PageError> {
    let mut tx = store.write().await?;
    let entry = tx
        .entry(&signed.staff, id, action, &signed.origin, now)
        .await?;
    if let Some(entry) = entry {
        return Ok((tx, entry));
    }
    tx.commit().await?;
    Err(PageError::NotFound)
}

/// The page of a question, with what was typed and what stood in its way.
pub(super) async fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    id: QuestionId,
    trouble: Option<Trouble>,
    typed: Texts<'_>,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let now = app.now();
    let (tx, entry) = opened(&store, signed, id, Action::Read, now).await?;
    tx.commit().await?;
    let present = app.present();
    let words = entry
        .thread
        .messages
        .first()
        .map_or("", |message| message.text.as_str());
    let query = SearchQuery::new(words);
    let found = present.snapshot.search(&query, &Filter::default(), FITTING);
    let found = found.map_err(|error| PageError::Internal(error.to_string()))?;
    let fitting: Vec<_> = found
        .hits
        .iter()
        .filter_map(|hit| present.snapshot.library().article(&hit.slug))
        .collect();
    let phrases = store.phrases(&signed.staff.loket).await?;
    let form = store.keys().issue_form_token(now, store.random());
    let page = page(
        &signed.frame(&present),
        &Shown {
            entry: &entry,
            fitting: &fitting,
            phrases: &phrases,
            safety: &present.snapshot.safety(&query),
            form: &form.id_text(),
            trouble,
            typed,
        },
    );
    let status = status_of(trouble);
    Ok(own_page(request, status, CachePolicy::NoStore, page))
}

fn status_of(trouble: Option<Trouble>) -> StatusCode {
    match trouble {
        None | Some(Trouble::Back) => StatusCode::OK,
        Some(Trouble::Text(_) | Trouble::Note(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(_) => StatusCode::CONFLICT,
    }
}

/// The answer as the parent will see it, with what the rules say of it. It is kept as a draft, so that
/// going back loses nothing.
async fn preview(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let id = id_of(&path)?;
    let (store, signed) = (app.store()?, &sent.by);
    let text = match parse_text(&sent.form.tekst) {
        Ok(text) => text,
        Err(error) => {
            let trouble = Some(Trouble::Text(error));
            let typed = Texts {
                answer: &sent.form.tekst,
                ..Texts::default()
            };
            return shown(&request, &app, signed, id, trouble, typed).await;
        }
    };
    let now = app.now();
    let (mut tx, entry) = opened(&store, signed, id, Action::Draft, now).await?;
    tx.keep_draft(&signed.staff, id, &text, now).await?;
    tx.commit().await?;
    let present = app.present();
    let page = preview::page(
        &signed.frame(&present),
        &preview::Shown {
            question: &entry.thread.question,
            way: &entry.thread.contact.way,
            text: &text,
            hints: &check_reply(&text, present.snapshot.library()),
            form: &sent.form.formulier,
            version: sent.form.versie,
        },
    );
    Ok(own_page(
        &request,
        StatusCode::OK,
        CachePolicy::NoStore,
        page,
    ))
}

//! `/vraag`: from words to a question, step by step. Nothing is kept until the last step; each step
//! sends all that was typed so far, by POST, so that no words are in an address.

mod receipt;
mod send;
mod sent;

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form};
use actix_web::{HttpRequest, HttpResponse, Resource, guard};
use jiff::SignedDuration;
use maud::Markup;

pub(super) use self::receipt::link_resource;
use self::sent::{Sent, Step};
use super::unavailable::unavailable;
use crate::domain::ask::{choose_loket, parse_text};
use crate::domain::{AgeBand, Article, Field, FieldError, FormErrors, Loket, RawAsk, SafetyRule};
use crate::search::{Filter, SearchQuery};
use crate::secrets::FormToken;
use crate::store::Store;
use crate::views::ask::{self as view, Again, Asking};
use crate::views::unavailable::Down;
use crate::web::app::{App, Present};
use crate::web::asking::takes_questions;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::resource::not_allowed;
use crate::web::respond::own_page;

/// How many answers are offered before a question goes to a loket.
const OFFERED: usize = 3;

/// How long a form may stand open.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// By how much clocks of replicas may differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(60);

/// `/vraag`: GET shows the first step, POST goes on.
pub(super) fn resource() -> Resource {
    let reading = guard::Any(guard::Get()).or(guard::Head());
    web::resource("/vraag")
        .route(web::route().guard(reading).to(begin))
        .route(web::post().to(go_on))
        .default_service(web::to(|| async { not_allowed("GET, HEAD, POST") }))
}

async fn begin(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    answer(&request, &app, &Sent::default()).await
}

async fn go_on(
    request: HttpRequest,
    app: Data<App>,
    sent: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    answer(&request, &app, &sent).await
}

async fn answer(request: &HttpRequest, app: &App, sent: &Sent) -> Result<HttpResponse, PageError> {
    let present = app.present();
    let raw = sent.raw();
    let asker = app.asker(request);
    let error = match Visit::new(app, &present, sent, &raw, asker) {
        Ok(mut visit) => match visit.answer().await {
            Ok((status, page)) => {
                return Ok(own_page(request, status, CachePolicy::NoStore, page));
            }
            Err(error) => error,
        },
        Err(error) => error,
    };
    let mut fields = sent.fields().to_vec();
    fields.retain(|(_, value)| !value.is_empty());
    let lokets = present.snapshot.library().lokets();
    let down = Down {
        action: view::ACTION,
        fields: &fields,
        words: &raw.text,
        loket: choose_loket(&raw.postcode, &raw.loket, lokets).ok(),
    };
    unavailable(request, app, error, &down)
}

/// A page and its status.
type Shown = (StatusCode, Markup);

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// One request on this way.
struct Visit<'a> {
    app: &'a App,
    present: &'a Present<'a>,
    store: Arc<Store>,
    sent: &'a Sent,
    raw: &'a RawAsk,
    /// From where, unless many may stand behind that address.
    asker: Option<IpAddr>,
    safety: Vec<&'a SafetyRule>,
    /// The token that the form came with, when it is one of ours and still good.
    token: Option<FormToken>,
}

impl<'a> Visit<'a> {
    fn new(
        app: &'a App,
        present: &'a Present<'a>,
        sent: &'a Sent,
        raw: &'a RawAsk,
        asker: Option<IpAddr>,
    ) -> Result<Self, PageError> {
        let store = app.store()?;
        let token = store.keys().read_form_token(&sent.sleutel);
        let token = token.filter(|token| {
            let age = token.age(app.now());
            age < LONGEST && age > -CLOCKS_DIFFER
        });
        Ok(Self {
            app,
            present,
            sent,
            raw,
            asker,
            safety: present.snapshot.safety(&SearchQuery::new(&raw.text)),
            token,
            store,
        })
    }

    async fn answer(&mut self) -> Result<Shown, PageError> {
        let step = self.sent.step();
        if step == Step::Send {
            return self.send().await;
        }
        if step == Step::Words {
            return Ok(self.words(&FormErrors::default()));
        }
        if let Err(error) = parse_text(&self.raw.text) {
            return Ok(self.words(&mistake(Field::Text, error)));
        }
        if step == Step::Place {
            return Ok(self.place(&FormErrors::default()));
        }
        if step == Step::Answers {
            let articles = self.articles()?;
            if !articles.is_empty() || !self.safety.is_empty() {
                return Ok(self.answers(&articles));
            }
        }
        match self.loket() {
            Ok(loket) => self.details_of(loket).await,
            Err(FieldError::NoPlace) if !self.sent.was_asked_place() => {
                Ok(self.place(&FormErrors::default()))
            }
            Err(error) => Ok(self.place(&mistake(Field::Place, error))),
        }
    }

    fn loket(&self) -> Result<&Loket, FieldError> {
        let lokets = self.present.snapshot.library().lokets();
        choose_loket(&self.raw.postcode, &self.raw.loket, lokets)
    }

    /// What may answer her question at once.
    fn articles(&self) -> Result<Vec<&Article>, PageError> {
        let snapshot = &self.present.snapshot;
        let filter = Filter {
            age: AgeBand::from_slug(&self.raw.age),
            topic: None,
        };
        let words = SearchQuery::new(&self.raw.text);
        let found = snapshot.search(&words, &filter, OFFERED);
        let found = found.map_err(|error| PageError::Internal(error.to_string()))?;
        let hits = found.hits.iter();
        Ok(hits
            .filter_map(|hit| snapshot.library().article(&hit.slug))
            .collect())
    }

    async fn details_of(&self, loket: &Loket) -> Result<Shown, PageError> {
        if takes_questions(self.app, &self.store, loket).await? {
            Ok(self.details(Some(loket), &FormErrors::default(), None))
        } else {
            Ok(self.closed(loket))
        }
    }

    /// The token of the form: the same from step to step, so that sending twice asks once.
    fn token_text(&self) -> String {
        let keys = self.store.keys();
        let token = self
            .token
            .unwrap_or_else(|| keys.issue_form_token(self.app.now(), self.store.random()));
        token.to_text(keys)
    }

    fn draw(
        &self,
        errors: &FormErrors,
        again: Option<Again>,
        page: impl FnOnce(&crate::views::Site<'_>, &Asking<'_>) -> Markup,
    ) -> Shown {
        let asking = Asking {
            raw: self.raw,
            token: &self.token_text(),
            errors,
            again,
            safety: &self.safety,
        };
        let right = errors.is_empty() && again.is_none();
        let status = if right { StatusCode::OK } else { WRONG };
        (status, page(&self.present.site(), &asking))
    }

    fn words(&self, errors: &FormErrors) -> Shown {
        self.draw(errors, None, view::words_page)
    }

    fn answers(&self, articles: &[&Article]) -> Shown {
        let errors = FormErrors::default();
        self.draw(&errors, None, |site, asking| {
            view::answers_page(site, asking, articles)
        })
    }

    fn place(&self, errors: &FormErrors) -> Shown {
        self.draw(errors, None, view::place_page)
    }

    fn details(&self, loket: Option<&Loket>, errors: &FormErrors, again: Option<Again>) -> Shown {
        self.draw(errors, again, |site, asking| {
            view::details_page(site, asking, loket)
        })
    }

    fn closed(&self, loket: &Loket) -> Shown {
        let errors = FormErrors::default();
        self.draw(&errors, None, |site, asking| {
            view::closed_page(site, asking, loket)
        })
    }
}

fn mistake(field: Field, error: FieldError) -> FormErrors {
    let mut errors = FormErrors::default();
    errors.add(field, error);
    errors
}

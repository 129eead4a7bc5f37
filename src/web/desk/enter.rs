//! Questions that come by telephone, at a walk-in hour or by a colleague: staff write them down in the
//! same form, and the parent gets a code too.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse, Resource};
use serde::Deserialize;

use super::signed::{Answering, Sent, Signed};
use crate::domain::{Channel, FormErrors, RawAsk};
use crate::store::Action;
use crate::views::desk::enter::{Enter, Entered, entered, page};
use crate::web::app::App;
use crate::web::asking::keep;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

pub(super) fn resource() -> Resource {
    web::resource("/loket-werk/nieuw")
        .route(web::get().to(form))
        .route(web::post().to(enter))
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    sleutel: String,
    kanaal: String,
    vraag: String,
    leeftijd: String,
    wie: String,
    antwoord: String,
    mail: String,
    telefoon: String,
    tijden: String,
    bericht: String,
    naam: String,
}

impl Typed {
    fn channel(&self) -> Channel {
        let known = Channel::parse(&self.kanaal);
        let by_staff = known.filter(|one| Channel::BY_STAFF.contains(one));
        by_staff.unwrap_or(Channel::Phone)
    }

    fn raw(&self, signed: &Signed) -> RawAsk {
        RawAsk {
            text: self.vraag.clone(),
            age: self.leeftijd.clone(),
            audience: self.wie.clone(),
            postcode: String::new(),
            loket: signed.staff.loket.to_string(),
            way: self.antwoord.clone(),
            mail: self.mail.clone(),
            phone: self.telefoon.clone(),
            times: self.tijden.clone(),
            message: self.bericht.clone(),
            name: self.naam.clone(),
        }
    }
}

async fn form(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
) -> Result<HttpResponse, PageError> {
    shown(
        &request,
        &app,
        &signed,
        &Typed::default(),
        &FormErrors::default(),
        false,
    )
}

/// The form for who signed in again, with what she was typing.
pub(super) fn back(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    typed: &Typed,
) -> Result<HttpResponse, PageError> {
    shown(request, app, signed, typed, &FormErrors::default(), true)
}

fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    typed: &Typed,
    errors: &FormErrors,
    back: bool,
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let keys = store.keys();
    let key = match keys.read_form_token(&typed.sleutel) {
        Some(token) => token.to_text(keys),
        None => keys
            .issue_form_token(app.now(), store.random())
            .to_text(keys),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let present = app.present();
    let page = page(
        &signed.frame(&present),
        &Enter {
            raw: &typed.raw(signed),
            channel: typed.channel(),
            errors,
            key: &key,
            back,
        },
    );
    Ok(own_page(request, status, CachePolicy::NoStore, page))
}

async fn enter(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
) -> Result<HttpResponse, PageError> {
    let (store, signed) = (app.store()?, &sent.by);
    let present = app.present();
    let read = sent
        .form
        .raw(signed)
        .parse(present.snapshot.library().lokets());
    let token = store.keys().read_form_token(&sent.form.sleutel);
    let (question, token) = match (read, token) {
        (Ok(question), Some(token)) => (question, token),
        (Err(errors), _) => return shown(&request, &app, signed, &sent.form, &errors, false),
        (Ok(_), None) => {
            let none = FormErrors::default();
            return shown(&request, &app, signed, &sent.form, &none, false);
        }
    };
    let code = store.keys().receipt_code(token.id());
    let kept = keep(&present, &store, &question, &code, sent.form.channel()).await?;
    let id = kept.ok_or(PageError::NotFound)?.id;
    let mut tx = store.write().await?;
    tx.log(
        &signed.staff,
        Action::Enter,
        &[id],
        true,
        &signed.origin,
        app.now(),
    )
    .await?;
    tx.commit().await?;
    let given = Entered {
        id,
        code: &code.to_text(),
    };
    let page = entered(&signed.frame(&present), &given);
    Ok(own_page(
        &request,
        StatusCode::OK,
        CachePolicy::NoStore,
        page,
    ))
}

//! The receipt, and the form on it that mails the way back.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form};
use actix_web::{HttpRequest, HttpResponse, Resource, guard};
use jiff::SignedDuration;
use maud::Markup;
use serde::Deserialize;

use super::{LONGEST, Shown, WRONG};
use crate::clock::dutch_day;
use crate::domain::{MailAddress, SafetyRule};
use crate::search::SearchQuery;
use crate::secrets::ReceiptCode;
use crate::store::{LinkMail, Store, StoreError, Thread};
use crate::views::ask::{LinkForm, LinkTold, Receipt, Unsent, link_action, receipt_page};
use crate::views::unavailable::Down;
use crate::web::app::{App, Present};
use crate::web::asking::Kept;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::public::mine::{issue_ticket, time_passed, to_code};
use crate::web::public::unavailable::unavailable;
use crate::web::resource::not_allowed;
use crate::web::respond::own_page;

/// What tickets to a receipt are for. They hold the code, as the page beside them does.
const PURPOSE: &str = "ontvangst";

/// How long a receipt may stand open: as long as the form before it.
const HOLDS: SignedDuration = LONGEST;

/// `/vraag/link`: POST mails the way back; the receipt stays.
pub(in crate::web::public) fn link_resource() -> Resource {
    let reading = guard::Any(guard::Get()).or(guard::Head());
    web::resource(link_action())
        .route(web::post().to(mail_link))
        .route(web::route().guard(reading).to(to_code))
        .default_service(web::to(|| async { not_allowed("GET, HEAD, POST") }))
}

/// What a receipt is made of.
pub(super) struct Made<'a> {
    pub(super) app: &'a App,
    pub(super) present: &'a Present<'a>,
    pub(super) store: &'a Store,
    pub(super) code: &'a ReceiptCode,
    pub(super) kept: &'a Kept,
    pub(super) safety: &'a [&'a SafetyRule],
    /// Words that came too late, when there are any; empty when only other fields changed.
    pub(super) late: Option<&'a str>,
}

impl Made<'_> {
    /// The receipt, with what came of asking for the mail.
    pub(super) fn page(&self, typed: &str, told: Option<LinkTold>) -> Markup {
        let (keys, random, now) = (self.store.keys(), self.store.random(), self.app.now());
        let code = self.code.to_text();
        let ticket = issue_ticket(self.store, self.kept.id, now);
        let proof = keys.issue_ticket(PURPOSE, &code, now + HOLDS, random);
        let token = || keys.issue_form_token(now, random).to_text(keys);
        let (to_add, to_mail) = (token(), token());
        let unsent = self.late.map(|text| Unsent {
            text,
            ticket: &ticket,
            token: &to_add,
        });
        let link = LinkForm {
            ticket: &proof,
            token: &to_mail,
            typed,
            told,
        };
        let library = self.present.snapshot.library();
        let receipt = Receipt {
            code: &code,
            loket: library.loket(self.kept.loket.as_str()),
            way: &self.kept.way,
            due: dutch_day(self.kept.due),
            safety: self.safety,
            unsent,
            link,
        };
        receipt_page(&self.present.site(), &receipt)
    }
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    bewijs: String,
    sleutel: String,
    mail: String,
    /// Words that were not sent with the question, when the receipt shows some.
    tekst: Option<String>,
}

async fn mail_link(
    request: HttpRequest,
    app: Data<App>,
    sent: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    match answer(&app, &sent).await {
        Ok((status, page)) => Ok(own_page(&request, status, CachePolicy::NoStore, page)),
        Err(error) => {
            let mut fields = vec![
                ("bewijs", sent.bewijs.as_str()),
                ("sleutel", &sent.sleutel),
                ("mail", &sent.mail),
            ];
            fields.extend(sent.tekst.as_deref().map(|text| ("tekst", text)));
            let down = Down {
                action: link_action(),
                fields: &fields,
                words: sent.tekst.as_deref().unwrap_or(""),
                loket: None,
            };
            unavailable(&request, &app, error, &down)
        }
    }
}

async fn answer(app: &App, sent: &Sent) -> Result<Shown, PageError> {
    let (present, store) = (app.present(), app.store()?);
    let words = sent.tekst.as_deref();
    let code = store.keys().open_ticket(PURPOSE, &sent.bewijs, app.now());
    let Some(code) = code.as_deref().and_then(ReceiptCode::parse) else {
        return Ok(time_passed(&present, words.unwrap_or("")));
    };
    let Some(thread) = store.thread_by_code(&code).await? else {
        return Ok(time_passed(&present, words.unwrap_or("")));
    };
    let told = decide(app, &store, &thread, sent).await?;
    let first = thread.messages.first().map_or("", |first| &first.text);
    let safety = present.snapshot.safety(&SearchQuery::new(first));
    let made = Made {
        app,
        present: &present,
        store: &store,
        code: &code,
        kept: &Kept::before(thread.clone(), "", false),
        safety: &safety,
        late: words,
    };
    let (status, typed) = match told {
        LinkTold::Sent => (StatusCode::OK, ""),
        LinkTold::BadMail => (WRONG, sent.mail.as_str()),
        LinkTold::TooMany => (StatusCode::TOO_MANY_REQUESTS, sent.mail.as_str()),
    };
    Ok((status, made.page(typed, Some(told))))
}

async fn decide(
    app: &App,
    store: &Store,
    thread: &Thread,
    sent: &Sent,
) -> Result<LinkTold, PageError> {
    let Some(address) = MailAddress::parse(&sent.mail) else {
        return Ok(LinkTold::BadMail);
    };
    let keys = store.keys();
    let token = keys.read_form_token(&sent.sleutel);
    // The ticket proves who asks; the token only tells that a form comes twice.
    let token = token.unwrap_or_else(|| keys.issue_form_token(app.now(), store.random()));
    let form = format!("{:032x}", u128::from_be_bytes(*token.id()));
    let mut tx = store.write().await?;
    let done = tx.mail_link(&thread.question, &form, &address, app.now());
    let done = match done.await {
        // Withdrawn at this moment: nothing goes out, and it is told as for any other address.
        Err(StoreError::Changed) => return Ok(LinkTold::Sent),
        done => done?,
    };
    tx.commit().await?;
    Ok(match done {
        LinkMail::Sent => LinkTold::Sent,
        LinkMail::TooMany => LinkTold::TooMany,
    })
}

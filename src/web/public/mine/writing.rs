//! What a parent does with her question: write more, say whether it helped, withdraw it.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};

use super::{Sent, Shown, Visit, shown};
use crate::domain::Question;
use crate::domain::ask::parse_text;
use crate::secrets::FormToken;
use crate::store::{StoreError, Thread, Withdrawal};
use crate::views::mine::{Told, kept_page, withdraw_page, withdrawn_page};
use crate::web::app::App;
use crate::web::asking::{due, has_said};
use crate::web::errors::PageError;

pub(super) async fn write(
    request: HttpRequest,
    app: Data<App>,
    sent: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let outcome = add(&app, &sent).await;
    shown(&request, &app, &sent, outcome)
}

async fn add(app: &App, sent: &Sent) -> Result<Shown, PageError> {
    let present = app.present();
    let visit = Visit::new(app, &present)?;
    let Some(thread) = visit.thread(&sent.toegang).await? else {
        return Ok(visit.code_again(&sent.tekst));
    };
    let text = match parse_text(&sent.tekst) {
        Ok(text) => text,
        Err(error) => return Ok(visit.page(&thread, None, &sent.tekst, Some(error))),
    };
    let token = visit.store.keys().read_form_token(&sent.sleutel);
    let Some(token) = token else {
        return Ok(visit.page(&thread, Some(Told::NotAdded), &text, None));
    };
    let Some(thread) = visit.ask_on(&thread.question, token, &text).await? else {
        return Ok(visit.code_again(&text));
    };
    // Back, changed and sent again: the form was used up by the words before.
    Ok(if has_said(&thread, &text) {
        visit.page(&thread, Some(Told::Added), "", None)
    } else {
        visit.page(&thread, Some(Told::NotAdded), &text, None)
    })
}

impl Visit<'_> {
    /// Adds `text`, and gives the thread as it is then; nothing when the question is gone.
    async fn ask_on(
        &self,
        question: &Question,
        token: FormToken,
        text: &str,
    ) -> Result<Option<Thread>, PageError> {
        let library = self.present.snapshot.library();
        let loket = library.loket(question.loket.as_str());
        let due = loket.map_or(question.due, |loket| due(self.present, loket));
        let form = format!("{:032x}", u128::from_be_bytes(*token.id()));
        let mut tx = self.store.write().await?;
        match tx.ask_on(question, &form, text, due, self.app.now()).await {
            Ok(()) => tx.commit().await?,
            Err(StoreError::Changed) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        Ok(self.store.thread_by_id(question.id).await?)
    }
}

pub(super) async fn helped(
    request: HttpRequest,
    app: Data<App>,
    sent: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let outcome = note_helped(&app, &sent).await;
    shown(&request, &app, &sent, outcome)
}

async fn note_helped(app: &App, sent: &Sent) -> Result<Shown, PageError> {
    let present = app.present();
    let visit = Visit::new(app, &present)?;
    let Some(mut thread) = visit.thread(&sent.toegang).await? else {
        return Ok(visit.code_again(""));
    };
    let helped = match sent.geholpen.as_str() {
        "ja" => true,
        "nee" => false,
        _ => return Ok(visit.page(&thread, None, "", None)),
    };
    let mut tx = visit.store.write().await?;
    tx.set_helped(&thread.question, helped, app.now()).await?;
    tx.commit().await?;
    thread.question.helped = Some(helped);
    Ok(visit.page(&thread, Some(Told::Helped(helped)), "", None))
}

pub(super) async fn withdraw(
    request: HttpRequest,
    app: Data<App>,
    sent: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let outcome = erase(&app, &sent).await;
    shown(&request, &app, &sent, outcome)
}

async fn erase(app: &App, sent: &Sent) -> Result<Shown, PageError> {
    let present = app.present();
    let visit = Visit::new(app, &present)?;
    let Some(thread) = visit.thread(&sent.toegang).await? else {
        return Ok(visit.code_again(""));
    };
    if sent.zeker != "ja" {
        let held = thread.question.held_until(app.now());
        let page = withdraw_page(&present.site(), &visit.ticket(&thread), held);
        return Ok((StatusCode::OK, page));
    }
    let mut tx = visit.store.write().await?;
    let withdrawal = tx.withdraw(&thread.question, app.now()).await?;
    tx.commit().await?;
    let site = present.site();
    Ok(match withdrawal {
        Withdrawal::Erased => (StatusCode::OK, withdrawn_page(&site)),
        Withdrawal::Kept(until) => (StatusCode::OK, kept_page(&site, until)),
    })
}

pub(super) async fn back(
    request: HttpRequest,
    app: Data<App>,
    sent: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let outcome = show(&app, &sent).await;
    shown(&request, &app, &sent, outcome)
}

async fn show(app: &App, sent: &Sent) -> Result<Shown, PageError> {
    let present = app.present();
    let visit = Visit::new(app, &present)?;
    Ok(match visit.thread(&sent.toegang).await? {
        Some(thread) => visit.page(&thread, None, "", None),
        None => visit.code_again(""),
    })
}

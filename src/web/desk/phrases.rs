//! Texts that colleagues use often: seen, added, changed and removed by who answers questions.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Scope};
use serde::{Deserialize, Serialize};

use super::signed::{Answering, Sent, Signed};
use crate::domain::PhraseId;
use crate::domain::phrase::Wording;
use crate::store::{Action, AddedPhrase, Tx};
use crate::views::desk::phrases::{Editing, Shown, Trouble, page};
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::{own_page, see_other};

/// Where they stand.
const PLACE: &str = "/loket-werk/zinnen";

pub(super) fn scope() -> Scope {
    web::scope(PLACE)
        .route("", web::get().to(list))
        .route("", web::post().to(add))
        .route("/{id}", web::get().to(edit))
        .route("/{id}", web::post().to(change))
        .route("/{id}/weg", web::post().to(remove))
}

/// What the forms send.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) formulier: String,
    pub(super) versie: i64,
    pub(super) titel: String,
    pub(super) tekst: String,
}

async fn list(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
) -> Result<HttpResponse, PageError> {
    shown(&request, &app, &signed, None, &Typed::default(), &[]).await
}

/// The page: with the phrase `id` to change, or a form for a new one.
pub(super) async fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    id: Option<PhraseId>,
    typed: &Typed,
    troubles: &[Trouble],
) -> Result<HttpResponse, PageError> {
    let store = app.store()?;
    let phrases = store.phrases(&signed.staff.loket).await?;
    let form = store.keys().issue_form_token(app.now(), store.random());
    let form = Some(typed.formulier.clone())
        .filter(|form| !form.is_empty())
        .unwrap_or_else(|| form.id_text());
    let status = match troubles.first() {
        None | Some(Trouble::Back) => StatusCode::OK,
        Some(Trouble::Changed) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = Shown {
        phrases: &phrases,
        editing: Editing {
            id,
            version: typed.versie,
            form: &form,
            title: &typed.titel,
            text: &typed.tekst,
        },
        troubles,
    };
    let present = app.present();
    let page = page(&signed.frame(&present), &shown);
    Ok(own_page(request, status, CachePolicy::NoStore, page))
}

fn id_of(path: &Path<String>) -> Result<PhraseId, PageError> {
    PhraseId::parse(path).ok_or(PageError::NotFound)
}

async fn edit(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let typed = present(&app, &signed, id_of(&path)?).await?;
    shown(&request, &app, &signed, Some(id_of(&path)?), &typed, &[]).await
}

/// The phrase as it is now.
async fn present(app: &App, signed: &Signed, id: PhraseId) -> Result<Typed, PageError> {
    let phrases = app.store()?.phrases(&signed.staff.loket).await?;
    let phrase = phrases.into_iter().find(|one| one.id == id);
    let phrase = phrase.ok_or(PageError::NotFound)?;
    Ok(Typed {
        formulier: String::new(),
        versie: phrase.version,
        titel: phrase.wording.title().to_owned(),
        tekst: phrase.wording.text().to_owned(),
    })
}

async fn add(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
) -> Result<HttpResponse, PageError> {
    let (store, signed, typed) = (app.store()?, &sent.by, &sent.form);
    let wording = match Wording::parse(&typed.titel, &typed.tekst) {
        Ok(wording) if !typed.formulier.is_empty() => wording,
        Ok(_) => return shown(&request, &app, signed, None, typed, &[Trouble::Changed]).await,
        Err(errors) => {
            let troubles: Vec<_> = errors.into_iter().map(Trouble::Wording).collect();
            return shown(&request, &app, signed, None, typed, &troubles).await;
        }
    };
    let mut tx = store.write().await?;
    let added = tx.add_phrase(&signed.staff, &typed.formulier, &wording, app.now());
    if added.await? == AddedPhrase::Full {
        drop(tx);
        return shown(&request, &app, signed, None, typed, &[Trouble::Full]).await;
    }
    done(tx, &app, signed).await
}

/// Logs the change and leads back to the list.
async fn done(mut tx: Tx<'_>, app: &App, signed: &Signed) -> Result<HttpResponse, PageError> {
    let (staff, origin) = (&signed.staff, &signed.origin);
    tx.log(staff, Action::Phrases, &[], true, origin, app.now())
        .await?;
    tx.commit().await?;
    Ok(see_other(PLACE).finish())
}

async fn change(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (id, store, signed, typed) = (id_of(&path)?, app.store()?, &sent.by, &sent.form);
    let now = present(&app, signed, id).await?;
    let wording = match Wording::parse(&typed.titel, &typed.tekst) {
        Ok(wording) => wording,
        Err(errors) => {
            let troubles: Vec<_> = errors.into_iter().map(Trouble::Wording).collect();
            return shown(&request, &app, signed, Some(id), typed, &troubles).await;
        }
    };
    let mut tx = store.write().await?;
    let changed = tx.change_phrase(&signed.staff, id, typed.versie, &wording);
    if changed.await? {
        return done(tx, &app, signed).await;
    }
    drop(tx);
    if (wording.title(), wording.text()) == (now.titel.as_str(), now.tekst.as_str()) {
        // The same form, sent twice.
        return Ok(see_other(PLACE).finish());
    }
    let kept = Typed {
        versie: now.versie,
        titel: typed.titel.clone(),
        tekst: typed.tekst.clone(),
        ..Typed::default()
    };
    shown(&request, &app, signed, Some(id), &kept, &[Trouble::Changed]).await
}

async fn remove(
    request: HttpRequest,
    app: Data<App>,
    sent: Sent<Typed>,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (id, store, signed) = (id_of(&path)?, app.store()?, &sent.by);
    let mut tx = store.write().await?;
    let removed = tx.remove_phrase(&signed.staff, id, sent.form.versie);
    if removed.await? {
        return done(tx, &app, signed).await;
    }
    drop(tx);
    match present(&app, signed, id).await {
        Ok(now) => shown(&request, &app, signed, Some(id), &now, &[Trouble::Changed]).await,
        // Gone already, or never there.
        Err(error) => Err(error),
    }
}

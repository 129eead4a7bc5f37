//! What another loket offers: read, accepted or given back.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, Scope};

use super::question::Typed;
use super::sheet::read_reason;
use super::signed::{Answering, Sent, Signed};
use super::steps::{Errors, back_to};
use crate::domain::OfferId;
use crate::store::{Action, StoreError};
use crate::views::desk::received::{Shown, gone_page, page};
use crate::web::app::App;
use crate::web::asking::due;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::{own_page, see_other};

/// The routes of one offer.
pub(super) fn scope() -> Scope {
    web::scope("/loket-werk/aanbod/{id}")
        .route("", web::get().to(offer))
        .route("/aannemen", web::post().to(accept))
        .route("/teruggeven", web::post().to(decline))
}

/// What every step needs: the request, the site, the form, and the id of the offer.
type On = (HttpRequest, Data<App>, Sent<Typed>, Path<String>);

fn id_of(path: &Path<String>) -> Result<OfferId, PageError> {
    OfferId::parse(path).ok_or(PageError::NotFound)
}

async fn offer(
    request: HttpRequest,
    app: Data<App>,
    signed: Answering,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let found = shown(&request, &app, &signed, id_of(&path)?, ("", &Vec::new())).await?;
    found.ok_or(PageError::NotFound)
}

/// The page of an offer, with what was typed and what is wrong with it; nothing when there is none.
async fn shown(
    request: &HttpRequest,
    app: &App,
    signed: &Signed,
    id: OfferId,
    (typed, errors): (&str, &Errors),
) -> Result<Option<HttpResponse>, PageError> {
    let (store, now) = (app.store()?, app.now());
    let mut tx = store.write().await?;
    let found = tx
        .offer_to(&signed.staff, id, Action::ReadOffer, &signed.origin, now)
        .await?;
    tx.commit().await?;
    let Some((offered, offer)) = found else {
        return Ok(None);
    };
    let present = app.present();
    let shown = Shown {
        offered: &offered,
        offer: &offer,
        typed,
        errors,
    };
    let page = page(&signed.frame(&present), &shown);
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(Some(own_page(request, status, CachePolicy::NoStore, page)))
}

/// The page that says that an offer does not stand (any more), with what was typed.
fn gone((request, app, sent, _): &On) -> HttpResponse {
    let present = app.present();
    let page = gone_page(&sent.by.frame(&present), &sent.form.reden);
    own_page(request, StatusCode::CONFLICT, CachePolicy::NoStore, page)
}

async fn accept(on: On) -> Result<HttpResponse, PageError> {
    let (_, app, sent, path) = &on;
    let (id, signed) = (id_of(path)?, &sent.by);
    let (store, present) = (app.store()?, app.present());
    let library = present.snapshot.library();
    let own = library.loket(signed.staff.loket.as_str());
    let due = due(&present, own.ok_or(PageError::NotFound)?);
    let mut tx = store.write().await?;
    let accepted = tx
        .accept(&signed.staff, id, due, &signed.origin, app.now())
        .await;
    match accepted {
        Ok(Some(question)) => {
            tx.commit().await?;
            Ok(back_to(question))
        }
        Ok(None) => {
            tx.commit().await?;
            Ok(gone(&on))
        }
        Err(StoreError::Changed) => Ok(gone(&on)),
        Err(error) => Err(error.into()),
    }
}

async fn decline(on: On) -> Result<HttpResponse, PageError> {
    let (request, app, sent, path) = &on;
    let (id, signed, now) = (id_of(path)?, &sent.by, app.now());
    let mut errors = Vec::new();
    let reason = read_reason(&sent.form.reden, &mut errors);
    if !errors.is_empty() {
        let typed = (sent.form.reden.as_str(), &errors);
        let page = shown(request, app, signed, id, typed).await?;
        return Ok(page.unwrap_or_else(|| gone(&on)));
    }
    let store = app.store()?;
    let mut tx = store.write().await?;
    let found = tx
        .offer_to(&signed.staff, id, Action::Decline, &signed.origin, now)
        .await?;
    let Some(found) = found else {
        tx.commit().await?;
        return Ok(gone(&on));
    };
    let note = note(app, signed, &reason);
    match tx.decline(&signed.staff, &found, &note, now).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/loket-werk").finish())
        }
        Err(StoreError::Changed) => Ok(gone(&on)),
        Err(error) => Err(error.into()),
    }
}

/// What the loket that goes on with a question reads.
fn note(app: &App, signed: &Signed, reason: &str) -> String {
    let present = app.present();
    let own = present
        .snapshot
        .library()
        .loket(signed.staff.loket.as_str());
    let name = own.map_or(signed.staff.loket.as_str(), |loket| loket.name.as_str());
    format!("{name} neemt deze vraag niet over: {reason}")
}

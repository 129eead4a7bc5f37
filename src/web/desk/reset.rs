//! A way back in for who has forgotten a password: a link by mail, and a new password by that link.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse, Resource};
use maud::Markup;
use serde::Deserialize;
use tokio::time::{Instant, sleep_until};

use super::confirm::hash;
use super::signed::origin;
use crate::domain::MailAddress;
use crate::secrets::Password;
use crate::store::{Action, Reset};
use crate::views::desk::reset as view;
use crate::web::app::App;
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::respond::own_page;

/// When who forgot a password is answered: longer than the work takes, so that the time does not tell
/// whether there is an account.
const ANSWERED_AFTER: Duration = Duration::from_millis(300);

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Where somebody says that she has forgotten her password.
pub(super) fn forgotten() -> Resource {
    web::resource("/loket-werk/wachtwoord-vergeten")
        .route(web::get().to(form))
        .route(web::post().to(forgot))
}

/// Where a link leads.
pub(super) fn chosen() -> Resource {
    web::resource("/loket-werk/nieuw-wachtwoord")
        .route(web::get().to(opened))
        .route(web::post().to(choose))
}

#[derive(Deserialize)]
struct Asking {
    #[serde(default)]
    mail: String,
}

fn page(request: &HttpRequest, status: StatusCode, page: Markup) -> HttpResponse {
    own_page(request, status, CachePolicy::NoStore, page)
}

async fn form(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let view = view::forgotten(&app.present().site(), "", None);
    page(&request, StatusCode::OK, view)
}

async fn forgot(
    request: HttpRequest,
    app: Data<App>,
    typed: Form<Asking>,
) -> Result<HttpResponse, PageError> {
    let answered = Instant::now() + ANSWERED_AFTER;
    let store = app.store()?;
    let present = app.present();
    let refused = |status, words| {
        let view = view::forgotten(&present.site(), &typed.mail, Some(words));
        Ok(page(&request, status, view))
    };
    let Some(mail) = MailAddress::parse(&typed.mail) else {
        return refused(WRONG, "Vul een mailadres in, zoals naam@gemeente.nl.");
    };
    let network = app
        .limits
        .visitor_of(request.peer_addr(), request.headers());
    let network = network.unwrap_or([0, 0, 0, 0].into());
    if !app.attempts.allows(mail.as_str(), network) {
        return refused(
            StatusCode::TOO_MANY_REQUESTS,
            "Er is te vaak om een link gevraagd. Wacht een minuut en probeer het nog eens.",
        );
    }
    let known = store.credentials(&mail).await?.map(|known| known.staff);
    if let Some(staff) = known.filter(|staff| !staff.disabled) {
        let (now, origin) = (app.now(), origin(&app, &request));
        let mut tx = store.write().await?;
        if tx.forgot(&staff, now).await? {
            tx.log(&staff, Action::PasswordLink, &[], true, &origin, now)
                .await?;
        }
        tx.commit().await?;
    }
    sleep_until(answered).await;
    Ok(page(&request, StatusCode::OK, view::asked(&present.site())))
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    sleutel: String,
    #[serde(default)]
    wachtwoord: String,
}

async fn opened(
    request: HttpRequest,
    app: Data<App>,
    link: Query<Chosen>,
) -> Result<HttpResponse, PageError> {
    let reset = app.store()?.reset(&link.sleutel, app.now()).await?;
    let present = app.present();
    Ok(match reset {
        Some(reset) => {
            let view = view::choose(&present.site(), &link.sleutel, reset.drops_app, None);
            page(&request, StatusCode::OK, view)
        }
        None => page(&request, StatusCode::GONE, view::ended(&present.site())),
    })
}

async fn choose(
    request: HttpRequest,
    app: Data<App>,
    typed: Form<Chosen>,
) -> Result<HttpResponse, PageError> {
    let reset = app.store()?.reset(&typed.sleutel, app.now()).await?;
    let present = app.present();
    let Some(reset) = reset else {
        return Ok(page(
            &request,
            StatusCode::GONE,
            view::ended(&present.site()),
        ));
    };
    let with_app = reset.staff.second_factor && !reset.drops_app;
    let password = match Password::parse(&typed.wachtwoord, with_app) {
        Ok(password) => password,
        Err(error) => {
            let (wrong, drops) = (error.to_string(), reset.drops_app);
            let view = view::choose(&present.site(), &typed.sleutel, drops, Some(&wrong));
            return Ok(page(&request, WRONG, view));
        }
    };
    let origin = origin(&app, &request);
    if set(&app, &reset, password, &origin).await? {
        Ok(page(&request, StatusCode::OK, view::set(&present.site())))
    } else {
        Ok(page(
            &request,
            StatusCode::GONE,
            view::ended(&present.site()),
        ))
    }
}

/// Sets the password, when the link still holds.
async fn set(
    app: &App,
    reset: &Reset,
    password: Password,
    origin: &str,
) -> Result<bool, PageError> {
    let (store, now, staff) = (app.store()?, app.now(), &reset.staff);
    let hash = hash(&store, password).await?;
    let mut tx = store.write().await?;
    if !tx.use_reset(reset, now).await? {
        return Ok(false);
    }
    tx.set_password(staff.id, None, &hash).await?;
    if reset.drops_app {
        tx.set_app(staff.id, None, &[]).await?;
    }
    tx.log(staff, Action::Password, &[], true, origin, now)
        .await?;
    tx.commit().await?;
    Ok(true)
}

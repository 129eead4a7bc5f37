//! `loes work`: what happens without a visitor, without the site.

use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, Outcome, keeping, log, say};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::jobs::{Checkpoints, Claims, Post, Refresher, Reminders, Retention, ledger};
use crate::store::Store;

pub(super) fn run(settings: &Settings) -> Outcome {
    log::start(settings.log);
    keeping::with_store(settings, async |store| work(settings, store).await)
}

async fn work(settings: &Settings, store: Store) -> Outcome {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let refresher = Refresher::new(&settings.library, Arc::clone(&clock));
    let shelf = Arc::new(refresher.open().map_err(Failure::new)?);
    actix_web::rt::spawn(refresher.follow(Arc::clone(&shelf)));
    let folder = settings.data.folder.clone();
    actix_web::rt::spawn(ledger::keep(store.clone(), folder));
    let store = Arc::new(store);
    let retention = Retention::new(Arc::clone(&store), Arc::clone(&shelf), Arc::clone(&clock));
    let carrier = keeping::postman(&settings.mail)?;
    let base_url = settings.site.base_url.clone();
    let reminders = Reminders::new(Arc::clone(&store), Arc::clone(&shelf), Arc::clone(&clock));
    let claims = Claims::new(Arc::clone(&store), Arc::clone(&shelf), Arc::clone(&clock));
    actix_web::rt::spawn(claims.run());
    actix_web::rt::spawn(retention.run());
    actix_web::rt::spawn(reminders.run());
    let checkpoints = Checkpoints::new(Arc::clone(&store), Arc::clone(&clock), &settings.data);
    actix_web::rt::spawn(checkpoints.run());
    actix_web::rt::spawn(Post::new(store, shelf, clock, carrier, base_url).run());
    say(format_args!(
        "Loes werkt: post wordt verstuurd, en wat oud genoeg is wordt gewist."
    ));
    tokio::signal::ctrl_c().await.map_err(Failure::new)?;
    Ok(ExitCode::SUCCESS)
}

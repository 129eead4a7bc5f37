//! `loes work`: what happens without a visitor, without the site.

use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, Outcome, keeping, log, rounds, say};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::jobs::Refresher;
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
    let post = keeping::postman(&settings.mail)?;
    rounds::start(settings, store, &shelf, &clock, post);
    say(format_args!(
        "Loes werkt: post wordt verstuurd, en wat oud genoeg is wordt gewist."
    ));
    tokio::signal::ctrl_c().await.map_err(Failure::new)?;
    Ok(ExitCode::SUCCESS)
}

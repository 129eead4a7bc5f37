//! `loes serve`: opens the library and answers visitors until it is told to stop.

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::Arc;

use actix_web::web::Data;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::{Failure, Outcome, say};
use crate::clock::{Clock, SystemClock};
use crate::config::{LogFormat, LogLevel, LogSettings, Settings};
use crate::jobs::Refresher;
use crate::web::{App, Limits, listen};

pub(super) fn run(settings: Settings, watch: bool) -> Outcome {
    start_log(settings.log);
    actix_web::rt::System::new().block_on(serve(settings, watch))
}

async fn serve(settings: Settings, watch: bool) -> Outcome {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let refresher = Refresher::new(&settings.library, Arc::clone(&clock));
    let shelf = Arc::new(refresher.open().map_err(Failure::new)?);
    if watch {
        let watched = refresher.clone().watch(Arc::clone(&shelf));
        watched.map_err(|error| Failure::new(format!("--watch lukt niet: {error}")))?;
    }
    actix_web::rt::spawn(refresher.follow(Arc::clone(&shelf)));
    let demo = settings.site.demo;
    let base_url = settings.site.base_url.clone();
    let limits = Limits::new(settings.server.trusted_proxies);
    let app = Data::new(App::new(settings.site, shelf, clock, limits));
    let address = settings.server.listen;
    let (server, addresses) = listen(app, address)
        .map_err(|error| Failure::new(format!("kan niet luisteren op {address}: {error}")))?;
    // Once it has had its first turn, the server hears when it is told to stop.
    let running = actix_web::rt::spawn(server);
    tokio::task::yield_now().await;
    for address in &addresses {
        say(format_args!(
            "Loes staat aan op http://{address} (voor bezoekers: {base_url})"
        ));
    }
    if demo {
        say(format_args!(
            "Dit is een proef: elke pagina zegt dat niemand vragen leest."
        ));
    }
    running.await.map_err(Failure::new)?.map_err(Failure::new)?;
    Ok(ExitCode::SUCCESS)
}

fn start_log(settings: LogSettings) {
    let level = match settings.level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    // What others write is of interest only when something is wrong.
    // A request that cannot be parsed is an error of a scanner, not of ours.
    let wanted = Targets::new()
        .with_target("actix_http", LevelFilter::OFF)
        .with_target("loes", level)
        .with_default(level.min(LevelFilter::WARN));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    let lines = match settings.format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    // A second logger cannot be; then the first goes on.
    let _ = tracing_subscriber::registry()
        .with(wanted)
        .with(lines)
        .try_init();
}

//! Figures for monitoring, in the form of Prometheus, on a listener of their own. They count kinds of
//! pages and never who asked or what.

use std::io;
use std::net::TcpListener;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::{self, Data};
use actix_web::{Error, HttpResponse, HttpServer};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::app::App;
use crate::domain::QuestionState;

/// Upper bounds of the classes of time, in seconds.
const CLASSES: [f64; 9] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 20.0];

/// What was counted, once figures are served. Until then nothing is.
static COUNTING: OnceLock<PrometheusHandle> = OnceLock::new();

/// How often old figures are folded together.
const UPKEEP: Duration = Duration::from_secs(30);

/// Counts a request and how long it took.
pub(super) async fn measured(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if COUNTING.get().is_none() {
        return next.call(request).await;
    }
    let begin = Instant::now();
    let response = next.call(request).await?;
    let page = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| "onbekend".to_owned());
    let status = response.status().as_str().to_owned();
    metrics::histogram!("loes_request_seconds", "page" => page.clone()).record(begin.elapsed());
    metrics::counter!("loes_requests_total", "page" => page, "status" => status).increment(1);
    Ok(response)
}

/// Counts a search, and whether it found anything.
pub(super) fn count_search(found: bool) {
    let found = if found { "yes" } else { "no" };
    metrics::counter!("loes_searches_total", "found" => found).increment(1);
}

/// Begins to count, and serves the figures at `/metrics` on a bound `socket`.
///
/// # Errors
/// When the socket cannot be used, or something counts already.
pub fn serve_metrics(app: Data<App>, socket: TcpListener) -> io::Result<Server> {
    let counting = PrometheusBuilder::new()
        .set_buckets(&CLASSES)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(io::Error::other)?;
    let counting = COUNTING.get_or_init(|| counting);
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            counting.run_upkeep();
        }
    });
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(app.clone())
            .route("/metrics", web::get().to(figures))
    });
    Ok(server.workers(1).disable_signals().listen(socket)?.run())
}

async fn figures(app: Data<App>) -> HttpResponse {
    look_at_what_is_kept(&app).await;
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(
            COUNTING
                .get()
                .map(PrometheusHandle::render)
                .unwrap_or_default(),
        )
}

/// Gauges that are read from the database when they are asked for.
async fn look_at_what_is_kept(app: &App) {
    let now = app.now();
    let figures = match app.store() {
        Ok(store) => store.figures(now).await.ok(),
        Err(_) => None,
    };
    metrics::gauge!("loes_database_up").set(if figures.is_some() { 1.0 } else { 0.0 });
    let Some(figures) = figures else { return };
    // Also those of which there is none any more.
    let snapshot = app.shelf.snapshot();
    for loket in snapshot.library().lokets() {
        for state in QuestionState::ALL {
            let count = figures.questions_of(&loket.slug, state);
            let loket = loket.slug.to_string();
            metrics::gauge!("loes_questions", "loket" => loket, "state" => state.slug()).set(count);
        }
    }
    metrics::gauge!("loes_outbox_waiting").set(figures.waiting);
    metrics::gauge!("loes_outbox_oldest_seconds").set(figures.oldest_seconds);
    metrics::gauge!("loes_outbox_refused").set(figures.refused);
}

//! The site with two more addresses, for `tests/bench`: `/kaal/antwoord` and `/kaal/suggesties` are
//! bare handlers behind the very middleware of the site that return the same bytes as an answer page
//! and as suggestions. Takes the arguments `LISTEN CONTENT INDEX`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on says where"
)]

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpResponse, HttpServer};
use loes::clock::{Clock, SystemClock};
use loes::config::{GivenSettings, Settings};
use loes::jobs::Refresher;
use loes::web::{App, Limits, all_routes, wrapped};

/// Bytes that the bare handlers return.
static ANSWER: OnceLock<Bytes> = OnceLock::new();
static SUGGESTIONS: OnceLock<Bytes> = OnceLock::new();

async fn bare_answer() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "public, max-age=60"))
        .insert_header((CONTENT_ENCODING, "br"))
        .body(ANSWER.get().cloned().unwrap_or_default())
}

async fn bare_suggestions() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((
            CONTENT_TYPE,
            "application/x-suggestions+json; charset=utf-8",
        ))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .body(SUGGESTIONS.get().cloned().unwrap_or_default())
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/kaal/antwoord", web::get().to(bare_answer))
        .route("/kaal/suggesties", web::get().to(bare_suggestions))
        .route("/kaal/zetten/{wat}", web::post().to(set))
        .configure(all_routes);
}

/// Takes the bytes that a bare handler is to return, once.
async fn set(what: web::Path<String>, bytes: Bytes) -> HttpResponse {
    let place = if *what == "antwoord" {
        &ANSWER
    } else {
        &SUGGESTIONS
    };
    let _ = place.set(bytes);
    HttpResponse::NoContent().finish()
}

fn settings() -> Settings {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let given = GivenSettings {
        listen: args.next(),
        content: args.next().map(PathBuf::from),
        index: args.next().map(PathBuf::from),
        ..GivenSettings::default()
    };
    given.check().expect("settings")
}

fn main() {
    if std::env::args().skip(1).all(|arg| arg.starts_with("--")) {
        println!("this is a server for tests/bench; run that");
        return;
    }
    let settings = settings();
    actix_web::rt::System::new().block_on(async {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let refresher = Refresher::new(&settings.library, Arc::clone(&clock));
        let shelf = Arc::new(refresher.open().expect("a library"));
        let app = Data::new(App::new(
            settings.site,
            shelf,
            clock,
            Limits::new(Vec::new()),
        ));
        let server = HttpServer::new(move || wrapped(app.clone(), routes))
            .bind(settings.server.listen)
            .expect("a free address");
        println!("http://{}", server.addrs().first().expect("an address"));
        server.run().await.expect("a server");
    });
}

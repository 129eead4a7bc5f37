//! The web server: routes, what comes in, what goes out. A handler extracts, loads, decides, saves
//! and responds; what a page looks like stands in `views`.

mod api;
mod app;
mod asking;
mod cache;
mod desk;
mod error_pages;
mod errors;
mod guard;
mod guesses;
mod headers;
mod limits;
mod metrics;
mod origin;
mod public;
mod resource;
mod respond;
mod routes;
mod trace;

pub use app::App;
pub use cache::{CachePolicy, Compressed};
pub use errors::PageError;
pub use limits::Limits;
pub use metrics::serve_metrics;
pub use routes::{Inner, all as all_routes, wrapped};

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{HttpServer, web};

/// How long a visitor may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// How long requests under way may take once the server is told to stop, in seconds.
const SHUTDOWN_SECONDS: u64 = 6;

/// Serves `app` on a bound `socket`; returns the server and its addresses.
///
/// # Errors
/// When the socket cannot be used.
pub fn listen(app: web::Data<App>, socket: TcpListener) -> io::Result<(Server, Vec<SocketAddr>)> {
    let server = HttpServer::new(move || wrapped(app.clone(), routes::all))
        .client_request_timeout(HEAD_TIMEOUT)
        .shutdown_timeout(SHUTDOWN_SECONDS)
        .listen(socket)?;
    std::thread::spawn(public::prepare);
    let addresses = server.addrs();
    Ok((server.run(), addresses))
}

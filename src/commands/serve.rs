//! `loes serve`: opens the library and what is kept, and answers visitors until it is told to stop.

use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;

use super::{Failure, Outcome, keeping, log, rounds, say};
use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::jobs::{Refresher, Shelf};
use crate::mail::{Postman, Sender};
use crate::secrets::Keys;
use crate::store::{Store, StoreError};
use crate::web::{App, Limits, listen, serve_metrics};

/// How long to wait before the database is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(3);

pub(super) fn run(settings: Settings, watch: bool, jobs: bool) -> Outcome {
    log::start(settings.log);
    actix_web::rt::System::new().block_on(serve(settings, watch, jobs))
}

async fn serve(mut settings: Settings, watch: bool, jobs: bool) -> Outcome {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let shelf = open_library(&settings, &clock, watch)?;
    let address = settings.server.listen;
    let taken = |error| Failure::new(format!("kan niet luisteren op {address}: {error}"));
    let socket = TcpListener::bind(address).map_err(taken)?;
    settings
        .site
        .take_port(socket.local_addr().map_err(taken)?.port());
    let limits = Limits::new(settings.server.trusted_proxies.clone());
    let app = App::new(
        settings.site.clone(),
        Arc::clone(&shelf),
        Arc::clone(&clock),
        limits,
    );
    let house = House {
        keys: keeping::keys(&settings.data)?,
        post: keeping::postman(&settings.mail)?,
        jobs,
        app: Data::new(app),
        settings,
        shelf,
        clock,
    };
    let app = house.app.clone();
    let (greeting, figures) = (house.greeting(), house.settings.server.metrics);
    house.open().await?;
    if let Some(address) = figures {
        serve_figures(&app, address)?;
    }
    let (server, addresses) = listen(app, socket).map_err(Failure::new)?;
    // Once it has had its first turn, the server hears when it is told to stop.
    let running = actix_web::rt::spawn(server);
    tokio::task::yield_now().await;
    announce(&addresses, &greeting);
    running.await.map_err(Failure::new)?.map_err(Failure::new)?;
    Ok(ExitCode::SUCCESS)
}

fn announce(addresses: &[SocketAddr], greeting: &str) {
    for address in addresses {
        say(format_args!(
            "Loes staat aan op http://{address} {greeting}"
        ));
    }
}

/// Opens the library and follows what others build; with `watch` also what is saved.
fn open_library(
    settings: &Settings,
    clock: &Arc<dyn Clock>,
    watch: bool,
) -> Result<Arc<Shelf>, Failure> {
    let refresher = Refresher::new(&settings.library, Arc::clone(clock));
    let shelf = Arc::new(refresher.open().map_err(Failure::new)?);
    if watch {
        let watched = refresher.clone().watch(Arc::clone(&shelf));
        watched.map_err(|error| Failure::new(format!("--watch lukt niet: {error}")))?;
    }
    actix_web::rt::spawn(refresher.follow(Arc::clone(&shelf)));
    Ok(shelf)
}

/// Serves figures for monitoring on a listener of their own.
fn serve_figures(app: &Data<App>, address: SocketAddr) -> Result<(), Failure> {
    let refused = |error| Failure::new(format!("--metrics-listen {address}: {error}"));
    let socket = TcpListener::bind(address).map_err(refused)?;
    let at = socket.local_addr().map_err(refused)?;
    actix_web::rt::spawn(serve_metrics(app.clone(), socket).map_err(refused)?);
    say(format_args!("Cijfers staan op http://{at}/metrics"));
    Ok(())
}

/// What a running server is made of.
struct House {
    settings: Settings,
    keys: Arc<Keys>,
    post: (Postman, Sender),
    /// Whether mail is delivered and old questions are erased here.
    jobs: bool,
    shelf: Arc<Shelf>,
    clock: Arc<dyn Clock>,
    app: Data<App>,
}

impl House {
    fn greeting(&self) -> String {
        let site = &self.settings.site;
        let demo = "\nDit is een proef: elke pagina zegt dat niemand vragen leest.";
        let mail = match self.settings.mail.smtp {
            Some(_) => String::new(),
            None => format!(
                "\nMail wordt niet verstuurd maar staat in {}.",
                self.settings.mail.folder.display()
            ),
        };
        format!(
            "(voor bezoekers: {}){}{mail}",
            site.base_url,
            if site.demo { demo } else { "" }
        )
    }

    /// Opens the database. When it cannot be reached, pages serve without it and it is tried again;
    /// when it is not ours to use, the program stops.
    async fn open(self) -> Result<(), Failure> {
        match keeping::store(&self.settings, Arc::clone(&self.keys)).await {
            Ok(store) => self.go_on_with(store).await.map_err(Failure::new),
            Err(error) if error.is_passing() => {
                tracing::error!(target: "loes", "{error}; de site draait zonder");
                actix_web::rt::spawn(self.open_later());
                Ok(())
            }
            Err(error) => Err(Failure::new(error)),
        }
    }

    async fn open_later(self) {
        loop {
            tokio::time::sleep(TRY_AGAIN).await;
            match keeping::store(&self.settings, Arc::clone(&self.keys)).await {
                Ok(store) => {
                    tracing::info!(target: "loes", "de database is er weer");
                    if let Err(error) = self.go_on_with(store).await {
                        tracing::error!(target: "loes", "{error}");
                    }
                    return;
                }
                Err(error) if error.is_passing() => {}
                Err(error) => {
                    tracing::error!(target: "loes", "de database blijft dicht: {error}");
                    return;
                }
            }
        }
    }

    async fn go_on_with(self, store: Store) -> Result<(), StoreError> {
        let base_url = self.settings.site.base_url.clone();
        if let Some(link) = keeping::first_manager(&store, &base_url, self.clock.now()).await? {
            say(format_args!(
                "Er is nog geen beheerder. Maak er een (een keer, 7 dagen geldig): {link}"
            ));
        }
        if self.jobs {
            let kept = store.clone();
            rounds::start(&self.settings, kept, &self.shelf, &self.clock, self.post);
        }
        self.app.open_store(store);
        Ok(())
    }
}

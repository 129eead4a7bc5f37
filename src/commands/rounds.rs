//! Starts all that happens without a visitor: with the site, or alone.

use std::sync::Arc;

use actix_web::rt::spawn;

use crate::clock::Clock;
use crate::config::Settings;
use crate::jobs::{Checkpoints, Claims, Post, Reminders, Retention, Shelf, ledger};
use crate::mail::{Postman, Sender};
use crate::store::Store;

/// Starts every job on `store`; they go on for as long as the program runs.
pub(super) fn start(
    settings: &Settings,
    store: Store,
    shelf: &Arc<Shelf>,
    clock: &Arc<dyn Clock>,
    post: (Postman, Sender),
) {
    spawn(ledger::keep(store.clone(), settings.data.folder.clone()));
    let store = Arc::new(store);
    let parts = || (Arc::clone(&store), Arc::clone(shelf), Arc::clone(clock));
    let (kept, texts, time) = parts();
    spawn(Claims::new(kept, texts, time).run());
    let (kept, texts, time) = parts();
    spawn(Retention::new(kept, texts, time).run());
    let (kept, texts, time) = parts();
    spawn(Reminders::new(kept, texts, time).run());
    let (kept, texts, time) = parts();
    spawn(Checkpoints::new(Arc::clone(&kept), Arc::clone(&time), &settings.data).run());
    let base_url = settings.site.base_url.clone();
    spawn(Post::new(kept, texts, time, post, base_url).run());
}

//! What every request shares.

use std::net::IpAddr;
use std::sync::Arc;

use actix_web::HttpRequest;
use arc_swap::ArcSwapOption;
use jiff::{Timestamp, Zoned};

use super::cache::{Age, PageCache};
use super::desk::Attempts;
use super::errors::PageError;
use super::guesses::Guesses;
use super::limits::{Limits, QuestionLimits};
use crate::clock::Clock;
use crate::config::SiteSettings;
use crate::jobs::Shelf;
use crate::search::Snapshot;
use crate::store::Store;
use crate::views::Site;

/// What every request shares.
pub struct App {
    /// The settings that pages speak of.
    pub settings: SiteSettings,
    /// The library and its index.
    pub shelf: Arc<Shelf>,
    clock: Arc<dyn Clock>,
    pub(super) limits: Limits,
    pub(super) questions: QuestionLimits,
    pub(super) pages: PageCache,
    pub(super) guesses: Guesses,
    pub(super) attempts: Attempts,
    store: ArcSwapOption<Store>,
}

impl App {
    /// The shared part of a site.
    #[must_use]
    pub fn new(
        settings: SiteSettings,
        shelf: Arc<Shelf>,
        clock: Arc<dyn Clock>,
        limits: Limits,
    ) -> Self {
        Self {
            settings,
            shelf,
            questions: QuestionLimits::new(Arc::clone(&clock)),
            clock,
            limits,
            pages: PageCache::default(),
            guesses: Guesses::default(),
            attempts: Attempts::default(),
            store: ArcSwapOption::empty(),
        }
    }

    /// Puts what is kept at hand. Until then pages and search serve, and forms say that they cannot.
    pub fn open_store(&self, store: Store) {
        self.store.store(Some(Arc::new(store)));
    }

    /// What is kept.
    ///
    /// # Errors
    /// [`PageError::Unavailable`] while the database cannot be opened.
    pub fn store(&self) -> Result<Arc<Store>, PageError> {
        self.store.load_full().ok_or(PageError::Unavailable)
    }

    /// The present moment.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The address of who sent a request; nothing when many may stand behind it.
    pub(super) fn asker(&self, request: &HttpRequest) -> Option<IpAddr> {
        let visitor = self
            .limits
            .visitor_of(request.peer_addr(), request.headers());
        visitor.filter(|visitor| !self.limits.is_shared(*visitor))
    }

    /// What a kept page must agree with to be sent again.
    pub(super) fn age(&self) -> Age {
        Age {
            edition: self.shelf.edition(),
            minute: self.clock.now().as_second().div_euclid(60),
        }
    }

    /// The present moment and snapshot, held for the length of one request.
    #[must_use]
    pub fn present(&self) -> Present<'_> {
        Present {
            settings: &self.settings,
            snapshot: self.shelf.snapshot(),
            now: self.clock.now_here(),
        }
    }
}

/// The moment and snapshot of one request.
pub struct Present<'a> {
    settings: &'a SiteSettings,
    /// The snapshot.
    pub snapshot: Arc<Snapshot>,
    /// The moment.
    pub now: Zoned,
}

impl Present<'_> {
    /// What every page knows.
    #[must_use]
    pub fn site(&self) -> Site<'_> {
        Site {
            settings: self.settings,
            library: self.snapshot.library(),
            now: &self.now,
        }
    }
}

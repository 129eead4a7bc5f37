//! What a page looks like: plain functions from values to HTML. No I/O and no clock: the moment is
//! part of [`Site`].

pub mod about;
pub mod article;
pub mod ask;
pub mod assets;
pub mod browse;
pub mod components;
pub mod dates;
pub mod desk;
pub mod error;
pub mod form;
pub mod help;
pub mod home;
pub mod icons;
pub mod json_ld;
pub mod layout;
pub mod loket;
pub mod message;
pub mod mine;
pub mod qr;
pub mod search;
pub mod search_link;
pub mod term;
pub mod unavailable;

use jiff::Zoned;
use jiff::civil::Date;

use crate::config::SiteSettings;
use crate::content::Library;

/// What every page knows.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The settings that pages speak of.
    pub settings: &'a SiteSettings,
    /// The content.
    pub library: &'a Library,
    /// The present moment on a Dutch wall clock.
    pub now: &'a Zoned,
}

impl Site<'_> {
    /// Today.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// The full address of a path on this site.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        let base = &self.settings.base_url;
        base.join(path)
            .map_or_else(|_| base.to_string(), |url| url.to_string())
    }
}

//! Settings: from flags, else the environment (`LOES_*`), else `loes.toml`, else a default. A wrong
//! one is refused with the reason.

mod check;
mod given;

use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use jiff::civil::Date;
use url::Url;

pub use check::DEFAULT_LISTEN;
pub use given::{DemoSetting, GivenSettings, LogFormat, LogLevel};

/// Settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the server listens and who may speak for visitors.
    pub server: ServerSettings,
    /// Where content and index are.
    pub library: LibrarySettings,
    /// Where data are kept.
    pub data: DataSettings,
    /// How mail is sent.
    pub mail: MailSettings,
    /// What the log looks like.
    pub log: LogSettings,
    /// What pages say about the site.
    pub site: SiteSettings,
}

/// Where the server listens and who may speak for visitors.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where figures for monitoring are served, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// Proxies whose word on the visitor's address is taken.
    pub trusted_proxies: Vec<IpNet>,
}

/// Where content and index are.
#[derive(Debug, Clone)]
pub struct LibrarySettings {
    /// The folder of articles, facts and lokets.
    pub content: PathBuf,
    /// The folder of index generations.
    pub index: PathBuf,
}

/// Where data are kept.
#[derive(Debug, Clone)]
pub struct DataSettings {
    /// The folder of data.
    pub folder: PathBuf,
    /// The database.
    pub database: DatabaseUrl,
    /// The file of keys. It lies outside the folder of data, so that no backup of that holds it.
    pub key_file: PathBuf,
    /// How many months rows of the log of staff are kept.
    pub log_months: u16,
}

/// How mail is sent.
#[derive(Clone)]
pub struct MailSettings {
    /// The mail server; may hold a password. Without one, mail becomes files.
    pub smtp: Option<String>,
    /// The folder of those files.
    pub folder: PathBuf,
    /// Who sends.
    pub from: String,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = if self.smtp.is_some() { "smtp" } else { "files" };
        f.debug_struct("MailSettings")
            .field("to", &kind)
            .finish_non_exhaustive()
    }
}

/// What the log looks like.
#[derive(Debug, Clone, Copy)]
pub struct LogSettings {
    /// How a line looks.
    pub format: LogFormat,
    /// From which weight on.
    pub level: LogLevel,
}

/// What pages say about the site.
#[derive(Debug, Clone)]
pub struct SiteSettings {
    /// The address visitors see, without a path.
    pub base_url: Url,
    /// Nobody reads questions; every page says so.
    pub demo: bool,
    /// Where the last accessibility audit can be read.
    pub audit_url: Option<Url>,
    /// Where to report a leak, and until when that holds.
    pub security: Option<SecurityContact>,
    /// Sites whose pages may send a question to the API.
    pub api_origins: Vec<Url>,
}

impl SiteSettings {
    /// Fills in the port that was found where the address of the site says 0.
    pub fn take_port(&mut self, port: u16) {
        if self.base_url.port() == Some(0) {
            // Fails only for addresses without a host, which are refused before.
            let _ = self.base_url.set_port(Some(port));
        }
    }
}

/// Where to report a leak (RFC 9116).
#[derive(Debug, Clone)]
pub struct SecurityContact {
    /// A `mailto:` or `https:` address.
    pub contact: Url,
    /// The last day on which that holds.
    pub expires: Date,
}

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server; the address may hold a password and is not printed.
    Postgres(Url),
}

/// A setting that is wrong, for on the terminal.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// `loes.toml` cannot be read.
    #[error("{path} is niet te lezen: {reason}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A value does not fit.
    #[error("de instelling --{name} klopt niet: ‘{value}’ is geen {wanted}")]
    Value {
        /// The flag without hyphens.
        name: &'static str,
        /// What was given.
        value: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// Two settings belong together.
    #[error("--{0} en --{1} horen bij elkaar: geef ze allebei")]
    Together(&'static str, &'static str),
}

//! Settings: from flags, else the environment (`LOES_*`), else `loes.toml`, else a default. A wrong
//! one is refused with the reason.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use jiff::civil::Date;
use serde::Deserialize;
use url::Url;

/// The address at which Loes listens unless told otherwise.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Settings as they were given; any may be missing.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[command(next_help_heading = "Instellingen")]
pub struct GivenSettings {
    /// Adres en poort om op te luisteren [standaard: 127.0.0.1:8080]
    #[arg(long, env = "LOES_LISTEN", global = true, value_name = "ADRES", hide_env_values = true)]
    pub listen: Option<String>,
    /// Het adres waarop bezoekers de site zien [standaard: http://localhost:8080]
    #[arg(long, env = "LOES_BASE_URL", global = true, value_name = "URL", hide_env_values = true)]
    pub base_url: Option<String>,
    /// De map met antwoorden, feiten en loketten [standaard: content]
    #[arg(long, env = "LOES_CONTENT", global = true, value_name = "MAP", hide_env_values = true)]
    pub content: Option<PathBuf>,
    /// De map waarin de zoekindex staat [standaard: index]
    #[arg(long, env = "LOES_INDEX", global = true, value_name = "MAP", hide_env_values = true)]
    pub index: Option<PathBuf>,
    /// De map voor gegevens [standaard: data]
    #[arg(long, env = "LOES_DATA", global = true, value_name = "MAP", hide_env_values = true)]
    pub data: Option<PathBuf>,
    /// De database: sqlite://pad of postgres://… [standaard: SQLite in de map voor gegevens]
    #[arg(long, env = "LOES_DATABASE_URL", global = true, value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Proef, waarin niemand vragen leest: auto, aan of uit [standaard: auto]
    #[arg(long, env = "LOES_DEMO", global = true, value_name = "STAND", hide_env_values = true)]
    pub demo: Option<DemoSetting>,
    /// Adressen (CIDR) van proxy's die het adres van de bezoeker mogen melden, met komma's
    #[arg(long, env = "LOES_TRUSTED_PROXIES", global = true, value_name = "LIJST", hide_env_values = true)]
    pub trusted_proxies: Option<String>,
    /// Vorm van het logboek: text of json [standaard: text]
    #[arg(long, env = "LOES_LOG", global = true, value_name = "VORM", hide_env_values = true)]
    pub log: Option<LogFormat>,
    /// Hoeveel er in het logboek komt: error, warn, info, debug [standaard: info]
    #[arg(long, env = "LOES_LOG_LEVEL", global = true, value_name = "NIVEAU", hide_env_values = true)]
    pub log_level: Option<LogLevel>,
    /// Adres van het laatste onderzoek naar de toegankelijkheid
    #[arg(long, env = "LOES_AUDIT_URL", global = true, value_name = "URL", hide_env_values = true)]
    pub audit_url: Option<String>,
    /// Waar iemand een lek meldt (mailto: of https:), voor security.txt
    #[arg(long, env = "LOES_SECURITY_CONTACT", global = true, value_name = "URI", hide_env_values = true)]
    pub security_contact: Option<String>,
    /// Tot wanneer security.txt geldt (2027-11-22)
    #[arg(long, env = "LOES_SECURITY_EXPIRES", global = true, value_name = "DATUM", hide_env_values = true)]
    pub security_expires: Option<String>,
}

/// Whether the site is a demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DemoSetting {
    /// On for default settings on loopback, off otherwise.
    #[default]
    Auto,
    /// On.
    Aan,
    /// Off.
    Uit,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// From which weight on a line comes into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Only what went wrong.
    Error,
    /// And what may go wrong.
    Warn,
    /// And what happens.
    #[default]
    Info,
    /// And how.
    Debug,
}

/// Settings, checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the server listens and who may speak for visitors.
    pub server: ServerSettings,
    /// Where content and index are.
    pub library: LibrarySettings,
    /// Where data are kept.
    pub data: DataSettings,
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

impl GivenSettings {
    /// Reads `path`; a missing file is empty.
    ///
    /// # Errors
    /// [`SettingError::File`] when it is there and wrong.
    pub fn from_file(path: &Path) -> Result<Self, SettingError> {
        let wrong = |reason: String| SettingError::File {
            path: path.to_owned(),
            reason,
        };
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).map_err(|error| wrong(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(wrong(error.to_string())),
        }
    }

    /// These settings, and where one is missing that of `fallback`.
    #[must_use]
    pub fn or(self, fallback: Self) -> Self {
        Self {
            listen: self.listen.or(fallback.listen),
            base_url: self.base_url.or(fallback.base_url),
            content: self.content.or(fallback.content),
            index: self.index.or(fallback.index),
            data: self.data.or(fallback.data),
            database_url: self.database_url.or(fallback.database_url),
            demo: self.demo.or(fallback.demo),
            trusted_proxies: self.trusted_proxies.or(fallback.trusted_proxies),
            log: self.log.or(fallback.log),
            log_level: self.log_level.or(fallback.log_level),
            audit_url: self.audit_url.or(fallback.audit_url),
            security_contact: self.security_contact.or(fallback.security_contact),
            security_expires: self.security_expires.or(fallback.security_expires),
        }
    }

    /// Checks them all.
    ///
    /// # Errors
    /// [`SettingError`] for the first that is wrong.
    pub fn check(self) -> Result<Settings, SettingError> {
        let listen = match &self.listen {
            Some(text) => parse("listen", text, "adres met poort, zoals 127.0.0.1:8080")?,
            None => DEFAULT_LISTEN,
        };
        let default_base = self.base_url.is_none();
        let base_url = match &self.base_url {
            Some(text) => parse_base_url(text)?,
            None => parse_base_url(&format!("http://localhost:{}", listen.port()))?,
        };
        let demo = match self.demo.unwrap_or_default() {
            DemoSetting::Aan => true,
            DemoSetting::Uit => false,
            DemoSetting::Auto => default_base && listen.ip().is_loopback(),
        };
        let data = self.data.unwrap_or_else(|| PathBuf::from("data"));
        Ok(Settings {
            server: ServerSettings {
                listen,
                trusted_proxies: parse_proxies(self.trusted_proxies.as_deref())?,
            },
            library: LibrarySettings {
                content: self.content.unwrap_or_else(|| PathBuf::from("content")),
                index: self.index.unwrap_or_else(|| PathBuf::from("index")),
            },
            data: DataSettings {
                database: parse_database(self.database_url.as_deref(), &data)?,
                folder: data,
            },
            log: LogSettings {
                format: self.log.unwrap_or_default(),
                level: self.log_level.unwrap_or_default(),
            },
            site: SiteSettings {
                base_url,
                demo,
                audit_url: parse_audit(self.audit_url.as_deref())?,
                security: parse_security(self.security_contact, self.security_expires)?,
            },
        })
    }
}

fn wrong(name: &'static str, value: &str, wanted: &'static str) -> SettingError {
    SettingError::Value {
        name,
        value: value.to_owned(),
        wanted,
    }
}

fn parse<T: std::str::FromStr>(
    name: &'static str,
    text: &str,
    wanted: &'static str,
) -> Result<T, SettingError> {
    text.trim().parse().map_err(|_| wrong(name, text, wanted))
}

fn parse_base_url(text: &str) -> Result<Url, SettingError> {
    let wanted = "webadres zonder pad, zoals https://loes.voorbeeld.nl";
    let url: Url = parse("base-url", text, wanted)?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.username().is_empty();
    if plain { Ok(url) } else { Err(wrong("base-url", text, wanted)) }
}

fn parse_proxies(text: Option<&str>) -> Result<Vec<IpNet>, SettingError> {
    let wanted = "lijst van adressen, zoals 10.0.0.1,192.168.0.0/16";
    let parts = text.unwrap_or("").split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let net = part.parse::<IpNet>().ok();
            let host = || part.parse::<IpAddr>().ok().map(IpNet::from);
            net.or_else(host).ok_or_else(|| wrong("trusted-proxies", part, wanted))
        })
        .collect()
}

fn parse_database(text: Option<&str>, data: &Path) -> Result<DatabaseUrl, SettingError> {
    let Some(text) = text else {
        return Ok(DatabaseUrl::Sqlite(data.join("loes.db")));
    };
    if let Some(path) = text.strip_prefix("sqlite://").filter(|path| !path.is_empty()) {
        return Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") && url.has_host() => {
            Ok(DatabaseUrl::Postgres(url))
        }
        // The value is not shown: it may hold a password.
        _ => Err(wrong("database-url", "…", "adres als sqlite://pad of postgres://server/naam")),
    }
}

fn parse_audit(text: Option<&str>) -> Result<Option<Url>, SettingError> {
    let wanted = "adres dat met https:// begint";
    let url: Option<Url> = text.map(|text| parse("audit-url", text, wanted)).transpose()?;
    match url {
        Some(url) if url.scheme() != "https" => Err(wrong("audit-url", url.as_str(), wanted)),
        other => Ok(other),
    }
}

fn parse_security(
    contact: Option<String>,
    expires: Option<String>,
) -> Result<Option<SecurityContact>, SettingError> {
    let (contact, expires) = match (contact, expires) {
        (None, None) => return Ok(None),
        (Some(contact), Some(expires)) => (contact, expires),
        _ => return Err(SettingError::Together("security-contact", "security-expires")),
    };
    let wanted = "adres dat met mailto: of https: begint";
    let url: Url = parse("security-contact", &contact, wanted)?;
    if !matches!(url.scheme(), "mailto" | "https") {
        return Err(wrong("security-contact", &contact, wanted));
    }
    let expires = parse("security-expires", &expires, "datum als 2027-11-22")?;
    Ok(Some(SecurityContact { contact: url, expires }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Result<Settings, SettingError> {
        toml::from_str::<GivenSettings>(text).expect("TOML").check()
    }

    #[test]
    fn without_any_setting_it_is_a_demonstration_on_loopback() {
        let settings = given("").expect("right");
        assert!(settings.site.demo);
        assert_eq!(settings.server.listen, DEFAULT_LISTEN);
        assert_eq!(settings.data.database, DatabaseUrl::Sqlite("data/loes.db".into()));
    }

    #[test]
    fn for_others_it_is_no_demonstration_unless_told() {
        assert!(!given("listen = '0.0.0.0:80'").expect("right").site.demo);
        assert!(!given("base-url = 'https://loes.example.org'").expect("right").site.demo);
        assert!(given("listen = '0.0.0.0:80'\ndemo = 'aan'").expect("right").site.demo);
        assert!(!given("demo = 'uit'").expect("right").site.demo);
    }

    #[test]
    fn a_wrong_setting_is_refused_with_its_name() {
        for (text, name) in [
            ("listen = 'overal'", "--listen"),
            ("base-url = 'https://x.nl/pad'", "--base-url"),
            ("base-url = 'ftp://x.nl'", "--base-url"),
            ("trusted-proxies = '10.0.0.0/99'", "--trusted-proxies"),
            ("database-url = 'mysql://geheim@x'", "--database-url"),
            ("audit-url = 'http://x.nl'", "--audit-url"),
            ("security-contact = 'mailto:a@b.nl'", "--security-expires"),
        ] {
            let message = given(text).expect_err(text).to_string();
            assert!(message.contains(name) && !message.contains("geheim"), "{message}");
        }
    }

    #[test]
    fn a_flag_wins_from_the_file() {
        let flag = GivenSettings { listen: Some("127.0.0.1:1".into()), ..GivenSettings::default() };
        let file = GivenSettings { listen: Some("127.0.0.1:2".into()), ..GivenSettings::default() };
        assert_eq!(flag.or(file).listen.as_deref(), Some("127.0.0.1:1"));
    }
}

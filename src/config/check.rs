//! Every setting is parsed into what it means, or refused.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use url::Url;

use super::given::{DemoSetting, GivenSettings};
use super::{
    DataSettings, DatabaseUrl, LibrarySettings, LogSettings, MailSettings, SecurityContact,
    ServerSettings, SettingError, Settings, SiteSettings,
};

/// The address at which Loes listens unless told otherwise.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// How many months the log of staff is kept unless told otherwise. The number is ours: BIO asks for a term
/// that was chosen, not for this one.
const LOG_MONTHS: u16 = 24;

impl GivenSettings {
    /// Checks them all.
    ///
    /// # Errors
    /// [`SettingError`] for the first that is wrong.
    pub fn check(self) -> Result<Settings, SettingError> {
        let listen = parse_address("listen", self.listen.as_deref())?.unwrap_or(DEFAULT_LISTEN);
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
        let server = self.check_server(listen)?;
        let kept = self.check_data()?;
        Ok(Settings {
            server,
            library: LibrarySettings {
                content: self.content.unwrap_or_else(|| PathBuf::from("content")),
                index: self.index.unwrap_or_else(|| PathBuf::from("index")),
            },
            mail: MailSettings {
                smtp: self.smtp_url,
                folder: kept.folder.join("mail"),
                from: self.mail_from.unwrap_or_else(|| default_sender(&base_url)),
            },
            data: kept,
            log: LogSettings {
                format: self.log.unwrap_or_default(),
                level: self.log_level.unwrap_or_default(),
            },
            site: SiteSettings {
                base_url,
                demo,
                audit_url: parse_audit(self.audit_url.as_deref())?,
                security: parse_security(self.security_contact, self.security_expires)?,
                api_origins: parse_origins(self.api_origins.as_deref())?,
            },
        })
    }
}

impl GivenSettings {
    fn check_data(&self) -> Result<DataSettings, SettingError> {
        let folder = self.data.clone().unwrap_or_else(|| PathBuf::from("data"));
        let key_file = self.key_file.clone();
        Ok(DataSettings {
            database: parse_database(self.database_url.as_deref(), &folder)?,
            key_file: key_file.unwrap_or_else(|| beside(&folder)),
            log_months: check_log_months(self.log_keep.unwrap_or(LOG_MONTHS))?,
            folder,
        })
    }

    fn check_server(&self, listen: SocketAddr) -> Result<ServerSettings, SettingError> {
        Ok(ServerSettings {
            listen,
            metrics: parse_address("metrics-listen", self.metrics_listen.as_deref())?,
            trusted_proxies: parse_proxies(self.trusted_proxies.as_deref())?,
        })
    }
}

fn parse_address(
    name: &'static str,
    text: Option<&str>,
) -> Result<Option<SocketAddr>, SettingError> {
    let wanted = "adres met poort, zoals 127.0.0.1:8080";
    text.map(|text| parse(name, text, wanted)).transpose()
}

/// The file of keys beside the folder of data, never in it.
fn beside(data: &Path) -> PathBuf {
    let parent = data.parent().unwrap_or(Path::new(""));
    parent.join("loes-sleutels.toml")
}

fn check_log_months(months: u16) -> Result<u16, SettingError> {
    if (1..=120).contains(&months) {
        Ok(months)
    } else {
        let wanted = "aantal maanden van 1 tot en met 120";
        Err(wrong("log-keep", &months.to_string(), wanted))
    }
}

fn default_sender(base_url: &Url) -> String {
    format!("Loes <loes@{}>", base_url.host_str().unwrap_or("localhost"))
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
    if is_bare(&url) && matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err(wrong("base-url", text, wanted))
    }
}

fn parse_proxies(text: Option<&str>) -> Result<Vec<IpNet>, SettingError> {
    let wanted = "lijst van adressen, zoals 10.0.0.1,192.168.0.0/16";
    let parts = text
        .unwrap_or("")
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let net = part.parse::<IpNet>().ok();
            let host = || part.parse::<IpAddr>().ok().map(IpNet::from);
            net.or_else(host)
                .ok_or_else(|| wrong("trusted-proxies", part, wanted))
        })
        .collect()
}

/// Sites as a browser names them in `Origin`; over https, so that nobody under way can speak for one.
fn parse_origins(text: Option<&str>) -> Result<Vec<Url>, SettingError> {
    let wanted = "lijst van adressen zonder pad, zoals https://www.voorbeeld.nl";
    let parts = text.unwrap_or("").split(',').map(str::trim);
    let parse_one = |part: &str| {
        let url: Url = parse("api-origins", part, wanted)?;
        let plain = is_bare(&url) && url.scheme() == "https";
        plain
            .then_some(url)
            .ok_or_else(|| wrong("api-origins", part, wanted))
    };
    parts
        .filter(|part| !part.is_empty())
        .map(parse_one)
        .collect()
}

/// Whether an address is that of a site and no more.
fn is_bare(url: &Url) -> bool {
    url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

fn parse_database(text: Option<&str>, data: &Path) -> Result<DatabaseUrl, SettingError> {
    let Some(text) = text else {
        return Ok(DatabaseUrl::Sqlite(data.join("loes.db")));
    };
    if let Some(path) = text
        .strip_prefix("sqlite://")
        .filter(|path| !path.is_empty())
    {
        return Ok(DatabaseUrl::Sqlite(PathBuf::from(path)));
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") && url.has_host() => {
            Ok(DatabaseUrl::Postgres(url))
        }
        // The value is not shown: it may hold a password.
        _ => Err(wrong(
            "database-url",
            "…",
            "adres als sqlite://pad of postgres://server/naam",
        )),
    }
}

fn parse_audit(text: Option<&str>) -> Result<Option<Url>, SettingError> {
    let wanted = "adres dat met https:// begint";
    let url: Option<Url> = text
        .map(|text| parse("audit-url", text, wanted))
        .transpose()?;
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
        _ => {
            return Err(SettingError::Together(
                "security-contact",
                "security-expires",
            ));
        }
    };
    let wanted = "adres dat met mailto: of https: begint";
    let url: Url = parse("security-contact", &contact, wanted)?;
    if !matches!(url.scheme(), "mailto" | "https") {
        return Err(wrong("security-contact", &contact, wanted));
    }
    let expires = parse("security-expires", &expires, "datum als 2027-11-22")?;
    Ok(Some(SecurityContact {
        contact: url,
        expires,
    }))
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
        assert_eq!(
            settings.data.database,
            DatabaseUrl::Sqlite("data/loes.db".into())
        );
        assert_eq!(settings.data.log_months, 24);
    }

    #[test]
    fn for_others_it_is_no_demonstration_unless_told() {
        assert!(!given("listen = '0.0.0.0:80'").expect("right").site.demo);
        assert!(
            !given("base-url = 'https://loes.example.org'")
                .expect("right")
                .site
                .demo
        );
        assert!(
            given("listen = '0.0.0.0:80'\ndemo = 'aan'")
                .expect("right")
                .site
                .demo
        );
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
            ("api-origins = 'http://x.nl'", "--api-origins"),
            (
                "api-origins = 'https://x.nl,https://y.nl/pad'",
                "--api-origins",
            ),
            ("api-origins = '*'", "--api-origins"),
            ("log-keep = 0", "--log-keep"),
            ("log-keep = 121", "--log-keep"),
            ("security-contact = 'mailto:a@b.nl'", "--security-expires"),
        ] {
            let message = given(text).expect_err(text).to_string();
            assert!(
                message.contains(name) && !message.contains("geheim"),
                "{message}"
            );
        }
    }

    #[test]
    fn a_flag_wins_from_the_file() {
        let flag = GivenSettings {
            listen: Some("127.0.0.1:1".into()),
            ..GivenSettings::default()
        };
        let file = GivenSettings {
            listen: Some("127.0.0.1:2".into()),
            ..GivenSettings::default()
        };
        assert_eq!(flag.or(file).listen.as_deref(), Some("127.0.0.1:1"));
    }
}

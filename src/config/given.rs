//! Settings as they were given: flags, environment, `loes.toml`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::SettingError;

/// Settings as they were given; any may be missing.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[command(next_help_heading = "Instellingen")]
pub struct GivenSettings {
    /// Adres en poort om op te luisteren [standaard: 127.0.0.1:8080]
    #[arg(
        long,
        env = "LOES_LISTEN",
        global = true,
        value_name = "ADRES",
        hide_env_values = true
    )]
    pub listen: Option<String>,
    /// Het adres waarop bezoekers de site zien
    #[arg(
        help = "Het adres waarop bezoekers de site zien [standaard: http://localhost:8080]",
        long,
        env = "LOES_BASE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub base_url: Option<String>,
    /// De map met antwoorden, feiten en loketten [standaard: content]
    #[arg(
        long,
        env = "LOES_CONTENT",
        global = true,
        value_name = "MAP",
        hide_env_values = true
    )]
    pub content: Option<PathBuf>,
    /// De map waarin de zoekindex staat [standaard: index]
    #[arg(
        long,
        env = "LOES_INDEX",
        global = true,
        value_name = "MAP",
        hide_env_values = true
    )]
    pub index: Option<PathBuf>,
    /// De map voor gegevens [standaard: data]
    #[arg(
        long,
        env = "LOES_DATA",
        global = true,
        value_name = "MAP",
        hide_env_values = true
    )]
    pub data: Option<PathBuf>,
    /// De database
    #[arg(
        help = "De database: sqlite://pad of postgres://server/naam [standaard: SQLite in de map voor gegevens]",
        long,
        env = "LOES_DATABASE_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// Adres en poort voor cijfers (/metrics), zoals 127.0.0.1:9090 [standaard: geen]
    #[arg(
        long,
        env = "LOES_METRICS_LISTEN",
        global = true,
        value_name = "ADRES",
        hide_env_values = true
    )]
    pub metrics_listen: Option<String>,
    /// Het bestand met de sleutels
    #[arg(
        help = "Het bestand met de sleutels [standaard: loes-sleutels.toml naast de map voor gegevens]",
        long,
        env = "LOES_KEY_FILE",
        global = true,
        value_name = "BESTAND",
        hide_env_values = true
    )]
    pub key_file: Option<PathBuf>,
    /// De mailserver
    #[arg(
        help = "De mailserver: smtp://naam:wachtwoord@server:587 [standaard: bestanden in de map voor gegevens]",
        long,
        env = "LOES_SMTP_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub smtp_url: Option<String>,
    /// De afzender van mail, zoals Loes <loes@voorbeeld.nl>
    #[arg(
        long,
        env = "LOES_MAIL_FROM",
        global = true,
        value_name = "AFZENDER",
        hide_env_values = true
    )]
    pub mail_from: Option<String>,
    /// Proef, waarin niemand vragen leest: auto, aan of uit [standaard: auto]
    #[arg(
        long,
        env = "LOES_DEMO",
        hide_possible_values = true,
        global = true,
        value_name = "STAND",
        hide_env_values = true
    )]
    pub demo: Option<DemoSetting>,
    /// Adressen (CIDR) van proxy's die het adres van de bezoeker mogen melden, met komma's
    #[arg(
        long,
        env = "LOES_TRUSTED_PROXIES",
        global = true,
        value_name = "LIJST",
        hide_env_values = true
    )]
    pub trusted_proxies: Option<String>,
    /// Sites (https) vanwaar een webpagina een vraag mag sturen naar /api/v1/vragen, met komma's
    #[arg(
        long,
        env = "LOES_API_ORIGINS",
        global = true,
        value_name = "LIJST",
        hide_env_values = true
    )]
    pub api_origins: Option<String>,
    /// Vorm van het logboek: text of json [standaard: text]
    #[arg(
        long,
        env = "LOES_LOG",
        hide_possible_values = true,
        global = true,
        value_name = "VORM",
        hide_env_values = true
    )]
    pub log: Option<LogFormat>,
    /// Hoeveel er in het logboek komt: error, warn, info, debug [standaard: info]
    #[arg(
        long,
        env = "LOES_LOG_LEVEL",
        hide_possible_values = true,
        global = true,
        value_name = "NIVEAU",
        hide_env_values = true
    )]
    pub log_level: Option<LogLevel>,
    /// Hoeveel maanden het logboek van het loket blijft [standaard: 24]
    #[arg(
        long,
        env = "LOES_LOG_KEEP",
        global = true,
        value_name = "MAANDEN",
        hide_env_values = true
    )]
    pub log_keep: Option<u16>,
    /// Adres van het laatste onderzoek naar de toegankelijkheid
    #[arg(
        long,
        env = "LOES_AUDIT_URL",
        global = true,
        value_name = "URL",
        hide_env_values = true
    )]
    pub audit_url: Option<String>,
    /// Waar iemand een lek meldt (mailto: of https:), voor security.txt
    #[arg(
        long,
        env = "LOES_SECURITY_CONTACT",
        global = true,
        value_name = "URI",
        hide_env_values = true
    )]
    pub security_contact: Option<String>,
    /// Tot wanneer security.txt geldt (2027-11-22)
    #[arg(
        long,
        env = "LOES_SECURITY_EXPIRES",
        global = true,
        value_name = "DATUM",
        hide_env_values = true
    )]
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
            metrics_listen: self.metrics_listen.or(fallback.metrics_listen),
            key_file: self.key_file.or(fallback.key_file),
            smtp_url: self.smtp_url.or(fallback.smtp_url),
            mail_from: self.mail_from.or(fallback.mail_from),
            demo: self.demo.or(fallback.demo),
            trusted_proxies: self.trusted_proxies.or(fallback.trusted_proxies),
            api_origins: self.api_origins.or(fallback.api_origins),
            log: self.log.or(fallback.log),
            log_level: self.log_level.or(fallback.log_level),
            log_keep: self.log_keep.or(fallback.log_keep),
            audit_url: self.audit_url.or(fallback.audit_url),
            security_contact: self.security_contact.or(fallback.security_contact),
            security_expires: self.security_expires.or(fallback.security_expires),
        }
    }
}

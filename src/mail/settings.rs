//! Where the mail server is, and how to be let in.

use std::fmt;
use std::net::IpAddr;

use percent_encoding::percent_decode_str;
use url::Url;

/// The port where mail is handed in (RFC 6409).
const SUBMISSION_PORT: u16 = 587;

/// The same, with TLS from the first byte (RFC 8314).
const SUBMISSIONS_PORT: u16 = 465;

/// Why mail cannot be set up. No variant holds what was given: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// No address at all.
    #[error("the mail server is not given as smtp://user:password@host:port")]
    NotAnAddress,
    /// Neither `smtp` nor `smtps`.
    #[error("the address of the mail server starts with neither smtp:// nor smtps://")]
    Scheme,
    /// No host, or one that is no name and no number.
    #[error("the address of the mail server has no good host")]
    Host,
    /// A user without a password, a password without a user, or a character that neither can have.
    #[error("the address of the mail server has no good user and password; write %40 for @")]
    Credentials,
    /// Something behind the port, which nothing reads.
    #[error("the address of the mail server has something behind the port")]
    Extra,
    /// TLS cannot be set up.
    #[error("TLS to the mail server cannot be set up")]
    Tls,
    /// No good address of a sender.
    #[error("the sender is not given as Name <address>")]
    Sender,
}

/// How the way to the mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// TLS from the first byte.
    Implicit,
    /// TLS after STARTTLS; a server that does not offer it gets nothing.
    StartTls,
    /// None: what is said does not leave the machine.
    None,
}

/// A user of the mail server.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: String,
}

/// A mail server and how to be let in.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    host: String,
    port: u16,
    encryption: Encryption,
    login: Option<Login>,
}

impl SmtpSettings {
    /// Parses `smtp://user:password@host:587` (STARTTLS, unless the host is this machine) or
    /// `smtps://user:password@host:465` (TLS from the start).
    ///
    /// User and password may be left out together and are percent-encoded; the port may be left out.
    ///
    /// # Errors
    /// [`MailError`] says what is wrong, without what was given.
    pub fn parse(url: &str) -> Result<Self, MailError> {
        let url = Url::parse(url).map_err(|_| MailError::NotAnAddress)?;
        let implicit = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err(MailError::Scheme),
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(MailError::Extra);
        }
        let host = read_host(&url)?;
        let usual = if implicit {
            SUBMISSIONS_PORT
        } else {
            SUBMISSION_PORT
        };
        Ok(Self {
            port: url.port().unwrap_or(usual),
            encryption: choose_encryption(implicit, &host),
            login: read_login(&url)?,
            host,
        })
    }

    /// A name or an IP address, without brackets.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn encryption(&self) -> Encryption {
        self.encryption
    }

    pub(super) fn login(&self) -> Option<&Login> {
        self.login.as_ref()
    }
}

/// Without TLS only to this machine: a password or an address crosses no network in the clear.
fn choose_encryption(implicit: bool, host: &str) -> Encryption {
    let here = host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match (implicit, here) {
        (true, _) => Encryption::Implicit,
        (false, true) => Encryption::None,
        (false, false) => Encryption::StartTls,
    }
}

fn read_host(url: &Url) -> Result<String, MailError> {
    let host = url.host_str().unwrap_or_default();
    let host = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(host);
    // The parser leaves hosts of schemes that it does not know as they are, escapes and all.
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':');
    if host.is_empty() || !host.bytes().all(good) {
        return Err(MailError::Host);
    }
    Ok(host.to_owned())
}

fn read_login(url: &Url) -> Result<Option<Login>, MailError> {
    let user = decode(url.username())?;
    let password = decode(url.password().unwrap_or_default())?;
    match (user.is_empty(), password.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some(Login { user, password })),
        _ => Err(MailError::Credentials),
    }
}

fn decode(text: &str) -> Result<String, MailError> {
    let decoded = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| MailError::Credentials)?;
    if decoded.contains(char::is_control) {
        return Err(MailError::Credentials);
    }
    Ok(decoded.into_owned())
}

/// Shows whether there is a login, not which: a user's name is often half the secret.
impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("encryption", &self.encryption)
            .field("login", &self.login.as_ref().map(|_| "hidden"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(url: &str) -> SmtpSettings {
        SmtpSettings::parse(url).expect("settings")
    }

    #[test]
    fn reads_host_port_and_login() {
        let settings = parsed("smtp://loes%40voorbeeld.nl:p%40%3Ass%C3%A9@mail.voorbeeld.nl:2587");
        assert_eq!(settings.host(), "mail.voorbeeld.nl");
        assert_eq!(settings.port(), 2587);
        let login = settings.login().expect("a login");
        assert_eq!(login.user, "loes@voorbeeld.nl");
        assert_eq!(login.password, "p@:ssé");
        assert!(parsed("smtp://mail.voorbeeld.nl").login().is_none());
    }

    #[test]
    fn ports_are_the_usual_ones_when_left_out() {
        assert_eq!(parsed("smtp://mail.voorbeeld.nl").port(), 587);
        assert_eq!(parsed("smtps://mail.voorbeeld.nl/").port(), 465);
    }

    #[test]
    fn only_this_machine_is_spoken_to_without_tls() {
        for here in ["localhost", "LOCALHOST", "127.0.0.1", "127.3.2.1", "[::1]"] {
            let settings = parsed(&format!("smtp://{here}:25"));
            assert_eq!(settings.encryption(), Encryption::None, "{here}");
        }
        for there in [
            "mail.voorbeeld.nl",
            "localhost.voorbeeld.nl",
            "127.0.0.1.voorbeeld.nl",
            "10.0.0.1",
            "0.0.0.0",
            "[2001:db8::1]",
        ] {
            let settings = parsed(&format!("smtp://{there}:25"));
            assert_eq!(settings.encryption(), Encryption::StartTls, "{there}");
        }
        for any in ["localhost", "mail.voorbeeld.nl"] {
            let settings = parsed(&format!("smtps://{any}"));
            assert_eq!(settings.encryption(), Encryption::Implicit, "{any}");
        }
        assert_eq!(parsed("smtp://[::1]:25").host(), "::1");
    }

    #[test]
    fn says_what_is_wrong() {
        for (bad, error) in [
            ("", MailError::NotAnAddress),
            ("mail.voorbeeld.nl", MailError::NotAnAddress),
            ("smtp://mail.voorbeeld.nl:99999", MailError::NotAnAddress),
            ("https://mail.voorbeeld.nl", MailError::Scheme),
            ("smtp:mail.voorbeeld.nl", MailError::Extra),
            ("smtp://", MailError::Host),
            ("smtp://mail%0d%0a.nl", MailError::Host),
            ("smtp://a@mail.voorbeeld.nl", MailError::Credentials),
            ("smtp://:b@mail.voorbeeld.nl", MailError::Credentials),
            ("smtp://a%00:b@mail.voorbeeld.nl", MailError::Credentials),
            ("smtp://a:%ff@mail.voorbeeld.nl", MailError::Credentials),
            ("smtp://mail.voorbeeld.nl?tls=none", MailError::Extra),
            ("smtp://mail.voorbeeld.nl/naam", MailError::Extra),
        ] {
            assert_eq!(SmtpSettings::parse(bad), Err(error), "{bad}");
        }
    }

    #[test]
    fn debug_hides_the_login() {
        let shown = format!("{:?}", parsed("smtp://kanarie:geheim@mail.voorbeeld.nl"));
        assert!(
            !shown.contains("kanarie") && !shown.contains("geheim"),
            "{shown}"
        );
        assert!(shown.contains("mail.voorbeeld.nl"));
    }
}

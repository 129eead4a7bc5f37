//! Handing a letter to a mail server (SMTP, RFC 5321).
//!
//! One connection for one letter: mail is rare here, and a connection that is kept goes stale.

use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::postman::DeliveryError;
use super::settings::{Encryption, MailError, SmtpSettings};

/// How long one letter may take, from the name of the server to its word that it has it.
const LIMIT: Duration = Duration::from_secs(20);

/// A mail server, and how it is entered.
#[derive(Debug, Clone)]
pub struct MailServer {
    host: String,
    port: u16,
    tls: Tls,
    login: Option<Credentials>,
    limit: Duration,
}

impl MailServer {
    /// The server of `settings`; nothing is asked of it yet.
    ///
    /// # Errors
    /// [`MailError::Tls`] when TLS is needed and cannot be set up.
    pub(super) fn new(settings: &SmtpSettings) -> Result<Self, MailError> {
        let parameters =
            || TlsParameters::new(settings.host().to_owned()).map_err(|_| MailError::Tls);
        let tls = match settings.encryption() {
            Encryption::Implicit => Tls::Wrapper(parameters()?),
            Encryption::StartTls => Tls::Required(parameters()?),
            Encryption::None => Tls::None,
        };
        Ok(Self {
            host: settings.host().to_owned(),
            port: settings.port(),
            tls,
            login: settings
                .login()
                .map(|login| Credentials::new(login.user.clone(), login.password.clone())),
            limit: LIMIT,
        })
    }

    /// Hands over `message`.
    ///
    /// It speaks over a bare connection, because lettre's transport waits for an answer to its
    /// goodbye: a server that is silent there would make a letter that it has taken count as lost.
    ///
    /// # Errors
    /// [`DeliveryError`] says whether trying again makes sense.
    pub(super) async fn hand_over(&self, message: &Message) -> Result<(), DeliveryError> {
        let mut connection = timeout(self.limit, async {
            let mut connection = self.enter().await?;
            connection
                .send(message.envelope(), &message.formatted())
                .await
                .map_err(|error| judge_refusal(&error))?;
            Ok(connection)
        })
        .await
        .map_err(|_| DeliveryError::Temporary("timeout".to_owned()))??;
        // The letter is taken; how the goodbye goes changes nothing.
        let _ = timeout(self.limit / 10, connection.quit()).await;
        Ok(())
    }

    /// Connects, goes over to TLS where it must, and signs in.
    async fn enter(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        let name = ClientId::default();
        let (at_once, lost) = match &self.tls {
            Tls::Wrapper(parameters) => (Some(parameters.clone()), "no connection or no good TLS"),
            _ => (None, "no connection"),
        };
        // A host often has an IPv6 address that leads nowhere: leave time for the next one.
        let each_address = Some(self.limit / 4);
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, each_address, &name, at_once, None)
                .await
                .map_err(|error| judge_entrance(&error, lost))?;
        if let Tls::Required(parameters) = &self.tls {
            if !connection.can_starttls() {
                return Err(DeliveryError::Temporary("no STARTTLS offered".to_owned()));
            }
            connection
                .starttls(parameters.clone(), &name)
                .await
                .map_err(|error| judge_entrance(&error, "no good TLS"))?;
        }
        if let Some(login) = &self.login {
            connection
                .auth(DEFAULT_MECHANISMS, login)
                .await
                .map_err(|error| judge_entrance(&error, "no sign-in that both know"))?;
        }
        Ok(connection)
    }
}

/// Trouble before the letter is offered says nothing about the letter: also a 5xx, as for a changed
/// password, passes when somebody mends it. `otherwise` is told when the server gives no code.
fn judge_entrance(error: &Error, otherwise: &str) -> DeliveryError {
    DeliveryError::Temporary(match error.status() {
        Some(code) => format!("SMTP {code} before the letter"),
        None if error.is_timeout() => "timeout".to_owned(),
        None => otherwise.to_owned(),
    })
}

/// A no to the letter itself: 4xx is for now, 5xx for good (RFC 5321, section 4.2.1).
fn judge_refusal(error: &Error) -> DeliveryError {
    match error.status().map(|code| code.to_string()) {
        // Sign in first, sign in better, sign in over TLS (RFC 4954, section 6): the settings are
        // wrong, not the letter.
        Some(code) if matches!(code.as_str(), "530" | "534" | "535" | "538") => {
            DeliveryError::Temporary(format!("SMTP {code}, sign-in wanted"))
        }
        Some(code) if error.is_permanent() => {
            DeliveryError::Permanent(format!("SMTP {code}, permanent"))
        }
        Some(code) => DeliveryError::Temporary(format!("SMTP {code}, temporary")),
        // The only thing lettre itself refuses to say is an address in other than ASCII.
        None if error.is_client() => {
            DeliveryError::Permanent("address needs SMTPUTF8, not offered".to_owned())
        }
        None => DeliveryError::Temporary("connection lost".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, ErrorKind, Write};
    use std::net::{TcpListener, TcpStream};
    use std::thread::JoinHandle;

    use url::Url;

    use super::super::kind::Kind;
    use super::super::letter::{Around, Letter, compose};
    use super::super::{Postman, Sender};
    use super::*;

    /// What the server does once, at the command that starts with `at`.
    #[derive(Clone, Copy)]
    enum Act {
        /// Sends this line.
        Say(&'static str),
        /// Sends this line, if any, and hangs up.
        HangUp(&'static str),
        /// Says nothing more.
        Silence,
    }

    /// A server for one connection, that takes every letter but for one `act`.
    struct Server {
        port: u16,
        heard: JoinHandle<Vec<String>>,
    }

    impl Server {
        fn start(at: &'static str, act: Act) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            let port = listener.local_addr().expect("an address").port();
            let heard = std::thread::spawn(move || {
                let (stream, _) = listener.accept().expect("a connection");
                serve(&stream, at, act)
            });
            Self { port, heard }
        }

        fn settings(&self, login: &str) -> SmtpSettings {
            let url = format!("smtp://{login}127.0.0.1:{}", self.port);
            SmtpSettings::parse(&url).expect("settings")
        }

        fn heard(self) -> Vec<String> {
            self.heard.join().expect("a server that ends")
        }
    }

    /// Speaks until the client is gone; gives every line heard.
    fn serve(mut stream: &TcpStream, at: &str, act: Act) -> Vec<String> {
        let mut heard = Vec::new();
        let mut lines = BufReader::new(stream);
        let mut in_letter = false;
        let mut line = "(connected)".to_owned();
        loop {
            let reply = if in_letter && line != "." {
                None
            } else if line.starts_with(at) {
                match act {
                    Act::Say(reply) => Some(reply),
                    Act::HangUp(last) => {
                        let _ = write!(stream, "{last}");
                        return heard;
                    }
                    Act::Silence => None,
                }
            } else {
                Some(usual(&line))
            };
            in_letter = in_letter && line != "." || reply.is_some_and(|r| r.starts_with("354"));
            // The client may be gone already; the next read tells.
            let _ = reply.map(|reply| write!(stream, "{reply}\r\n"));
            let mut bytes = Vec::new();
            match lines.read_until(b'\n', &mut bytes) {
                Ok(0) => return heard,
                Err(e) if e.kind() == ErrorKind::ConnectionReset => return heard,
                read => drop(read.expect("bytes")),
            }
            line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            heard.push(line.clone());
        }
    }

    fn usual(line: &str) -> &'static str {
        match line.split(' ').next().unwrap_or_default() {
            "(connected)" => "220 mail.voorbeeld.nl",
            "EHLO" => "250-mail.voorbeeld.nl\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            "AUTH" => "235 welcome",
            "DATA" => "354 go ahead",
            "QUIT" => "221 bye",
            _ => "250 fine",
        }
    }

    fn letter(to: &str) -> Letter {
        let base_url = Url::parse("https://loes.example/").expect("a url");
        let around = Around {
            id: "0190-a",
            to,
            base_url: &base_url,
            loket_name: "Loesloket Tubbergen",
            link: None,
        };
        compose(Kind::AnswerReady, &around).expect("a letter")
    }

    async fn deliver(postman: Postman, to: &str) -> Result<(), DeliveryError> {
        let from = Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender");
        let at = "2026-03-05T09:08:07Z".parse().expect("a timestamp");
        postman.deliver(&letter(to), &from, at).await
    }

    /// What comes of a letter when the server does `act` at `at`, and what the server heard.
    async fn play(at: &'static str, act: Act) -> (Result<(), DeliveryError>, Vec<String>) {
        let server = Server::start(at, act);
        let postman = Postman::smtp(&server.settings("")).expect("a postman");
        let result = deliver(postman, "moeder@voorbeeld.nl").await;
        (result, server.heard())
    }

    async fn deliver_to(server: MailServer) -> Result<(), DeliveryError> {
        deliver(Postman::Smtp(server), "moeder@voorbeeld.nl").await
    }

    fn temporary(text: &str) -> Result<(), DeliveryError> {
        Err(DeliveryError::Temporary(text.to_owned()))
    }

    fn permanent(text: &str) -> Result<(), DeliveryError> {
        Err(DeliveryError::Permanent(text.to_owned()))
    }

    fn has(heard: &[String], start: &str) -> bool {
        heard.iter().any(|line| line.starts_with(start))
    }

    #[tokio::test]
    async fn a_willing_server_gets_the_letter_and_a_goodbye() {
        let (result, heard) = play("nothing", Act::Silence).await;
        assert_eq!(result, Ok(()));
        for line in [
            "MAIL FROM:<loes@voorbeeld.nl>",
            "RCPT TO:<moeder@voorbeeld.nl>",
            "Message-ID: <0190-a@loes.example>",
            "Auto-Submitted: auto-generated",
            "https://loes.example/mijn-vraag",
            "QUIT",
        ] {
            assert!(has(&heard, line), "{line}: {heard:?}");
        }
        assert!(!has(&heard, "AUTH"));
    }

    #[tokio::test]
    async fn a_login_is_used() {
        let server = Server::start("nothing", Act::Silence);
        let postman = Postman::smtp(&server.settings("loes:p%40s@")).expect("a postman");
        assert_eq!(deliver(postman, "moeder@voorbeeld.nl").await, Ok(()));
        // NUL loes NUL p@s
        assert!(has(&server.heard(), "AUTH PLAIN AGxvZXMAcEBz"));
    }

    #[tokio::test]
    async fn a_no_for_now_is_temporary() {
        let (result, heard) = play("MAIL", Act::Say("451 4.3.0 later")).await;
        assert_eq!(result, temporary("SMTP 451, temporary"));
        assert!(!has(&heard, "RCPT"));
    }

    #[tokio::test]
    async fn an_unknown_mailbox_is_permanent_and_not_named() {
        let (result, heard) = play("RCPT", Act::Say("550 5.1.1 <moeder@voorbeeld.nl>?")).await;
        assert_eq!(result, permanent("SMTP 550, permanent"));
        assert!(!has(&heard, "DATA"));
    }

    #[tokio::test]
    async fn a_no_after_the_text_counts_too() {
        let (result, _) = play(".", Act::Say("554 5.7.1 spam")).await;
        assert_eq!(result, permanent("SMTP 554, permanent"));
        let (result, _) = play(".", Act::Say("452 4.2.2 full")).await;
        assert_eq!(result, temporary("SMTP 452, temporary"));
    }

    #[tokio::test]
    async fn a_lost_connection_is_temporary() {
        for (at, last) in [
            ("DATA", ""),
            ("DATA", "354 go\r\n"),
            (".", ""),
            ("RCPT", "25"),
        ] {
            let (result, _) = play(at, Act::HangUp(last)).await;
            assert_eq!(result, temporary("connection lost"), "{at} {last}");
        }
        let (result, _) = play("(connected)", Act::HangUp("")).await;
        assert_eq!(result, temporary("no connection"));
    }

    #[tokio::test]
    async fn nobody_there_is_temporary() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let url = format!("smtp://127.0.0.1:{port}");
        let settings = SmtpSettings::parse(&url).expect("settings");
        let server = MailServer::new(&settings).expect("a server");
        assert_eq!(deliver_to(server).await, temporary("no connection"));
    }

    #[tokio::test]
    async fn a_silent_server_is_temporary() {
        for at in ["(connected)", "MAIL", "DATA", "."] {
            let server = Server::start(at, Act::Silence);
            let asked = MailServer {
                limit: Duration::from_millis(200),
                ..MailServer::new(&server.settings("")).expect("a server")
            };
            assert_eq!(deliver_to(asked).await, temporary("timeout"), "{at}");
            server.heard();
        }
    }

    #[tokio::test]
    async fn a_letter_that_is_taken_is_delivered_whatever_the_goodbye() {
        let server = Server::start("QUIT", Act::Silence);
        let asked = MailServer {
            limit: Duration::from_secs(5),
            ..MailServer::new(&server.settings("")).expect("a server")
        };
        assert_eq!(deliver_to(asked).await, Ok(()));
        assert!(has(&server.heard(), "QUIT"));
        assert_eq!(play("QUIT", Act::HangUp("")).await.0, Ok(()));
    }

    #[tokio::test]
    async fn wrong_settings_give_up_no_letter() {
        let (result, _) = play("(connected)", Act::Say("554 go away")).await;
        assert_eq!(result, temporary("SMTP 554 before the letter"));
        let (result, _) = play("MAIL", Act::Say("530 5.7.0 sign in")).await;
        assert_eq!(result, temporary("SMTP 530, sign-in wanted"));

        for (at, reply, error) in [
            ("AUTH", "535 5.7.8 no", "SMTP 535 before the letter"),
            ("EHLO", "250 bare", "no sign-in that both know"),
        ] {
            let server = Server::start(at, Act::Say(reply));
            let postman = Postman::smtp(&server.settings("loes:oud@")).expect("a postman");
            let result = deliver(postman, "moeder@voorbeeld.nl").await;
            assert_eq!(result, temporary(error));
            assert!(!has(&server.heard(), "MAIL"));
        }
    }

    #[tokio::test]
    async fn where_tls_is_required_nothing_is_told_without_it() {
        let offer = "250-mail.voorbeeld.nl\r\n250-AUTH PLAIN\r\n250 STARTTLS";
        for (at, act, offered) in [
            ("nothing", Act::Silence, false),
            // It offers, says yes, and goes on in the clear.
            ("EHLO", Act::Say(offer), true),
        ] {
            let server = Server::start(at, act);
            let parameters = TlsParameters::new("localhost".to_owned()).expect("TLS");
            let asked = MailServer {
                tls: Tls::Required(parameters),
                limit: Duration::from_millis(500),
                ..MailServer::new(&server.settings("loes:geheim@")).expect("a server")
            };
            let result = deliver_to(asked).await;
            assert!(
                matches!(result, Err(DeliveryError::Temporary(_))),
                "{result:?}"
            );
            let heard = server.heard();
            assert_eq!(has(&heard, "STARTTLS"), offered);
            assert!(!has(&heard, "AUTH") && !has(&heard, "MAIL"), "{heard:?}");
        }
    }

    #[test]
    fn how_a_server_is_entered_follows_from_its_settings() {
        let tls = |url: &str| {
            let settings = SmtpSettings::parse(url).expect("settings");
            MailServer::new(&settings).expect("a server").tls
        };
        assert!(matches!(tls("smtp://mail.voorbeeld.nl"), Tls::Required(_)));
        assert!(matches!(tls("smtps://localhost"), Tls::Wrapper(_)));
        assert!(matches!(tls("smtp://localhost"), Tls::None));
        assert_eq!(LIMIT, Duration::from_secs(20));
    }

    #[tokio::test]
    async fn an_address_that_the_server_cannot_take_is_permanent() {
        let server = Server::start("nothing", Act::Silence);
        let postman = Postman::smtp(&server.settings("")).expect("a postman");
        let result = deliver(postman, "möder@voorbeeld.nl").await;
        assert_eq!(result, permanent("address needs SMTPUTF8, not offered"));
        assert!(!has(&server.heard(), "MAIL"));
    }

    #[test]
    fn debug_hides_the_login() {
        let settings = SmtpSettings::parse("smtp://kanarie:geheim@localhost").expect("settings");
        let shown = format!("{:?}", Postman::smtp(&settings).expect("a postman"));
        assert!(
            !shown.contains("kanarie") && !shown.contains("geheim"),
            "{shown}"
        );
    }
}

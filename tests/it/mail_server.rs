//! A mail server that behaves as it is told.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use loes::mail::{Postman, SmtpSettings};

/// How it treats who comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Takes every letter.
    Fine,
    /// Takes a letter once [`MailServer::acknowledge`] says so.
    Ask,
    /// Answers this to `RCPT`.
    Refuse(&'static str),
    /// Takes the letter and hangs up without a word.
    HangUp,
    /// Says nothing at all.
    Silent,
}

pub(crate) struct MailServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// Each letter, before it is acknowledged.
    pub(crate) heard: Receiver<String>,
    acknowledge: Sender<()>,
}

struct Shared {
    manner: Mutex<Manner>,
    /// To `RCPT`, once each, before its manner counts.
    refusals: Mutex<Vec<&'static str>>,
    may: Mutex<Receiver<()>>,
    tell: Sender<String>,
}

impl MailServer {
    pub(crate) fn start(manner: Manner) -> Self {
        Self::start_on(&TcpListener::bind("127.0.0.1:0").unwrap(), manner)
    }

    pub(crate) fn start_on(listener: &TcpListener, manner: Manner) -> Self {
        let (address, listener) = (
            listener.local_addr().unwrap(),
            listener.try_clone().unwrap(),
        );
        let ((tell, heard), (acknowledge, may)) = (channel(), channel());
        let shared = Arc::new(Shared {
            manner: Mutex::new(manner),
            refusals: Mutex::new(Vec::new()),
            may: Mutex::new(may),
            tell,
        });
        let of_all = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&of_all);
                std::thread::spawn(move || {
                    // Whoever hangs up half way is done.
                    let _ = shared.converse(&stream.unwrap());
                });
            }
        });
        Self {
            address,
            shared,
            heard,
            acknowledge,
        }
    }

    pub(crate) fn behave(&self, manner: Manner) {
        *self.shared.manner.lock().unwrap() = manner;
    }

    /// Answers this to the next `RCPT`.
    pub(crate) fn refuse(&self, answer: &'static str) {
        self.shared.refusals.lock().unwrap().push(answer);
    }

    pub(crate) fn acknowledge(&self) {
        self.acknowledge.send(()).unwrap();
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub(crate) fn postman(&self) -> Postman {
        Postman::smtp(&SmtpSettings::parse(&self.url()).unwrap()).unwrap()
    }
}

impl Shared {
    fn converse(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let manner = *self.manner.lock().unwrap();
        if manner == Manner::Silent {
            // Until the other side gives up.
            return stream.peek(&mut [0]).map(|_| ());
        }
        write!(stream, "220 mail.voorbeeld.nl\r\n")?;
        let (mut letter, mut in_letter) = (String::new(), false);
        for line in BufReader::new(stream).lines() {
            let line = line?;
            if !in_letter {
                in_letter = line == "DATA";
                write!(stream, "{}\r\n", self.answer(manner, &line))?;
            } else if line == "." {
                in_letter = false;
                let _ = self.tell.send(std::mem::take(&mut letter));
                match manner {
                    Manner::HangUp => return Ok(()),
                    Manner::Ask => drop(self.may.lock().unwrap().recv()),
                    _ => {}
                }
                write!(stream, "250 fine\r\n")?;
            } else {
                letter.push_str(&line);
                letter.push('\n');
            }
        }
        Ok(())
    }

    fn answer(&self, manner: Manner, line: &str) -> &'static str {
        if line.starts_with("RCPT") {
            let once = self.refusals.lock().unwrap().pop();
            match (once, manner) {
                (Some(refusal), _) | (None, Manner::Refuse(refusal)) => return refusal,
                _ => {}
            }
        }
        if line == "DATA" {
            "354 go ahead"
        } else {
            "250 fine"
        }
    }
}

/// The id of a letter, the same each time that it is sent.
pub(crate) fn message_id(letter: &str) -> &str {
    let id = letter.lines().find(|line| line.starts_with("Message-ID:"));
    id.expect("an id")
}

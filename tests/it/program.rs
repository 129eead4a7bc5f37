//! The program itself, run as an operator runs it, and visitors who come to it over a socket.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use tempfile::TempDir;

use crate::support::{Seen, real_sources, write_content};

/// The longest that a test waits for an answer, or for a change to be seen.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server that is stopped when the test ends.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    /// What it printed before it was ready.
    pub(crate) said: Vec<String>,
    /// What it printed since.
    since: Arc<Mutex<String>>,
    /// Where it keeps everything; `log` in it is what it told of itself.
    pub(crate) place: Arc<TempDir>,
}

/// What the program prints until it is ready: lines and, by what they say, addresses.
fn announced(printed: &mut impl BufRead) -> Vec<String> {
    let mut lines = Vec::new();
    for line in printed.lines() {
        lines.push(line.expect("a line"));
        if lines
            .last()
            .is_some_and(|line| line.contains("staat aan op"))
        {
            return lines;
        }
    }
    panic!("it ended: {lines:?}");
}

/// The address in the line that says `what`.
pub(crate) fn address_in(lines: &[String], what: &str) -> SocketAddr {
    let line = lines
        .iter()
        .find(|line| line.contains(what))
        .expect("such a line");
    let address = line.split("http://").nth(1).expect("an address");
    let address = address.split([' ', '/']).next().expect("an address");
    address.parse().expect(line)
}

impl Server {
    /// Starts it in a place of its own, with the content that ships with the product.
    pub(crate) fn start(args: &[&str]) -> Self {
        let place = TempDir::new().unwrap();
        write_content(&real_sources(), &place.path().join("content"));
        Self::start_at(&Arc::new(place), args)
    }

    /// Starts it where another was before.
    pub(crate) fn start_at(place: &Arc<TempDir>, args: &[&str]) -> Self {
        let program = Command::new(assert_cmd::cargo::cargo_bin("loes"));
        Self::spawn(program, place, args)
    }

    /// Starts it where a file that grows too large cannot be written, instead of ending the program.
    pub(crate) fn start_unstopped_by_large_files(place: &Arc<TempDir>, args: &[&str]) -> Self {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
            .arg(assert_cmd::cargo::cargo_bin("loes"));
        Self::spawn(shell, place, args)
    }

    fn spawn(mut program: Command, place: &Arc<TempDir>, args: &[&str]) -> Self {
        let mut log = OpenOptions::new();
        let log = log.create(true).append(true).open(place.path().join("log"));
        let mut child = program
            .args(args)
            .args(["--listen", "127.0.0.1:0"])
            .current_dir(place.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.expect("a log"))
            .spawn()
            .expect("the program");
        let mut printed = BufReader::new(child.stdout.take().expect("its output"));
        let said = announced(&mut printed);
        let since = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&since);
        // Who prints to a pipe that nobody reads, fails.
        std::thread::spawn(move || {
            for line in printed.lines().map_while(Result::ok) {
                heard.lock().unwrap().push_str(&line);
            }
        });
        Self {
            address: address_in(&said, "staat aan op"),
            child,
            said,
            since,
            place: Arc::clone(place),
        }
    }

    /// Ends it without a word (SIGKILL).
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// All that it told of itself: what it printed, and its log.
    pub(crate) fn told(&self) -> String {
        let log = std::fs::read_to_string(self.place.path().join("log")).expect("a log");
        let since = self.since.lock().unwrap();
        format!("{}\n{since}\n{log}", self.said.join("\n"))
    }

    pub(crate) fn connect(&self) -> TcpStream {
        connect(self.address).expect("a connection")
    }

    /// Sends `request` and reads until the server closes.
    pub(crate) fn send(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        read_all(&mut stream)
    }

    pub(crate) fn get(&self, path: &str) -> String {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        ))
    }

    /// Asks until the answer holds `words`, a minute at most.
    pub(crate) fn wait_for(&self, path: &str, words: &str) {
        let begun = Instant::now();
        while !self.get(path).contains(words) {
            assert!(begun.elapsed() < PATIENCE, "{path} never held {words}");
            std::thread::yield_now();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

pub(crate) fn read_all(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// A visitor without a browser, who keeps the cookies that she is given.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) address: SocketAddr,
    cookie: Option<String>,
    /// All that came back outside of pages: status lines and headers.
    pub(crate) heads: String,
}

impl Visitor {
    pub(crate) const fn of(address: SocketAddr) -> Self {
        Self {
            address,
            cookie: None,
            heads: String::new(),
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> io::Result<Seen> {
        self.ask("GET", path, "")
    }

    pub(crate) fn post(&mut self, path: &str, fields: &[(String, String)]) -> io::Result<Seen> {
        let body = serde_urlencoded::to_string(fields).expect("a form");
        self.ask("POST", path, &body)
    }

    /// Sends the form `css` of a page with what a browser would send of it, after `typed` was filled in.
    pub(crate) fn submit(
        &mut self,
        page: &Seen,
        css: &str,
        typed: &[(&str, &str)],
    ) -> io::Result<Seen> {
        let action = page.attributes(css, "action");
        assert_eq!(action.len(), 1, "{css}: {}", page.text());
        self.post(&action[0], &page.filled_in(css, typed))
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> io::Result<Seen> {
        let cookie = self.cookie.as_ref();
        let cookie = cookie.map_or_else(String::new, |kept| format!("Cookie: {kept}\r\n"));
        let mut stream = connect(self.address)?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{cookie}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len(),
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let seen = whole(&answer).ok_or(io::ErrorKind::UnexpectedEof)?;
        let _ = writeln!(self.heads, "{} {:?}", seen.status, seen.headers);
        if let Some(cookie) = seen.headers.get("set-cookie") {
            let cookie = cookie.to_str().expect("ASCII").split(';').next();
            self.cookie = cookie.map(str::to_owned);
        }
        Ok(seen)
    }
}

/// An answer, if it came whole.
fn whole(answer: &[u8]) -> Option<Seen> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        headers.append(
            name.parse::<HeaderName>().ok()?,
            HeaderValue::from_str(value).ok()?,
        );
    }
    let body = answer[end + 4..].to_vec();
    let length = headers.get("content-length")?.to_str().ok()?;
    let is_whole = length.parse() == Ok(body.len());
    is_whole.then_some(Seen {
        status: StatusCode::from_u16(status).ok()?,
        headers,
        body,
    })
}

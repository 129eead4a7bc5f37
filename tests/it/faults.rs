//! What goes wrong around the program, and what is left of what people sent: nothing lost, nothing
//! twice. Here each runs a few rounds; `tests/faults` runs more (`ROUNDS`) and shows the figures.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use loes::config::DatabaseUrl;
use loes::random::{Random, SystemRandom};
use loes::secrets::{Keys, ReceiptCode};
use loes::store::Store;
use tempfile::TempDir;

use crate::program::{Server, Visitor};
use crate::store::{Desk, Place};
use crate::support::{small_library, write_content};

mod clocks;
mod colleagues;
mod database;
mod kill;
mod mail;

/// The longest that anything may take before a test gives up.
const LIMIT: Duration = Duration::from_mins(1);

/// How many rounds: `few` by itself, more when asked for.
fn rounds(few: usize) -> usize {
    let asked = std::env::var("ROUNDS");
    asked.map_or(few, |rounds| rounds.parse().expect("a number"))
}

fn tell(line: &str) {
    use std::io::Write as _;
    // Past what the test runner keeps to itself.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Where a server is and what it was told: it can be started again and again.
struct Site {
    // Gone before what it stands on.
    place: Place,
    room: Arc<TempDir>,
    keys: Arc<Keys>,
    args: Vec<String>,
}

impl Site {
    fn new(place: Place) -> Self {
        let room = Arc::new(TempDir::new().expect("a folder"));
        write_content(&small_library(), &room.path().join("content"));
        let random = SystemRandom::open().expect("random bytes");
        let keys = Arc::new(Keys::generate(&random));
        keys.write_new(&room.path().join("sleutels.toml"))
            .expect("a file of keys");
        let database = match place.url() {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => url.to_string(),
        };
        let args = [
            "--key-file",
            "sleutels.toml",
            "--demo",
            "aan",
            "--log-level",
            "error",
            "--database-url",
            &database,
        ]
        .map(str::to_owned)
        .to_vec();
        Self {
            place,
            room,
            keys,
            args,
        }
    }

    fn with(mut self, more: &[&str]) -> Self {
        self.args.extend(more.iter().map(|arg| (*arg).to_owned()));
        self
    }

    fn args(&self) -> Vec<&str> {
        self.args.iter().map(String::as_str).collect()
    }

    fn start(&self) -> Server {
        Server::start_at(&self.room, &self.args())
    }

    /// What is kept, once no server runs any more.
    async fn into_desk(self) -> Desk {
        let random: Arc<dyn Random> = Arc::new(SystemRandom::open().expect("random bytes"));
        let store = Store::open(&self.place.url(), Arc::clone(&self.keys), random).await;
        Desk {
            place: self.place,
            ..Desk::over(store.expect("it opens"), self.keys)
        }
    }

    const fn engine(&self) -> &'static str {
        if self.place.is_sqlite() {
            "SQLite"
        } else {
            "PostgreSQL"
        }
    }
}

/// What stands between `before` and `after` in a page.
fn between<'p>(page: &'p str, before: &str, after: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

/// The last step of a question, filled in and not sent yet.
#[derive(Clone)]
struct Form {
    words: String,
    fields: Vec<(String, String)>,
}

impl Form {
    fn fetch(visitor: &mut Visitor, words: String) -> Self {
        let page = visitor.get("/vraag").expect("a form").text();
        let token = between(&page, "name=\"sleutel\" value=\"", "\"").expect("a token");
        let fields = [
            ("vraag", words.as_str()),
            ("loket", "tubbergen"),
            ("antwoord", "site"),
            ("stap", "versturen"),
            ("sleutel", token),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        Self { words, fields }
    }

    /// Fetches `count` forms, and waits until the last of them can be sent: nobody fills one in within
    /// three seconds.
    fn fetch_all(visitor: &mut Visitor, what: &str, count: usize) -> Vec<Self> {
        let forms = (0..count).map(|nr| Self::fetch(visitor, format!("{what} {nr}.")));
        let forms = forms.collect();
        let mut probe = Self::fetch(visitor, "Proef.".to_owned());
        // Nothing is kept of it: it has a mistake, which is told together with the haste.
        probe.fields.retain(|(name, _)| name != "antwoord");
        let begun = Instant::now();
        while probe.send(visitor).contains("Dat ging wel erg snel") {
            assert!(begun.elapsed() < LIMIT, "it stays too fast");
            std::thread::sleep(Duration::from_millis(50));
        }
        forms
    }

    fn send(&self, visitor: &mut Visitor) -> String {
        visitor.post("/vraag", &self.fields).expect("a page").text()
    }
}

/// The code on a receipt.
fn code_on(page: &str) -> String {
    let code = between(page, "id=\"code\">", "<");
    code.unwrap_or_else(|| panic!("no receipt: {page}"))
        .to_owned()
}

/// Whether `code` opens the question with these words.
fn opens(visitor: &mut Visitor, code: &str, words: &str) -> bool {
    let fields = [("code".to_owned(), code.to_owned())];
    let page = visitor.post("/mijn-vraag", &fields).expect("a page");
    page.status == StatusCode::OK && page.text().contains(words)
}

/// Each code leads to its own words, and there is nothing else.
async fn hold_against(desk: &Desk, codes: &HashMap<String, String>) {
    for (words, code) in codes {
        let thread = desk
            .thread(&ReceiptCode::parse(code).expect("a code"))
            .await;
        assert_eq!(thread.messages.len(), 1);
        assert_eq!(&thread.messages[0].text, words);
    }
    let wanted = i64::try_from(codes.len()).expect("a number");
    for what in [
        "COUNT(*) FROM question",
        "COUNT(*) FROM message",
        "COUNT(*) FROM message WHERE nr = 0",
        "COUNT(*) FROM outbox",
        "CAST(SUM(n) AS BIGINT) FROM counter WHERE what = 'kanaal'",
    ] {
        assert_eq!(
            desk.number(&format!("SELECT {what}")).await,
            wanted,
            "{what}"
        );
    }
}

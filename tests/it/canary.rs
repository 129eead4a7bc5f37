//! Words of parents and staff go their whole way through the program and are looked for everywhere
//! that they do not belong. The one place where her address may stand is the `To:` of her own mail.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use loes::clock::{Clock as _, SystemClock};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _, Row as _};

use crate::desk::app_code;
use crate::program::{Server, Visitor, address_in};
use crate::support::Seen;

const FORM: &str = "main form[action='/vraag']";
const MAIL: &str = "kanariemoeder@voorbeeld.nl";

/// All that is written holds the first; a phone number cannot.
const CANARIES: [&str; 4] = ["kanarie", "612349876", "12349876", "12 34 98 76"];

/// The columns that hold what is sealed, or is made of what was typed.
const SEALED: [&str; 6] = [
    "SELECT contact FROM question",
    "SELECT key FROM question",
    "SELECT body FROM question",
    "SELECT text FROM message",
    "SELECT text FROM note",
    "SELECT text FROM draft",
];

/// Every file below `folder`.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            found.extend(files(&path));
        // A file that is only half there is gone by the time it is read.
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push((path, bytes));
        }
    }
    found
}

fn holds(bytes: &[u8], words: &str) -> bool {
    let words = words.as_bytes();
    let first = words[0].to_ascii_lowercase();
    let mut places = (0..bytes.len()).filter(|at| bytes[*at].to_ascii_lowercase() == first);
    places.any(|at| {
        let place = bytes.get(at..at + words.len());
        place.is_some_and(|place| place.eq_ignore_ascii_case(words))
    })
}

/// What must be found nowhere.
struct Hunt {
    words: Vec<String>,
}

impl Hunt {
    fn look_in(&self, what: &str, bytes: &[u8]) {
        for words in &self.words {
            assert!(!holds(bytes, words), "{words} stands in {what}");
        }
    }

    /// Every file of the place, but for the `To:` of a mail.
    fn look_in_files(&self, place: &Path) {
        for (path, mut bytes) in files(place) {
            let to = format!("\r\nTo: {MAIL}\r\n");
            let at = bytes
                .windows(to.len())
                .position(|line| line == to.as_bytes());
            if let Some(at) = at.filter(|_| path.extension().is_some_and(|end| end == "eml")) {
                bytes.drain(at..at + to.len());
            }
            self.look_in(&path.display().to_string(), &bytes);
        }
    }

    /// The addresses in a page: what a click on it would send to a log somewhere.
    fn look_in_addresses(&self, page: &Seen) {
        for name in ["href", "action", "formaction", "src"] {
            let mut addresses = page.attributes(&format!("[{name}]"), name);
            // With this one staff call her back: it goes to no server.
            addresses.retain(|address| !address.starts_with("tel:"));
            self.look_in(name, addresses.join(" ").as_bytes());
        }
    }
}

/// Somebody who walks over pages, and whose addresses are looked at.
struct Walk {
    visitor: Visitor,
    hunt: Hunt,
}

impl Walk {
    fn new(server: &Server) -> Self {
        Self {
            visitor: Visitor::of(server.address),
            hunt: Hunt {
                words: CANARIES.map(str::to_owned).to_vec(),
            },
        }
    }

    fn seen(&self, page: Seen) -> Seen {
        self.hunt.look_in_addresses(&page);
        page
    }

    fn get(&mut self, path: &str) -> Seen {
        let page = self.visitor.get(path).expect("a page");
        self.seen(page)
    }

    fn submit(&mut self, page: &Seen, css: &str, typed: &[(&str, &str)]) -> Seen {
        let page = self.visitor.submit(page, css, typed).expect("a page");
        self.seen(page)
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let fields = fields.iter();
        let fields: Vec<_> = fields
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let page = self.visitor.post(path, &fields).expect("a page");
        self.seen(page)
    }

    /// Asks, with a mistake on the way; gives the code.
    fn ask(&mut self, words: &str, typed: &[(&str, &str)]) -> String {
        let begun = self.get("/vraag");
        let fields = [
            ("vraag", words),
            ("loket", "tubbergen"),
            ("stap", "gegevens"),
        ];
        let last = self.submit(&begun, FORM, &fields);
        let wrong = self.submit(&last, FORM, &[("naam", "Kanarie"), ("stap", "versturen")]);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let (begun, mut page) = (Instant::now(), wrong);
        let mut fields = typed.to_vec();
        fields.push(("stap", "versturen"));
        while page.status != StatusCode::OK {
            assert!(begun.elapsed() < Duration::from_secs(20), "{}", page.text());
            page = self.submit(&page, FORM, &fields);
            std::thread::sleep(Duration::from_millis(50));
        }
        page.one("#code")
    }

    /// A member of staff, with an account made by the link that the program printed.
    fn join(&mut self, server: &Server) {
        let mut said = server.said.iter();
        let link = said.find_map(|line| line.split_once("/loket-werk/uitnodiging"));
        let link = format!("/loket-werk/uitnodiging{}", link.expect("a link").1);
        let page = self.get(&link);
        let secret = page.one("code.loes-app__geheim").replace(' ', "");
        let typed = [
            ("naam", "Anna"),
            ("mail", "anna@voorbeeld.nl"),
            ("loket", "tubbergen"),
            ("wachtwoord", "paarse olifant"),
            ("code", &app_code(&secret, SystemClock.now())),
        ];
        let made = self.submit(&page, "main form", &typed);
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    }

    /// A step on a question, with what its page would send.
    fn step(&mut self, question: &str, step: &str, text: &str) -> Seen {
        let page = self.get(question);
        let of = |name: &str| {
            let values = page.attributes(&format!("input[name={name}]"), "value");
            values.first().cloned().unwrap_or_default()
        };
        let (teken, versie, formulier) = (of("teken"), of("versie"), of("formulier"));
        let fields = [
            ("teken", teken.as_str()),
            ("versie", &versie),
            ("formulier", &formulier),
            ("tekst", text),
        ];
        self.post(&format!("{question}/{step}"), &fields)
    }
}

/// Waits for so many mails.
fn wait_for_mails(place: &Path, wanted: usize) {
    let begun = Instant::now();
    let folder = place.join("data/mail");
    while std::fs::read_dir(&folder).map_or(0, Iterator::count) < wanted {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "no {wanted} mails"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What stands in the sealed columns of one question.
async fn sealed(place: &Path, id: &str) -> Vec<String> {
    sqlx::any::install_default_drivers();
    let file = format!("sqlite://{}", place.join("data/loes.db").display());
    let mut raw = AnyConnection::connect(&file).await.expect("a database");
    let mut texts = Vec::new();
    for sql in SEALED {
        let of = if sql.ends_with("question") {
            "id"
        } else {
            "question"
        };
        let sql = AssertSqlSafe(format!("{sql} WHERE {of} = '{id}'"));
        for row in raw.fetch_all(sql).await.expect("rows") {
            texts.push(row.try_get::<String, _>(0).expect("a text"));
        }
    }
    raw.close().await.expect("closed");
    texts
}

/// The pages that tell of a mistake in the address itself say nothing of it.
fn look_at_error_pages(parent: &mut Walk) {
    for (path, status) in [
        ("/kanarie", StatusCode::NOT_FOUND),
        ("/antwoord/kanarie", StatusCode::NOT_FOUND),
        ("/zoeken?q=kanarie%00", StatusCode::BAD_REQUEST),
    ] {
        let page = parent.visitor.get(path).expect("a page");
        assert_eq!(page.status, status, "{path}");
        parent.hunt.look_in(path, &page.body);
    }
}

/// The staff read both, write a note, a draft and an answer.
fn work(staff: &mut Walk, server: &Server) -> String {
    staff.join(server);
    let inbox = staff.get("/loket-werk");
    let links = inbox.attributes("main a[href^='/loket-werk/vraag/']", "href");
    let mut of_letter = String::new();
    for link in links {
        let link = link.split(['?', '#']).next().expect("a path").to_owned();
        if staff.get(&link).text().contains("Kanariebrief") {
            of_letter = link;
        } else {
            staff.step(&link, "concept", "Kanarieconcept");
        }
    }
    staff.step(&of_letter, "concept", "Kanariebegin");
    staff.step(&of_letter, "notitie", "Kanarienotitie");
    let seen = staff.step(&of_letter, "voorbeeld", "Kanarieantwoord");
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
    let sent = staff.step(&of_letter, "antwoord", "Kanarieantwoord");
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(
        staff.step(&of_letter, "notitie", " ").status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    of_letter
}

/// Opens the question, and does with it what is done with the form `css`.
fn come_back(parent: &mut Walk, code: &str, css: &str, text: &str) -> Seen {
    let form = parent.get("/mijn-vraag");
    let page = parent.submit(&form, "main form", &[("code", code)]);
    assert!(page.text().contains("Kanarieantwoord"), "{}", page.text());
    parent.submit(&page, css, &[("tekst", text)])
}

fn backup(server: &Server) {
    let mut program = assert_cmd::Command::cargo_bin("loes").expect("the program");
    program
        .args(["backup", "kopie"])
        .current_dir(server.place.path())
        .env_clear()
        .assert()
        .success();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_people_write_stands_nowhere_that_it_does_not_belong() {
    let server = Server::start(&[
        "--log",
        "json",
        "--log-level",
        "debug",
        "--metrics-listen",
        "127.0.0.1:0",
    ]);
    let place = server.place.path().to_owned();
    let (mut parent, mut staff) = (Walk::new(&server), Walk::new(&server));
    let by_mail = [
        ("antwoord", "mail"),
        ("mail", MAIL),
        ("naam", "Kanariemoeder"),
    ];
    let letter = parent.ask("Kanariebrief over slapen", &by_mail);
    let by_phone = [
        ("antwoord", "bellen"),
        ("telefoon", "06 12 34 98 76"),
        ("tijden", "na het kanarievoer"),
        ("naam", "Kanarievader"),
    ];
    let call = parent.ask("Kanarieroep over eten", &by_phone);
    for walk in [&mut parent, &mut staff] {
        walk.hunt.words.extend([letter.clone(), call.clone()]);
    }
    let question = work(&mut staff, &server);
    let write = "form[action='/mijn-vraag/schrijf']";
    come_back(&mut parent, &letter, write, "Kanarieaanvulling");
    come_back(&mut parent, &letter, write, " ");
    look_at_error_pages(&mut parent);
    // Two of questions, one of the answer, one of what was added.
    wait_for_mails(&place, 4);
    backup(&server);
    let figures = Visitor::of(address_in(&server.said, "Cijfers")).get("/metrics");
    let hunt = &parent.hunt;
    hunt.look_in("the figures", &figures.expect("figures").body);
    hunt.look_in("what it told", server.told().as_bytes());
    hunt.look_in("the headers", parent.visitor.heads.as_bytes());
    hunt.look_in("the headers of staff", staff.visitor.heads.as_bytes());
    hunt.look_in_files(&place);

    let id = question.rsplit('/').next().expect("an id");
    let before = sealed(&place, id).await;
    assert_eq!(
        before.len(),
        3 + 3 + 1,
        "key, contact, digest; three messages; a note: {before:?}"
    );
    let bytes = || {
        files(&place.join("data"))
            .into_iter()
            .flat_map(|(_, bytes)| bytes)
    };
    assert!(
        before
            .iter()
            .all(|text| holds(&bytes().collect::<Vec<_>>(), text)),
        "it would be found"
    );
    let sure = come_back(
        &mut parent,
        &letter,
        "form[action='/mijn-vraag/intrekken']",
        "",
    );
    let gone = parent.submit(&sure, "form[action='/mijn-vraag/intrekken']", &[]);
    assert_eq!(gone.one("h1"), "Je vraag is ingetrokken");
    parent.hunt.look_in_files(&place);
    let after: Vec<u8> = bytes().collect();
    for text in &before {
        // Also no piece of it, on a page that was written anew in part.
        for piece in text.as_bytes().chunks_exact(24) {
            let piece = std::str::from_utf8(piece).expect("ASCII");
            assert!(!holds(&after, piece), "a piece of what was sealed is left");
        }
    }
    assert_eq!(staff.get(&question).status, StatusCode::NOT_FOUND);
}

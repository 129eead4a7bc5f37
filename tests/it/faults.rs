//! Killing the program while questions come in: what was acknowledged is there, once. `tests/faults`
//! runs more rounds of it (`ROUNDS`).
//!
//! The program that is killed is this very binary, run again with `LOES_FAULTS` set.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use loes::config::DatabaseUrl;
use loes::random::{Random, SystemRandom, array};
use loes::secrets::{Keys, ReceiptCode};
use loes::store::Store;

use crate::store::{Desk, Place};

/// The database and the file of keys, with a line break between them: this process asks.
const ROLE: &str = "LOES_FAULTS";

/// How many clients ask at once.
const CLIENTS: usize = 8;

/// The longest that a round lasts, in milliseconds; the shortest is cut off before the tables are
/// there.
const LONGEST: u64 = 700;

fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    // When nobody listens any more, this process is about to be killed.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Asks until it is killed: tells each code before it asks, and once more when it is acknowledged.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_that_ask_until_they_are_killed() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let (url, key_file) = role.split_once('\n').expect("two lines");
    sqlx::any::install_default_drivers();
    let random: Arc<dyn Random> = Arc::new(SystemRandom::open().expect("random bytes"));
    let keys = Arc::new(Keys::read(Path::new(key_file)).expect("keys"));
    let store = Store::open(&read_url(url), Arc::clone(&keys), random).await;
    let desk = Arc::new(Desk::over(store.expect("a store"), keys));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move { ask_for_ever(&desk, client).await })
        })
        .collect();
    for client in clients {
        client.await.expect("a client");
    }
}

async fn ask_for_ever(desk: &Desk, client: usize) {
    loop {
        let code = desk.code();
        let text = code.to_text();
        tell(&format!("vraagt {text}"));
        let underway = desk.question(&text).with_code(&code);
        if client.is_multiple_of(2) {
            // An impatient parent: twice at once.
            let (one, two) = tokio::join!(underway.clone().try_create(), underway.try_create());
            one.expect("asked");
            two.expect("asked");
        } else {
            underway.try_create().await.expect("asked");
        }
        tell(&format!("heeft {text}"));
    }
}

fn write_url(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite(path) => path.display().to_string(),
        DatabaseUrl::Postgres(url) => url.to_string(),
    }
}

fn read_url(text: &str) -> DatabaseUrl {
    match text.parse() {
        Ok(url) => DatabaseUrl::Postgres(url),
        Err(_) => DatabaseUrl::Sqlite(text.into()),
    }
}

/// The codes that were tried, and those that were acknowledged.
#[derive(Default)]
struct Told {
    tried: BTreeSet<String>,
    acknowledged: BTreeSet<String>,
}

impl Told {
    /// Starts clients and kills them after `patience`.
    fn hear_until_killed(&mut self, role: &str, patience: Duration) {
        let mut child = start(role);
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let killer = std::thread::spawn(move || {
            std::thread::sleep(patience);
            child.kill().expect("killed");
            child.wait().expect("gone")
        });
        for line in out.lines() {
            // The last line may be cut off.
            match line.expect("text").split_once(' ') {
                Some(("vraagt", code)) if code.len() == 19 => self.tried.insert(code.to_owned()),
                Some(("heeft", code)) if code.len() == 19 => {
                    self.acknowledged.insert(code.to_owned())
                }
                _ => false,
            };
        }
        let ended = killer.join().expect("a killer");
        assert!(ended.code().is_none(), "it ended by itself: {ended}");
    }
}

fn start(role: &str) -> Child {
    Command::new(std::env::current_exe().expect("this binary"))
        .args([
            "--exact",
            "faults::clients_that_ask_until_they_are_killed",
            "--nocapture",
        ])
        .env(ROLE, role)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("clients")
}

async fn kill_and_look(place: Place, engine: &str) {
    let rounds = std::env::var("ROUNDS").map_or(3, |rounds| rounds.parse().expect("a number"));
    let random: Arc<dyn Random> = Arc::new(SystemRandom::open().expect("random bytes"));
    let (keys, room) = (
        Arc::new(Keys::generate(&*random)),
        tempfile::tempdir().expect("a folder"),
    );
    let key_file = room.path().join("sleutels.toml");
    keys.write_new(&key_file).expect("a file of keys");
    let role = format!("{}\n{}", write_url(&place.url()), key_file.display());
    let mut all = Told::default();
    for _ in 0..rounds {
        let mut told = Told::default();
        let patience = u64::from_be_bytes(array(&*random)) % LONGEST;
        told.hear_until_killed(&role, Duration::from_millis(patience));
        let store = Store::open(&place.url(), Arc::clone(&keys), Arc::clone(&random)).await;
        let desk = Desk::over(store.expect("it opens again"), Arc::clone(&keys));
        find(&desk, &told.acknowledged).await;
        // Who got no answer sends the form again.
        for code in told.tried.difference(&told.acknowledged) {
            let code = ReceiptCode::parse(code).expect("a code");
            desk.question(&code.to_text())
                .with_code(&code)
                .create()
                .await;
        }
        desk.store.close().await;
        all.tried.append(&mut told.tried);
        all.acknowledged.append(&mut told.acknowledged);
    }
    let store = Store::open(&place.url(), Arc::clone(&keys), random).await;
    let desk = Desk {
        place,
        ..Desk::over(store.expect("a store"), keys)
    };
    find(&desk, &all.tried).await;
    let wanted = i64::try_from(all.tried.len()).expect("a number");
    for what in ["question", "message", "outbox", "message WHERE nr = 0"] {
        let kept = desk.number(&format!("SELECT COUNT(*) FROM {what}")).await;
        assert_eq!(kept, wanted, "{what}");
    }
    assert!(
        rounds < 3 || !all.acknowledged.is_empty(),
        "killed too soon each time"
    );
    tell(&format!(
        "{engine}: {rounds} rounds, {} acknowledged before a kill, {wanted} in all, none lost, none twice",
        all.acknowledged.len()
    ));
}

/// Every code leads to its own words.
async fn find(desk: &Desk, codes: &BTreeSet<String>) {
    for code in codes {
        let code = ReceiptCode::parse(code).expect("a code");
        let thread = desk.thread(&code).await;
        assert_eq!(thread.messages.len(), 1);
        assert_eq!(thread.messages[0].text, code.to_text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_questions_survive_a_kill_on_sqlite() {
    kill_and_look(Place::sqlite(), "SQLite").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_questions_survive_a_kill_on_postgresql() {
    if let Some(place) = Place::postgres().await {
        kill_and_look(place, "PostgreSQL").await;
    }
}

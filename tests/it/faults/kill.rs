//! The program, or its database, is killed while many send their questions over a socket. Who gets no
//! answer sends the same form again, as a browser does that is told to.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use loes::random::{SystemRandom, array};

use super::{Form, LIMIT, Site, code_on, hold_against, opens, rounds, tell};
use crate::program::{Server, Visitor};
use crate::store::Place;

/// How many ask at once.
const CLIENTS: usize = 12;

/// How many forms are sent in a round.
const FORMS: usize = 36;

/// In how many rounds a server stays that is not itself killed: it limits how much one address asks.
const STAY: usize = 4;

/// How often what went wrong for who asked.
#[derive(Default)]
struct Trouble {
    /// No answer, or half of one.
    lost: usize,
    /// 503, with the words kept.
    refused: usize,
}

/// The same for all clients of a round.
struct Round {
    address: Mutex<SocketAddr>,
    queue: Mutex<Vec<Form>>,
    /// By words: the code that was shown.
    shown: Mutex<HashMap<String, String>>,
    trouble: Mutex<Trouble>,
}

impl Round {
    fn work(&self, told: &Sender<()>) {
        loop {
            let form = self.queue.lock().unwrap().pop();
            let Some(form) = form else { return };
            // Every third is impatient, and sends what was answered once more.
            let times = if form.words.ends_with("3.") { 2 } else { 1 };
            for _ in 0..times {
                let code = self.insist(&form);
                let earlier = self
                    .shown
                    .lock()
                    .unwrap()
                    .insert(form.words.clone(), code.clone());
                assert!(earlier.is_none_or(|earlier| earlier == code));
                let _ = told.send(());
            }
        }
    }

    /// Sends `form` until a code is shown.
    fn insist(&self, form: &Form) -> String {
        let begun = Instant::now();
        loop {
            let address = *self.address.lock().unwrap();
            match Visitor::of(address).post("/vraag", &form.fields) {
                Ok(page) if page.status == StatusCode::OK => return code_on(&page.text()),
                Ok(page) => {
                    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
                    assert!(page.text().contains(&form.words), "{}", page.text());
                    self.trouble.lock().unwrap().refused += 1;
                }
                Err(_) => self.trouble.lock().unwrap().lost += 1,
            }
            assert!(begun.elapsed() < LIMIT, "no code for {}", form.words);
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A PostgreSQL of our own, that can crash.
struct Crashing {
    child: Child,
    url: url::Url,
    crash: String,
}

impl Crashing {
    fn start() -> Self {
        let mut child = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("tests/postgres");
        let printed = BufReader::new(child.stdout.as_mut().expect("its output"));
        let mut values = printed.lines().map(|line| {
            let line = line.expect("a line");
            line.split_once('=').expect("a value").1.to_owned()
        });
        let mut next = || values.next().expect("it ended");
        let (url, crash) = (next().parse().expect("an address"), next());
        Self { child, url, crash }
    }

    fn crash(&self) {
        let status = Command::new(&self.crash).status();
        assert!(status.expect("a command").success(), "it did not come back");
    }
}

impl Drop for Crashing {
    fn drop(&mut self) {
        // It serves until its input ends.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// What is killed.
enum Victim<'a> {
    Program(&'a mut Server),
    Database(&'a Crashing),
}

impl Victim<'_> {
    fn strike(&mut self, site: &Site, address: &Mutex<SocketAddr>) {
        match self {
            Self::Program(server) => {
                server.kill();
                **server = site.start();
                *address.lock().unwrap() = server.address;
            }
            Self::Database(database) => database.crash(),
        }
    }
}

/// Something between nothing and `most`.
fn some(random: &SystemRandom, most: usize) -> usize {
    usize::from_be_bytes(array(random)) % most
}

/// Strikes once while `forms` are sent; gives what was shown.
fn strike_once(
    site: &Site,
    victim: &mut Victim<'_>,
    address: SocketAddr,
    forms: Vec<Form>,
    trouble: &mut Trouble,
) -> HashMap<String, String> {
    let random = SystemRandom::open().expect("random bytes");
    let round = Round {
        address: Mutex::new(address),
        queue: Mutex::new(forms),
        shown: Mutex::default(),
        trouble: Mutex::default(),
    };
    let (told, heard) = channel();
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            let (round, told) = (&round, told.clone());
            scope.spawn(move || round.work(&told));
        }
        // In the midst of it: some have their code, a request of each of the others is under way.
        for _ in 0..some(&random, FORMS - CLIENTS) {
            heard.recv().expect("a code");
        }
        let moment = u64::try_from(some(&random, 15_000)).expect("a number");
        std::thread::sleep(Duration::from_micros(moment));
        victim.strike(site, &round.address);
    });
    let had = round.trouble.into_inner().unwrap();
    trouble.lost += had.lost;
    trouble.refused += had.refused;
    round.shown.into_inner().unwrap()
}

async fn ask_while_killing(site: Site, database: Option<&Crashing>, rounds: usize) {
    let begun = Instant::now();
    let mut server = site.start();
    let mut visitor = Visitor::of(server.address);
    let mut forms = Form::fetch_all(&mut visitor, "Vraag", rounds * FORMS);
    let (mut codes, mut trouble) = (HashMap::new(), Trouble::default());
    for turn in 0..rounds {
        if database.is_some() && turn > 0 && turn % STAY == 0 {
            drop(server);
            server = site.start();
        }
        let of_round = forms.split_off(forms.len() - FORMS);
        let address = server.address;
        let mut victim = match database {
            Some(database) => Victim::Database(database),
            None => Victim::Program(&mut server),
        };
        let shown = strike_once(&site, &mut victim, address, of_round, &mut trouble);
        assert_eq!(shown.len(), FORMS, "a code for each form");
        let mut visitor = Visitor::of(server.address);
        for (words, code) in &shown {
            assert!(opens(&mut visitor, code, words), "lost: {words}");
        }
        codes.extend(shown);
    }
    assert!(
        trouble.lost + trouble.refused > 0 || database.is_some(),
        "never killed while somebody waited"
    );
    drop(server);
    let engine = site.engine();
    let desk = site.into_desk().await;
    hold_against(&desk, &codes).await;
    desk.store.close().await;
    tell(&format!(
        "kill -9 of {} while asking ({engine}): {rounds} rounds, {} forms, {} answers lost on the way, \
         {} times 503; 0 lost, 0 twice ({:.0?})",
        if database.is_some() {
            "the database"
        } else {
            "loes serve"
        },
        codes.len(),
        trouble.lost,
        trouble.refused,
        begun.elapsed()
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_survives_a_kill_of_the_program_on_sqlite() {
    ask_while_killing(Site::new(Place::sqlite()), None, rounds(2)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_survives_a_kill_of_the_program_on_postgresql() {
    if let Some(place) = Place::postgres().await {
        ask_while_killing(Site::new(place), None, rounds(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_survives_a_kill_of_postgresql() {
    // Where there is one, another can be started.
    if Place::postgres().await.is_some() {
        let database = Crashing::start();
        let place = Place::on_server(database.url.clone()).await;
        ask_while_killing(Site::new(place), Some(&database), rounds(2)).await;
    }
}

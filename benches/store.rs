//! How long asking and the inbox take with few and with many questions, for `tests/bench store`. All
//! of them lie open at one loket, which is the worst there is. PostgreSQL is measured when
//! `LOES_TEST_POSTGRES` names a server.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on says where"
)]

#[path = "../tests/it/store/place.rs"]
#[expect(dead_code, reason = "a bench looks at less than the tests do")]
mod place;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use loes::clock::{Clock as _, SystemClock};
use loes::domain::{
    AgeBand, AnswerWay, Audience, Channel, Contact, MailAddress, NewQuestion, Question, QuestionId,
    Role, Slug, Staff,
};
use loes::random::{Random, SystemRandom, array};
use loes::secrets::Keys;
use loes::store::{Added, Asked, InboxFilter, NewStaff, Store, Tx, Wanted};

use place::Place;

/// How many questions there are at first, and in the end.
const SIZES: [u64; 2] = [200, 20_000];

/// How often each thing is measured.
const TIMES: usize = 1_000;

/// How often a word is looked for: each time as many questions are opened as ever are.
const FINDS: usize = 20;

/// The most that many questions may cost more than few.
const MOST: f64 = 3.0;

struct Bench {
    store: Store,
    keys: Arc<Keys>,
    random: Arc<dyn Random>,
    staff: Staff,
    asked: u64,
}

fn now() -> Timestamp {
    SystemClock.now()
}

impl Bench {
    async fn open(place: &Place) -> Self {
        let random: Arc<dyn Random> = Arc::new(SystemRandom::open().expect("random bytes"));
        let keys = Arc::new(Keys::generate(&*random));
        let store = Store::open(&place.url(), Arc::clone(&keys), Arc::clone(&random)).await;
        let store = store.expect("a store");
        let staff = add_staff(&store).await;
        Self {
            store,
            keys,
            random,
            staff,
            asked: 0,
        }
    }

    async fn ask(&self, tx: &mut Tx<'_>, urgent: bool) -> QuestionId {
        let question = NewQuestion {
            text: "Mijn zoon van drie slaapt al weken niet door en wij zijn op. ".repeat(4),
            age: Some(AgeBand::Peuter),
            audience: Audience::Ouder,
            loket: self.staff.loket.clone(),
            contact: Contact {
                name: None,
                way: AnswerWay::Mail(MailAddress::parse("els@voorbeeld.nl").expect("an address")),
                postcode: None,
            },
        };
        let asked = Asked {
            question: &question,
            code: &self.keys.receipt_code(&array(&*self.random)),
            body: &question.text,
            channel: Channel::Site,
            urgent,
            due: now() + SignedDuration::from_hours(48),
            now: now(),
        };
        match tx.ask(&asked).await.expect("asked") {
            Added::New(id) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Asks until there are `size` questions.
    async fn fill(&mut self, size: u64) {
        while self.asked < size {
            let mut tx = self.store.write().await.expect("a change");
            for _ in 0..100 {
                self.asked += 1;
                let id = self.ask(&mut tx, self.asked.is_multiple_of(50)).await;
                if self.asked.is_multiple_of(5) {
                    self.claim(&mut tx, id).await;
                }
            }
            tx.commit().await.expect("committed");
            self.deliver(200).await;
        }
    }

    async fn claim(&self, tx: &mut Tx<'_>, id: QuestionId) {
        let entry = tx
            .entry(&self.staff, id, loes::store::Action::Claim, "", now())
            .await;
        let question = entry.expect("read").expect("an entry").thread.question;
        let claimed = question.progress.claim(self.staff.id).expect("open");
        tx.set_progress(&question, claimed, question.due, now())
            .await
            .expect("claimed");
    }

    /// The outbox is worked off, as it is by the job.
    async fn deliver(&self, most: usize) {
        let mut tx = self.store.write().await.expect("a change");
        for _ in 0..most {
            let until = now() + SignedDuration::from_mins(5);
            let Some(due) = tx.take_mail(now(), until).await.expect("read") else {
                break;
            };
            tx.mail_sent(due.id, now()).await.expect("noted");
        }
        tx.commit().await.expect("committed");
    }

    async fn time_asking(&self) -> Duration {
        let begun = Instant::now();
        let mut tx = self.store.write().await.expect("a change");
        let id = self.ask(&mut tx, false).await;
        tx.commit().await.expect("committed");
        let took = begun.elapsed();
        // Taken away again: the number of questions stays what it is.
        let thread = self.store.thread_by_id(id).await.expect("read");
        self.erase(&thread.expect("a thread").question).await;
        took
    }

    async fn erase(&self, question: &Question) {
        let mut tx = self.store.write().await.expect("a change");
        tx.erase(question, "meting", now()).await.expect("erased");
        tx.commit().await.expect("committed");
    }

    async fn time_inbox(&self, filter: InboxFilter) -> Duration {
        let begun = Instant::now();
        let mut tx = self.store.write().await.expect("a change");
        let inbox = tx.inbox(&self.staff, filter, 0, "", now()).await;
        tx.commit().await.expect("committed");
        let took = begun.elapsed();
        assert!(inbox.is_ok_and(|inbox| inbox.counts.open > 0));
        took
    }

    /// Looks for a word that stands nowhere: nothing is looked at less for it.
    async fn time_finding(&self) -> Duration {
        let wanted = Wanted::parse("kanarie").expect("a word");
        let begun = Instant::now();
        let found = self.store.find(&self.staff, &wanted, "", now()).await;
        let took = begun.elapsed();
        assert!(found.is_ok_and(|found| found.listed.is_empty()));
        took
    }

    async fn time_looking_for_mail(&self) -> Duration {
        let begun = Instant::now();
        self.deliver(1).await;
        begun.elapsed()
    }
}

async fn add_staff(store: &Store) -> Staff {
    let new = NewStaff {
        name: "anna",
        mail: &MailAddress::parse("anna@voorbeeld.nl").expect("an address"),
        role: Role::Medewerker,
        loket: &Slug::parse("tubbergen").expect("a slug"),
        password: "",
        totp: None,
        totp_step: 0,
        recovery: &[],
    };
    let mut tx = store.write().await.expect("a change");
    let staff = tx.add_staff(&new, now()).await.expect("an account");
    tx.commit().await.expect("committed");
    staff.expect("a new account")
}

/// The median and the 99th percentile, in milliseconds.
fn judge(mut times: Vec<Duration>) -> [f64; 2] {
    times.sort();
    [50, 99].map(|percent| {
        let at = times.len() * percent / 100;
        times.get(at).map_or(0.0, Duration::as_secs_f64) * 1_000.0
    })
}

/// What is measured.
const WHAT: [&str; 4] = ["asking", "inbox, open", "inbox, mine", "looking for mail"];

impl Bench {
    async fn time(&self, what: &str) -> Duration {
        match what {
            "asking" => self.time_asking().await,
            "inbox, open" => self.time_inbox(InboxFilter::Open).await,
            "inbox, mine" => self.time_inbox(InboxFilter::Mine).await,
            _ => self.time_looking_for_mail().await,
        }
    }
}

/// Measures the two by turns: what else the machine does weighs on both alike.
async fn compare(what: &str, few: &Bench, many: &Bench) {
    let (mut with_few, mut with_many) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        with_few.push(few.time(what).await);
        with_many.push(many.time(what).await);
    }
    let (before, after) = (judge(with_few), judge(with_many));
    for (name, before, after) in [("p50", before[0], after[0]), ("p99", before[1], after[1])] {
        let ratio = after / before;
        let met = if name == "p50" || ratio <= MOST {
            ""
        } else {
            ": NOT MET"
        };
        let [few, many] = SIZES;
        println!(
            "{what:<17} {name}  {few}: {before:7.2}  {many}: {after:7.2}  ratio {ratio:.2}{met}"
        );
    }
}

async fn run(engine: &str, places: [Place; 2]) {
    println!("== {engine}, in milliseconds");
    let mut benches = [Bench::open(&places[0]).await, Bench::open(&places[1]).await];
    for (bench, size) in benches.iter_mut().zip(SIZES) {
        bench.fill(size).await;
    }
    let [few, many] = benches;
    for what in WHAT {
        compare(what, &few, &many).await;
    }
    let mut times = Vec::new();
    for _ in 0..FINDS {
        times.push(many.time_finding().await);
    }
    let [p50, p99] = judge(times);
    let many_are = SIZES[1];
    println!("finding a word    p50  {many_are}: {p50:.0}, the slowest of {FINDS} {p99:.0}");
    few.store.close().await;
    many.store.close().await;
}

#[tokio::main]
async fn main() {
    run("SQLite", [Place::sqlite(), Place::sqlite()]).await;
    if let (Some(one), Some(two)) = (Place::postgres().await, Place::postgres().await) {
        run("PostgreSQL", [one, two]).await;
    }
}

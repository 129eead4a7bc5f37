//! The mail server is away, refuses, breaks off or is slow: who asks does not notice, every mail comes
//! through once the server is well, and what never will is shown to staff.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use loes::clock::Clock;
use loes::jobs::{Post, Shelf};
use loes::mail::Sender;
use loes::search::Snapshot;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};

use super::{Form, LIMIT, Site, tell};
use crate::mail_server::{MailServer, Manner, message_id};
use crate::program::{Server, Visitor};
use crate::store::{Desk, Place, minutes, slug};
use crate::support::small_library;

/// How many are sent to a site with a good mail server, and as many to one with a bad one, by turns.
const SENT: usize = 12;

/// How much longer asking may take with a bad mail server: chance included, far below what waiting for
/// mail would make of it.
const RATIO: f64 = 3.0;

const SILENT: &str = "silent for longer than we wait";

const BAD: [(&str, Manner); 4] = [
    ("451", Manner::Refuse("451 4.3.0 later")),
    ("550", Manner::Refuse("550 5.1.1 no such mailbox")),
    ("broken off after DATA", Manner::HangUp),
    (SILENT, Manner::Silent),
];

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().expect("times")
}

fn send(form: &Form, server: &Server) -> Duration {
    let begun = Instant::now();
    let receipt = Visitor::of(server.address).post("/vraag", &form.fields);
    assert_eq!(receipt.expect("a receipt").status, StatusCode::OK);
    begun.elapsed()
}

/// Sends to both by turns; gives how much longer the second took.
fn compare(good: (&Server, &[Form]), bad: (&Server, &[Form])) -> f64 {
    let (mut well, mut badly) = (Vec::new(), Vec::new());
    for (one, other) in good.1.iter().zip(bad.1) {
        well.push(send(one, good.0));
        badly.push(send(other, bad.0));
    }
    median(badly).as_secs_f64() / median(well).as_secs_f64()
}

/// How many rows of the outbox are so.
async fn rows(place: &Place, so: &str) -> i64 {
    let mut raw = place.raw().await;
    let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM outbox WHERE {so}"));
    let row = raw.fetch_one(sql).await.expect("a row");
    row.try_get(0).expect("a number")
}

/// Waits until so many are.
async fn until(place: &Place, wanted: usize, so: &str) {
    let (begun, wanted) = (Instant::now(), i64::try_from(wanted).expect("a number"));
    while rows(place, so).await < wanted {
        assert!(begun.elapsed() < LIMIT, "{so}: never {wanted}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn asking_does_not_wait_for_mail(good: Place, bad: Place) {
    let well = MailServer::start(Manner::Fine);
    let (good, engine) = (
        Site::new(good).with(&["--smtp-url", &well.url()]),
        bad.is_sqlite(),
    );
    let engine = if engine { "SQLite" } else { "PostgreSQL" };
    // Nobody listens there, until later.
    let port = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = port.local_addr().expect("an address");
    drop(port);
    let bad = Site::new(bad).with(&["--smtp-url", &format!("smtp://{at}")]);
    let (of_good, of_bad) = (good.start(), bad.start());
    let count = SENT * (BAD.len() + 1);
    let one = Form::fetch_all(&mut Visitor::of(of_good.address), "Vraag", count);
    let other = Form::fetch_all(&mut Visitor::of(of_bad.address), "Vraag", count);
    let (mut one, mut other) = (one.chunks(SENT), other.chunks(SENT));
    let mut ratios = Vec::new();
    let mut turn = async |name: &'static str| {
        let (one, other) = (one.next().expect("forms"), other.next().expect("forms"));
        let (first, rest) = other.split_first().expect("forms");
        // Measured while the job that delivers is at it.
        send(first, &of_bad);
        until(&bad.place, ratios.len() * SENT + 1, "attempts > 0").await;
        ratios.push((name, compare((&of_good, one), (&of_bad, rest))));
        if name != SILENT {
            until(
                &bad.place,
                ratios.len() * SENT,
                "attempts > 0 AND taken IS NULL",
            )
            .await;
        }
    };
    turn("down").await;
    let server = MailServer::start_on(&TcpListener::bind(at).expect("the port"), Manner::Fine);
    for (name, manner) in BAD {
        server.behave(manner);
        turn(name).await;
    }
    let mut came_of_it = Vec::new();
    for (what, problem) in [
        (
            "no connection",
            "sent IS NULL AND refused IS NULL AND problem LIKE 'no connection%'",
        ),
        (
            "451",
            "sent IS NULL AND refused IS NULL AND problem LIKE 'SMTP 451%'",
        ),
        (
            "connection lost",
            "sent IS NULL AND refused IS NULL AND problem LIKE 'connection lost%'",
        ),
        (
            "550, shown to staff",
            "refused IS NOT NULL AND problem LIKE 'SMTP 550%'",
        ),
    ] {
        let count = rows(&bad.place, problem).await;
        assert_eq!(Ok(count), i64::try_from(SENT), "{what}");
        came_of_it.push(format!("{count} {what}"));
    }
    let told: Vec<_> = ratios
        .iter()
        .map(|(name, ratio)| format!("{name} {ratio:.2}"))
        .collect();
    tell(&format!(
        "mail server is bad ({engine}): asking takes, in times of what it takes with a good one: {}; at most \
         {RATIO}; the outbox notes: {}",
        told.join(", "),
        came_of_it.join(", ")
    ));
    for (name, ratio) in ratios {
        assert!(ratio < RATIO, "{name}: {ratio}");
    }
}

/// Delivers on a clock that is set forward, first to a bad server and then to a good one.
async fn each_mail_comes_through_once(place: Place) {
    const EACH: usize = 6;
    let desk = Desk::open(place).await;
    let server = MailServer::start(Manner::Fine);
    let day = jiff::civil::date(2026, 11, 22);
    let snapshot = Snapshot::in_memory(&small_library(), day).expect("an index");
    let post = Post::new(
        Arc::new(desk.store.clone()),
        Arc::new(Shelf::new(snapshot, Vec::new())),
        Arc::clone(&desk.watch) as Arc<dyn Clock>,
        (
            server.postman(),
            Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender"),
        ),
        "https://loes.example/".parse().expect("a url"),
    );
    // Who says nothing makes each letter wait for 20 seconds; that is seen above.
    for (_, manner) in &BAD[..3] {
        server.behave(*manner);
        for _ in 0..EACH {
            desk.question("Mijn zoon slaapt niet").create().await;
        }
        while post.deliver_one().await.expect("a database") {}
    }
    let broken_off = server.heard.try_iter().count();
    server.behave(Manner::Fine);
    for _ in 0..24 {
        desk.later(minutes(60));
        while post.deliver_one().await.expect("a database") {}
    }
    let letters: Vec<String> = server.heard.try_iter().collect();
    let different: BTreeSet<&str> = letters.iter().map(|letter| message_id(letter)).collect();
    let undelivered = desk
        .store
        .undelivered(&slug("tubbergen"))
        .await
        .expect("read");
    let waiting = desk
        .number("SELECT COUNT(*) FROM outbox WHERE sent IS NULL AND refused IS NULL")
        .await;
    tell(&format!(
        "mail after 451, 550 and breaking off ({}): {} mails, {} delivered once, {} shown to staff, {waiting} \
         waiting; {broken_off} had been heard without a word and came again with their own Message-ID",
        if desk.place.is_sqlite() {
            "SQLite"
        } else {
            "PostgreSQL"
        },
        3 * EACH,
        letters.len(),
        undelivered.len(),
    ));
    assert_eq!((letters.len(), different.len()), (2 * EACH, 2 * EACH));
    assert_eq!((undelivered.len(), waiting), (EACH, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_does_not_wait_for_mail_on_sqlite() {
    asking_does_not_wait_for_mail(Place::sqlite(), Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_does_not_wait_for_mail_on_postgresql() {
    if let (Some(good), Some(bad)) = (Place::postgres().await, Place::postgres().await) {
        asking_does_not_wait_for_mail(good, bad).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_mail_comes_through_once_on_sqlite() {
    each_mail_comes_through_once(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_mail_comes_through_once_on_postgresql() {
    if let Some(place) = Place::postgres().await {
        each_mail_comes_through_once(place).await;
    }
}

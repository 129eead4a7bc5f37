//! The disk is full, or another program holds the database: visitors are told so with their words
//! kept, pages and search go on, and the same form goes through afterwards.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use sqlx::{AnyConnection, Executor as _};
use tempfile::TempDir;

use super::{Form, Site, code_on, hold_against, opens, tell};
use crate::program::{Server, Visitor};
use crate::store::Place;
use crate::support::Seen;

/// How many send their question meanwhile.
const VISITORS: usize = 5;

/// The longest that a page may take while no question can be kept.
const PAGE: Duration = Duration::from_secs(2);

/// What is wrong with the database.
trait Wrong {
    const WHAT: &'static str;
    async fn begin(&mut self, site: &Site, server: &Server);
    async fn end(&mut self, server: &Server);
}

/// Another program is in the midst of a change.
#[derive(Default)]
struct Held(Option<AnyConnection>);

impl Wrong for Held {
    const WHAT: &'static str = "another program holds the database";

    async fn begin(&mut self, site: &Site, _: &Server) {
        let mut other = site.place.raw().await;
        let held = if site.place.is_sqlite() {
            "BEGIN IMMEDIATE"
        } else {
            "BEGIN; LOCK TABLE question IN ACCESS EXCLUSIVE MODE"
        };
        other.execute(held).await.expect("held");
        self.0 = Some(other);
    }

    async fn end(&mut self, _: &Server) {
        let mut other = self.0.take().expect("held");
        other.execute("ROLLBACK").await.expect("let go");
    }
}

/// The program may write no file beyond its first page (`RLIMIT_FSIZE`): SQLite hears "file too large".
struct ShortFiles;

impl ShortFiles {
    fn limit(server: &Server, bytes: &str) {
        let done = Command::new("prlimit")
            .args(["--pid", &server.child.id().to_string()])
            .arg(format!("--fsize={bytes}:unlimited"))
            .status();
        assert!(done.expect("prlimit").success());
    }
}

impl Wrong for ShortFiles {
    const WHAT: &'static str = "files cannot grow (RLIMIT_FSIZE)";

    async fn begin(&mut self, _: &Site, server: &Server) {
        Self::limit(server, "4096");
    }

    async fn end(&mut self, server: &Server) {
        Self::limit(server, "unlimited");
    }
}

/// A small disk in memory, filled up with a file.
struct SmallDisk {
    at: TempDir,
}

impl SmallDisk {
    /// Nothing when we may not mount one: that takes root, and not in every container.
    fn mount() -> Option<Self> {
        let at = TempDir::new().expect("a folder");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"])
            .arg(at.path())
            .output();
        done.is_ok_and(|done| done.status.success())
            .then_some(Self { at })
    }

    fn ballast(&self) -> PathBuf {
        self.at.path().join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the folder in it may still be open.
        let _ = Command::new("umount")
            .arg("-l")
            .arg(self.at.path())
            .status();
    }
}

fn fill(file: &Path) {
    let mut ballast = File::create(file).expect("a file");
    for size in [4096, 1] {
        let bytes = vec![0; size];
        while ballast.write_all(&bytes).is_ok() {}
    }
}

impl Wrong for SmallDisk {
    const WHAT: &'static str = "the disk is full (tmpfs)";

    async fn begin(&mut self, _: &Site, _: &Server) {
        fill(&self.ballast());
    }

    async fn end(&mut self, _: &Server) {
        std::fs::remove_file(self.ballast()).expect("gone");
    }
}

/// All send at once; every one is told, with all that she typed.
fn are_told(server: &Server, forms: &[Form]) -> Vec<Seen> {
    let told: Vec<Seen> = std::thread::scope(|scope| {
        let senders: Vec<_> = forms
            .iter()
            .map(|form| scope.spawn(|| Visitor::of(server.address).post("/vraag", &form.fields)))
            .collect();
        let pages = senders.into_iter();
        pages
            .map(|sender| sender.join().expect("a visitor").expect("a page"))
            .collect()
    });
    for (form, page) in forms.iter().zip(&told) {
        assert_eq!(
            page.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "{}",
            server.told()
        );
        assert_eq!(page.one("h1"), "Dit lukt nu even niet");
        let kept = page.fields("main form");
        for field in &form.fields {
            assert!(kept.contains(field), "{field:?}: {kept:?}");
        }
    }
    told
}

/// Pages and searches, until `done`; gives the slowest and how many.
fn read_on(server: &Server, done: &dyn Fn() -> bool) -> (Duration, usize) {
    let (mut slowest, mut pages) = (Duration::ZERO, 0);
    while !done() {
        for path in ["/antwoord/niet-slapen", "/zoeken?q=slapen", "/", "/vraag"] {
            let begun = Instant::now();
            let page = Visitor::of(server.address).get(path).expect("a page");
            assert_eq!(page.status, StatusCode::OK, "{path}");
            slowest = slowest.max(begun.elapsed());
            pages += 1;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    (slowest, pages)
}

async fn nothing_is_lost<W: Wrong>(site: Site, server: Server, mut wrong: W) {
    let mut visitor = Visitor::of(server.address);
    let forms = Form::fetch_all(&mut visitor, "Vraag", VISITORS + 1);
    let (before, forms) = forms.split_first().expect("forms");
    let code = code_on(&before.send(&mut visitor));
    let mut codes = HashMap::from([(before.words.clone(), code.clone())]);

    wrong.begin(&site, &server).await;
    let (told, (slowest, pages)) = std::thread::scope(|scope| {
        let sending = scope.spawn(|| are_told(&server, forms));
        let read = read_on(&server, &|| sending.is_finished());
        (sending.join().expect("all were told"), read)
    });
    assert!(slowest < PAGE, "a page took {slowest:?}");
    if site.place.is_sqlite() {
        assert!(opens(&mut visitor, &code, &before.words), "reading goes on");
    }
    wrong.end(&server).await;
    for (form, page) in forms.iter().zip(&told) {
        let receipt = visitor.submit(page, "main form", &[]).expect("a page");
        assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.text());
        codes.insert(form.words.clone(), code_on(&receipt.text()));
    }
    drop(server);
    let engine = site.engine();
    let desk = site.into_desk().await;
    hold_against(&desk, &codes).await;
    desk.store.close().await;
    tell(&format!(
        "{} ({engine}): {VISITORS} of {VISITORS} told (503, words kept), {pages} pages meanwhile, the \
         slowest in {slowest:.0?}; afterwards 0 lost, 0 twice",
        W::WHAT
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_program_holds_is_waited_for_on_sqlite() {
    let site = Site::new(Place::sqlite());
    let server = site.start();
    nothing_is_lost(site, server, Held::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_program_holds_is_waited_for_on_postgresql() {
    if let Some(place) = Place::postgres().await {
        let site = Site::new(place);
        let server = site.start();
        nothing_is_lost(site, server, Held::default()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_that_cannot_grow_lose_nothing() {
    let site = Site::new(Place::sqlite());
    let server = Server::start_unstopped_by_large_files(&site.room, &site.args());
    nothing_is_lost(site, server, ShortFiles).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_loses_nothing() {
    let Some(disk) = SmallDisk::mount() else {
        tell("the disk is full (tmpfs): left out, a disk cannot be mounted here");
        return;
    };
    let room = TempDir::new_in(disk.at.path()).expect("a folder");
    let data = room.path().display().to_string();
    let site = Site::new(Place::sqlite_in(room)).with(&["--data", &data]);
    let server = site.start();
    nothing_is_lost(site, server, disk).await;
}

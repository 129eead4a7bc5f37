//! Checkpoints of the log, and rows whose term is over.

use std::sync::Arc;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use loes::domain::{Role, Staff};
use loes::store::{Action, Break, Checkpoint, Mismatch};

use super::desk::{Desk, slug};

const DAY: Date = date(2026, 11, 22);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// `rows` lines, an hour apart.
async fn write_down(desk: &Desk, staff: &Staff, rows: usize) {
    for _ in 0..rows {
        let now = desk.later(HOUR);
        let mut tx = desk.store.write().await.expect("a change");
        let logged = tx.log(staff, Action::Read, &[], true, "192.0.2.1", now);
        logged.await.expect("logged");
        tx.commit().await.expect("committed");
    }
}

/// The checkpoints of now, as they are read back from a file.
async fn marked(desk: &Desk) -> Vec<Checkpoint> {
    let made = desk.store.checkpoints(DAY).await.expect("checkpoints");
    let lines = made.iter().map(ToString::to_string);
    let read: Vec<_> = lines.filter_map(|line| Checkpoint::parse(&line)).collect();
    assert_eq!(read, made);
    read
}

async fn held(desk: &Desk, checkpoints: &[Checkpoint]) -> Vec<Mismatch> {
    let held = desk.store.hold_against(checkpoints).await;
    held.expect("read")
}

async fn breaks(desk: &Desk) -> Vec<Break> {
    desk.store.verify_audit().await.expect("read")
}

async fn cut(desk: &Desk, before: Timestamp) -> u64 {
    desk.store.cut_log(before).await.expect("cut")
}

async fn seqs(desk: &Desk) -> Vec<i64> {
    let rows = desk.store.audit(&slug("tubbergen"), 100).await;
    rows.expect("rows").iter().map(|row| row.seq).collect()
}

async fn keep_copy(desk: &Desk, name: &str) {
    for table in ["audit", "audit_head", "audit_start"] {
        let copy = format!("CREATE TABLE {name}_{table} AS SELECT * FROM {table}");
        desk.try_run(&copy).await.expect("a copy");
    }
}

async fn put_back(desk: &Desk, name: &str) {
    for table in ["audit", "audit_head", "audit_start"] {
        for deed in [
            format!("DELETE FROM {table}"),
            format!("INSERT INTO {table} SELECT * FROM {name}_{table}"),
        ] {
            desk.try_run(&deed).await.expect("put back");
        }
    }
}

fn differs(loket: &str, seq: i64) -> Mismatch {
    let (loket, day) = (loket.to_owned(), DAY);
    Mismatch::Differs { loket, day, seq }
}

pub(crate) async fn a_chain_that_grows_fits_the_checkpoints_of_before(desk: Desk) {
    assert_eq!(marked(&desk).await, [], "no chain yet");
    let anna = desk.staff("anna").await;
    let bert = desk.member("bert", Role::Medewerker, "hardenberg").await;
    write_down(&desk, &anna, 3).await;
    write_down(&desk, &bert, 2).await;
    let mut kept = marked(&desk).await;
    let ends: Vec<_> = kept
        .iter()
        .map(|one| (one.loket.as_str(), one.seq))
        .collect();
    assert_eq!(ends, [("hardenberg", 2), ("tubbergen", 3)]);
    write_down(&desk, &anna, 2).await;
    kept.extend(marked(&desk).await);
    assert_eq!(held(&desk, &kept).await, []);
}

pub(crate) async fn a_chain_that_is_gone_or_put_back_does_not_fit(desk: Desk) {
    let anna = desk.staff("anna").await;
    let bert = desk.member("bert", Role::Medewerker, "hardenberg").await;
    write_down(&desk, &anna, 3).await;
    write_down(&desk, &bert, 2).await;
    keep_copy(&desk, "early").await;
    write_down(&desk, &anna, 2).await;
    let kept = marked(&desk).await;
    keep_copy(&desk, "late").await;

    put_back(&desk, "early").await;
    assert_eq!(breaks(&desk).await, [], "it holds by itself");
    assert_eq!(held(&desk, &kept).await, [differs("tubbergen", 5)]);
    // Going on to the same length does not hide it.
    write_down(&desk, &anna, 3).await;
    assert_eq!(breaks(&desk).await, []);
    assert_eq!(held(&desk, &kept).await, [differs("tubbergen", 5)]);

    put_back(&desk, "late").await;
    assert_eq!(held(&desk, &kept).await, []);
    for table in ["audit", "audit_head"] {
        desk.run(&format!("DELETE FROM {table} WHERE loket = 'hardenberg'"))
            .await;
    }
    assert_eq!(breaks(&desk).await, [], "it holds by itself");
    assert_eq!(held(&desk, &kept).await, [differs("hardenberg", 2)]);
}

pub(crate) async fn a_checkpoint_of_our_own_making_is_strange(desk: Desk) {
    let anna = desk.staff("anna").await;
    write_down(&desk, &anna, 3).await;
    let good = marked(&desk).await[0].to_string();
    let loket = || "tubbergen".to_owned();
    for (from, to) in [("2026-11-22", "2026-11-21"), (" 3 ", " 2 ")] {
        let forged = Checkpoint::parse(&good.replace(from, to)).expect("a line");
        let day = forged.day;
        let strange = Mismatch::Strange {
            loket: loket(),
            day,
        };
        assert_eq!(held(&desk, &[forged]).await, [strange]);
    }
    for odd in ["", "2026-11-22 tubbergen 3 ab", "x tubbergen 3 ab cd"] {
        assert_eq!(Checkpoint::parse(odd), None, "{odd}");
    }
    assert_eq!(Checkpoint::parse(&format!("{good} x")), None);
}

pub(crate) async fn a_head_that_is_not_ours_gets_no_mark(desk: Desk) {
    let anna = desk.staff("anna").await;
    write_down(&desk, &anna, 3).await;
    desk.run("DELETE FROM audit WHERE seq = 3").await;
    desk.run("UPDATE audit_head SET seq = 2, mac = (SELECT mac FROM audit WHERE seq = 2)")
        .await;
    assert_eq!(marked(&desk).await, []);
}

pub(crate) async fn old_rows_go_and_the_rest_still_holds(desk: Desk) {
    let anna = desk.staff("anna").await;
    write_down(&desk, &anna, 2).await;
    let mut kept = marked(&desk).await;
    write_down(&desk, &anna, 2).await;
    kept.extend(marked(&desk).await);
    let middle = desk.now() + HOUR;
    write_down(&desk, &anna, 3).await;
    kept.extend(marked(&desk).await);
    assert_eq!(cut(&desk, middle).await, 4);
    assert_eq!(seqs(&desk).await, [7, 6, 5]);
    assert_eq!(breaks(&desk).await, []);
    assert_eq!(held(&desk, &kept).await, [], "also where rows are gone");
    assert_eq!(cut(&desk, middle).await, 0, "again");
    write_down(&desk, &anna, 1).await;
    assert_eq!(cut(&desk, middle + HOUR * 2).await, 2);
    assert_eq!(seqs(&desk).await, [8, 7]);
    assert_eq!(breaks(&desk).await, []);
    assert_eq!(held(&desk, &kept).await, []);

    let mut file = Vec::new();
    desk.store
        .dump(&mut file, desk.now())
        .await
        .expect("a backup");
    desk.store
        .load(file.as_slice(), &[])
        .await
        .expect("put back");
    assert_eq!(breaks(&desk).await, [], "a backup holds the beginning too");
}

pub(crate) async fn a_log_of_old_rows_alone_goes_on_after_them(desk: Desk) {
    let anna = desk.staff("anna").await;
    write_down(&desk, &anna, 3).await;
    let kept = marked(&desk).await;
    assert_eq!(cut(&desk, desk.now() + HOUR).await, 3);
    assert_eq!(breaks(&desk).await, []);
    write_down(&desk, &anna, 2).await;
    assert_eq!(seqs(&desk).await, [5, 4]);
    assert_eq!(breaks(&desk).await, []);
    assert_eq!(
        held(&desk, &kept).await,
        [],
        "the beginning is the checkpoint"
    );
    desk.run("UPDATE audit_start SET mac = 'x'").await;
    assert_eq!(held(&desk, &kept).await, [differs("tubbergen", 3)]);
}

/// What somebody with the database in hand may do to a log that begins after row 4, and at which row
/// it shows.
const DEEDS: [(&str, i64); 7] = [
    ("DELETE FROM audit WHERE seq = 5", 5),
    ("DELETE FROM audit_start", 1),
    ("UPDATE audit_start SET seq = 5", 5),
    (
        "UPDATE audit_start SET mac = (SELECT mac FROM audit WHERE seq = 6), seq = 6",
        6,
    ),
    (
        "UPDATE audit_start SET seal = (SELECT seal FROM audit_head)",
        4,
    ),
    (
        "INSERT INTO audit SELECT loket, 2, at, staff, action, question, result, origin, mac FROM audit \
         WHERE seq = 5",
        5,
    ),
    ("DELETE FROM audit_head", 8),
];

pub(crate) async fn what_is_done_to_a_log_that_was_cut_shows(desk: Desk) {
    let anna = desk.staff("anna").await;
    write_down(&desk, &anna, 2).await;
    let first = desk.now() + HOUR;
    write_down(&desk, &anna, 2).await;
    let second = desk.now() + HOUR;
    write_down(&desk, &anna, 3).await;
    cut(&desk, first).await;
    desk.try_run("CREATE TABLE older AS SELECT * FROM audit_start")
        .await
        .expect("a copy");
    cut(&desk, second).await;
    keep_copy(&desk, "kept").await;
    let loket = || "tubbergen".to_owned();
    for (deed, seq) in DEEDS {
        assert_eq!(breaks(&desk).await, [], "before {deed}");
        desk.run(deed).await;
        let wanted = [Break {
            loket: loket(),
            seq,
        }];
        assert_eq!(breaks(&desk).await, wanted, "{deed}");
        put_back(&desk, "kept").await;
    }
    // A beginning that once was ours does not bring back what is gone.
    desk.run("DELETE FROM audit_start").await;
    desk.run("INSERT INTO audit_start SELECT * FROM older")
        .await;
    assert_eq!(
        breaks(&desk).await,
        [Break {
            loket: loket(),
            seq: 3
        }]
    );
}

pub(crate) async fn a_chain_that_does_not_hold_is_not_cut(desk: Desk) {
    let anna = desk.staff("anna").await;
    let bert = desk.member("bert", Role::Medewerker, "hardenberg").await;
    write_down(&desk, &anna, 4).await;
    write_down(&desk, &bert, 2).await;
    desk.run("UPDATE audit SET staff = 'niemand' WHERE loket = 'tubbergen' AND seq = 2")
        .await;
    assert_eq!(cut(&desk, desk.now() + HOUR).await, 2, "the other is");
    assert_eq!(seqs(&desk).await, [4, 3, 2, 1]);
    desk.run("DELETE FROM audit_head WHERE loket = 'tubbergen'")
        .await;
    assert_eq!(cut(&desk, desk.now() + HOUR).await, 0);
    assert_eq!(seqs(&desk).await, [4, 3, 2, 1], "the traces stay");
}

pub(crate) async fn two_that_cut_at_once_leave_one_chain(desk: Desk) {
    let desk = Arc::new(desk);
    let anna = desk.staff("anna").await;
    write_down(&desk, &anna, 20).await;
    let before = desk.now() - HOUR * 5;
    let cutting = [(); 4].map(|()| {
        let desk = Arc::clone(&desk);
        tokio::spawn(async move { cut(&desk, before).await })
    });
    let writing = tokio::spawn({
        let (desk, anna) = (Arc::clone(&desk), anna.clone());
        async move { write_down(&desk, &anna, 10).await }
    });
    let mut erased = 0;
    for one in cutting {
        erased += one.await.expect("a worker");
    }
    writing.await.expect("written");
    assert_eq!(erased, 14);
    assert_eq!(breaks(&desk).await, []);
    assert_eq!(seqs(&desk).await.len(), 16);
}

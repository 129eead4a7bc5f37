//! The log of what staff read: complete, and what is done to it shows.

use std::sync::Arc;

use loes::domain::{Role, Staff};
use loes::store::{Action, Break, InboxFilter};

use super::desk::{Desk, slug};

async fn write_down(desk: &Desk, staff: &Staff, action: Action) {
    let mut tx = desk.store.write().await.expect("a change");
    tx.log(staff, action, &[], true, "192.0.2.1", desk.now())
        .await
        .expect("logged");
    tx.commit().await.expect("committed");
}

async fn breaks(desk: &Desk) -> Vec<Break> {
    desk.store.verify_audit().await.expect("read")
}

pub(crate) async fn every_read_is_written_down_also_when_it_is_refused(desk: Desk) {
    let anna = desk.staff("anna").await;
    let bert = desk.member("bert", Role::Medewerker, "hardenberg").await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    assert!(desk.read(&anna, asked.id).await.is_some());
    assert!(desk.read(&bert, asked.id).await.is_none());
    desk.inbox(&anna, InboxFilter::Open, 0).await;

    let own = desk
        .store
        .audit(&slug("tubbergen"), 10)
        .await
        .expect("rows");
    let told: Vec<_> = own
        .iter()
        .map(|row| (row.seq, row.action.as_str(), row.result.as_str()))
        .collect();
    let wanted = [
        (2, "lijst gezien", "gelukt"),
        (1, "vraag gelezen", "gelukt"),
    ];
    assert_eq!(told, wanted);
    for row in own {
        assert_eq!(row.question, asked.id.to_string());
        assert_eq!(row.staff, anna.id.to_string());
        assert_eq!((row.origin.as_str(), row.at), ("192.0.2.1", desk.now()));
    }
    let other = desk
        .store
        .audit(&slug("hardenberg"), 10)
        .await
        .expect("rows");
    assert_eq!(other.len(), 1);
    assert_eq!(other[0].result, "geweigerd");
    assert_eq!(other[0].question, asked.id.to_string());
}

pub(crate) async fn chains_hold_and_each_loket_has_its_own(desk: Desk) {
    assert_eq!(breaks(&desk).await, []);
    let anna = desk.staff("anna").await;
    let bert = desk.member("bert", Role::Medewerker, "hardenberg").await;
    for action in [Action::SignIn, Action::List, Action::SignOut] {
        write_down(&desk, &anna, action).await;
        write_down(&desk, &bert, action).await;
    }
    assert_eq!(breaks(&desk).await, []);
    for loket in ["tubbergen", "hardenberg"] {
        let rows = desk.store.audit(&slug(loket), 10).await.expect("rows");
        let seqs: Vec<_> = rows.iter().map(|row| row.seq).collect();
        assert_eq!(seqs, [3, 2, 1]);
    }
    let newest = desk.store.audit(&slug("tubbergen"), 1).await.expect("rows");
    assert_eq!(newest[0].action, "uitgelogd");
}

/// What somebody with the database in hand may do, and at which row it shows.
const DEEDS: [(&str, i64); 10] = [
    ("UPDATE audit SET staff = 'niemand' WHERE seq = 3", 3),
    ("UPDATE audit SET at = at + 1 WHERE seq = 2", 2),
    ("UPDATE audit SET result = 'geweigerd' WHERE seq = 1", 1),
    ("DELETE FROM audit WHERE seq = 2", 2),
    ("DELETE FROM audit WHERE seq = 1", 1),
    ("DELETE FROM audit WHERE seq = 5", 5),
    (
        "INSERT INTO audit SELECT loket, 6, at, staff, action, question, result, origin, mac FROM audit \
         WHERE seq = 5",
        6,
    ),
    (
        "INSERT INTO audit SELECT loket, 0, at, staff, action, question, result, origin, mac FROM audit \
         WHERE seq = 1",
        1,
    ),
    ("DELETE FROM audit_head", 6),
    ("UPDATE audit_head SET seal = ''", 6),
];

pub(crate) async fn whatever_is_done_to_a_chain_shows(desk: Desk) {
    let anna = desk.staff("anna").await;
    for _ in 0..5 {
        write_down(&desk, &anna, Action::Read).await;
    }
    for table in ["audit", "audit_head"] {
        let copy = format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}");
        desk.try_run(&copy).await.expect("a copy");
    }
    for (deed, seq) in DEEDS {
        assert_eq!(breaks(&desk).await, [], "before {deed}");
        desk.run(deed).await;
        let loket = "tubbergen".to_owned();
        assert_eq!(breaks(&desk).await, [Break { loket, seq }], "{deed}");
        for table in ["audit", "audit_head"] {
            desk.try_run(&format!("DELETE FROM {table}"))
                .await
                .expect("emptied");
            desk.run(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
                .await;
        }
    }
}

pub(crate) async fn going_on_after_a_cut_does_not_hide_it(desk: Desk) {
    let anna = desk.staff("anna").await;
    for _ in 0..5 {
        write_down(&desk, &anna, Action::Read).await;
    }
    desk.run("DELETE FROM audit WHERE seq > 3").await;
    desk.run("UPDATE audit_head SET seq = 3, mac = (SELECT mac FROM audit WHERE seq = 3)")
        .await;
    assert_eq!(breaks(&desk).await.len(), 1, "the head is not sealed");
    write_down(&desk, &anna, Action::Read).await;
    write_down(&desk, &anna, Action::Read).await;
    let loket = "tubbergen".to_owned();
    assert_eq!(breaks(&desk).await, [Break { loket, seq: 4 }]);
}

pub(crate) async fn many_at_once_make_one_chain(desk: Desk) {
    let desk = Arc::new(desk);
    let anna = desk.staff("anna").await;
    let tasks: Vec<_> = (0..40)
        .map(|_| {
            let (desk, anna) = (Arc::clone(&desk), anna.clone());
            tokio::spawn(async move { write_down(&desk, &anna, Action::Read).await })
        })
        .collect();
    for task in tasks {
        task.await.expect("a task");
    }
    assert_eq!(breaks(&desk).await, []);
    assert_eq!(desk.number("SELECT COUNT(*) FROM audit").await, 40);
    assert_eq!(desk.number("SELECT seq FROM audit_head").await, 40);
}

pub(crate) async fn a_chain_that_grows_is_not_taken_for_broken(desk: Desk) {
    let desk = Arc::new(desk);
    let anna = desk.staff("anna").await;
    let writing = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move {
            for _ in 0..150 {
                write_down(&desk, &anna, Action::Read).await;
            }
        }
    });
    let mut looked = 0;
    while !writing.is_finished() {
        assert_eq!(breaks(&desk).await, []);
        looked += 1;
    }
    writing.await.expect("written");
    assert!(looked > 3, "looked {looked} times");
}

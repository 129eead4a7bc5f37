//! Colleagues: away, ended, and what they left.

use jiff::SignedDuration;
use loes::domain::{QuestionId, Role};
use loes::store::Reset;

use super::desk::{Desk, form, minutes, slug};

impl Desk {
    pub(crate) async fn claim(&self, staff: &loes::domain::Staff, id: QuestionId) {
        let question = self.entry(staff, id).await.thread.question;
        let claimed = question.progress.claim(staff.id).expect("open");
        let mut tx = self.store.write().await.expect("a change");
        tx.set_progress(&question, claimed, question.due, self.now())
            .await
            .expect("claimed");
        tx.commit().await.expect("committed");
    }
}

pub(crate) async fn who_is_away_lets_go_of_what_she_has(desk: Desk) {
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    let chef = desk.member("chef", Role::Beheerder, "tubbergen").await;
    let (hers, his) = (
        desk.question("een").create().await,
        desk.question("twee").create().await,
    );
    desk.claim(&anna, hers.id).await;
    desk.claim(&bert, his.id).await;
    let taken = async || {
        let all = desk.store.colleagues(&anna.loket).await.expect("read");
        all.iter()
            .map(|one| (one.staff.name.clone(), one.taken))
            .collect::<Vec<_>>()
    };
    let of = |name: &str, n| (name.to_owned(), n);
    assert_eq!(taken().await, [of("anna", 1), of("bert", 1), of("chef", 0)]);
    let before = desk.thread(&hers.code).await.question;
    let day = "2026-11-30".parse().expect("a day");
    let mut tx = desk.store.write().await.expect("a change");
    tx.set_away(&chef, anna.id, Some(day), "192.0.2.1", desk.now())
        .await
        .expect("away");
    tx.commit().await.expect("committed");
    let after = desk.thread(&hers.code).await.question;
    assert_eq!(after.progress.owner(), None);
    assert!(after.version > before.version);
    assert_eq!(taken().await, [of("anna", 0), of("bert", 1), of("chef", 0)]);
    let all = desk.store.colleagues(&anna.loket).await.expect("read");
    assert_eq!(all[0].staff.away, Some(day));
    let rows = desk.store.audit(&anna.loket, 2).await.expect("the log");
    assert_eq!(
        (rows[0].action.as_str(), &rows[0].question),
        ("teruggelegd", &hers.id.to_string())
    );
    assert_eq!(
        (rows[1].action.as_str(), &rows[1].question),
        ("afwezigheid veranderd", &anna.id.to_string())
    );
    assert!(rows.iter().all(|row| row.staff == chef.id.to_string()));
    assert_eq!(desk.store.verify_audit().await.expect("read"), []);
}

pub(crate) async fn what_is_left_is_found_and_put_back_once(desk: Desk) {
    let anna = desk.staff("anna").await;
    let left = desk.question("een").create().await;
    desk.later(minutes(1));
    let tended = desk.question("twee").create().await;
    let asked = desk.question("drie").create().await;
    let answered = desk.question("vier").create().await;
    for one in [&left, &tended, &asked] {
        desk.claim(&anna, one.id).await;
    }
    desk.answered(&anna, answered.id, "Een ritme").await;
    let day = minutes(24 * 60);
    let began = desk.now();
    desk.later(day);
    desk.note(&anna, tended.id, "gebeld").await;
    let thread = desk.thread(&asked.code).await;
    let more = desk.now();
    desk.ask_on(&thread, &form(), "Het helpt niet").await;
    let claims = async |least: SignedDuration| {
        let claims = desk
            .store
            .claims(&slug("tubbergen"), least, desk.now())
            .await;
        claims.expect("read")
    };
    assert!(claims(day).await.is_empty());
    desk.later(minutes(1));
    let found = claims(day).await;
    let ids: Vec<_> = found
        .iter()
        .map(|one| (one.question.id, one.since))
        .collect();
    assert_eq!(
        ids,
        [(left.id, began), (asked.id, more)],
        "the parent wrote again"
    );
    // She does something just then.
    desk.draft(&anna, asked.id, "Probeer").await;
    let put_back = async |at: usize| {
        let mut tx = desk.store.write().await.expect("a change");
        let done = tx
            .return_claim(&found[at], desk.now())
            .await
            .expect("an answer");
        tx.commit().await.expect("committed");
        done
    };
    assert!(!put_back(1).await);
    let (one, two) = tokio::join!(put_back(0), put_back(0));
    assert!(one != two, "once");
    assert_eq!(
        desk.thread(&left.code).await.question.progress.owner(),
        None
    );
    let rows = desk.store.audit(&anna.loket, 1).await.expect("the log");
    assert_eq!(
        (rows[0].action.as_str(), rows[0].origin.as_str()),
        ("teruggelegd", "vanzelf")
    );
}

pub(crate) async fn a_link_to_a_new_password_is_used_once_and_ends_the_others(desk: Desk) {
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    let add = async |staff: &loes::domain::Staff| {
        let mut tx = desk.store.write().await.expect("a change");
        let id = tx
            .add_reset(staff.id, false, desk.now())
            .await
            .expect("a link");
        tx.mail_reset(id, staff, desk.now()).await.expect("a mail");
        tx.commit().await.expect("committed");
        desk.keys.link_key(&id.to_string())
    };
    let reset = async |key: &str| desk.store.reset(key, desk.now()).await.expect("read");
    let (first, second, his) = (add(&anna).await, add(&anna).await, add(&bert).await);
    assert!(
        desk.all_texts()
            .await
            .iter()
            .all(|text| !text.contains(&first)),
        "no key is kept"
    );
    let held = reset(&first).await.expect("a link");
    assert_eq!(held.staff.id, anna.id);
    let using = async |reset: &Reset| {
        let mut tx = desk.store.write().await.expect("a change");
        let used = tx.use_reset(reset, desk.now()).await.expect("an answer");
        if used {
            tx.set_password(anna.id, None, "$argon2id$new")
                .await
                .expect("set");
        }
        tx.commit().await.expect("committed");
        used
    };
    let (one, two) = tokio::join!(using(&held), using(&held));
    assert!(one != two, "once");
    assert_eq!((reset(&first).await, reset(&second).await), (None, None));
    assert!(reset(&his).await.is_some());
    let waiting = "SELECT COUNT(*) FROM outbox";
    assert_eq!(
        desk.number(waiting).await,
        1,
        "no mail goes out for a dead link"
    );
    let mut tx = desk.store.write().await.expect("a change");
    tx.disable_staff(&anna, bert.id, "192.0.2.1", desk.now())
        .await
        .expect("disabled");
    let changed = tx.set_password(anna.id, Some("$argon2id$none"), "x").await;
    assert!(matches!(changed, Err(loes::store::StoreError::Changed)));
    tx.commit().await.expect("committed");
    assert_eq!(reset(&his).await, None);
}

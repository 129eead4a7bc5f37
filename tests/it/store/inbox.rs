//! The inbox: the right questions, in the right order, to the right people.

use loes::domain::{QuestionId, Role};
use loes::store::{Inbox, InboxCounts, InboxFilter};

use super::desk::{Desk, form, minutes, slug};

fn ids(inbox: &Inbox) -> Vec<QuestionId> {
    inbox.listed.iter().map(|one| one.question.id).collect()
}

pub(crate) async fn what_calls_for_help_comes_first_then_what_is_due(desk: Desk) {
    let anna = desk.staff("anna").await;
    let hour = |n: i64| minutes(60 * n);
    let third = desk.question("drie").due_in(hour(2)).create().await.id;
    let first = desk
        .question("een")
        .due_in(hour(9))
        .urgent()
        .create()
        .await
        .id;
    let last = desk.question("vier").due_in(hour(8)).create().await.id;
    let second = desk.question("twee").due_in(hour(1)).create().await.id;
    let inbox = desk.inbox(&anna, InboxFilter::Open, 0).await;
    assert_eq!(ids(&inbox), [first, second, third, last]);
    let beginnings: Vec<_> = inbox
        .listed
        .iter()
        .map(|one| one.beginning.as_str())
        .collect();
    assert_eq!(beginnings, ["een", "twee", "drie", "vier"]);
}

pub(crate) async fn each_list_shows_its_own_and_the_counts_fit(desk: Desk) {
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    let open = desk.question("open").due_in(minutes(10)).create().await.id;
    let mine = desk.question("mijn").create().await;
    let answered = desk.question("beantwoord").create().await.id;
    let closed = desk.question("gesloten").create().await.id;
    desk.answered(&anna, answered, "Een ritme").await;
    desk.answered(&bert, closed, "Een ritme").await;
    desk.close(&bert, closed).await;
    desk.answered(&anna, mine.id, "Een ritme").await;
    let thread = desk.thread(&mine.code).await;
    desk.ask_on(&thread, &form(), "Het helpt niet").await;
    desk.later(minutes(30));

    let all = [
        (InboxFilter::Open, vec![open, mine.id]),
        (InboxFilter::Mine, vec![mine.id]),
        (InboxFilter::Answered, vec![answered]),
        (InboxFilter::Closed, vec![closed]),
    ];
    for (filter, wanted) in all {
        let inbox = desk.inbox(&anna, filter, 0).await;
        assert_eq!(ids(&inbox), wanted, "{filter:?}");
        let counts = InboxCounts {
            open: 2,
            overdue: 1,
            mine: 1,
            answered: 1,
        };
        assert_eq!(inbox.counts, counts);
    }
    let bert_sees = desk.inbox(&bert, InboxFilter::Open, 0).await;
    assert_eq!(bert_sees.counts.mine, 0);
    let owners: Vec<_> = bert_sees
        .listed
        .iter()
        .map(|one| one.owner.as_deref())
        .collect();
    assert_eq!(owners, [None, Some("anna")]);
    let begins = &bert_sees.listed[1].beginning;
    assert_eq!(begins, "mijn", "the question, not what was said last");
}

pub(crate) async fn a_page_has_25_and_tells_of_more(desk: Desk) {
    let anna = desk.staff("anna").await;
    for n in 0..51 {
        let question = desk.question(&format!("vraag {n}"));
        question.due_in(minutes(n)).create().await;
    }
    let mut seen = Vec::new();
    for (page, length, more) in [(0, 25, true), (1, 25, true), (2, 1, false), (3, 0, false)] {
        let inbox = desk.inbox(&anna, InboxFilter::Open, page).await;
        assert_eq!(
            (inbox.listed.len(), inbox.more),
            (length, more),
            "page {page}"
        );
        seen.extend(inbox.listed.into_iter().map(|one| one.beginning));
    }
    let wanted: Vec<_> = (0..51).map(|n| format!("vraag {n}")).collect();
    assert_eq!(seen, wanted);
    let rows = desk.store.audit(&anna.loket, 10).await.expect("the log");
    assert_eq!(
        rows[3].question.split(' ').count(),
        25,
        "each page is one line"
    );
}

pub(crate) async fn a_loket_sees_only_its_own(desk: Desk) {
    let bert = desk.member("bert", Role::Medewerker, "hardenberg").await;
    desk.question("Tubbergen").create().await;
    let own = desk
        .question("Hardenberg")
        .for_loket("hardenberg")
        .create()
        .await
        .id;
    let inbox = desk.inbox(&bert, InboxFilter::Open, 0).await;
    assert_eq!(ids(&inbox), [own]);
    assert_eq!(inbox.counts.open, 1);
}

pub(crate) async fn who_does_not_answer_sees_nothing(desk: Desk) {
    desk.question("Mijn zoon slaapt niet").create().await;
    for role in [Role::Raad, Role::Redacteur, Role::Partner] {
        let staff = desk.member(role.slug(), role, "tubbergen").await;
        let inbox = desk.inbox(&staff, InboxFilter::Open, 0).await;
        assert_eq!(inbox, Inbox::default());
        let rows = desk.store.audit(&staff.loket, 1).await.expect("the log");
        assert_eq!(
            (rows[0].action.as_str(), rows[0].result.as_str()),
            ("lijst gezien", "geweigerd")
        );
    }
}

pub(crate) async fn a_long_question_is_shown_by_its_beginning(desk: Desk) {
    let anna = desk.staff("anna").await;
    let long = "één ".repeat(1_200);
    desk.question(&long).create().await;
    let inbox = desk.inbox(&anna, InboxFilter::Open, 0).await;
    let shown = &inbox.listed[0].beginning;
    assert!(
        shown.ends_with("één…") && shown.chars().count() <= 141,
        "{shown}"
    );
}

pub(crate) async fn a_loket_without_active_staff_has_no_reader(desk: Desk) {
    let has_reader = async || {
        let found = desk.store.has_reader(&slug("tubbergen")).await;
        found.expect("read")
    };
    desk.member("raad", Role::Raad, "tubbergen").await;
    desk.member("bert", Role::Medewerker, "hardenberg").await;
    assert!(!has_reader().await);
    let anna = desk.staff("anna").await;
    assert!(has_reader().await);
    let mut tx = desk.store.write().await.expect("a change");
    tx.disable_staff(&anna, anna.id, "192.0.2.1", desk.now())
        .await
        .expect("disabled");
    tx.commit().await.expect("committed");
    assert!(!has_reader().await);
}

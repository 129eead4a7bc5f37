//! The clock of the machine jumps: a day forward, an hour back.

use std::sync::Arc;

use actix_web::http::StatusCode;
use jiff::SignedDuration;
use loes::clock::Clock;
use loes::domain::{AnswerWay, MailAddress, Progress, QuestionId, Role};
use loes::jobs::{Post, Shelf};
use loes::mail::{Postman, Sender};
use loes::search::Snapshot;
use loes::store::Action;
use tempfile::TempDir;

use super::tell;
use crate::house::House;
use crate::store::Place;
use crate::support::{Seen, small_library};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const HOUR_BACK: SignedDuration = SignedDuration::from_hours(-1);
const FORM: &str = "main form[action='/vraag']";

impl House {
    /// The job that puts mail into `folder`.
    fn mail_job(&self, folder: &TempDir) -> Post {
        let clock: Arc<dyn Clock> = self.clock.clone();
        let today = clock.now_here().date();
        let snapshot = Snapshot::in_memory(&small_library(), today).expect("an index");
        let from = Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender");
        Post::new(
            Arc::new(self.store.clone()),
            Arc::new(Shelf::new(snapshot, Vec::new())),
            clock,
            (Postman::folder(folder.path()), from),
            "https://loes.example/".parse().expect("a url"),
        )
    }

    async fn close(&self, id: QuestionId) {
        let staff = self.staff("Cor", Role::Medewerker, "tubbergen").await;
        let mut tx = self.store.write().await.unwrap();
        let entry = tx.entry(&staff, id, Action::Close, "", self.now()).await;
        let question = entry.unwrap().unwrap().thread.question;
        let closed: Progress = question.progress.close().unwrap();
        tx.set_progress(&question, closed, question.due, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

fn told(house: &House, what: &str) {
    let engine = if house.is_sqlite() {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    tell(&format!(
        "the clock jumps a day ahead and back ({engine}): {what}"
    ));
}

async fn deliver(post: &Post) -> usize {
    let mut delivered = 0;
    while post.deliver_one().await.expect("a database") {
        delivered += 1;
    }
    delivered
}

async fn what_is_said_keeps_its_order(place: Place) {
    let house = House::at(place).await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let (id, code) = house.question("tubbergen", "Bericht 0").await;
    for (nr, jump) in [HOUR_BACK, DAY, HOUR_BACK, HOUR_BACK]
        .into_iter()
        .enumerate()
    {
        house.wait(jump);
        if nr % 2 == 0 {
            house
                .answer(&anna, id, &format!("Bericht {}", nr + 1))
                .await;
            continue;
        }
        let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
        let (now, text) = (house.now(), format!("Bericht {}", nr + 1));
        let mut tx = house.store.write().await.unwrap();
        tx.ask_on(&thread.question, &text, &text, now, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    let said = thread.messages.iter().map(|message| message.text.as_str());
    let said: Vec<&str> = said.collect();
    let wanted: Vec<String> = (0..5).map(|nr| format!("Bericht {nr}")).collect();
    assert_eq!(said, wanted);
    assert!(house.store.verify_audit().await.unwrap().is_empty());
    told(
        &house,
        "5 messages over 4 jumps in the order in which they were said",
    );
}

async fn a_session_ends(place: Place) {
    let house = House::at(place).await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let browser = house.signed_in(&anna).await;
    house.wait(HOUR_BACK);
    let page = browser.get("/loket-werk").await;
    assert_eq!(page.status, StatusCode::OK, "nobody is thrown out");
    // The hour that came back, and the half hour that it lives unused.
    house.wait(SignedDuration::from_mins(91));
    let page = browser.get("/loket-werk").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "it ends all the same");
    let browser = house.signed_in(&anna).await;
    house.wait(DAY);
    let page = browser.get("/loket-werk").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    told(&house, "2 sessions ended in time");
}

/// Sends it as it is, and with what the page that comes back holds.
async fn send_twice(house: &House, form: &Seen) -> (Seen, Seen) {
    let first = house.submit(form, FORM, &[("stap", "versturen")]).await;
    house.wait(SignedDuration::from_secs(5));
    let second = house.submit(&first, FORM, &[("stap", "versturen")]).await;
    (first, second)
}

async fn a_form_comes_back_whole(place: Place) {
    let house = House::demo_at(place).await;
    for jump in [HOUR_BACK, DAY + SignedDuration::from_hours(1)] {
        comes_back_whole(&house, jump).await;
    }
    told(&house, "2 forms came back whole and then went");
}

async fn comes_back_whole(house: &House, jump: SignedDuration) {
    let typed = [
        ("vraag", "Hij slaapt niet"),
        ("loket", "tubbergen"),
        ("stap", "gegevens"),
    ];
    let begun = house.get("/vraag").await;
    let form = house.submit(&begun, FORM, &typed).await;
    let form = house.submit(&form, FORM, &[("antwoord", "site")]).await;
    house.wait(jump);
    let (kindly, receipt) = send_twice(house, &form).await;
    assert_eq!(kindly.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = kindly.fields(FORM);
    assert!(kept.contains(&("vraag".into(), "Hij slaapt niet".into())));
    assert!(
        kept.contains(&("antwoord".into(), "site".into())),
        "{kept:?}"
    );
    assert_eq!(receipt.one("h1"), "Je vraag is verstuurd");
}

async fn a_mail_goes_once(place: Place) {
    let (house, folder) = (House::at(place).await, TempDir::new().unwrap());
    let post = house.mail_job(&folder);
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let els = MailAddress::parse("els@voorbeeld.nl").unwrap();
    let way = AnswerWay::Mail(els);
    let (id, _) = house.question_of("tubbergen", "Hij slaapt niet", way).await;
    assert_eq!(deliver(&post).await, 1);
    house.wait(DAY);
    house.answer(&anna, id, "Een ritme").await;
    house.wait(HOUR_BACK);
    assert_eq!(deliver(&post).await, 0, "due when the clock is there again");
    house.wait(SignedDuration::from_mins(61));
    assert_eq!(deliver(&post).await, 1);
    for jump in [HOUR_BACK, DAY, HOUR_BACK, DAY] {
        house.wait(jump);
        assert_eq!(deliver(&post).await, 0, "once is enough");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    told(&house, "2 mails went once each over 6 jumps");
}

async fn nothing_is_erased_early(place: Place) {
    let house = House::at(place).await;
    let (id, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let (_, open) = house.question("tubbergen", "Zij eet niet").await;
    house.close(id).await;
    for jump in [HOUR_BACK, DAY, HOUR_BACK] {
        house.wait(jump);
        assert_eq!(house.retention().round().await.unwrap(), 0);
    }
    // Ninety days after it was closed, less one hour, and two hours later.
    house.wait(SignedDuration::from_hours(24 * 89 + 1));
    assert_eq!(house.retention().round().await.unwrap(), 0);
    assert!(house.is_kept(&code).await);
    house.wait(SignedDuration::from_hours(2));
    assert_eq!(house.retention().round().await.unwrap(), 1);
    assert!(!house.is_kept(&code).await && house.is_kept(&open).await);
    told(&house, "1 question erased after its 90 days, 0 before");
}

macro_rules! on_both_engines {
    ($($test:ident),+) => {
        mod sqlite {$(
            #[actix_web::test]
            async fn $test() {
                super::$test(crate::store::Place::sqlite()).await;
            }
        )+}

        mod postgres {$(
            #[actix_web::test]
            async fn $test() {
                if let Some(place) = crate::store::Place::postgres().await {
                    super::$test(place).await;
                }
            }
        )+}
    };
}

on_both_engines! {
    what_is_said_keeps_its_order,
    a_session_ends,
    a_form_comes_back_whole,
    a_mail_goes_once,
    nothing_is_erased_early
}

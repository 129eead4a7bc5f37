//! Two colleagues on one question at the same moment: one of two steps that exclude each other is
//! taken, the other is told with what she typed kept, and what does not exclude is all kept.

use actix_web::http::StatusCode;
use loes::domain::Role;
use loes::secrets::ReceiptCode;

use super::{rounds, tell};
use crate::house::{Browser, House};
use crate::store::Place;
use crate::support::Seen;

/// The forms of a page, with this text: version and id of the form.
fn typed<'t>(page: &Seen, text: &'t str) -> Vec<(&'static str, String, &'t str)> {
    let of = |name: &'static str| {
        let values = page.attributes(&format!("input[name={name}]"), "value");
        (name, values.first().cloned().unwrap_or_default(), "")
    };
    vec![
        of("versie"),
        of("formulier"),
        ("tekst", String::new(), text),
    ]
}

async fn press(browser: &Browser<'_>, path: &str, page: &Seen, text: &str) -> Seen {
    let fields = typed(page, text);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value, text)| {
            (
                *name,
                if text.is_empty() {
                    value.as_str()
                } else {
                    text
                },
            )
        })
        .collect();
    browser.post(path, &fields).await
}

/// Which of two was too late.
fn loser(one: &Seen, other: &Seen) -> usize {
    let statuses = [one.status, other.status];
    let late = statuses
        .iter()
        .position(|status| *status == StatusCode::CONFLICT);
    let late = late.unwrap_or_else(|| panic!("{statuses:?}"));
    assert_eq!(statuses[1 - late], StatusCode::SEE_OTHER, "one is first");
    late
}

async fn texts(house: &House, code: &ReceiptCode) -> Vec<String> {
    let thread = house.store.thread_by_code(code).await.unwrap().unwrap();
    let messages = thread.messages.into_iter();
    messages.map(|message| message.text).collect()
}

/// Both take it up.
async fn claim(house: &House, [anna, bo]: [&Browser<'_>; 2]) -> usize {
    let (id, code) = house.question("tubbergen", "Zij eet niet").await;
    let page = format!("/loket-werk/vraag/{id}");
    let (hers, his) = (anna.get(&page).await, bo.get(&page).await);
    let step = format!("{page}/oppakken");
    let (one, other) = tokio::join!(press(anna, &step, &hers, ""), press(bo, &step, &his, ""));
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    assert!(thread.question.progress.owner().is_some());
    loser(&one, &other)
}

/// Both answer, and both write a note.
async fn answer(house: &House, [anna, bo]: [&Browser<'_>; 2], round: usize) -> usize {
    let (id, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let page = format!("/loket-werk/vraag/{id}");
    let (hers, his) = (anna.get(&page).await, bo.get(&page).await);
    let words = ["Bel ons", "Kom langs"].map(|what| format!("{what} op dag {round}."));
    let notes = ["Anna belde", "Bo keek"].map(|what| format!("{what} keer {round}."));
    let (to_answer, to_note) = (format!("{page}/antwoord"), format!("{page}/notitie"));
    let (one, note_of_one, other, note_of_other) = tokio::join!(
        press(anna, &to_answer, &hers, &words[0]),
        press(anna, &to_note, &hers, &notes[0]),
        press(bo, &to_answer, &his, &words[1]),
        press(bo, &to_note, &his, &notes[1]),
    );
    let late = loser(&one, &other);
    let told = [&one, &other][late];
    assert_eq!(told.one("#tekst"), words[late], "what she typed is there");
    assert!(
        told.one("main").contains(&words[1 - late]),
        "and what was first"
    );
    assert_eq!(texts(house, &code).await[1..], [words[1 - late].clone()]);
    for note in [note_of_one, note_of_other] {
        assert_eq!(note.status, StatusCode::SEE_OTHER);
    }
    let read = anna.get(&page).await.one("main");
    assert!(notes.iter().all(|note| read.contains(note)), "{read}");
    late
}

async fn one_wins_and_the_other_is_told(place: Place) {
    let engine = if place.is_sqlite() {
        "SQLite"
    } else {
        "PostgreSQL"
    };
    let (house, rounds) = (House::at(place).await, rounds(5));
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let bo = house.staff("Bo", Role::Medewerker, "tubbergen").await;
    let (anna, bo) = (house.signed_in(&anna).await, house.signed_in(&bo).await);
    let (mut claims, mut answers) = ([0, 0], [0, 0]);
    for round in 0..rounds {
        // Who sends first takes turns.
        let both = if round % 2 == 0 {
            [&anna, &bo]
        } else {
            [&bo, &anna]
        };
        claims[claim(&house, both).await] += 1;
        answers[answer(&house, both, round).await] += 1;
    }
    assert!(house.store.verify_audit().await.unwrap().is_empty());
    tell(&format!(
        "two colleagues at once ({engine}): {rounds} claims, {rounds} answers, {} notes: one of each two \
         won (the first sent {} and {} times), the other was told 409 with her words; 0 notes lost",
        2 * rounds,
        claims[1],
        answers[1]
    ));
}

#[actix_web::test]
async fn of_two_colleagues_one_wins_and_the_other_is_told_on_sqlite() {
    one_wins_and_the_other_is_told(Place::sqlite()).await;
}

#[actix_web::test]
async fn of_two_colleagues_one_wins_and_the_other_is_told_on_postgresql() {
    if let Some(place) = Place::postgres().await {
        one_wins_and_the_other_is_told(place).await;
    }
}

//! What somebody typed while her session ended is not lost, and comes to nobody else.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use jiff::SignedDuration;
use loes::domain::{Role, Staff};

use crate::desk::{field, to};
use crate::house::{Browser, CANARY, House, PASSWORD, form};
use crate::support::Seen;

const SIGN_IN: &str = "/loket-werk/inloggen";

async fn anna(house: &House) -> Staff {
    house.staff("Anna", Role::Medewerker, "tubbergen").await
}

/// Fills in the form that `page` shows and sends it to `path`.
async fn sent(browser: &Browser<'_>, page: &Seen, path: &str, typed: (&str, &str)) -> Seen {
    let names = ["medewerker", "formulier", "versie", "sleutel"];
    let values = names.map(|name| (name, field(page, name)));
    let mut fields: Vec<_> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    fields.extend([typed, ("titel", "Titel")]);
    browser.post(path, &fields).await
}

async fn sign_in(house: &House, staff: &Staff, password: &str, page: &Seen) -> Seen {
    let kept = field(page, "bewaard");
    let fields = [
        ("mail", staff.mail.as_str()),
        ("wachtwoord", password),
        ("bewaard", &kept),
    ];
    house.post(SIGN_IN, &fields).await
}

#[actix_web::test]
async fn what_was_typed_is_back_in_its_place_after_signing_in_and_was_not_sent() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let (id, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let question = format!("/loket-werk/vraag/{id}");
    let at = |step: &str| format!("{question}/{step}");
    let phrase = format!("/loket-werk/zinnen/{}", house.phrase("tubbergen").await);
    for (place, path, name, back) in [
        (question.as_str(), at("antwoord"), "tekst", "#tekst"),
        (&question, at("voorbeeld"), "tekst", "#tekst"),
        (&question, at("concept"), "tekst", "#tekst"),
        (&question, at("notitie"), "tekst", "#notitie"),
        (
            "/loket-werk/nieuw",
            "/loket-werk/nieuw".to_owned(),
            "vraag",
            "#vraag",
        ),
        (
            "/loket-werk/zinnen",
            "/loket-werk/zinnen".to_owned(),
            "tekst",
            "#tekst",
        ),
        (&phrase, phrase.clone(), "tekst", "#tekst"),
    ] {
        let browser = house.signed_in(&anna).await;
        let page = browser.get(place).await;
        house.wait(SignedDuration::from_mins(31));
        let asked = sent(&browser, &page, &path, (name, CANARY)).await;
        let told = (asked.status, asked.header("cache-control"));
        assert_eq!(told, (StatusCode::OK, "no-store"), "{path}");
        assert!(!asked.text().contains(CANARY), "{path}: sealed");
        // Once only: who tries too often waits.
        let asked = if path == at("antwoord") {
            let wrong = sign_in(&house, &anna, "verkeerd", &asked).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            wrong
        } else {
            asked
        };
        let again = sign_in(&house, &anna, PASSWORD, &asked).await;
        assert_eq!(again.status, StatusCode::OK, "{path}");
        assert_eq!(again.one(back), CANARY, "{path}");
        assert!(again.text().contains("nog niet verstuurd"), "{path}");
        for other in ["#tekst", "#notitie"].iter().filter(|css| **css != back) {
            assert!(
                !again.all(other).contains(&CANARY.to_owned()),
                "{path} {other}"
            );
        }
        let browser = house.browser_of(&again);
        assert_eq!(browser.get("/loket-werk").await.status, StatusCode::OK);
        house.wait(SignedDuration::from_mins(10));
    }
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    assert_eq!(thread.messages.len(), 1, "nothing was sent");
}

#[actix_web::test]
async fn who_is_back_sends_it_as_if_nothing_had_happened() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let (id, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let path = format!("/loket-werk/vraag/{id}");
    let browser = house.signed_in(&anna).await;
    let page = browser.get(&path).await;
    house.wait(SignedDuration::from_mins(31));
    let asked = sent(
        &browser,
        &page,
        &format!("{path}/antwoord"),
        ("tekst", "Bel ons."),
    )
    .await;
    let back = sign_in(&house, &anna, PASSWORD, &asked).await;
    let answer = format!("{path}/antwoord");
    let done = sent(
        &house.browser_of(&back),
        &back,
        &answer,
        ("tekst", "Bel ons."),
    )
    .await;
    assert_eq!(to(&done), (303, path.as_str()));
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    assert_eq!(thread.messages.len(), 2);
}

#[actix_web::test]
async fn it_comes_back_to_nobody_else_and_not_for_ever() {
    let house = House::new().await;
    let (anna, bo) = (
        anna(&house).await,
        house.staff("Bo", Role::Medewerker, "tubbergen").await,
    );
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    let path = format!("/loket-werk/vraag/{id}");
    let browser = house.signed_in(&anna).await;
    let page = browser.get(&path).await;
    house.wait(SignedDuration::from_mins(31));
    let asked = sent(
        &browser,
        &page,
        &format!("{path}/notitie"),
        ("tekst", CANARY),
    )
    .await;
    assert_eq!(
        to(&sign_in(&house, &bo, PASSWORD, &asked).await),
        (303, "/loket-werk")
    );
    house.wait(SignedDuration::from_mins(30));
    assert_eq!(
        to(&sign_in(&house, &anna, PASSWORD, &asked).await),
        (303, "/loket-werk"),
        "too late"
    );
    // A form that shows nobody's name, or another's, is not kept.
    let hers = field(&page, "medewerker");
    let his = format!("{}.{}", bo.id, hers.split('.').nth(1).unwrap());
    for who in ["", "onzin", &his] {
        let fields = [("medewerker", who), ("tekst", CANARY)];
        let seen = browser.post(&format!("{path}/notitie"), &fields).await;
        assert_eq!(to(&seen), (303, SIGN_IN), "{who}");
    }
    // Nor is a password, or a step without words.
    let fields = [("medewerker", hers.as_str()), ("tekst", CANARY)];
    for step in [
        "/loket-werk/account/wachtwoord".to_owned(),
        format!("{path}/oppakken"),
    ] {
        assert_eq!(
            to(&browser.post(&step, &fields).await),
            (303, SIGN_IN),
            "{step}"
        );
    }
    let empty = [("medewerker", hers.as_str()), ("tekst", " ")];
    let seen = browser.post(&format!("{path}/notitie"), &empty).await;
    assert_eq!(to(&seen), (303, SIGN_IN));
}

#[actix_web::test]
async fn a_page_of_the_session_before_loses_nothing_either() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    let path = format!("/loket-werk/vraag/{id}");
    let (old, new) = (house.signed_in(&anna).await, house.signed_in(&anna).await);
    let page = old.get(&path).await;
    let (who, token) = (field(&page, "medewerker"), old.token.as_str());
    let fields = [("teken", token), ("medewerker", &who), ("tekst", CANARY)];
    let asked = new.post(&format!("{path}/notitie"), &fields).await;
    assert_eq!(asked.status, StatusCode::OK);
    let back = sign_in(&house, &anna, PASSWORD, &asked).await;
    assert_eq!(back.one("#notitie"), CANARY);
    // What is gone meanwhile does not keep her out.
    let gone = loes::domain::QuestionId::new(house.now(), [1; 10]);
    let request = TestRequest::post()
        .uri(&format!("/loket-werk/vraag/{gone}/notitie"))
        .set_form(form(&fields));
    let asked = house.send(request).await;
    let back = sign_in(&house, &anna, PASSWORD, &asked).await;
    assert_eq!(to(&back), (303, "/loket-werk"));
    assert!(back.header("set-cookie").contains("__Host-loes-werk="));
}

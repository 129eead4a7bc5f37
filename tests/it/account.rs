//! The account of a colleague: another password, an app, and the way back for who forgot it.

use std::time::Instant;

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use jiff::SignedDuration;
use loes::config::DatabaseUrl;
use loes::domain::{Role, Staff};
use loes::jobs::Post;
use loes::mail::{Postman, Sender};

use crate::desk::{app_code, field, to};
use crate::house::{Browser, House, PASSWORD, form};
use crate::support::Seen;

const NEW: &str = "zeven groene kamelen";

async fn anna(house: &House) -> Staff {
    house.staff("Anna", Role::Medewerker, "tubbergen").await
}

impl House {
    pub(crate) async fn page(&self, path: &str) -> Seen {
        self.send(TestRequest::get().uri(path)).await
    }

    /// A form of who is not signed in.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let request = TestRequest::post().uri(path).set_form(form(fields));
        self.send(request).await
    }

    /// The browser with the cookie that `seen` sets.
    pub(crate) fn browser_of(&self, seen: &Seen) -> Browser<'_> {
        let cookie = seen.header("set-cookie");
        let value = cookie.split(['=', ';']).nth(1).expect("a cookie");
        self.browser(value)
    }
}

async fn change(browser: &Browser<'_>, present: &str, new: &str) -> Seen {
    let fields = [("huidig", present), ("wachtwoord", new)];
    browser
        .post("/loket-werk/account/wachtwoord", &fields)
        .await
}

#[actix_web::test]
async fn another_password_ends_all_other_sessions_and_keeps_this_one_under_a_new_token() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let (here, there) = (house.signed_in(&anna).await, house.signed_in(&anna).await);
    for (present, new, wrong) in [
        ("verkeerd", NEW, "huidig"),
        (PASSWORD, "kort", "wachtwoord"),
        (PASSWORD, "dit is mijn wachtwoord", "wachtwoord"),
    ] {
        let refused = change(&here, present, new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let links = refused.attributes(".loes-fouten a", "href");
        assert_eq!(links, [format!("#{wrong}")], "{new}");
        assert!(!refused.text().contains(NEW), "a password is not sent back");
    }
    let done = change(&here, PASSWORD, NEW).await;
    let place = "/loket-werk/account?klaar=wachtwoord";
    assert_eq!(to(&done), (303, place));
    assert_eq!(to(&here.get("/loket-werk").await).0, 303, "the old token");
    assert_eq!(to(&there.get("/loket-werk").await).0, 303, "elsewhere");
    let new = house.browser_of(&done);
    assert!(
        new.get(place)
            .await
            .text()
            .contains("Je wachtwoord is veranderd")
    );
    let old = house.sign_in(anna.mail.as_str(), PASSWORD, "").await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(to(&house.sign_in(anna.mail.as_str(), NEW, "").await).0, 303);
    let logged = ["wachtwoord veranderd", "niet binnengelaten", "ingelogd"];
    assert_eq!(house.actions("tubbergen").await, logged);
}

#[actix_web::test]
async fn who_guesses_the_present_password_is_slowed() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let browser = house.signed_in(&anna).await;
    for _ in 0..8 {
        change(&browser, "verkeerd", NEW).await;
    }
    let right = change(&browser, PASSWORD, NEW).await;
    assert!(right.text().contains("te vaak geprobeerd"));
}

/// Sets up an app by the page; its secret.
async fn set_app(
    house: &House,
    browser: &Browser<'_>,
    right: bool,
    password: &str,
) -> (Seen, String) {
    let page = browser.get("/loket-werk/account/app").await;
    let secret = page.one("code.loes-app__geheim").replace(' ', "");
    let code = if right {
        app_code(&secret, house.now())
    } else {
        "000000".to_owned()
    };
    let ticket = field(&page, "geheim");
    let fields = [
        ("geheim", ticket.as_str()),
        ("code", &code),
        ("huidig", password),
    ];
    (
        browser.post("/loket-werk/account/app", &fields).await,
        secret,
    )
}

#[actix_web::test]
async fn a_new_app_takes_the_place_of_the_old_one() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let browser = house.signed_in(&anna).await;
    let (done, old) = set_app(&house, &browser, true, PASSWORD).await;
    let browser = house.browser_of(&done);
    let (done, new) = set_app(&house, &browser, true, PASSWORD).await;
    assert_eq!(done.status, StatusCode::OK);
    house.wait(SignedDuration::from_secs(60));
    for (secret, wanted) in [(&old, 422), (&new, 303)] {
        let code = app_code(secret, house.now());
        let seen = house.sign_in(anna.mail.as_str(), PASSWORD, &code).await;
        assert_eq!(to(&seen).0, wanted);
    }
}

#[actix_web::test]
async fn an_app_is_set_up_and_gets_other_recovery_codes() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let (browser, other) = (house.signed_in(&anna).await, house.signed_in(&anna).await);
    let codes = "/loket-werk/account/herstelcodes";
    let none = browser.post(codes, &[("bevestig", PASSWORD)]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "there is no app yet");
    let (wrong, secret) = set_app(&house, &browser, false, "verkeerd").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        wrong.attributes(".loes-fouten a", "href"),
        ["#code", "#huidig"]
    );
    assert_eq!(wrong.one("code.loes-app__geheim").replace(' ', ""), secret);
    let (done, secret) = set_app(&house, &browser, true, PASSWORD).await;
    let first = done.all(".loes-codes code");
    assert_eq!((done.status, first.len()), (StatusCode::OK, 10));
    assert_eq!(
        to(&other.get("/loket-werk").await).0,
        303,
        "ended elsewhere"
    );
    let browser = house.browser_of(&done);
    let wanted = house.sign_in(anna.mail.as_str(), PASSWORD, "").await;
    assert_eq!(
        wanted.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "now a code is wanted"
    );
    house.wait(SignedDuration::from_secs(60));
    let code = app_code(&secret, house.now());
    assert_eq!(
        to(&house.sign_in(anna.mail.as_str(), PASSWORD, &code).await).0,
        303
    );
    let wrong = browser.post(codes, &[("bevestig", "verkeerd")]).await;
    assert_eq!(wrong.attributes(".loes-fouten a", "href"), ["#bevestig"]);
    let renewed = browser.post(codes, &[("bevestig", PASSWORD)]).await;
    let second = renewed.all(".loes-codes code");
    assert_eq!(second.len(), 10);
    let by = async |code: &str| to(&house.sign_in(anna.mail.as_str(), PASSWORD, code).await).0;
    assert_eq!((by(&first[0]).await, by(&second[0]).await), (422, 303));
}

/// Delivers the mail of the house; the links in it.
async fn links(house: &House) -> Vec<String> {
    let folder = house.path("post");
    let sender = Sender::parse("Loes <loes@voorbeeld.nl>").expect("a sender");
    let post = Post::new(
        std::sync::Arc::new(house.store.clone()),
        std::sync::Arc::clone(&house.app.shelf),
        house.clock.clone(),
        (Postman::folder(&folder), sender),
        "https://loes.example/".parse().expect("a url"),
    );
    while post.deliver_one().await.expect("a database") {}
    let Ok(files) = std::fs::read_dir(&folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let link = |path| {
        let text = std::fs::read_to_string(path)
            .expect("text")
            .replace("=\r\n", "");
        let text = text.replace("=3D", "=");
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("https://loes.example/loket-werk/nieuw"));
        line.map(|rest| format!("/loket-werk/nieuw{rest}"))
    };
    paths.into_iter().filter_map(link).collect()
}

async fn forgot(house: &House, mail: &str) -> Seen {
    house
        .post("/loket-werk/wachtwoord-vergeten", &[("mail", mail)])
        .await
}

#[actix_web::test]
async fn who_forgot_gets_a_link_that_works_once_and_nobody_learns_who_has_an_account() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let browser = house.signed_in(&anna).await;
    let (known, unknown) = (
        forgot(&house, "ANNA@tubbergen.example.org").await,
        forgot(&house, "x@voorbeeld.nl").await,
    );
    assert_eq!(
        (known.status, known.text()),
        (StatusCode::OK, unknown.text())
    );
    assert_eq!(
        forgot(&house, "geen adres").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let sent = links(&house).await;
    let [link] = sent.as_slice() else {
        panic!("{sent:?}")
    };
    let key = link.split('=').nth(1).unwrap();
    assert_eq!(house.page(link).await.status, StatusCode::OK);
    let set = async |password: &str| {
        house
            .post(
                "/loket-werk/nieuw-wachtwoord",
                &[("sleutel", key), ("wachtwoord", password)],
            )
            .await
    };
    assert_eq!(set("kort").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(set(NEW).await.status, StatusCode::OK);
    assert_eq!(
        to(&browser.get("/loket-werk").await).0,
        303,
        "all sessions end"
    );
    assert_eq!(set(NEW).await.status, StatusCode::GONE, "once");
    assert_eq!(house.page(link).await.status, StatusCode::GONE);
    assert_eq!(to(&house.sign_in(anna.mail.as_str(), NEW, "").await).0, 303);
    assert_eq!(
        house.actions("tubbergen").await,
        [
            "link voor nieuw wachtwoord",
            "wachtwoord veranderd",
            "ingelogd"
        ]
    );
}

#[actix_web::test]
async fn the_time_of_an_answer_does_not_tell_who_has_an_account() {
    const RATIO: f64 = 1.2;
    let house = House::new().await;
    let anna = anna(&house).await;
    let mut times = [const { Vec::new() }; 2];
    // Three links hold at once; more than a few requests in a minute are refused.
    for turn in 0..6 {
        let mail = [anna.mail.as_str(), "x@voorbeeld.nl"][turn % 2];
        let begun = Instant::now();
        assert_eq!(forgot(&house, mail).await.status, StatusCode::OK);
        times[turn % 2].push(begun.elapsed());
    }
    assert_eq!(links(&house).await.len(), 3);
    let [known, unknown] = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64()
    });
    assert!(
        (1.0 / RATIO..RATIO).contains(&(known / unknown)),
        "{known} {unknown}"
    );
}

#[actix_web::test]
async fn a_link_ends_after_a_day_with_another_and_with_the_account() {
    let house = House::new().await;
    let anna = anna(&house).await;
    forgot(&house, anna.mail.as_str()).await;
    forgot(&house, anna.mail.as_str()).await;
    let sent = links(&house).await;
    assert_eq!(sent.len(), 2);
    for _ in 0..3 {
        forgot(&house, anna.mail.as_str()).await;
    }
    assert_eq!(links(&house).await.len(), 3, "no mailbox is filled");
    house.wait(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    assert_eq!(house.page(&sent[0]).await.status, StatusCode::OK);
    house.wait(SignedDuration::from_secs(1));
    assert_eq!(house.page(&sent[0]).await.status, StatusCode::GONE);
    let mut refused = StatusCode::OK;
    for _ in 0..9 {
        refused = forgot(&house, "x@voorbeeld.nl").await.status;
    }
    assert_eq!(refused, StatusCode::TOO_MANY_REQUESTS);
    for bad in ["", "onzin", "a.b", &"A".repeat(43)] {
        let page = house
            .page(&format!("/loket-werk/nieuw-wachtwoord?sleutel={bad}"))
            .await;
        assert_eq!(page.status, StatusCode::GONE, "{bad}");
    }
}

#[actix_web::test]
async fn a_link_keeps_the_app_unless_that_is_lost_too() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let secret = loes::secrets::TotpSecret::generate(house.store.random());
    let link = async |app: bool| {
        let mut tx = house.store.write().await.unwrap();
        tx.set_app(anna.id, Some((&secret, 0)), &[]).await.unwrap();
        let id = tx.add_reset(anna.id, app, house.now()).await.unwrap();
        tx.commit().await.unwrap();
        house.store.keys().link_key(&id.to_string())
    };
    let set = async |key: &str, password: &str| {
        let fields = [("sleutel", key), ("wachtwoord", password)];
        house
            .post("/loket-werk/nieuw-wachtwoord", &fields)
            .await
            .status
    };
    let (first, other) = (link(false).await, link(false).await);
    assert_eq!(
        set(&first, "olifantje").await,
        StatusCode::OK,
        "eight are enough beside an app"
    );
    assert_eq!(
        set(&other, "olifantje").await,
        StatusCode::GONE,
        "others end with it"
    );
    let without = house.sign_in(anna.mail.as_str(), "olifantje", "").await;
    assert_eq!(
        without.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the app still counts"
    );
    let lost = link(true).await;
    assert_eq!(
        set(&lost, "olifantje").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(set(&lost, NEW).await, StatusCode::OK);
    assert_eq!(to(&house.sign_in(anna.mail.as_str(), NEW, "").await).0, 303);
}

#[actix_web::test]
async fn who_answers_no_questions_has_an_account_all_the_same() {
    let house = House::new().await;
    let raad = house.staff("Rik", Role::Raad, "tubbergen").await;
    let seen = house.sign_in(raad.mail.as_str(), PASSWORD, "").await;
    assert_eq!(to(&seen), (303, "/loket-werk/account"));
    let browser = house.browser_of(&seen);
    let page = browser.get("/loket-werk/account").await;
    assert!(!page.text().contains("Postvak"), "no page that is not hers");
    assert_eq!(to(&browser.post("/loket-werk/uitloggen", &[]).await).0, 303);
}

#[actix_web::test]
async fn who_is_at_the_server_makes_a_link_or_sends_it() {
    let house = House::new().await;
    let anna = anna(&house).await;
    let keys = house.path("sleutels.toml");
    let database = match house.url() {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DatabaseUrl::Postgres(url) => url.to_string(),
    };
    house.store.keys().write_new(&keys).expect("written");
    let reset = |more: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("loes").expect("the program");
        command.env_clear().current_dir(house.path(""));
        command.args(["staff", "reset"]).args(more);
        command.arg("--key-file").arg(&keys);
        command.args(["--database-url", &database]);
        command.output().expect("it ran")
    };
    assert_eq!(reset(&["x@voorbeeld.nl"]).status.code(), Some(2));
    let mail = anna.mail.as_str();
    let shown = String::from_utf8(reset(&[mail, "--app"]).stdout).unwrap();
    let (_, key) = shown
        .trim()
        .split_once("/loket-werk/nieuw-wachtwoord?sleutel=")
        .expect("a link");
    assert!(house.store.keys().read_link_key(key).is_some(), "{shown}");
    let sent = String::from_utf8(reset(&[mail, "--mail"]).stdout).unwrap();
    assert!(sent.contains(mail) && !sent.contains("sleutel="), "{sent}");
    let link = "link voor nieuw wachtwoord";
    assert_eq!(house.actions("tubbergen").await, [link, link]);
}

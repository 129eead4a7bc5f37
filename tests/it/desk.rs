//! The desk of a loket: signing in, the inbox, one question, and who may see what.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use jiff::SignedDuration;
use loes::domain::{Role, Staff};
use loes::secrets::BearerToken;
use loes::store::Invitation;

use crate::house::{Browser, CANARY, House, PASSWORD, form};
use crate::support::Seen;

impl House {
    pub(crate) async fn invitation(&self, role: Role, loket: Option<&str>) -> String {
        let token = BearerToken::generate(self.store.random());
        let invitation = Invitation {
            role,
            loket: loket.map(|slug| loes::domain::Slug::parse(slug).unwrap()),
        };
        let until = self.now() + SignedDuration::from_hours(168);
        let mut tx = self.store.write().await.unwrap();
        tx.invite(&token.digest(), &invitation, until, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        token.as_str().to_owned()
    }

    pub(crate) async fn sign_in(&self, mail: &str, password: &str, code: &str) -> Seen {
        let fields = form(&[("mail", mail), ("wachtwoord", password), ("code", code)]);
        self.send(
            TestRequest::post()
                .uri("/loket-werk/inloggen")
                .set_form(fields),
        )
        .await
    }
}

/// The code of an app that was given `secret` (base32).
pub(crate) fn app_code(secret: &str, now: jiff::Timestamp) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let app = totp_rs::Builder::new()
        .with_secret(secret)
        .build_noncompliant();
    app.generate(u64::try_from(now.as_second()).unwrap())
        .to_string()
}

pub(crate) fn field(page: &Seen, name: &str) -> String {
    let css = format!("input[name={name}]");
    page.attributes(&css, "value")
        .into_iter()
        .next()
        .unwrap_or_default()
}

pub(crate) fn to(seen: &Seen) -> (u16, &str) {
    (seen.status.as_u16(), seen.header("location"))
}

#[actix_web::test]
async fn an_invitation_becomes_an_account_with_an_app_and_works_once() {
    let house = House::new().await;
    let key = house.invitation(Role::Beheerder, None).await;
    let link = format!("/loket-werk/uitnodiging?sleutel={key}");
    let page = house.send(TestRequest::get().uri(&link)).await;
    assert_eq!(
        (page.status, page.header("cache-control")),
        (StatusCode::OK, "no-store")
    );
    let secret = page.one("code.loes-app__geheim").replace(' ', "");
    let ticket = field(&page, "geheim");
    let send = async |password: &str, code: &str| {
        let fields = form(&[
            ("sleutel", &key),
            ("geheim", &ticket),
            ("naam", "Anna"),
            ("mail", "Anna@example.org"),
            ("loket", "tubbergen"),
            ("wachtwoord", password),
            ("code", code),
        ]);
        house
            .send(
                TestRequest::post()
                    .uri("/loket-werk/uitnodiging")
                    .set_form(fields),
            )
            .await
    };
    let wrong = send("kort", "000000").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.all(".loes-fouten a").len(), 2);
    assert_eq!(
        wrong.one("code.loes-app__geheim").replace(' ', ""),
        secret,
        "the secret stays"
    );
    let code = app_code(&secret, house.now());
    let made = send("olifantje", &code).await;
    assert_eq!(made.status, StatusCode::OK);
    let recovery = made.all(".loes-codes code");
    assert_eq!(recovery.len(), 10);
    let cookie = made.header("set-cookie");
    for wanted in [
        "__Host-loes-werk=",
        "Secure",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
    ] {
        assert!(cookie.contains(wanted), "{wanted}: {cookie}");
    }
    assert_eq!(
        send("olifantje", &code).await.status,
        StatusCode::GONE,
        "once"
    );
    // The same code of the app works no more; the next does, and so does a recovery code, once.
    let mail = "anna@EXAMPLE.org";
    assert_eq!(
        house.sign_in(mail, "olifantje", "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        house.sign_in(mail, "olifantje", &code).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    house.wait(SignedDuration::from_secs(60));
    let next = app_code(&secret, house.now());
    assert_eq!(
        to(&house.sign_in(mail, "olifantje", &next).await),
        (303, "/loket-werk")
    );
    assert_eq!(
        to(&house.sign_in(mail, "olifantje", &recovery[0]).await),
        (303, "/loket-werk")
    );
    assert_eq!(
        house.sign_in(mail, "olifantje", &recovery[0]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[actix_web::test]
async fn an_unknown_account_and_a_wrong_password_look_alike_and_guessing_is_slowed() {
    let house = House::new().await;
    house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let unknown = house.sign_in("x@tubbergen.example.org", PASSWORD, "").await;
    let wrong = house
        .sign_in("anna@tubbergen.example.org", "verkeerd", "")
        .await;
    assert_eq!(
        (unknown.status, wrong.status),
        (StatusCode::UNPROCESSABLE_ENTITY, unknown.status)
    );
    let text = |seen: &Seen, mail: &str| seen.text().replace(mail, "");
    assert_eq!(
        text(&unknown, "x@tubbergen.example.org"),
        text(&wrong, "anna@tubbergen.example.org")
    );
    let right = house
        .sign_in(" Anna@Tubbergen.example.org", PASSWORD, "")
        .await;
    assert_eq!(to(&right), (303, "/loket-werk"));
    let mut last = StatusCode::OK;
    for _ in 0..8 {
        last = house
            .sign_in("anna@tubbergen.example.org", "verkeerd", "")
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[actix_web::test]
async fn a_session_ends_when_it_is_not_used_and_at_the_end_of_a_day() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let browser = house.signed_in(&anna).await;
    for _ in 0..19 {
        house.wait(SignedDuration::from_mins(29));
        assert_eq!(browser.get("/loket-werk").await.status, StatusCode::OK);
    }
    house.wait(SignedDuration::from_mins(29));
    house.wait(SignedDuration::from_mins(29));
    assert_eq!(
        to(&browser.get("/loket-werk").await),
        (303, "/loket-werk/inloggen"),
        "unused"
    );
    let again = house.signed_in(&anna).await;
    for _ in 0..20 {
        house.wait(SignedDuration::from_mins(29));
        again.get("/loket-werk").await;
    }
    house.wait(SignedDuration::from_mins(29));
    assert_eq!(to(&again.get("/loket-werk").await).0, 303, "ten hours");
    let third = house.signed_in(&anna).await;
    assert_eq!(
        to(&third.post("/loket-werk/uitloggen", &[]).await),
        (303, "/loket-werk/inloggen")
    );
    assert_eq!(to(&third.get("/loket-werk").await).0, 303, "signed out");
}

/// Every address of the desk that wants somebody signed in, with its method.
const ROUTES: [(&str, &str); 42] = [
    ("GET", "/loket-werk/collegas"),
    ("POST", "/loket-werk/collegas/uitnodigen"),
    ("POST", "/loket-werk/collegas/COL/afwezig"),
    ("POST", "/loket-werk/collegas/COL/afsluiten"),
    ("POST", "/loket-werk/account/afwezig"),
    ("GET", "/loket-werk/zinnen"),
    ("POST", "/loket-werk/zinnen"),
    ("GET", "/loket-werk/zinnen/ZIN"),
    ("POST", "/loket-werk/zinnen/ZIN"),
    ("POST", "/loket-werk/zinnen/ZIN/weg"),
    ("GET", "/loket-werk/zoeken"),
    ("POST", "/loket-werk/zoeken"),
    ("GET", "/loket-werk/account"),
    ("POST", "/loket-werk/account/wachtwoord"),
    ("GET", "/loket-werk/account/app"),
    ("POST", "/loket-werk/account/app"),
    ("POST", "/loket-werk/account/herstelcodes"),
    ("GET", "/loket-werk"),
    ("GET", "/loket-werk/nieuw"),
    ("POST", "/loket-werk/nieuw"),
    ("GET", "/loket-werk/logboek"),
    ("POST", "/loket-werk/blijf"),
    ("GET", "/loket-werk/vraag/ID"),
    ("POST", "/loket-werk/vraag/ID/oppakken"),
    ("POST", "/loket-werk/vraag/ID/terugleggen"),
    ("POST", "/loket-werk/vraag/ID/concept"),
    ("POST", "/loket-werk/vraag/ID/voorbeeld"),
    ("POST", "/loket-werk/vraag/ID/antwoord"),
    ("POST", "/loket-werk/vraag/ID/notitie"),
    ("POST", "/loket-werk/vraag/ID/sluiten"),
    ("POST", "/loket-werk/vraag/ID/heropenen"),
    ("POST", "/loket-werk/vraag/ID/soort"),
    ("GET", "/loket-werk/vraag/ID/doorgeven"),
    ("POST", "/loket-werk/vraag/ID/doorgeven"),
    ("POST", "/loket-werk/vraag/ID/terugnemen"),
    ("GET", "/loket-werk/vraag/ID/bewaren"),
    ("POST", "/loket-werk/vraag/ID/bewaren"),
    ("POST", "/loket-werk/vraag/ID/loslaten"),
    ("GET", "/loket-werk/vraag/ID/wissen"),
    ("POST", "/loket-werk/vraag/ID/wissen"),
    ("GET", "/loket-werk/vraag/ID/kopie"),
    ("POST", "/loket-werk/vraag/ID/kopie"),
];

/// What only who looks after a loket does with a question.
const MANAGED: [&str; 4] = ["/bewaren", "/loslaten", "/wissen", "/kopie"];

/// What the desk answers to a role for a question of its own loket, and of another.
fn wanted(role: Role, method: &str, path: &str, own: bool) -> &'static [u16] {
    let answers = matches!(role, Role::Medewerker | Role::Beheerder);
    match (method, path) {
        ("POST", "/loket-werk/blijf") => &[204],
        ("POST", "/loket-werk/account/herstelcodes") => &[404],
        ("POST", "/loket-werk/account/afwezig") => &[303],
        ("POST", path) if path.starts_with("/loket-werk/account/") => &[422],
        ("POST", path) if path.contains("/collegas/") => match (role, own) {
            (Role::Beheerder, _) if path.ends_with("uitnodigen") => &[422],
            (Role::Beheerder, true) => &[303],
            (Role::Beheerder, false) => &[404],
            _ => &[403],
        },
        ("GET", path) if path.starts_with("/loket-werk/account") => &[200],
        (_, "/loket-werk/logboek") if role == Role::Beheerder => &[200],
        (_, "/loket-werk/logboek") => &[403],
        _ if !answers => &[403],
        (_, path) if role != Role::Beheerder && MANAGED.iter().any(|end| path.ends_with(end)) => {
            &[403]
        }
        (_, path) if (path.contains("/vraag/") || path.contains("ZIN")) && !own => &[404],
        ("GET", _) => &[200],
        _ => &[200, 303, 409, 422],
    }
}

#[actix_web::test]
async fn every_role_gets_what_is_its_own_and_nothing_of_another_loket() {
    let house = House::new().await;
    let others = [
        house.staff("Cor", Role::Medewerker, "dinkelland").await,
        house.staff("Cas", Role::Medewerker, "tubbergen").await,
    ];
    for role in Role::ALL {
        let staff = house
            .staff(&format!("Naam{}", role.slug()), role, "tubbergen")
            .await;
        let browser = house.signed_in(&staff).await;
        for (method, route) in ROUTES {
            for own in [true, false] {
                let loket = if own { "tubbergen" } else { "dinkelland" };
                let (id, _) = house.question(loket, CANARY).await;
                let phrase = house.phrase(loket).await.to_string();
                let path = route
                    .replace("ID", &id.to_string())
                    .replace("ZIN", &phrase)
                    .replace("COL", &others[usize::from(own)].id.to_string());
                let fields = [
                    ("tekst", "Bel ons"),
                    ("versie", "0"),
                    ("formulier", path.as_str()),
                    ("soort", "klacht"),
                    ("loket", "dinkelland"),
                    ("tot", "2026-12-31"),
                    ("reden", "op verzoek"),
                ];
                let seen = match method {
                    "GET" => browser.get(&path).await,
                    _ => browser.post(&path, &fields).await,
                };
                let allowed = wanted(role, method, route, own);
                let status = seen.status.as_u16();
                assert!(
                    allowed.contains(&status),
                    "{role:?} {method} {route} own={own}: {status}"
                );
                let told = seen.text().contains(CANARY);
                assert!(
                    own || !told || !route.contains("ID"),
                    "{role:?} {route} tells of another loket"
                );
                if status != 204 {
                    assert_eq!(seen.header("cache-control"), "no-store", "{route}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn nobody_who_is_not_signed_in_gets_anywhere_and_no_form_of_elsewhere_is_heard() {
    let house = House::new().await;
    let (id, _) = house.question("tubbergen", CANARY).await;
    let phrase = house.phrase("tubbergen").await.to_string();
    let (anna, bo) = (
        house.staff("Anna", Role::Beheerder, "tubbergen").await,
        house.staff("Bo", Role::Beheerder, "tubbergen").await,
    );
    let (signed, other) = (house.signed_in(&anna).await, house.signed_in(&bo).await);
    for (method, route) in ROUTES {
        let path = route
            .replace("ID", &id.to_string())
            .replace("ZIN", &phrase)
            .replace("COL", &bo.id.to_string());
        let stranger = TestRequest::default().uri(&path);
        let seen = house.send(match method {
            "GET" => stranger,
            _ => stranger
                .method(actix_web::http::Method::POST)
                .set_form(form(&[("teken", &signed.token)])),
        });
        assert_eq!(
            to(&seen.await),
            (303, "/loket-werk/inloggen"),
            "{method} {route}"
        );
        if method == "POST" {
            for token in ["", "onzin", &other.token] {
                let seen = signed
                    .post(&path, &[("teken", token), ("tekst", "Bel ons")])
                    .await;
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{route} {token}");
            }
        }
    }
    let seen = signed.post("/loket-werk/uitloggen", &[("teken", "")]).await;
    assert_eq!(seen.status, StatusCode::FORBIDDEN);
    assert_eq!(
        signed.get("/loket-werk").await.status,
        StatusCode::OK,
        "still signed in"
    );
}

/// Opens a question and answers it as the pages would.
async fn answer(browser: &Browser<'_>, page: &Seen, path: &str, text: &str) -> Seen {
    let (version, form) = (field(page, "versie"), field(page, "formulier"));
    let fields = [
        ("versie", version.as_str()),
        ("formulier", &form),
        ("tekst", text),
    ];
    browser.post(&format!("{path}/antwoord"), &fields).await
}

async fn two_colleagues(house: &House) -> (Staff, Staff) {
    (
        house.staff("Anna", Role::Medewerker, "tubbergen").await,
        house.staff("Bo", Role::Medewerker, "tubbergen").await,
    )
}

#[actix_web::test]
async fn the_second_of_two_colleagues_sees_the_first_and_loses_nothing() {
    let house = House::new().await;
    let (anna, bo) = two_colleagues(&house).await;
    let (id, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let path = format!("/loket-werk/vraag/{id}");
    let (first, second) = (house.signed_in(&anna).await, house.signed_in(&bo).await);
    let (hers, his) = (first.get(&path).await, second.get(&path).await);
    assert_eq!(
        to(&answer(&first, &hers, &path, "Bel ons morgen.").await),
        (303, path.as_str())
    );
    let late = answer(&second, &his, &path, "Kom naar het spreekuur.").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.one("main").contains("Bel ons morgen."),
        "he sees what she wrote"
    );
    assert_eq!(
        late.one("#tekst"),
        "Kom naar het spreekuur.",
        "and what he wrote"
    );
    let twice = answer(&first, &hers, &path, "Bel ons morgen.").await;
    assert_eq!(to(&twice), (303, path.as_str()), "sent twice");
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    assert_eq!(thread.messages.len(), 2);
    let claimed = second
        .post(&format!("{path}/oppakken"), &[("versie", "0")])
        .await;
    assert_eq!(claimed.status, StatusCode::CONFLICT);
}

#[actix_web::test]
async fn notes_are_for_colleagues_drafts_for_oneself_and_a_preview_tells_what_the_rules_say() {
    let house = House::new().await;
    let (anna, bo) = two_colleagues(&house).await;
    let (id, code) = house.question("tubbergen", "Hij slaapt niet").await;
    let path = format!("/loket-werk/vraag/{id}");
    let (first, second) = (house.signed_in(&anna).await, house.signed_in(&bo).await);
    first
        .post(&format!("{path}/notitie"), &[("tekst", CANARY)])
        .await;
    let empty = first
        .post(&format!("{path}/notitie"), &[("tekst", "  ")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "lang ".repeat(5_000);
    let refused = first
        .post(&format!("{path}/notitie"), &[("tekst", &long)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.one("textarea#notitie").trim(), long.trim());
    assert_eq!(refused.one("textarea#tekst").trim(), "", "no answer");
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    assert!(!format!("{thread:?}").contains(CANARY));
    assert!(
        second.get(&path).await.text().contains(CANARY),
        "a colleague reads it"
    );
    let page = first.get(&path).await;
    let (version, form) = (field(&page, "versie"), field(&page, "formulier"));
    let fields = [
        ("versie", version.as_str()),
        ("formulier", &form),
        ("tekst", "Het nummer is 0541-999999."),
    ];
    let preview = first.post(&format!("{path}/voorbeeld"), &fields).await;
    let hints = preview.all(".utrecht-alert li");
    assert!(
        hints.iter().any(|hint| hint.contains("0541-999999")),
        "{hints:?}"
    );
    assert!(
        hints
            .iter()
            .any(|hint| hint.contains("wat de ouder nu kan doen")),
        "{hints:?}"
    );
    assert_eq!(
        first.get(&path).await.one("#tekst"),
        "Het nummer is 0541-999999.",
        "kept"
    );
    assert_eq!(
        second.get(&path).await.one("#tekst"),
        "",
        "not for a colleague"
    );
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    assert_eq!(thread.messages.len(), 1, "nothing was sent");
}

#[actix_web::test]
async fn a_question_is_taken_up_put_back_closed_and_opened_again() {
    let house = House::new().await;
    let (anna, bo) = two_colleagues(&house).await;
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    let path = format!("/loket-werk/vraag/{id}");
    let (first, second) = (house.signed_in(&anna).await, house.signed_in(&bo).await);
    let go = async |browser: &Browser<'_>, action: &str| {
        let version = field(&browser.get(&path).await, "versie");
        browser
            .post(&format!("{path}/{action}"), &[("versie", &version)])
            .await
            .status
            .as_u16()
    };
    assert_eq!(go(&first, "oppakken").await, 303);
    assert!(
        second
            .get(&path)
            .await
            .one(".loes-stand p")
            .contains("Anna heeft deze opgepakt")
    );
    assert_eq!(
        first
            .get("/loket-werk?toon=mijn")
            .await
            .all(".loes-rij")
            .len(),
        1
    );
    assert_eq!(go(&second, "terugleggen").await, 409, "not his");
    assert_eq!(go(&second, "oppakken").await, 303, "taken over");
    assert_eq!(go(&second, "terugleggen").await, 303);
    assert_eq!(go(&second, "sluiten").await, 303);
    assert_eq!(first.get("/loket-werk").await.all(".loes-rij").len(), 0);
    assert_eq!(
        first
            .get("/loket-werk?toon=gesloten")
            .await
            .all(".loes-rij")
            .len(),
        1
    );
    assert_eq!(go(&first, "heropenen").await, 303);
    assert_eq!(first.get("/loket-werk").await.all(".loes-rij").len(), 1);
}

#[actix_web::test]
async fn a_question_at_the_counter_is_written_down_once_and_gives_a_code() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let browser = house.signed_in(&anna).await;
    let key = field(&browser.get("/loket-werk/nieuw").await, "sleutel");
    let fields = [
        ("sleutel", key.as_str()),
        ("kanaal", "spreekuur"),
        ("vraag", "Zij eet niet"),
        ("antwoord", "site"),
    ];
    let wrong = browser
        .post(
            "/loket-werk/nieuw",
            &[("sleutel", &key), ("vraag", ""), ("antwoord", "mail")],
        )
        .await;
    assert_eq!(
        (wrong.status, wrong.all(".loes-fouten a").len()),
        (StatusCode::UNPROCESSABLE_ENTITY, 2)
    );
    let first = browser.post("/loket-werk/nieuw", &fields).await;
    let again = browser.post("/loket-werk/nieuw", &fields).await;
    assert_eq!(first.one(".loes-code"), again.one(".loes-code"));
    let rows = browser.get("/loket-werk").await.all(".loes-rij");
    assert_eq!(rows.len(), 1);
    assert!(rows[0].contains("op het spreekuur"), "{rows:?}");
}

#[actix_web::test]
async fn who_looks_after_a_loket_reads_who_read_what() {
    let house = House::new().await;
    let (anna, chef) = (
        house.staff("Anna", Role::Medewerker, "tubbergen").await,
        house.staff("Chef", Role::Beheerder, "tubbergen").await,
    );
    let (id, _) = house.question("dinkelland", CANARY).await;
    let browser = house.signed_in(&anna).await;
    assert_eq!(
        browser.get(&format!("/loket-werk/vraag/{id}")).await.status,
        StatusCode::NOT_FOUND
    );
    let log = house
        .signed_in(&chef)
        .await
        .get("/loket-werk/logboek")
        .await;
    let lines = log.all("tbody tr");
    assert!(
        lines
            .iter()
            .any(|line| line.contains("Anna") && line.contains("geweigerd")),
        "{lines:?}"
    );
    assert!(!log.text().contains(CANARY));
    assert!(house.store.verify_audit().await.unwrap().is_empty());
}

#[actix_web::test]
async fn no_form_of_the_desk_sends_two_fields_of_one_name() {
    let house = House::new().await;
    let els = house.staff("Els", Role::Beheerder, "tubbergen").await;
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    let browser = house.signed_in(&els).await;
    let question = format!("/loket-werk/vraag/{id}");
    let mut pages = [
        "",
        "/nieuw",
        "/zoeken",
        "/zinnen",
        "/collegas",
        "/account",
        "/account/app",
    ]
    .map(|path| format!("/loket-werk{path}"))
    .to_vec();
    pages.push(question.clone());
    pages
        .extend(["doorgeven", "bewaren", "wissen", "kopie"].map(|end| format!("{question}/{end}")));
    for path in pages {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let forms = page.attributes("main form", "action");
        assert!(!forms.is_empty(), "{path}");
        for action in forms {
            let typed = format!(
                "main form[action='{action}'] :is(input:not([type=radio]), textarea, select)"
            );
            let names = page.attributes(&typed, "name");
            let once: std::collections::BTreeSet<_> = names.iter().collect();
            let forms = page.all(&format!("main form[action='{action}']")).len();
            assert!(
                forms > 1 || once.len() == names.len(),
                "{path} {action}: {names:?}"
            );
        }
    }
}

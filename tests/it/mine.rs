//! Coming back to a question with its code.

use std::time::Instant;

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use jiff::SignedDuration;
use loes::domain::Role;
use loes::secrets::ReceiptCode;

use crate::house::House;
use crate::support::{NOON, Seen, TestSite, small_library};

const WRITE: &str = "form[action='/mijn-vraag/schrijf']";
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DOWN: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

/// A question that somebody asked; her code.
async fn asked(site: &House, text: &str) -> ReceiptCode {
    site.question("tubbergen", text).await.1
}

/// Els of the loket answers the question of `code`, a day later.
async fn answer(site: &House, code: &ReceiptCode, text: &str) {
    let els = site.staff("Els", Role::Medewerker, "tubbergen").await;
    let thread = site.store.thread_by_code(code).await.unwrap().unwrap();
    site.clock.pass(22 * 3600);
    site.answer(&els, thread.question.id, text).await;
}

async fn open(site: &House, code: &str) -> Seen {
    let form = site.get("/mijn-vraag").await;
    site.submit(&form, "main form", &[("code", code)]).await
}

/// A page without what differs from one time to the next: tickets, tokens and the code as typed.
fn redacted(page: &Seen) -> String {
    let mut text = page.text();
    for css in ["[name=toegang]", "[name=sleutel]", "#code"] {
        for value in page.attributes(css, "value") {
            text = text.replace(&format!("value=\"{value}\""), "value");
        }
    }
    text
}

#[actix_web::test]
async fn a_code_opens_the_question_and_says_who_answers_and_by_when() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind liegt.\nWat nu?").await;
    let typed = code.to_text().to_lowercase().replace('-', " ");
    let page = open(&site, &typed).await;
    assert_eq!(
        (page.status, page.one("h1").as_str()),
        (StatusCode::OK, "Mijn vraag")
    );
    assert_eq!(
        page.one(".utrecht-alert--info h2"),
        "Je vraag is aangekomen"
    );
    assert!(
        page.one(".utrecht-alert--info")
            .contains("Loesloket Tubbergen antwoordt uiterlijk dinsdag 24 november")
    );
    let asked = page.one(".loes-bericht");
    assert!(
        asked.contains("Jij") && asked.contains("zondag 22 november om 12.00 uur"),
        "{asked}"
    );
    assert!(page.text().contains("Mijn kind liegt.\nWat nu?"));
    assert!(
        page.all("form[action='/mijn-vraag/geholpen']").is_empty(),
        "no answer yet"
    );
    assert!(
        !page.text().contains(&code.to_text()),
        "the code does not stay in the page"
    );
    site.clock.pass(4 * 24 * 3600);
    let late = open(&site, &typed).await;
    assert_eq!(
        late.one(".utrecht-alert--warning h2"),
        "Het antwoord is te laat"
    );
}

#[actix_web::test]
async fn the_answer_is_read_with_the_name_of_who_wrote_it_and_links_to_our_pages_alone() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind slaapt niet").await;
    answer(
        &site,
        &code,
        "Lees /antwoord/niet-slapen <b>eens</b>.\nNiet https://kwaad.nl/antwoord/driftbui",
    )
    .await;
    let page = open(&site, &code.to_text()).await;
    assert_eq!(page.one(".utrecht-alert--ok h2"), "Er is antwoord");
    assert_eq!(
        page.one(".loes-bericht--loket h3"),
        "Els van Loesloket Tubbergen"
    );
    assert_eq!(
        page.attributes(".loes-bericht--loket a", "href"),
        ["/antwoord/niet-slapen"]
    );
    assert!(page.one(".loes-bericht--loket").contains("<b>eens</b>"));
    assert_eq!(
        page.attributes(".utrecht-alert--ok a", "href"),
        ["#laatste"]
    );
    assert_eq!(page.all("#laatste").len(), 1);
    let helped = "form[action='/mijn-vraag/geholpen']";
    let no = site.submit(&page, helped, &[("geholpen", "nee")]).await;
    assert!(no.one("main").contains("Schrijf hieronder wat je nog mist"));
    let yes = site.submit(&no, helped, &[("geholpen", "ja")]).await;
    assert!(yes.one(helped).contains("Je zei: ja"));
    assert_eq!(
        site.store
            .thread_by_code(&code)
            .await
            .unwrap()
            .unwrap()
            .question
            .helped,
        Some(true)
    );
}

#[actix_web::test]
async fn a_parent_asks_on_and_what_is_sent_twice_is_kept_once() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind liegt").await;
    answer(&site, &code, "Praat samen.").await;
    let page = open(&site, &code.to_text()).await;
    let added = site
        .submit(&page, WRITE, &[("tekst", "Dat helpt niet")])
        .await;
    assert_eq!(
        added.one(".utrecht-alert--ok h2"),
        "Je aanvulling is verstuurd"
    );
    let twice = site
        .submit(&page, WRITE, &[("tekst", "Dat helpt niet")])
        .await;
    assert_eq!(twice.all(".loes-bericht").len(), 3);
    assert_eq!(
        twice.one(".utrecht-alert--info h2"),
        "Je vraag is aangekomen",
        "it is the loket's turn"
    );
    let other = site
        .submit(&page, WRITE, &[("tekst", "Wel een beetje")])
        .await;
    assert_eq!(
        (other.status, other.one("textarea").as_str()),
        (WRONG, "Wel een beetje")
    );
    assert_eq!(other.all(".loes-bericht").len(), 3);
    let now = site.submit(&other, WRITE, &[]).await;
    assert_eq!(now.all(".loes-bericht").len(), 4);
    let forged = site
        .submit(&page, WRITE, &[("tekst", "Hallo"), ("sleutel", "onzin")])
        .await;
    assert_eq!(
        (forged.status, forged.one("textarea").as_str()),
        (WRONG, "Hallo")
    );
}

#[actix_web::test]
async fn an_addition_without_words_or_with_too_many_is_told_so() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind liegt").await;
    let page = open(&site, &code.to_text()).await;
    let long = "woord ".repeat(1000);
    for text in ["", " \n", long.as_str()] {
        let wrong = site.submit(&page, WRITE, &[("tekst", text)]).await;
        assert_eq!(wrong.status, WRONG);
        assert_eq!(wrong.attributes(".loes-fouten a", "href"), ["#tekst"]);
        assert_eq!(wrong.attributes("#tekst", "aria-invalid"), ["true"]);
        assert_eq!(wrong.fields(WRITE)[2].1.trim(), text.trim());
    }
}

#[actix_web::test]
async fn after_an_hour_the_code_is_asked_again_and_what_was_typed_goes_along() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind liegt").await;
    let page = open(&site, &code.to_text()).await;
    site.clock.pass(3601);
    let late = site.submit(&page, WRITE, &[("tekst", "Nog iets")]).await;
    assert_eq!(late.status, WRONG);
    assert!(late.one(".utrecht-alert").contains("Voor je veiligheid"));
    assert_eq!(late.one("blockquote"), "Nog iets");
    let again = site
        .submit(&late, "main form", &[("code", &code.to_text())])
        .await;
    assert_eq!(again.one("textarea"), "Nog iets");
    assert_eq!(
        site.submit(&again, WRITE, &[])
            .await
            .all(".loes-bericht")
            .len(),
        2
    );
    for path in [
        "/mijn-vraag/geholpen",
        "/mijn-vraag/intrekken",
        "/mijn-vraag/terug",
        "/mijn-vraag/schrijf",
    ] {
        let page = site.post(path, &[("toegang", "onzin")]).await;
        assert_eq!((page.status, page.all("#code").len()), (WRONG, 1), "{path}");
        let typed = site.get(path).await;
        assert_eq!(
            (typed.status, typed.header("location")),
            (StatusCode::SEE_OTHER, "/mijn-vraag")
        );
    }
}

#[actix_web::test]
async fn a_question_is_withdrawn_after_one_more_question() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind liegt").await;
    let page = open(&site, &code.to_text()).await;
    let sure = site
        .submit(&page, "form[action='/mijn-vraag/intrekken']", &[])
        .await;
    assert_eq!(sure.one("h1"), "Wil je je vraag intrekken?");
    let back = site
        .submit(&sure, "form[action='/mijn-vraag/terug']", &[])
        .await;
    assert_eq!(back.one("h1"), "Mijn vraag");
    let gone = site
        .submit(&sure, "form[action='/mijn-vraag/intrekken']", &[])
        .await;
    assert_eq!(gone.one("h1"), "Je vraag is ingetrokken");
    assert!(site.store.thread_by_code(&code).await.unwrap().is_none());
    let write = site
        .submit(&page, WRITE, &[("tekst", "Toch nog iets")])
        .await;
    assert_eq!(
        (write.status, write.one("blockquote").as_str()),
        (WRONG, "Toch nog iets")
    );
}

#[actix_web::test]
async fn withdrawn_unknown_and_misread_codes_are_answered_alike() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind liegt").await;
    let page = open(&site, &code.to_text()).await;
    let sure = site
        .submit(&page, "form[action='/mijn-vraag/intrekken']", &[])
        .await;
    site.submit(&sure, "form[action='/mijn-vraag/intrekken']", &[])
        .await;
    let withdrawn = open(&site, &code.to_text()).await;
    assert_eq!(withdrawn.status, WRONG);
    assert_eq!(withdrawn.attributes(".loes-fouten a", "href"), ["#code"]);
    assert_eq!(
        withdrawn.attributes("#code", "value"),
        [code.to_text()],
        "what was typed stays"
    );
    for other in ["ABCD-EFGH-JKLM-NPQR", "onzin", "", "0000-0000-0000-0000"] {
        let page = open(&site, other).await;
        assert_eq!(
            (page.status, redacted(&page)),
            (WRONG, redacted(&withdrawn)),
            "{other}"
        );
    }
}

/// A house, and codes that open nothing: one that nobody got, that of a withdrawn question, that of one
/// that is erased for its age, and one with signs that no code has.
async fn codes_that_open_nothing() -> (House, [String; 4]) {
    let site = House::demo().await;
    let withdrawn = asked(&site, "Mijn kind liegt").await;
    let thread = site
        .store
        .thread_by_code(&withdrawn)
        .await
        .unwrap()
        .unwrap();
    let mut tx = site.store.write().await.unwrap();
    tx.erase(&thread.question, "ingetrokken", site.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let expired = asked(&site, "Mijn kind steelt").await;
    site.wait(SignedDuration::from_hours(24 * 400));
    assert_eq!(site.retention().round().await.unwrap(), 1);
    // Others are there, among which to look.
    for nr in 0..50 {
        asked(&site, &format!("Vraag {nr}")).await;
    }
    let codes = [
        "ABCD-EFGH-JKLM-NPQR".to_owned(),
        withdrawn.to_text(),
        expired.to_text(),
        "0000-0000-0000-0000".to_owned(),
    ];
    (site, codes)
}

/// Status, headers and page, without what differs from one time to the next.
fn all_of(page: &Seen) -> (StatusCode, Vec<String>, String) {
    let headers = page.headers.iter();
    let mut headers: Vec<String> = headers.map(|header| format!("{header:?}")).collect();
    headers.sort();
    (page.status, headers, redacted(page))
}

#[actix_web::test]
async fn codes_that_open_nothing_are_answered_alike_to_the_byte_and_in_like_time() {
    const RATIO: f64 = 1.5;
    const ROUNDS: usize = 7;
    let mut times = [const { Vec::new() }; 4];
    // A house takes thirty wrong codes a minute.
    for _ in 0..6 {
        let (site, codes) = codes_that_open_nothing().await;
        let first = all_of(&open(&site, &codes[0]).await);
        // By turns, and each time another one first: what the machine does besides falls on all alike.
        for turn in 0..ROUNDS * codes.len() {
            let which = (turn / codes.len() + turn) % codes.len();
            let code = [("code", &codes[which])];
            let request = TestRequest::post().uri("/mijn-vraag").set_form(code);
            let begun = Instant::now();
            let answer = site.send(request).await;
            times[which].push(begun.elapsed());
            assert_eq!(all_of(&answer), first);
        }
    }
    let medians = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64()
    });
    let ratios = medians.map(|median| median / medians[0]);
    println!("in times of a code that nobody got: withdrawn, expired, no code: {ratios:.2?}");
    // What is no code at all needs no looking up; that it is none, everybody can see.
    for ratio in &ratios[..3] {
        assert!((1.0 / RATIO..RATIO).contains(ratio), "{ratios:?}");
    }
}

#[actix_web::test]
async fn guessing_is_stopped_and_who_holds_a_code_gets_in_all_the_same() {
    let site = House::demo().await;
    let code = asked(&site, "Mijn kind liegt").await;
    let from = |address: &'static str, code: String| {
        let request = TestRequest::post()
            .uri("/mijn-vraag")
            .set_form([("code", code)]);
        site.send(request.peer_addr(format!("{address}:5000").parse().unwrap()))
    };
    let mut last = StatusCode::OK;
    for _ in 0..12 {
        last = from("203.0.113.7", "ABCD-EFGH-JKLM-NPQR".into())
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        from("203.0.113.7", code.to_text()).await.status,
        StatusCode::OK
    );
    assert_eq!(from("203.0.113.8", "onzin".into()).await.status, WRONG);
    for _ in 0..40 {
        last = from("127.0.0.1", "onzin".into()).await.status;
    }
    assert_eq!(
        last,
        StatusCode::TOO_MANY_REQUESTS,
        "all together are limited too"
    );
    let refused = from("203.0.113.9", "onzin".into()).await;
    assert!(
        refused
            .one("#code-fout")
            .contains("te veel verkeerde codes")
    );
    assert_eq!(
        from("203.0.113.9", code.to_text()).await.status,
        StatusCode::OK
    );
}

#[actix_web::test]
async fn no_page_of_a_question_is_kept_or_found_by_others_and_each_can_be_left_at_once() {
    let site = House::demo().await;
    let code = asked(&site, "kanarievraag").await;
    let form = site.get("/mijn-vraag").await;
    assert_eq!(form.attributes("#code", "autocomplete"), ["off"]);
    assert_eq!(form.attributes("#code", "spellcheck"), ["false"]);
    let page = open(&site, &code.to_text()).await;
    let added = site
        .submit(&page, WRITE, &[("tekst", "kanariewoord")])
        .await;
    let sure = site
        .submit(&page, "form[action='/mijn-vraag/intrekken']", &[])
        .await;
    let wrong = open(&site, "onzin").await;
    let gone = site
        .submit(&sure, "form[action='/mijn-vraag/intrekken']", &[])
        .await;
    for page in [form, page, added, sure, wrong, gone] {
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
        assert_eq!(page.all("[data-verlaat]").len(), 1);
        let headers = format!("{:?}", page.headers);
        assert!(!headers.contains("kanarie") && !headers.contains(&code.to_text()));
        let addresses = [
            page.attributes("[href]", "href"),
            page.attributes("[action]", "action"),
        ]
        .concat()
        .join(" ");
        assert!(!addresses.contains("kanarie") && !addresses.contains(&code.to_text()));
    }
}

#[actix_web::test]
async fn without_a_database_what_was_typed_is_kept() {
    let never_opened = TestSite::with(&small_library(), "demo = 'aan'", NOON);
    assert_eq!(never_opened.get("/mijn-vraag").await.status, StatusCode::OK);
    let closed = House::demo().await;
    let code = asked(&closed, "Mijn kind liegt").await.to_text();
    closed.store.close().await;
    for site in [&never_opened, &closed] {
        let page = site.post("/mijn-vraag", &[("code", code.as_str())]).await;
        assert_eq!(
            (page.status, page.header("cache-control")),
            (DOWN, "no-store")
        );
        assert_eq!(
            page.fields("main form"),
            [("code".to_owned(), code.clone())]
        );
    }
    let page = never_opened
        .post(
            "/mijn-vraag/schrijf",
            &[("toegang", "x"), ("tekst", "Nog iets")],
        )
        .await;
    assert_eq!(
        (page.status, page.one("blockquote").as_str()),
        (DOWN, "Nog iets")
    );
    assert_eq!(
        page.attributes("main form", "action"),
        ["/mijn-vraag/schrijf"]
    );
}

#[actix_web::test]
async fn the_way_to_it_stands_on_every_page() {
    let site = House::demo().await;
    for path in ["/", "/loket", "/nergens"] {
        let links = site.get(path).await.attributes("footer a", "href");
        assert!(links.contains(&"/mijn-vraag".to_owned()), "{path}");
    }
    let links = site.get("/loket").await.attributes("main a", "href");
    assert!(links.contains(&"/mijn-vraag".to_owned()));
    let loket = site.get("/loket/tubbergen").await;
    let begun = site.submit(&loket, ".loes-vraag form", &[]).await;
    assert!(
        begun
            .fields("main form")
            .contains(&("loket".into(), "tubbergen".into()))
    );
}

//! The way of a question: from words to a code.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use loes::config::DatabaseUrl;
use loes::content::Sources;
use loes::domain::{MailAddress, Role, Slug};
use loes::secrets::ReceiptCode;
use loes::store::{NewStaff, Thread};

use crate::house::House;
use crate::store::Place;
use crate::support::{NOON, Seen, TestSite, small_library};

const FORM: &str = "main form[action='/vraag']";
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const DOWN: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

/// The content with `text` in the file of its loket instead of `instead_of`, and a second loket that
/// shares postcode 7651.
fn two_lokets(instead_of: &str, text: &str) -> Sources {
    let mut sources = small_library();
    let tubbergen = include_str!("../data/tubbergen.toml").replace(instead_of, text);
    let almelo = tubbergen
        .replace("Tubbergen", "Almelo")
        .replace("GM0183", "GM0141")
        .replace("\"7661-7668\"", "\"7600-7609\"");
    sources.insert("loketten/tubbergen.toml", &tubbergen);
    sources.insert("loketten/almelo.toml", &almelo);
    sources
}

/// Walks to the last step with these words, and fills in nothing there.
pub(crate) async fn last_step(site: &House, words: &str) -> Seen {
    let begun = site.get("/vraag").await;
    let typed = [
        ("vraag", words),
        ("stap", "gegevens"),
        ("loket", "tubbergen"),
    ];
    let page = site.submit(&begun, FORM, &typed).await;
    assert_eq!(page.one("h1"), "Hoe wil je het antwoord krijgen?");
    site.clock.pass(5);
    page
}

/// Sends a question and gives the receipt.
pub(crate) async fn ask(site: &House, words: &str) -> Seen {
    let last = last_step(site, words).await;
    send(site, &last).await
}

pub(crate) async fn send(site: &House, last: &Seen) -> Seen {
    let typed = [("antwoord", "site"), ("stap", "versturen")];
    site.submit(last, FORM, &typed).await
}

pub(crate) async fn kept(site: &House, receipt: &Seen) -> Thread {
    let code = ReceiptCode::parse(&receipt.one("#code")).expect("a code");
    let thread = site.store.thread_by_code(&code).await;
    thread.expect("a database").expect("a question")
}

#[actix_web::test]
async fn a_parent_who_finds_no_answer_asks_and_gets_a_code() {
    let site = House::demo().await;
    let found = site.get("/zoeken?q=krijsende%20peuter").await;
    let words = site.submit(&found, ".loes-vraag form", &[]).await;
    assert_eq!(words.one("textarea"), "krijsende peuter");
    let typed = [
        ("vraag", "Mijn peuter\nwil niet slapen"),
        ("leeftijd", "peuter"),
        ("stap", "antwoorden"),
    ];
    let answers = site.submit(&words, FORM, &typed).await;
    assert_eq!(answers.one("h1"), "Misschien staat je antwoord hier al");
    let links = answers.attributes(".loes-resultaat a", "href");
    assert!(
        links[0] == "/antwoord/niet-slapen" && links.len() <= 3,
        "{links:?}"
    );
    let place = site.submit(&answers, FORM, &[("stap", "gegevens")]).await;
    assert_eq!(place.one("h1"), "Waar woon je?");
    let typed = [("postcode", "7665 AB"), ("stap", "gegevens")];
    let last = site.submit(&place, FORM, &typed).await;
    assert_eq!(last.one(".loes-bestemming strong"), "Loesloket Tubbergen");
    let promises = last.one(".loes-afspraken");
    for said in [
        "Alleen medewerkers van Loesloket Tubbergen",
        "Uiterlijk dinsdag 24 november",
        "maandag tot en met vrijdag",
        "De eerste keer is maandag 23 november",
        "Tot 90 dagen nadat je vraag is afgerond",
        "binnen 30 dagen overschreven",
        "weten we niet wie je bent",
        "Eerst met jou, als dat veilig is",
        "112",
    ] {
        assert!(promises.contains(said), "{said}: {promises}");
    }
    site.clock.pass(30);
    let typed = [
        ("antwoord", "mail"),
        ("mail", "anna@voorbeeld.nl"),
        ("naam", "Anna"),
        ("stap", "versturen"),
    ];
    let receipt = site.submit(&last, FORM, &typed).await;
    assert_eq!(
        (receipt.status, receipt.one("h1").as_str()),
        (StatusCode::OK, "Je vraag is verstuurd")
    );
    assert!(
        receipt
            .one("main")
            .contains("uiterlijk dinsdag 24 november")
    );
    assert_eq!(receipt.all(".loes-bewijs svg[role=img] path").len(), 1);
    assert_eq!(receipt.all("[data-print]").len(), 1);
    let thread = kept(&site, &receipt).await;
    assert_eq!(thread.messages[0].text, "Mijn peuter\nwil niet slapen");
    assert_eq!(thread.contact.name.as_deref(), Some("Anna"));
    assert_eq!(thread.contact.postcode.expect("a postcode").number(), 7665);
    assert!(!thread.question.urgent);
    assert_eq!(thread.question.age.expect("an age").slug(), "peuter");
}

#[actix_web::test]
async fn sending_twice_makes_one_question_and_shows_the_same_code() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    let first = send(&site, &last).await;
    site.clock.pass(60);
    let second = send(&site, &last).await;
    assert_eq!(first.one("#code"), second.one("#code"));
    assert!(second.all("textarea").is_empty(), "nothing is left to send");
    assert_eq!(kept(&site, &second).await.messages.len(), 1);
}

#[actix_web::test]
async fn a_receipt_that_is_loaded_anew_after_withdrawing_does_not_ask_again() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn zoon liegt").await;
    let receipt = send(&site, &last).await;
    let thread = kept(&site, &receipt).await;
    let store = &site.store;
    let mut tx = store.write().await.unwrap();
    let now = thread.question.created;
    tx.erase(&thread.question, "ingetrokken", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let again = send(&site, &last).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = thread.question.id;
    assert!(store.thread_by_id(id).await.unwrap().is_none());
    // Her words are still there; if she wants to, she asks anew and gets another code.
    site.clock.pass(5);
    let anew = send(&site, &again).await;
    assert_eq!(anew.status, StatusCode::OK);
    assert_ne!(anew.one("#code"), receipt.one("#code"));
}

#[actix_web::test]
async fn what_is_changed_after_sending_is_offered_as_an_addition() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    send(&site, &last).await;
    let typed = [
        ("vraag", "Mijn kind liegt en steelt"),
        ("antwoord", "site"),
        ("stap", "versturen"),
    ];
    let second = site.submit(&last, FORM, &typed).await;
    assert_eq!(second.status, StatusCode::OK);
    assert_eq!(
        second.one(".utrecht-alert--warning h2"),
        "Je vraag was al verstuurd"
    );
    assert_eq!(kept(&site, &second).await.messages.len(), 1);
    let added = site
        .submit(&second, "form[action='/mijn-vraag/schrijf']", &[])
        .await;
    assert_eq!(
        added.one(".utrecht-alert--ok h2"),
        "Je aanvulling is verstuurd"
    );
    let thread = kept(&site, &second).await;
    assert_eq!(thread.messages[1].text, "Mijn kind liegt en steelt");
    // Only how to answer was changed: her words are there and need not be written again.
    let typed = [
        ("antwoord", "mail"),
        ("mail", "a@b.nl"),
        ("stap", "versturen"),
    ];
    let third = site.submit(&last, FORM, &typed).await;
    assert_eq!(third.one("textarea"), "");
}

#[actix_web::test]
async fn every_mistake_is_told_at_once_beside_its_field_and_nothing_typed_is_lost() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    let long = "x".repeat(201);
    let typed = [
        ("antwoord", "bellen"),
        ("telefoon", "112"),
        ("tijden", long.as_str()),
        ("bericht", "ja"),
        ("naam", &long),
        ("stap", "versturen"),
    ];
    let page = site.submit(&last, FORM, &typed).await;
    assert_eq!(page.status, WRONG);
    assert_eq!(
        page.attributes(".loes-fouten a", "href"),
        ["#telefoon", "#tijden", "#naam"]
    );
    assert_eq!(page.attributes("#fouten", "tabindex"), ["-1"]);
    assert!(page.one("title").starts_with("Fout: "));
    for field in ["telefoon", "tijden", "naam"] {
        let at = format!("#{field}");
        assert_eq!(page.attributes(&at, "aria-invalid"), ["true"], "{field}");
        let described = page.attributes(&at, "aria-describedby").remove(0);
        assert!(described.contains(&format!("{field}-fout")));
        assert!(!page.one(&format!("#{field}-fout")).is_empty());
    }
    let fields = page.fields(FORM);
    for (name, value) in [
        ("vraag", "Mijn kind liegt"),
        ("antwoord", "bellen"),
        ("telefoon", "112"),
        ("tijden", &long),
        ("bericht", "ja"),
        ("naam", &long),
        ("loket", "tubbergen"),
    ] {
        assert!(
            fields.contains(&(name.to_owned(), value.to_owned())),
            "{name}"
        );
    }
    let right = [
        ("telefoon", "06 12345678"),
        ("tijden", "na acht uur"),
        ("naam", ""),
        ("stap", "versturen"),
    ];
    let receipt = site.submit(&page, FORM, &right).await;
    assert!(receipt.one("main").contains("zonder te zeggen waarover"));
}

#[actix_web::test]
async fn a_form_without_anything_names_all_that_is_missing() {
    let site = House::demo().await;
    let page = site.post("/vraag", &[("stap", "versturen")]).await;
    assert_eq!(page.status, WRONG);
    assert_eq!(
        page.attributes(".loes-fouten a", "href"),
        ["#vraag", "#postcode", "#antwoord"]
    );
    for id in [
        "#vraag",
        "#postcode",
        "#antwoord",
        "#vraag-fout",
        "#postcode-fout",
        "#antwoord-fout",
    ] {
        assert_eq!(page.all(id).len(), 1, "{id}");
    }
}

#[actix_web::test]
async fn going_back_and_choosing_another_municipality_loses_nothing() {
    let site = House::keeping(&two_lokets("", ""), "demo = 'aan'").await;
    let last = last_step(&site, "Mijn kind liegt").await;
    let typed = [
        ("antwoord", "mail"),
        ("mail", "anna@voorbeeld.nl"),
        ("naam", "Anna"),
        ("stap", "plaats"),
    ];
    let place = site.submit(&last, FORM, &typed).await;
    assert_eq!(
        (place.status, place.one("h1").as_str()),
        (StatusCode::OK, "Waar woon je?")
    );
    let there = site
        .submit(&place, FORM, &[("loket", "almelo"), ("stap", "woorden")])
        .await;
    assert_eq!(there.one("textarea"), "Mijn kind liegt");
    let again = site.submit(&there, FORM, &[("stap", "gegevens")]).await;
    assert_eq!(again.one(".loes-bestemming strong"), "Loesloket Almelo");
    assert_eq!(again.attributes("#mail", "value"), ["anna@voorbeeld.nl"]);
    let receipt = site.submit(&again, FORM, &[("stap", "versturen")]).await;
    let thread = kept(&site, &receipt).await;
    assert_eq!(thread.question.loket.as_str(), "almelo");
    assert_eq!(thread.contact.name.as_deref(), Some("Anna"));
}

#[actix_web::test]
async fn no_postcode_is_a_dead_end() {
    let site = House::keeping(&two_lokets("", ""), "demo = 'aan'").await;
    let begun = site.get("/vraag").await;
    let place = site
        .submit(
            &begun,
            FORM,
            &[("vraag", "paspoort"), ("stap", "antwoorden")],
        )
        .await;
    assert_eq!(
        place.one("h1"),
        "Waar woon je?",
        "no answers: that step is passed over"
    );
    assert_eq!(place.status, StatusCode::OK);
    for (postcode, told) in [
        ("", "Vul je postcode in"),
        ("76", "Dit is geen postcode"),
        ("1011", "hoort geen Loesloket"),
        ("7651", "meer gemeenten"),
    ] {
        let page = site
            .submit(
                &place,
                FORM,
                &[("postcode", postcode), ("stap", "gegevens")],
            )
            .await;
        assert_eq!(page.status, WRONG, "{postcode}");
        assert!(page.one("#postcode-fout").contains(told), "{postcode}");
        assert_eq!(page.attributes("#postcode", "value"), [postcode]);
        assert_eq!(page.all("#loket option").len(), 3);
        assert!(
            page.fields("main form:last-of-type")
                .contains(&("vraag".into(), "paspoort".into()))
        );
    }
    let nobody = site
        .submit(&place, FORM, &[("postcode", "1011"), ("stap", "gegevens")])
        .await;
    assert!(
        nobody
            .all(".loes-feit__naam")
            .contains(&"Huisarts".to_owned())
    );
    let border = site
        .submit(&place, FORM, &[("postcode", "7651"), ("stap", "gegevens")])
        .await;
    assert_eq!(border.all("button[name=loket]"), ["Almelo", "Tubbergen"]);
    let last = site
        .submit(&border, "form.loes-knoppen", &[("loket", "almelo")])
        .await;
    assert_eq!(last.one(".loes-bestemming strong"), "Loesloket Almelo");
}

#[actix_web::test]
async fn words_that_tell_of_danger_bring_help_on_every_step_and_make_the_question_urgent() {
    let site = House::demo().await;
    let words = "mijn man slaat mij";
    let help = |page: &Seen| {
        page.all(".loes-hulp--dringend .loes-feit__naam")
            .contains(&"Veilig Thuis".to_owned())
    };
    let first = site.post("/vraag", &[("vraag", words)]).await;
    let answers = site.submit(&first, FORM, &[("stap", "antwoorden")]).await;
    let place = site.submit(&answers, FORM, &[("stap", "gegevens")]).await;
    assert!(help(&first) && help(&answers) && help(&place));
    let last = site
        .submit(&place, FORM, &[("postcode", "7651"), ("stap", "gegevens")])
        .await;
    site.clock.pass(5);
    let receipt = send(&site, &last).await;
    assert!(help(&last) && help(&receipt));
    assert!(kept(&site, &receipt).await.question.urgent);
}

#[actix_web::test]
async fn what_is_sent_within_three_seconds_comes_back_whole_and_then_goes() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    site.clock.pass(-3);
    let hasty = send(&site, &last).await;
    assert_eq!(
        (hasty.status, hasty.one("#terug h2").as_str()),
        (WRONG, "Dat ging wel erg snel")
    );
    site.clock.pass(1);
    let receipt = site.submit(&hasty, FORM, &[("stap", "versturen")]).await;
    assert_eq!(receipt.one("h1"), "Je vraag is verstuurd");
}

#[actix_web::test]
async fn a_form_without_a_good_token_comes_back_with_one() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    for bad in ["", "onzin", &"A".repeat(54)] {
        let typed = [
            ("antwoord", "site"),
            ("stap", "versturen"),
            ("sleutel", bad),
        ];
        let page = site.submit(&last, FORM, &typed).await;
        assert_eq!(page.status, WRONG, "{bad}");
        assert_eq!(page.one("#terug h2"), "Je vraag is nog niet verstuurd");
        site.clock.pass(5);
        let receipt = site.submit(&page, FORM, &[("stap", "versturen")]).await;
        assert_eq!(receipt.one("h1"), "Je vraag is verstuurd");
    }
}

#[actix_web::test]
async fn an_old_form_comes_back_unless_it_was_sent_before() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    let other = last_step(&site, "Mijn kind steelt").await;
    let receipt = send(&site, &last).await;
    site.clock.pass(25 * 3600);
    let late = send(&site, &other).await;
    assert_eq!(
        (late.status, late.one("#terug h2").as_str()),
        (WRONG, "Je vraag is nog niet verstuurd")
    );
    assert_ne!(
        late.attributes("[name=sleutel]", "value"),
        other.attributes("[name=sleutel]", "value")
    );
    let again = send(&site, &last).await;
    assert_eq!(
        (again.status, again.one("#code")),
        (StatusCode::OK, receipt.one("#code"))
    );
    assert!(again.all("textarea").is_empty(), "nothing is left to send");
    let typed = [
        ("vraag", "Nog iets"),
        ("antwoord", "site"),
        ("stap", "versturen"),
    ];
    let changed = site.submit(&last, FORM, &typed).await;
    assert_eq!(changed.one("textarea"), "Nog iets");
}

#[actix_web::test]
async fn the_field_that_people_do_not_see_catches_machines() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    assert_eq!(
        last.attributes("[aria-hidden=true] #website", "tabindex"),
        ["-1"]
    );
    assert_eq!(last.attributes("#website", "autocomplete"), ["off"]);
    let typed = [
        ("website", "https://kwaad.example"),
        ("antwoord", "site"),
        ("stap", "versturen"),
    ];
    let page = site.submit(&last, FORM, &typed).await;
    assert_eq!(
        (page.status, page.one("#terug h2").as_str()),
        (WRONG, "Probeer het nog eens")
    );
    assert_eq!(send(&site, &page).await.one("h1"), "Je vraag is verstuurd");
}

#[actix_web::test]
async fn a_loket_without_a_reader_takes_no_questions_and_names_others() {
    let real = two_lokets(
        "voorbeeld = true",
        "voorbeeld = false\ntelefoon = \"0546-628000\"",
    );
    let site = House::keeping(&real, "demo = 'uit'").await;
    let walk = [
        ("vraag", "Mijn kind liegt"),
        ("loket", "tubbergen"),
        ("stap", "gegevens"),
    ];
    let closed = site.post("/vraag", &walk).await;
    assert_eq!(
        closed.one("h1"),
        "Loesloket Tubbergen neemt hier nog geen vragen aan"
    );
    assert_eq!(closed.one("blockquote"), "Mijn kind liegt");
    let main = closed.one("main");
    assert!(
        main.contains("0546-628000")
            && main.contains("Voorbeeldstraat 1")
            && main.contains("Huisarts")
    );
    assert!(closed.all("button[value=versturen]").is_empty());
    join(&site, "tubbergen").await;
    let open = site.post("/vraag", &walk).await;
    assert_eq!(open.one("h1"), "Hoe wil je het antwoord krijgen?");
    let almelo = site.submit(
        &open,
        FORM,
        &[
            ("loket", "almelo"),
            ("antwoord", "site"),
            ("stap", "versturen"),
        ],
    );
    site.clock.pass(5);
    let refused = almelo.await;
    assert_eq!((refused.status, refused.all("#code").len()), (WRONG, 0));
    let made_up = House::keeping(&small_library(), "demo = 'uit'").await;
    let page = made_up.post("/vraag", &walk).await;
    assert!(
        page.one("h1").contains("nog geen vragen") && !page.one("main").contains("Voorbeeldstraat")
    );
}

/// Makes an account that reads the questions of `loket`.
async fn join(site: &House, loket: &str) {
    let store = &site.store;
    let mut tx = store.write().await.unwrap();
    let new = NewStaff {
        name: "Els",
        mail: &MailAddress::parse("els@voorbeeld.nl").unwrap(),
        role: Role::Medewerker,
        loket: &Slug::parse(loket).unwrap(),
        password: "x",
        totp: None,
        totp_step: 0,
        recovery: &[],
    };
    let moment = NOON.parse().unwrap();
    tx.add_staff(&new, moment).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

#[actix_web::test]
async fn without_a_database_the_form_says_so_and_keeps_what_was_typed() {
    let sources = two_lokets(
        "mail = \"loket",
        "telefoon = \"0546-628000\"\nmail = \"loket",
    );
    let never_opened = TestSite::with(&sources, "demo = 'aan'", NOON);
    let begun = never_opened.get("/vraag").await;
    assert_eq!(
        (begun.status, begun.header("cache-control")),
        (DOWN, "no-store")
    );
    let closed = House::keeping(&sources, "demo = 'aan'").await;
    let last = last_step(&closed, "Mijn kind liegt").await;
    closed.store.close().await;
    let token = &last.attributes("[name=sleutel]", "value")[0];
    for site in [&never_opened, &closed] {
        let typed = [
            ("vraag", "Mijn kind <liegt>"),
            ("loket", "tubbergen"),
            ("antwoord", "site"),
            ("naam", "Anna"),
            ("sleutel", token.as_str()),
            ("stap", "versturen"),
        ];
        let page = site.post("/vraag", &typed).await;
        assert_eq!(
            (page.status, page.header("cache-control")),
            (DOWN, "no-store")
        );
        assert_eq!(page.header("retry-after"), "60");
        assert_eq!(page.one("blockquote"), "Mijn kind <liegt>");
        assert!(page.one("main").contains("0546-628000"));
        let fields = page.fields(FORM);
        let all = typed.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert!(all.iter().all(|field| fields.contains(field)), "{fields:?}");
        assert_eq!(site.get("/zoeken?q=slapen").await.status, StatusCode::OK);
    }
}

#[actix_web::test]
async fn words_and_codes_stand_in_no_header_and_nobody_keeps_a_page() {
    let site = House::demo().await;
    let begun = site.get("/vraag").await;
    let mut typed = vec![
        ("vraag", "kanarievraag"),
        ("naam", "kanarienaam"),
        ("mail", "kanarie@voorbeeld.nl"),
        ("tijden", "kanarietijd"),
        ("postcode", "7651"),
        ("antwoord", "mail"),
        ("stap", "woorden"),
    ];
    let mut pages = vec![begun];
    for step in ["woorden", "antwoorden", "plaats", "gegevens", "versturen"] {
        typed.last_mut().unwrap().1 = step;
        let next = site.submit(pages.last().unwrap(), FORM, &typed).await;
        site.clock.pass(10);
        pages.push(next);
    }
    assert_eq!(pages[5].one("h1"), "Je vraag is verstuurd");
    let code = pages[5].one("#code");
    for page in &pages {
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
        assert_eq!(page.all("[data-verlaat]").len(), 1);
        assert!(!page.headers.contains_key("set-cookie"));
        let headers = format!("{:?}", page.headers);
        assert!(
            !headers.contains("kanarie") && !headers.contains(&code),
            "{headers}"
        );
        for name in ["href", "src", "action"] {
            let addresses = page.attributes(&format!("[{name}]"), name).join(" ");
            assert!(
                !addresses.contains("kanarie") && !addresses.contains(&code),
                "{addresses}"
            );
        }
    }
    // What other databases hold, the tests of the store look at.
    let DatabaseUrl::Sqlite(path) = site.url() else {
        return;
    };
    let files = ["", "-wal"].map(|end| {
        let file = format!("{}{end}", path.display());
        std::fs::read(file).unwrap_or_default()
    });
    let kept = String::from_utf8_lossy(&files.concat()).into_owned();
    assert!(kept.contains("tubbergen") && !kept.contains("kanarie") && !kept.contains(&code));
}

#[actix_web::test]
async fn a_form_of_another_site_is_refused() {
    let site = House::demo().await;
    let from = |name: &'static str, value: &'static str| {
        let request = TestRequest::post()
            .uri("/vraag")
            .set_form([("vraag", "hoi")]);
        site.send(
            request
                .insert_header((name, value))
                .insert_header(("Host", "loes.test")),
        )
    };
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://kwaad.example"),
    ] {
        let refused = from(name, value).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{value}");
        assert_eq!(refused.one("h1"), "Dat kan hier niet");
    }
    for (name, value) in [
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Site", "none"),
        ("Origin", "http://loes.test"),
    ] {
        assert_eq!(from(name, value).await.status, StatusCode::OK, "{value}");
    }
}

#[actix_web::test]
async fn the_form_answers_get_and_post_alone() {
    let site = House::demo().await;
    assert_eq!(
        site.ask(Method::HEAD, "/vraag").await.status,
        StatusCode::OK
    );
    assert_eq!(
        site.ask(Method::PUT, "/vraag").await.header("allow"),
        "GET, HEAD, POST"
    );
}

/// Sends a question as another system does.
async fn api(site: &TestSite, key: &str, body: serde_json::Value) -> Seen {
    let request = TestRequest::post().uri("/api/v1/vragen").set_json(body);
    site.send(request.insert_header(("Idempotency-Key", key)))
        .await
}

const KEY: &str = "3f6c1d1e-sleutel";

#[actix_web::test]
async fn another_system_asks_once_however_often_it_sends() {
    let site = House::demo().await;
    let question = serde_json::json!({
        "vraag": "mijn man slaat mij", "postcode": "7651AB", "leeftijd": "peuter",
        "antwoord": {"soort": "bellen", "telefoon": "0612345678", "tijden": "overdag"},
    });
    let first = api(&site, KEY, question.clone()).await;
    assert_eq!(
        (first.status, first.header("cache-control")),
        (StatusCode::CREATED, "no-store")
    );
    assert!(!first.headers.contains_key("access-control-allow-origin"));
    let receipt = first.json();
    assert_eq!(receipt["loket"], "tubbergen");
    assert_eq!(receipt["antwoord_uiterlijk"], "2026-11-24");
    assert!(receipt["adres"].as_str().unwrap().ends_with("/mijn-vraag"));
    site.clock.pass(7 * 24 * 3600);
    let again = api(&site, KEY, question.clone()).await;
    assert_eq!(
        (again.status, again.json()),
        (StatusCode::CREATED, receipt.clone())
    );
    let code = ReceiptCode::parse(receipt["code"].as_str().unwrap()).unwrap();
    let thread = site.store.thread_by_code(&code).await.unwrap().unwrap();
    assert_eq!(
        (thread.messages.len(), thread.question.channel.slug()),
        (1, "api")
    );
    assert!(thread.question.urgent);
    let mut other = question.clone();
    other["vraag"] = "iets anders".into();
    let refused = api(&site, KEY, other).await;
    assert_eq!(
        (refused.status, refused.header("content-type")),
        (WRONG, "application/problem+json")
    );
    let fresh = api(&site, "een-andere-sleutel", question).await.json();
    assert_ne!(fresh["code"], receipt["code"]);
}

#[actix_web::test]
async fn another_system_is_told_of_all_its_mistakes() {
    let site = House::demo().await;
    let wrong = serde_json::json!({
        "vraag": " ", "leeftijd": "oud", "wie": "oma", "loket": "nergens", "antwoord": {"soort": "mail", "mail": "x"},
    });
    let refused = api(&site, KEY, wrong).await;
    assert_eq!(refused.status, WRONG);
    let mistakes = refused.json()["fouten"].clone();
    let fields: Vec<_> = mistakes
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["veld"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        ["leeftijd", "wie", "loket", "vraag", "postcode", "mail"]
    );
    let good = serde_json::json!({"vraag": "hoi daar", "loket": "tubbergen", "antwoord": {"soort": "site"}});
    for key in ["", "kort", "met een spatie erin", &"x".repeat(201)] {
        assert_eq!(
            api(&site, key, good.clone()).await.status,
            StatusCode::BAD_REQUEST,
            "{key}"
        );
    }
    let unknown = serde_json::json!({"vraag": "hoi", "vragen": 1, "antwoord": {"soort": "site"}});
    assert_eq!(
        api(&site, KEY, unknown).await.status,
        StatusCode::BAD_REQUEST
    );
    let elsewhere = TestRequest::post().uri("/api/v1/vragen").set_json(&good);
    let elsewhere = elsewhere
        .insert_header(("Idempotency-Key", KEY))
        .insert_header(("Origin", "https://kwaad.example"));
    assert_eq!(site.send(elsewhere).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("/api/v1/vragen").await.header("allow"), "POST");
    let closed = House::keeping(&small_library(), "demo = 'uit'").await;
    assert_eq!(
        api(&closed, KEY, good.clone()).await.json()["fouten"][0]["veld"],
        "loket"
    );
    let down = TestSite::with(&small_library(), "demo = 'aan'", NOON);
    assert_eq!(api(&down, KEY, good).await.status, DOWN);
}

#[actix_web::test]
async fn the_receipt_shows_what_is_on_disk_and_a_new_question_has_a_new_code() {
    let site = House::demo().await;
    let one = ask(&site, "Mijn kind liegt").await;
    let other = ask(&site, "Mijn kind liegt").await;
    assert_ne!(one.one("#code"), other.one("#code"));
    let words = one.one("main");
    assert!(
        words.contains("Schrijf de code op of maak er een foto van")
            && words.contains("niemand leest je vraag")
    );
    let code = one.one("#code");
    assert!(
        code.len() == 19 && !code.contains(['0', 'O', '1', 'I']),
        "{code}"
    );
}

#[actix_web::test]
async fn the_form_says_when_the_desk_reads_next() {
    let site = House::demo().await;
    for (hours, moment) in [
        (22, "vandaag"),
        (7, "dinsdag 24 november"),
        (4 * 24, "maandag 30 november"),
    ] {
        site.clock.pass(hours * 3600);
        let page = last_step(&site, "Mijn kind liegt").await;
        let promises = page.one(".loes-afspraken");
        assert!(
            promises.contains(&format!("De eerste keer is {moment}.")),
            "{promises}"
        );
    }
}

#[actix_web::test]
async fn a_locked_database_is_told_of_and_nothing_is_half_done() {
    // SQLite has one that writes; the faults lock other databases from outside.
    let site = House::demo_at(Place::sqlite()).await;
    let last = last_step(&site, "Mijn kind liegt").await;
    let store = &site.store;
    let lock = store.write().await.unwrap();
    let page = send(&site, &last).await;
    assert_eq!(
        (page.status, page.one("blockquote").as_str()),
        (DOWN, "Mijn kind liegt")
    );
    drop(lock);
    let receipt = site.submit(&page, FORM, &[]).await;
    assert_eq!(kept(&site, &receipt).await.messages.len(), 1);
}

//! What a visitor reads.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use crate::support::{Article, NOON, Seen, TestSite, real_sources, small_library};

#[actix_web::test]
async fn a_parent_searches_and_reads_the_answer() {
    let site = TestSite::new(&small_library());
    let found = site
        .get("/zoeken?q=mijn%20peuter%20wil%20niet%20slapen")
        .await;
    assert_eq!(found.status, StatusCode::OK);
    assert_eq!(
        found.attributes(".loes-resultaat a", "href")[0],
        "/antwoord/niet-slapen"
    );
    let answer = site.get("/antwoord/niet-slapen").await;
    assert_eq!(answer.one("h1"), "Mijn peuter wil niet slapen");
    assert_eq!(answer.one(".loes-lead"), "Kort antwoord op niet-slapen.");
    assert_eq!(
        answer.all(".utrecht-breadcrumb-nav a"),
        ["Home", "Gedrag", "Slapen"]
    );
    assert_eq!(
        answer.all(".loes-tekst h2"),
        [
            "In het kort",
            "Wat is er aan de hand?",
            "Wat kun je doen?",
            "Wanneer zoek je hulp?",
        ]
    );
    assert_eq!(answer.all(".loes-inhoud a").len(), 4);
    assert!(answer.one(".loes-merkje").contains("nog niet beoordeeld"));
    assert_eq!(
        answer.all(".loes-verwant h3"),
        ["Mijn peuter heeft driftbuien"]
    );
    assert!(
        answer
            .one(".loes-bronnen")
            .contains("NJi, bekeken op 1 november 2026")
    );
}

#[actix_web::test]
async fn the_words_of_a_search_stay_in_the_field_and_are_marked_in_the_answers() {
    let mut sources = small_library();
    let article = Article::new("slapen", "niet-slapen", "Mijn peuter wil niet slapen")
        .saying("\nEen kind leert slapen: slapen met een vast ritme.\n");
    // What the summary says already is not said twice.
    let text = article
        .text()
        .replace("Kort antwoord op niet-slapen.", "Een kort antwoord.");
    sources.insert(article.path(), &text);
    let site = TestSite::new(&sources);
    let found = site.get("/zoeken?q=%3Cb%3Eslapen&leeftijd=peuter").await;
    assert_eq!(found.attributes("#q", "value"), ["<b>slapen"]);
    assert_eq!(found.all(".loes-chip[aria-current]"), ["Peuter"]);
    assert!(
        found
            .all("mark")
            .iter()
            .any(|word| word.to_lowercase().contains("slapen"))
    );
}

#[actix_web::test]
async fn words_that_tell_of_danger_bring_help_before_the_answers_and_are_kept_by_nobody() {
    let site = TestSite::new(&small_library());
    let found = site.get("/zoeken?q=mijn%20man%20slaat%20mij").await;
    assert_eq!(
        found.all(".loes-hulp--dringend .loes-feit__naam"),
        ["Alarmnummer", "Veilig Thuis"]
    );
    assert!(
        found
            .one(".loes-hulp__kop")
            .contains("Ben je niet veilig? Bel nu.")
    );
    assert_eq!(found.header("cache-control"), "no-store");
    assert_eq!(found.all("[data-verlaat]").len(), 1);
    let calm = site.get("/zoeken?q=slapen").await;
    assert!(calm.all(".loes-hulp--dringend, [data-verlaat]").is_empty());
}

#[actix_web::test]
async fn a_question_without_an_answer_is_told_so_and_goes_on_by_post() {
    let site = TestSite::new(&small_library());
    let found = site.get("/zoeken?q=paspoort").await;
    assert!(
        found
            .one(".utrecht-alert--info h2")
            .contains("nog geen antwoord")
    );
    assert_eq!(found.attributes(".loes-vraag form", "method"), ["post"]);
    assert_eq!(
        found.attributes(".loes-vraag [name=vraag]", "value"),
        ["paspoort"]
    );
    assert_eq!(found.attributes(".loes-vraag form", "action"), ["/vraag"]);
}

#[actix_web::test]
async fn a_very_long_question_is_cut_and_the_page_says_so() {
    let site = TestSite::new(&small_library());
    let long = format!("/zoeken?q={}", "slapen%20".repeat(1500));
    let found = site.get(&long).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(
        found
            .all(".utrecht-alert h2")
            .contains(&"We lezen alleen het begin".to_owned())
    );
}

#[actix_web::test]
async fn an_empty_search_invites() {
    let site = TestSite::new(&small_library());
    for path in [
        "/zoeken",
        "/zoeken?q=",
        "/zoeken?q=%20%0a",
        "/zoeken?leeftijd=onzin",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            page.one("main").contains("Typ hierboven je vraag"),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_misspelt_word_gets_a_suggestion() {
    let site = TestSite::new(&small_library());
    let found = site.get("/zoeken?q=drifbuien").await;
    assert!(found.one("main").contains("Bedoelde je: driftbuien"));
}

#[actix_web::test]
async fn a_former_address_leads_to_the_present_one() {
    let site = TestSite::new(&small_library());
    let old = site.get("/antwoord/woedebui").await;
    assert_eq!(old.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(old.header("location"), "/antwoord/driftbui");
}

#[actix_web::test]
async fn a_sensitive_text_opens_with_help_and_a_real_loket_holds_back_what_nobody_approved() {
    let sources = small_library();
    let trial = TestSite::with(&sources, "demo = 'aan'", NOON)
        .get("/antwoord/onveilig")
        .await;
    assert_eq!(trial.all(".loes-tekst h2").len(), 4);
    assert!(trial.one(".loes-proef").contains("niemand leest dit"));
    let real = TestSite::with(&sources, "demo = 'uit'", NOON)
        .get("/antwoord/onveilig")
        .await;
    assert_eq!(real.all(".loes-tekst h2"), ["In het kort"]);
    assert!(real.all(".loes-proef").is_empty());
    assert_eq!(real.all(".loes-bronnen li").len(), 2);
    assert_eq!(real.all("[data-verlaat]").len(), 1);
    let html = real.text();
    assert!(html.find("id=\"hulp\"") < html.find("id=\"in-het-kort\""));
}

#[actix_web::test]
async fn an_approved_text_names_who_and_is_shown_whole() {
    let article = Article::new("kindermishandeling", "onveilig", "Is een kind onveilig?");
    let text = article.text();
    let date = "2026-11-20".parse().unwrap();
    let approved = loes::content::approve("x.md", &text, "Jeugdarts van dienst", date).unwrap();
    let mut sources = small_library();
    sources.insert(article.path(), &approved);
    let page = TestSite::with(&sources, "demo = 'uit'", NOON)
        .get("/antwoord/onveilig")
        .await;
    assert_eq!(page.all(".loes-tekst h2").len(), 4);
    assert_eq!(
        page.one(".loes-merkje"),
        "Beoordeeld door Jeugdarts van dienst op 20 november 2026."
    );
    sources.insert(
        article.path(),
        &approved.replace("Blijf rustig", "Blijf heel rustig"),
    );
    let changed = TestSite::with(&sources, "demo = 'uit'", NOON)
        .get("/antwoord/onveilig")
        .await;
    assert!(changed.one(".loes-merkje").contains("nog niet beoordeeld"));
}

#[actix_web::test]
async fn help_says_who_is_there_now_and_shows_an_old_check_date() {
    let site = TestSite::new(&small_library());
    let sunday = site.get("/hulp").await;
    assert!(
        sunday
            .one("#feit-alarmnummer")
            .contains("Nu bereikbaar, dag en nacht")
    );
    let closed = sunday.one("#feit-veilig-thuis");
    assert!(closed.contains("Morgen vanaf 9.00 uur"), "{closed}");
    assert!(
        closed.contains("Voor het laatst gecontroleerd op 1 januari 2026"),
        "{closed}"
    );
    let monday = TestSite::with(&small_library(), "", "2026-11-23T09:00:00Z")
        .get("/hulp")
        .await;
    assert!(
        monday
            .one("#feit-veilig-thuis")
            .contains("Nu bereikbaar tot 17.00 uur")
    );
}

#[actix_web::test]
async fn a_loket_says_when_it_is_open_and_skips_exceptions() {
    let sources = small_library();
    let at = |moment| TestSite::with(&sources, "", moment);
    let sunday = at(NOON).get("/loket/tubbergen").await;
    assert!(
        sunday
            .one(".loes-spreekuur")
            .contains("Volgende keer: dinsdag 24 november")
    );
    let open = at("2026-11-24T08:30:00Z").get("/loket/tubbergen").await;
    assert!(
        open.one(".loes-spreekuur--open")
            .contains("Nu open, tot 11.00 uur")
    );
    let after = at("2026-11-24T12:00:00Z").get("/loket/tubbergen").await;
    assert!(
        after
            .one(".loes-spreekuur")
            .contains("Volgende keer: dinsdag 8 december")
    );
    assert!(
        after
            .one(".loes-spreekuur")
            .contains("Niet op dinsdag 1 december: studiedag.")
    );
}

#[actix_web::test]
async fn an_example_loket_shows_nothing_made_up_outside_a_trial() {
    let sources = small_library();
    let real = TestSite::with(&sources, "demo = 'uit'", NOON);
    let page = real.get("/loket/tubbergen").await;
    assert!(
        page.one(".utrecht-alert h2")
            .contains("Dit loket is er nog niet")
    );
    assert!(!page.text().contains("example.org") && page.all(".loes-spreekuur").is_empty());
    assert!(
        page.all(".loes-hulp .loes-feit__naam")
            .contains(&"Huisarts".to_owned())
    );
    let agenda = real.get("/loket/tubbergen/spreekuren.ics").await;
    assert_eq!(agenda.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_postcode_leads_to_a_loket_or_to_other_ways_never_to_a_dead_end() {
    let site = TestSite::new(&small_library());
    let find = |postcode: &'static str| {
        site.send(
            TestRequest::post()
                .uri("/loket")
                .set_form([("postcode", postcode)]),
        )
    };
    let found = find("7651 AB").await;
    assert_eq!(
        found.attributes("[aria-labelledby=gevonden] a", "href"),
        ["/loket/tubbergen"]
    );
    let nobody = find("1000").await;
    assert!(
        nobody
            .one(".utrecht-alert h2")
            .contains("Geen loket gevonden")
    );
    assert!(
        nobody
            .attributes("a", "href")
            .contains(&"/loket/tubbergen".to_owned())
    );
    for wrong in ["", "76", "abcd"] {
        let page = find(wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert_eq!(page.attributes("#postcode", "value"), [wrong]);
        assert!(page.one("#postcode-fout").contains("vier cijfers"));
        assert_eq!(page.attributes("#postcode", "aria-invalid"), ["true"]);
    }
}

#[actix_web::test]
async fn every_page_to_browse_by_leads_to_answers() {
    let site = TestSite::new(&small_library());
    for path in ["/thema/gedrag", "/onderwerp/slapen", "/leeftijd/peuter"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            page.attributes("main a", "href")
                .contains(&"/antwoord/niet-slapen".to_owned()),
            "{path}"
        );
    }
    let lead = |page: &Seen| page.all("main .loes-lead").join(" ");
    assert!(lead(&site.get("/onderwerp/slapen").await).contains("Wie slaapt, groeit."));
    assert!(lead(&site.get("/thema/gedrag").await).contains("Over gedrag."));
    let empty = site.get("/onderwerp/leeg").await;
    assert!(empty.one(".utrecht-alert h2").contains("nog geen antwoord"));
    assert_eq!(
        empty.attributes("meta[name=robots]", "content"),
        ["noindex"]
    );
}

#[actix_web::test]
async fn what_is_not_there_is_told_kindly_with_a_way_on() {
    let site = TestSite::new(&small_library());
    for path in [
        "/nergens",
        "/antwoord/nergens",
        "/thema/x",
        "/onderwerp/x",
        "/leeftijd/x",
        "/loket/x",
        "/assets/x",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(page.one("h1"), "Deze pagina is er niet");
        assert_eq!(page.all("form[role=search]").len(), 1);
        assert_eq!(page.attributes(".loes-vraag form", "action"), ["/vraag"]);
    }
}

#[actix_web::test]
async fn a_text_can_be_read_without_a_script_and_none_stands_in_the_page() {
    let site = TestSite::new(&real_sources());
    for path in [
        "/",
        "/antwoord/koorts",
        "/zoeken?q=slapen",
        "/loket/tubbergen",
    ] {
        let page = site.get(path).await;
        assert!(
            page.all("script:not([src]):not([type='application/ld+json'])")
                .is_empty(),
            "{path}"
        );
        assert!(
            page.attributes("[onclick], [onload], [style]", "style")
                .is_empty(),
            "{path}"
        );
        assert!(page.all("style").is_empty(), "{path}");
    }
}

#[actix_web::test]
async fn head_answers_like_get_and_other_methods_are_refused() {
    let site = TestSite::new(&small_library());
    assert_eq!(
        site.ask(Method::HEAD, "/antwoord/driftbui").await.status,
        StatusCode::OK
    );
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::TRACE] {
        let page = site.ask(method.clone(), "/antwoord/driftbui").await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(page.one("h1"), "Dat kan op deze pagina niet");
    }
    assert_eq!(
        site.ask(Method::PUT, "/loket").await.header("allow"),
        "GET, HEAD, POST"
    );
}

#[actix_web::test]
async fn a_text_for_young_people_says_so_wherever_it_is_listed() {
    let mut sources = small_library();
    let article = Article::new("slapen", "zelf-niet-slapen", "Ik slaap slecht");
    let text = article.text().replace("voor: [ouder]", "voor: [jongere]");
    sources.insert(article.path(), &text);
    let site = TestSite::new(&sources);
    for path in [
        "/antwoord/zelf-niet-slapen",
        "/onderwerp/slapen",
        "/thema/gedrag",
        "/leeftijd/peuter",
        "/zoeken?q=ik+slaap+slecht",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.all("main .loes-lezer"), ["Voor jongeren"], "{path}");
    }
}

#[actix_web::test]
async fn the_page_of_an_age_lists_its_answers_below_their_themes() {
    let page = TestSite::new(&small_library())
        .get("/leeftijd/peuter")
        .await;
    assert_eq!(page.all("main section h2")[0], "Gedrag");
    assert_eq!(page.attributes("main nav .loes-chip", "href"), ["#gedrag"]);
    let listed = page.attributes("main section li a", "href");
    assert!(
        listed.contains(&"/antwoord/driftbui".to_owned()),
        "{listed:?}"
    );
}

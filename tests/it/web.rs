//! What stands around a page: headers, caching, compression, feeds.

use std::io::Read as _;

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;

use crate::support::{NOON, TestSite, real_sources, small_library};

const PAGES: [&str; 18] = [
    "/",
    "/zoeken?q=slapen",
    "/antwoord/driftbui",
    "/thema/gedrag",
    "/onderwerp/slapen",
    "/leeftijd/peuter",
    "/loket",
    "/loket/tubbergen",
    "/hulp",
    "/over",
    "/privacy",
    "/toegankelijkheid",
    "/nergens",
    "/sitemap.xml",
    "/antwoorden.atom",
    "/api/v1/antwoorden",
    "/readyz",
    "/suggesties?q=mijn",
];

#[actix_web::test]
async fn every_response_carries_the_security_headers_and_no_cookie() {
    let site = TestSite::new(&small_library());
    for path in PAGES {
        let page = site.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
            "{path}"
        );
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            page.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            page.header("permissions-policy").contains("geolocation=()"),
            "{path}"
        );
        assert!(!page.headers.contains_key("set-cookie"), "{path}");
        assert!(
            !page.headers.contains_key("strict-transport-security"),
            "{path}"
        );
        assert!(!page.header("cache-control").is_empty(), "{path}");
    }
    let secure = TestSite::with(
        &small_library(),
        "base-url = 'https://loes.example.org'",
        NOON,
    );
    assert!(
        secure
            .get("/")
            .await
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
}

#[actix_web::test]
async fn each_kind_of_page_says_how_long_it_may_be_kept() {
    let site = TestSite::new(&small_library());
    for (path, policy) in [
        ("/", "public, max-age=60"),
        ("/antwoord/driftbui", "public, max-age=60"),
        ("/zoeken?q=slapen", "private, no-cache"),
        ("/zoeken?q=hij+slaat+mij", "no-store"),
        ("/api/v1/zoeken?q=hij+slaat+mij", "no-store"),
        ("/nergens", "no-store"),
        ("/healthz", "no-store"),
    ] {
        assert_eq!(
            site.get(path).await.header("cache-control"),
            policy,
            "{path}"
        );
    }
    let style = &site
        .get("/")
        .await
        .attributes("link[rel=stylesheet]", "href")[0];
    assert_eq!(
        site.get(style).await.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
}

#[actix_web::test]
async fn a_browser_that_has_the_page_gets_304_and_another_page_once_it_changed() {
    let site = TestSite::new(&small_library());
    let first = site.get("/antwoord/driftbui").await;
    let tag = first.header("etag").to_owned();
    let ask = |tag: String| {
        site.send(
            TestRequest::get()
                .uri("/antwoord/driftbui")
                .insert_header(("If-None-Match", tag)),
        )
    };
    let again = ask(tag.clone()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty() && again.header("etag") == tag);
    assert_eq!(
        ask("\"anders\", *".into()).await.status,
        StatusCode::NOT_MODIFIED
    );
    assert_eq!(ask("\"anders\"".into()).await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_page_is_sent_in_the_smallest_form_that_the_browser_reads() {
    let site = TestSite::new(&real_sources());
    let plain = site.get("/antwoord/koorts").await;
    assert_eq!(plain.header("vary"), "Accept-Encoding");
    let ask = |path: &'static str, accepts: &'static str| {
        site.send(
            TestRequest::get()
                .uri(path)
                .insert_header(("Accept-Encoding", accepts)),
        )
    };
    let packed = ask("/antwoord/koorts", "gzip").await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(packed.body.as_slice())
        .read_to_end(&mut text)
        .unwrap();
    assert_eq!(text, plain.body);
    let smaller = ask("/antwoord/koorts", "gzip, deflate, br").await;
    assert_eq!(smaller.header("content-encoding"), "br");
    assert!(smaller.body.len() < packed.body.len());
    assert_eq!(
        ask("/antwoord/koorts", "br;q=0")
            .await
            .header("content-encoding"),
        ""
    );
    assert_eq!(
        ask("/zoeken?q=slapen", "gzip, br")
            .await
            .header("content-encoding"),
        "gzip"
    );
}

#[actix_web::test]
async fn what_no_page_can_use_is_turned_away_with_a_page() {
    let site = TestSite::new(&small_library());
    for path in [
        "/zoeken?q=%00",
        "/zoeken?q=%ff",
        "/antwoord/%ff",
        "/antwoord/%00",
        "/zoeken?q=a&q=b",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(page.one("h1"), "Dit konden we niet lezen", "{path}");
    }
    let squeezed = TestRequest::post()
        .uri("/loket")
        .insert_header(("Content-Encoding", "gzip"));
    assert_eq!(
        site.send(squeezed).await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    let large = TestRequest::post()
        .uri("/loket")
        .set_form([("vraag", "a".repeat(70_000))]);
    let large = site
        .send(large.insert_header(("Content-Length", "70006")))
        .await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(large.one("h1"), "Dat is te veel tekst");
    let strange = TestRequest::post().uri("/loket").set_json(["vraag"]);
    assert!(site.send(strange).await.status.is_client_error());
}

#[actix_web::test]
async fn an_address_with_capitals_or_a_slash_too_many_leads_to_the_right_one() {
    let site = TestSite::new(&small_library());
    for (path, right) in [
        ("/hulp/", "/hulp"),
        ("/HULP", "/hulp"),
        ("/Loket/Tubbergen/", "/loket/tubbergen"),
        ("/zoeken/?q=Slapen", "/zoeken?q=Slapen"),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::PERMANENT_REDIRECT, "{path}");
        assert_eq!(page.header("location"), right);
    }
    for path in ["//elders.example/", "//hulp", "/api/v1/Zoeken", "/nergens"] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[actix_web::test]
async fn the_sitemap_names_every_answer_and_no_empty_topic_or_example() {
    let site = TestSite::with(
        &small_library(),
        "base-url = 'https://loes.example.org'",
        NOON,
    );
    let map = site.get("/sitemap.xml").await.text();
    for page in [
        "/antwoord/driftbui",
        "/onderwerp/slapen",
        "/thema/gedrag",
        "/leeftijd/baby",
        "/hulp",
    ] {
        assert!(
            map.contains(&format!("<loc>https://loes.example.org{page}</loc>")),
            "{page}"
        );
    }
    assert!(map.contains("<lastmod>2026-11-01"));
    assert!(!map.contains("/onderwerp/leeg") && !map.contains("/loket/tubbergen"));
}

#[actix_web::test]
async fn feeds_and_conventions_are_well_formed() {
    let site = TestSite::new(&small_library());
    let feed = site.get("/antwoorden.atom").await.text();
    let feed: atom_syndication::Feed = feed.parse().expect("Atom");
    assert_eq!(feed.entries().len(), 3);
    let search = site.get("/opensearch.xml").await.text();
    assert!(
        search.contains("template=\"http://localhost:8080/zoeken?q={searchTerms}\""),
        "{search}"
    );
    let manifest = site.get("/site.webmanifest").await.json();
    let icon = manifest["icons"][0]["src"].as_str().unwrap().to_owned();
    assert_eq!(site.get(&icon).await.status, StatusCode::OK);
    assert!(
        site.get("/robots.txt")
            .await
            .text()
            .contains("Sitemap: http://localhost:8080/sitemap.xml")
    );
    assert_eq!(
        site.get("/.well-known/security.txt").await.status,
        StatusCode::NOT_FOUND
    );
    let told = "security-contact = 'mailto:lek@example.org'\nsecurity-expires = '2027-11-22'";
    let told = TestSite::with(&small_library(), told, NOON)
        .get("/.well-known/security.txt")
        .await;
    assert!(
        told.text()
            .contains("Contact: mailto:lek@example.org\nExpires: 2027-11-22T23:59:59Z")
    );
}

#[actix_web::test]
async fn the_agenda_holds_each_walk_in_hour_but_the_exceptions() {
    let site = TestSite::new(&small_library());
    let agenda = site.get("/loket/tubbergen/spreekuren.ics").await;
    assert_eq!(
        agenda.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    let text = agenda.text();
    assert!(text.contains("DTSTART:20261124T080000Z"), "{text}");
    assert!(!text.contains("DTSTART:20261201"), "the study day");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 9);
    let parsed: icalendar::Calendar = text.parse().expect("a calendar");
    assert_eq!(parsed.components.len(), 9);
}

#[actix_web::test]
async fn data_for_search_engines_is_json_and_cannot_end_its_element() {
    let site = TestSite::new(&real_sources());
    for (path, kind) in [("/", "WebSite"), ("/loket/tubbergen", "GovernmentService")] {
        let page = site.get(path).await;
        let data: serde_json::Value =
            serde_json::from_str(&page.one("script[type='application/ld+json']")).unwrap();
        assert_eq!(data["@type"], kind);
    }
    let page = site.get("/antwoord/koorts").await;
    let data: serde_json::Value =
        serde_json::from_str(&page.one("script[type='application/ld+json']")).unwrap();
    let kinds: Vec<_> = data["@graph"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["@type"].clone())
        .collect();
    assert_eq!(kinds, ["Article", "FAQPage", "BreadcrumbList"]);
}

#[actix_web::test]
async fn readiness_tells_of_files_that_are_left_out() {
    let mut sources = small_library();
    sources.insert("antwoorden/slapen/stuk.md", "geen kop");
    let site = TestSite::new(&sources);
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK);
    let told = ready.json();
    assert_eq!(told["antwoorden"], 3);
    assert!(
        told["fouten"][0]
            .as_str()
            .unwrap()
            .starts_with("antwoorden/slapen/stuk.md:1:1")
    );
    assert_eq!(site.get("/antwoord/driftbui").await.status, StatusCode::OK);
}

#[actix_web::test]
async fn a_new_snapshot_is_served_whole_at_once() {
    let site = TestSite::new(&small_library());
    assert_eq!(
        site.get("/antwoord/nieuw").await.status,
        StatusCode::NOT_FOUND
    );
    let mut sources = small_library();
    let new = crate::support::Article::new("slapen", "nieuw", "Een nieuw antwoord");
    sources.insert(new.path(), &new.text());
    let today = "2026-11-22".parse().unwrap();
    let snapshot = loes::search::Snapshot::in_memory(&sources, today).unwrap();
    site.shelf().put(snapshot, Vec::new());
    assert_eq!(site.get("/antwoord/nieuw").await.status, StatusCode::OK);
    let found = site.get("/zoeken?q=nieuw").await;
    assert_eq!(
        found.attributes(".loes-resultaat h3 a", "href"),
        ["/antwoord/nieuw"]
    );
}

#[actix_web::test]
async fn who_asks_far_too_much_is_asked_to_wait_and_can_still_read() {
    let site = TestSite::new(&small_library());
    let peer: std::net::SocketAddr = "203.0.113.7:5000".parse().unwrap();
    let ask = |path: &'static str| site.send(TestRequest::get().uri(path).peer_addr(peer));
    let mut last = ask("/suggesties?q=mijn").await;
    for _ in 0..5_000 {
        if last.status != StatusCode::OK {
            break;
        }
        last = ask("/suggesties?q=mijn").await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(last.one("h1"), "Even rustig aan");
    assert_eq!(last.header("retry-after"), "1");
    assert_eq!(ask("/antwoord/driftbui").await.status, StatusCode::OK);
}

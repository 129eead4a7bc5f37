//! Who may bring questions, and how many.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use crate::ask::last_step;
use crate::house::House;
use crate::support::{Seen, small_library};

const LISTED: &str = "https://www.gemeente.example";
const TOO_MANY: StatusCode = StatusCode::TOO_MANY_REQUESTS;

async fn site() -> House {
    let origins = format!("demo = 'aan'\napi-origins = '{LISTED}, https://x.example:8443'");
    House::keeping(&small_library(), &origins).await
}

fn asking(key: usize) -> TestRequest {
    let question = serde_json::json!({
        "vraag": "hij slaapt niet", "loket": "tubbergen", "antwoord": {"soort": "site"},
    });
    let request = TestRequest::post().uri("/api/v1/vragen");
    let key = ("Idempotency-Key", format!("een-eigen-sleutel-{key}"));
    request.set_json(question).insert_header(key)
}

fn allowed(seen: &Seen) -> Option<&str> {
    let origin = seen.headers.get("access-control-allow-origin");
    origin.map(|origin| origin.to_str().unwrap())
}

#[actix_web::test]
async fn a_page_of_a_listed_site_may_ask_and_read_the_answer() {
    let site = site().await;
    for origin in [LISTED, "https://x.example:8443"] {
        let preflight = TestRequest::default()
            .method(Method::OPTIONS)
            .uri("/api/v1/vragen")
            .insert_header(("Origin", origin))
            .insert_header(("Access-Control-Request-Method", "POST"));
        let told = site.send(preflight).await;
        assert_eq!(told.status, StatusCode::NO_CONTENT);
        assert_eq!(allowed(&told), Some(origin));
        assert_eq!(told.header("access-control-allow-methods"), "POST");
        let names = told.header("access-control-allow-headers").to_lowercase();
        assert_eq!(names, "content-type, idempotency-key");
        assert!(
            !told
                .headers
                .contains_key("access-control-allow-credentials")
        );
        let asked = asking(1)
            .insert_header(("Origin", origin))
            .insert_header(("Sec-Fetch-Site", "cross-site"));
        let asked = site.send(asked).await;
        assert_eq!(asked.status, StatusCode::CREATED);
        assert_eq!(allowed(&asked), Some(origin));
        let mut vary = asked.headers.get_all("vary");
        assert!(vary.any(|value| value.to_str().unwrap().contains("Origin")));
    }
    let wrong = TestRequest::post()
        .uri("/api/v1/vragen")
        .insert_header(("Origin", LISTED))
        .insert_header(("Content-Type", "application/json"))
        .set_payload("{");
    let wrong = site.send(wrong).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        allowed(&wrong),
        Some(LISTED),
        "its mistakes it may read too"
    );
}

#[actix_web::test]
async fn a_page_of_any_other_site_may_not_and_a_server_may() {
    let (site, bare) = (site().await, House::demo().await);
    for origin in ["https://kwaad.example", "https://gemeente.example", "null"] {
        for method in [Method::OPTIONS, Method::POST] {
            let request = asking(1).method(method).insert_header(("Origin", origin));
            let refused = site.send(request).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{origin}");
            assert_eq!(refused.header("content-type"), "application/problem+json");
            assert_eq!(allowed(&refused), None);
        }
    }
    let strange = asking(1).insert_header(("Sec-Fetch-Site", "cross-site"));
    assert_eq!(site.send(strange).await.status, StatusCode::FORBIDDEN);
    let listed_elsewhere = asking(1).insert_header(("Origin", LISTED));
    let refused = bare.send(listed_elsewhere).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "none by itself");
    for site in [site, bare] {
        let server = site.send(asking(1)).await;
        assert_eq!(server.status, StatusCode::CREATED);
        assert_eq!(allowed(&server), None);
    }
}

fn from(request: TestRequest, address: &str) -> TestRequest {
    request.peer_addr(format!("{address}:5000").parse().expect("an address"))
}

#[actix_web::test]
async fn an_address_that_sends_too_much_hears_when_and_waiting_helps() {
    let site = site().await;
    for key in 0..40 {
        let asked = site.send(from(asking(key), "203.0.113.7")).await;
        assert_eq!(asked.status, StatusCode::CREATED);
    }
    let refused = asking(40).insert_header(("Origin", LISTED));
    let refused = site.send(from(refused, "203.0.113.7")).await;
    assert_eq!(refused.status, TOO_MANY);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(allowed(&refused), Some(LISTED));
    let seconds: i64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=16).contains(&seconds), "{seconds}");
    let known = site.send(from(asking(3), "203.0.113.7")).await;
    assert_eq!(known.status, StatusCode::CREATED, "it is there already");
    let other = site.send(from(asking(41), "203.0.113.8")).await;
    assert_eq!(other.status, StatusCode::CREATED);
    site.clock.pass(seconds);
    let again = site.send(from(asking(40), "203.0.113.7")).await;
    assert_eq!(again.status, StatusCode::CREATED);
}

#[actix_web::test]
async fn a_parent_keeps_all_she_typed_and_can_send_it_after_a_while() {
    let mut sources = small_library();
    let with_phone = include_str!("../data/tubbergen.toml").replace(
        "mail = \"loket@",
        "telefoon = \"0546 123 456\"\nmail = \"loket@",
    );
    sources.insert("loketten/tubbergen.toml", &with_phone);
    let site = House::keeping(&sources, "demo = 'aan'").await;
    for key in 0..40 {
        site.send(from(asking(key), "203.0.113.7")).await;
    }
    let last = last_step(&site, "Mijn kind liegt").await;
    let mut fields = last.fields("form[action='/vraag']");
    fields.retain(|(name, _)| !["antwoord", "mail", "stap", "naam"].contains(&name.as_str()));
    for (name, value) in [
        ("antwoord", "mail"),
        ("mail", "moeder@voorbeeld.nl"),
        ("naam", "Els"),
        ("stap", "versturen"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    let send = || {
        let request = TestRequest::post().uri("/vraag").set_form(&fields);
        site.send(from(request, "203.0.113.7"))
    };
    let told = send().await;
    assert_eq!(told.status, TOO_MANY);
    assert!(told.one("#terug").contains("Wacht een minuut"));
    assert!(told.one("main").contains("0546 123 456"));
    assert!(told.one("main").contains("Mijn kind liegt"));
    assert_eq!(told.attributes("#mail", "value"), ["moeder@voorbeeld.nl"]);
    assert_eq!(told.attributes("#naam", "value"), ["Els"]);
    site.clock.pass(60);
    let receipt = send().await;
    assert_eq!(receipt.status, StatusCode::OK);
    let code = receipt.one("#code");
    for key in 50..60 {
        site.send(from(asking(key), "203.0.113.7")).await;
    }
    assert_eq!(
        send().await.one("#code"),
        code,
        "loaded anew it is no other"
    );
}

//! The JSON API.

use actix_web::http::{Method, StatusCode};

use crate::support::{TestSite, small_library};

#[actix_web::test]
async fn a_search_gives_ranked_answers_with_what_is_sure_and_who_helps() {
    let site = TestSite::new(&small_library());
    let found = site.get("/api/v1/zoeken?q=peuter%20slapen&aantal=1").await;
    assert_eq!(found.header("content-type"), "application/json");
    let found = found.json();
    assert_eq!(found["vraag"], "peuter slapen");
    assert_eq!(found["zeker"], true);
    assert_eq!(found["bedoelde_je"], serde_json::Value::Null);
    assert_eq!(found["resultaten"].as_array().unwrap().len(), 1);
    let first = &found["resultaten"][0];
    assert_eq!(first["slug"], "niet-slapen");
    assert_eq!(first["leeftijd"][0], "peuter");
    assert!(first["score"].as_f64().unwrap() > 0.0 && first["samenvatting"].is_string());
    let danger = site.get("/api/v1/zoeken?q=hij%20slaat%20mij").await.json();
    assert_eq!(
        danger["hulp"],
        serde_json::json!(["alarmnummer", "veilig-thuis"])
    );
    let unknown = site.get("/api/v1/zoeken?q=paspoort").await.json();
    assert_eq!(
        (&unknown["zeker"], &unknown["totaal"]),
        (&false.into(), &0.into())
    );
}

#[actix_web::test]
async fn filters_keep_to_age_and_topic_and_unknown_ones_are_refused() {
    let site = TestSite::new(&small_library());
    let about = site
        .get("/api/v1/zoeken?q=peuter&onderwerp=driftbuien&leeftijd=peuter")
        .await
        .json();
    assert_eq!(about["totaal"], 1);
    assert_eq!(
        site.get("/api/v1/zoeken?q=peuter&leeftijd=baby")
            .await
            .json()["totaal"],
        0
    );
    for wrong in ["leeftijd=oud", "onderwerp=onzin", "aantal=veel"] {
        let refused = site.get(&format!("/api/v1/zoeken?q=peuter&{wrong}")).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{wrong}");
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert_eq!(refused.json()["status"], 400);
    }
}

#[actix_web::test]
async fn answers_topics_and_lokets_can_be_read() {
    let site = TestSite::new(&small_library());
    assert_eq!(
        site.get("/api/v1/antwoorden")
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let one = site.get("/api/v1/antwoorden/driftbui").await.json();
    assert_eq!(one["titel"], "Mijn peuter heeft driftbuien");
    assert!(one["tekst"].as_str().unwrap().contains("Bel huisarts."));
    assert_eq!(one["bronnen"].as_array().unwrap().len(), 2);
    let topics = site.get("/api/v1/onderwerpen").await.json();
    assert_eq!(topics[0]["slug"], "slapen");
    assert_eq!(topics[0]["antwoorden"], 1);
    let loket = site.get("/api/v1/loketten?postcode=7665%20AB").await.json();
    assert_eq!(loket[0]["cbs"], "GM0183");
    assert_eq!(loket[0]["voorbeeld"], true);
    assert_eq!(
        site.get("/api/v1/loketten?postcode=1000").await.json(),
        serde_json::json!([])
    );
    assert_eq!(
        site.get("/api/v1/loketten?postcode=x").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        site.get("/api/v1/antwoorden/nergens").await.status,
        StatusCode::NOT_FOUND
    );
}

#[actix_web::test]
async fn a_sensitive_text_that_nobody_approved_is_held_back_here_too() {
    let site = TestSite::with(&small_library(), "demo = 'uit'", crate::support::NOON);
    assert_eq!(
        site.get("/api/v1/antwoorden/onveilig").await.json()["tekst"],
        ""
    );
}

#[actix_web::test]
async fn the_description_names_every_route_and_origins_may_read() {
    let site = TestSite::new(&small_library());
    let description = site.get("/api/v1/openapi.json").await;
    assert_eq!(description.header("access-control-allow-origin"), "*");
    assert_eq!(description.header("api-version"), "1.0.0");
    assert_eq!(
        description.header("cross-origin-resource-policy"),
        "cross-origin"
    );
    let description = description.json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    for path in [
        "/zoeken",
        "/antwoorden",
        "/antwoorden/{slug}",
        "/onderwerpen",
        "/loketten",
    ] {
        assert!(
            description["paths"][format!("/api/v1{path}")]["get"].is_object(),
            "{path}"
        );
    }
    assert!(description["paths"]["/api/v1/vragen"]["post"].is_object());
    let gone = site.get("/api/v1/nergens").await;
    assert_eq!(
        (gone.status, gone.header("content-type")),
        (StatusCode::NOT_FOUND, "application/problem+json")
    );
    let refused = site.ask(Method::POST, "/api/v1/zoeken").await;
    assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
}

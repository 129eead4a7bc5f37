//! What happens to a question besides an answer: passed on to another loket, kept, erased, copied, and
//! known to be a complaint.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use loes::domain::{QuestionId, Role};
use loes::secrets::ReceiptCode;

use crate::house::{Browser, CANARY, House, form};
use crate::support::Seen;

const REASON: &str = "Dit gezin woont daar.";

impl House {
    /// What the parent sees with her code.
    async fn parent_sees(&self, code: &ReceiptCode) -> Seen {
        let fields = form(&[("code", &code.to_text())]);
        self.send(TestRequest::post().uri("/mijn-vraag").set_form(fields))
            .await
    }

    /// The parent withdraws, and confirms; the page that asks for that, and the one after.
    async fn parent_withdraws(&self, code: &ReceiptCode) -> (Seen, Seen) {
        let page = self.parent_sees(code).await;
        let css = "form[action='/mijn-vraag/intrekken']";
        let send = async |page: &Seen| {
            let fields = page.fields(css);
            let request = TestRequest::post().uri("/mijn-vraag/intrekken");
            self.send(request.set_form(&fields)).await
        };
        let asks = send(&page).await;
        let done = send(&asks).await;
        (asks, done)
    }
}

fn to(seen: &Seen) -> (u16, &str) {
    (seen.status.as_u16(), seen.header("location"))
}

/// Fills in the form of a page and sends it.
async fn fill(browser: &Browser<'_>, path: &str, typed: &[(&str, &str)]) -> Seen {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    send(browser, &page, path, typed).await
}

async fn send(browser: &Browser<'_>, page: &Seen, path: &str, typed: &[(&str, &str)]) -> Seen {
    let mut fields = page.fields(&format!("form[action='{path}']"));
    fields.retain(|(name, _)| typed.iter().all(|(other, _)| name != other));
    let typed = typed
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    fields.extend(typed);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(path, &fields).await
}

/// Offers a question of tubbergen to dinkelland.
async fn offer(browser: &Browser<'_>, id: QuestionId) -> Seen {
    let path = format!("/loket-werk/vraag/{id}/doorgeven");
    fill(
        browser,
        &path,
        &[("loket", "dinkelland"), ("reden", REASON)],
    )
    .await
}

/// Where the first offer stands in the inbox.
async fn offered(browser: &Browser<'_>) -> String {
    let inbox = browser.get("/loket-werk").await;
    let mut links = inbox.attributes(".loes-aanbod a", "href");
    assert_eq!(links.len(), 1, "{}", inbox.text());
    links.remove(0)
}

#[actix_web::test]
async fn another_loket_takes_a_question_over_and_the_parent_sees_which() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let bert = house.staff("Bert", Role::Medewerker, "dinkelland").await;
    let (id, code) = house.question("tubbergen", CANARY).await;
    let path = format!("/loket-werk/vraag/{id}");
    let (giver, taker) = (house.signed_in(&anna).await, house.signed_in(&bert).await);
    let wrong = fill(&giver, &format!("{path}/doorgeven"), &[("reden", REASON)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.all(".loes-fouten a").len(), 1);
    assert_eq!(wrong.one("#reden"), REASON, "what was typed stays");
    assert_eq!(to(&offer(&giver, id).await), (303, path.as_str()));
    let mark = "Aangeboden aan Loesloket Dinkelland";
    assert_eq!(giver.get(&path).await.one("#aanbod"), mark);
    assert!(
        giver
            .get("/loket-werk")
            .await
            .one(".loes-rij")
            .contains(mark)
    );

    assert_eq!(taker.get(&path).await.status, StatusCode::NOT_FOUND);
    let place = offered(&taker).await;
    let page = taker.get(&place).await;
    assert_eq!(
        (page.status, page.header("cache-control")),
        (StatusCode::OK, "no-store")
    );
    assert!(page.text().contains(REASON) && !page.text().contains(CANARY));
    assert!(page.one("h1").contains("Loesloket Tubbergen"));
    let accept = format!("{place}/aannemen");
    assert_eq!(
        to(&send(&taker, &page, &accept, &[]).await),
        (303, path.as_str())
    );
    assert_eq!(
        to(&send(&taker, &page, &accept, &[]).await),
        (303, path.as_str()),
        "twice"
    );
    assert_eq!(giver.get(&path).await.status, StatusCode::NOT_FOUND);
    let there = taker.get(&path).await;
    assert!(there.text().contains(CANARY) && there.text().contains(REASON));

    let seen = house.parent_sees(&code).await;
    assert!(
        seen.one(".loes-doorgegeven")
            .contains("Loesloket Dinkelland heeft hem overgenomen")
    );
    assert!(
        seen.one("main")
            .contains("Loesloket Dinkelland antwoordt uiterlijk")
    );
    assert!(!seen.text().contains(REASON));
    assert!(
        house
            .actions("tubbergen")
            .await
            .contains(&"overgedragen".to_owned())
    );
    assert!(
        house
            .actions("dinkelland")
            .await
            .contains(&"aanbod gelezen".to_owned())
    );
    assert!(house.store.verify_audit().await.unwrap().is_empty());
}

#[actix_web::test]
async fn who_does_not_take_it_over_says_why_and_it_stays() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let bert = house.staff("Bert", Role::Medewerker, "dinkelland").await;
    let (id, code) = house.question("tubbergen", CANARY).await;
    let path = format!("/loket-werk/vraag/{id}");
    let (giver, taker) = (house.signed_in(&anna).await, house.signed_in(&bert).await);
    offer(&giver, id).await;
    let place = offered(&taker).await;
    let (page, decline) = (taker.get(&place).await, format!("{place}/teruggeven"));
    let wrong = send(&taker, &page, &decline, &[("reden", " ")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = send(&taker, &page, &decline, &[("reden", "Woont bij jullie.")]).await;
    assert_eq!(to(&done), (303, "/loket-werk"));
    let late = send(&taker, &page, &decline, &[("reden", "Woont bij jullie.")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.one("main").contains("Woont bij jullie."), "not lost");
    assert_eq!(taker.get(&place).await.status, StatusCode::NOT_FOUND);
    let back = giver.get(&path).await;
    assert!(
        back.one("main")
            .contains("Loesloket Dinkelland neemt deze vraag niet over: Woont bij jullie.")
    );
    assert!(back.all("#aanbod").is_empty());
    let seen = house.parent_sees(&code).await;
    assert!(seen.all(".loes-doorgegeven").is_empty() && !seen.text().contains("Woont bij jullie"));

    // Offered again and taken back: who comes late sees that.
    offer(&giver, id).await;
    let place = offered(&taker).await;
    let page = taker.get(&place).await;
    let taken_back = send(
        &giver,
        &giver.get(&path).await,
        &format!("{path}/terugnemen"),
        &[],
    )
    .await;
    assert_eq!(to(&taken_back), (303, path.as_str()));
    let late = send(&taker, &page, &format!("{place}/aannemen"), &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(giver.get(&path).await.text().contains(CANARY));
}

#[actix_web::test]
async fn of_two_colleagues_who_offer_one_is_told() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let bo = house.staff("Bo", Role::Medewerker, "tubbergen").await;
    let (id, _) = house.question("tubbergen", CANARY).await;
    let path = format!("/loket-werk/vraag/{id}/doorgeven");
    let (first, second) = (house.signed_in(&anna).await, house.signed_in(&bo).await);
    let (hers, his) = (first.get(&path).await, second.get(&path).await);
    let typed = [("loket", "dinkelland"), ("reden", REASON)];
    assert_eq!(
        send(&first, &hers, &path, &typed).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        send(&first, &hers, &path, &typed).await.status,
        StatusCode::SEE_OTHER,
        "twice"
    );
    let late = send(
        &second,
        &his,
        &path,
        &[("loket", "dinkelland"), ("reden", "Iets anders")],
    )
    .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.one("#reden"), "Iets anders");
    assert!(late.one(".utrecht-alert").contains("al aangeboden"));
    // An answer on what was read before is not sent unseen.
    let page = second.get(&format!("/loket-werk/vraag/{id}")).await;
    let fields = [("versie", "0"), ("formulier", "f"), ("tekst", "Bel ons")];
    let stale = second
        .post(&format!("/loket-werk/vraag/{id}/antwoord"), &fields)
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(page.one("#aanbod").contains("Dinkelland"));
}

#[actix_web::test]
async fn an_offer_is_for_who_answers_at_the_loket_it_is_made_to() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "dinkelland").await;
    let giver = house.signed_in(&anna).await;
    for role in Role::ALL {
        for (loket, own) in [("tubbergen", true), ("dinkelland", false)] {
            let name = format!("{}{loket}", role.slug());
            let browser = house.staff(&name, role, loket).await;
            let browser = house.signed_in(&browser).await;
            for (method, action) in [("GET", ""), ("POST", "/aannemen"), ("POST", "/teruggeven")] {
                let (id, _) = house.question("dinkelland", CANARY).await;
                let path = format!("/loket-werk/vraag/{id}/doorgeven");
                let typed = [("loket", "tubbergen"), ("reden", REASON)];
                assert_eq!(
                    fill(&giver, &path, &typed).await.status,
                    StatusCode::SEE_OTHER
                );
                let row = house.offer_of(id).await;
                let path = format!("/loket-werk/aanbod/{row}{action}");
                let seen = match method {
                    "GET" => browser.get(&path).await,
                    _ => browser.post(&path, &[("reden", "Nee")]).await,
                };
                let answers = matches!(role, Role::Medewerker | Role::Beheerder);
                let wanted = match (answers, own, method) {
                    (false, ..) => 403,
                    (true, true, "GET") => 200,
                    (true, true, _) => 303,
                    (true, false, "GET") => 404,
                    (true, false, _) => 409,
                };
                assert_eq!(
                    seen.status.as_u16(),
                    wanted,
                    "{role:?} {loket} {method} {action}"
                );
                assert!(own || !seen.text().contains(REASON), "{role:?} {action}");
                assert!(!seen.text().contains(CANARY));
                assert_eq!(
                    seen.header("cache-control"),
                    "no-store",
                    "{role:?} {action}"
                );
            }
        }
    }
    let stranger = house
        .send(TestRequest::get().uri("/loket-werk/aanbod/x"))
        .await;
    assert_eq!(to(&stranger), (303, "/loket-werk/inloggen"));
    let bert = house.staff("Bert", Role::Medewerker, "tubbergen").await;
    let bert = house.signed_in(&bert).await;
    assert_eq!(
        bert.get("/loket-werk/aanbod/x").await.status,
        StatusCode::NOT_FOUND
    );
    let forged = bert
        .post("/loket-werk/aanbod/x/aannemen", &[("teken", "x")])
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

impl House {
    /// The id of the offer of a question, as the loket it is made to finds it.
    async fn offer_of(&self, id: QuestionId) -> loes::domain::OfferId {
        let name = format!("Kijker{id}");
        let staff = self.staff(&name, Role::Medewerker, "tubbergen").await;
        let mut tx = self.store.write().await.unwrap();
        let offers = tx.offers_to(&staff, "", self.now()).await.unwrap();
        tx.commit().await.unwrap();
        let found = offers.iter().find(|one| one.question.id == id);
        found.expect("an offer").id
    }
}

#[actix_web::test]
async fn a_question_is_not_offered_where_nobody_reads() {
    let house = House::for_real().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let (id, _) = house.question("tubbergen", CANARY).await;
    let browser = house.signed_in(&anna).await;
    let path = format!("/loket-werk/vraag/{id}/doorgeven");
    let page = browser.get(&path).await;
    assert!(page.all("select#loket").is_empty() && page.text().contains("geen ander loket"));
    let fields = [("versie", "0"), ("loket", "dinkelland"), ("reden", REASON)];
    let refused = browser.post(&path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.staff("Bert", Role::Medewerker, "dinkelland").await;
    assert_eq!(offer(&browser, id).await.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn what_has_to_be_kept_is_kept_also_when_the_parent_withdraws() {
    let house = House::new().await;
    let chef = house.staff("Chef", Role::Beheerder, "tubbergen").await;
    let (id, code) = house.question("tubbergen", CANARY).await;
    let path = format!("/loket-werk/vraag/{id}");
    let browser = house.signed_in(&chef).await;
    let hold = format!("{path}/bewaren");
    let wrong = fill(&browser, &hold, &[("tot", "2026-11-22"), ("reden", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.all(".loes-fouten a").len(), 2);
    let typed = [("tot", "31-12-2026"), ("reden", "Er loopt een klacht.")];
    assert_eq!(
        to(&fill(&browser, &hold, &typed).await),
        (303, path.as_str())
    );
    let page = browser.get(&path).await;
    assert!(page.one("#bewaard").contains("31 december 2026"));
    assert!(page.text().contains("Er loopt een klacht."));
    assert!(
        browser
            .get("/loket-werk")
            .await
            .one(".loes-rij")
            .contains("Bewaard tot en met")
    );
    // A colleague reads why, and changes nothing.
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let colleague = house.signed_in(&anna).await.get(&path).await;
    assert!(colleague.text().contains("Er loopt een klacht."));
    assert!(colleague.all("form[action$='/loslaten']").is_empty());

    let (asks, kept) = house.parent_withdraws(&code).await;
    assert!(
        asks.one("main")
            .contains("bewaren tot en met 31 december 2026")
    );
    assert_eq!(kept.status, StatusCode::OK);
    assert!(
        kept.one("main")
            .contains("bewaren tot en met 31 december 2026")
    );
    assert!(!kept.text().contains("Er loopt een klacht."));
    let seen = house.parent_sees(&code).await;
    assert!(
        seen.one("main")
            .contains("Op 1 januari 2027 wissen we alles vanzelf")
    );
    assert!(seen.all("form[action='/mijn-vraag/intrekken']").is_empty());
    let reopened = send(
        &browser,
        &browser.get(&path).await,
        &format!("{path}/heropenen"),
        &[],
    )
    .await;
    assert_eq!(reopened.status, StatusCode::CONFLICT);

    let erase = format!("{path}/wissen");
    let page = browser.get(&erase).await;
    assert!(page.all(&format!("form[action='{erase}']")).is_empty());
    let version = browser
        .get(&path)
        .await
        .attributes("input[name=versie]", "value")
        .remove(0);
    let fields = [("versie", version.as_str()), ("reden", "op verzoek")];
    let refused = browser.post(&erase, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused
            .one(".utrecht-alert")
            .contains("moet bewaard blijven")
    );

    let lifted = send(
        &browser,
        &browser.get(&path).await,
        &format!("{path}/loslaten"),
        &[],
    )
    .await;
    assert_eq!(to(&lifted), (303, path.as_str()));
    assert_eq!(house.retention().round().await.unwrap(), 1, "as she asked");
    assert!(house.store.thread_by_code(&code).await.unwrap().is_none());
    let actions = house.actions("tubbergen").await;
    for wanted in ["bewaren ingesteld", "bewaren beëindigd"] {
        assert!(actions.iter().any(|action| action == wanted), "{actions:?}");
    }
}

#[actix_web::test]
async fn who_looks_after_a_loket_erases_a_question_for_a_reason() {
    let house = House::new().await;
    let chef = house.staff("Chef", Role::Beheerder, "tubbergen").await;
    let (id, code) = house.question("tubbergen", CANARY).await;
    let path = format!("/loket-werk/vraag/{id}/wissen");
    let browser = house.signed_in(&chef).await;
    let page = browser.get(&path).await;
    assert!(page.one("main").contains("Wat blijft"));
    let wrong = send(&browser, &page, &path, &[]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let thread = house.store.thread_by_code(&code).await.unwrap().unwrap();
    let mut tx = house.store.write().await.unwrap();
    tx.ask_on(
        &thread.question,
        "f",
        "Wacht even",
        house.now(),
        house.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let stale = send(&browser, &page, &path, &[("reden", "geen vraag")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "she wrote meanwhile");
    let done = fill(&browser, &path, &[("reden", "geen vraag")]).await;
    assert_eq!(done.one("h1"), "De vraag is gewist");
    assert_eq!(
        send(&browser, &page, &path, &[("reden", "geen vraag")])
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert!(house.store.thread_by_code(&code).await.unwrap().is_none());
    assert_eq!(house.store.erased().await.unwrap(), [id]);
    assert!(
        house
            .actions("tubbergen")
            .await
            .contains(&"gewist".to_owned())
    );
}

#[actix_web::test]
async fn a_copy_holds_what_is_kept_and_notes_only_when_they_are_asked_for() {
    let house = House::new().await;
    let chef = house.staff("Chef", Role::Beheerder, "tubbergen").await;
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    let browser = house.signed_in(&chef).await;
    let path = format!("/loket-werk/vraag/{id}");
    browser
        .post(&format!("{path}/notitie"), &[("tekst", CANARY)])
        .await;
    let fields = [
        ("versie", "0"),
        ("formulier", "f"),
        ("tekst", "Een ritme <helpt>."),
    ];
    browser.post(&format!("{path}/antwoord"), &fields).await;
    let copy = format!("{path}/kopie");
    let file = fill(&browser, &copy, &[]).await;
    assert_eq!(file.status, StatusCode::OK);
    let name = format!("attachment; filename=\"vraag-{id}.html\"");
    assert_eq!(file.header("content-disposition"), name);
    assert_eq!(file.header("cache-control"), "no-store");
    let text = file.one("body");
    for wanted in [
        "Hij slaapt niet",
        "Een ritme <helpt>.",
        "Chef van Loesloket Tubbergen",
        "Loesloket Tubbergen",
        "90 dagen na het sluiten",
        "op de site, met de code",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(!text.contains(CANARY));
    for outside in ["src=", "href=", "url("] {
        assert!(
            !file.text().contains(outside),
            "needs nothing besides itself"
        );
    }
    let whole = fill(&browser, &copy, &[("notities", "ja")]).await;
    assert!(whole.one("body").contains(CANARY));
    let actions = house.actions("tubbergen").await;
    assert_eq!(
        actions
            .iter()
            .filter(|action| *action == "kopie gemaakt")
            .count(),
        2
    );
}

#[actix_web::test]
async fn who_sends_a_complaint_gets_a_dated_confirmation_with_a_copy() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let (id, code) = house.question("tubbergen", "Ik werd niet gehoord.").await;
    let path = format!("/loket-werk/vraag/{id}");
    assert!(house.parent_sees(&code).await.all("#ontvangst").is_empty());
    house.wait(jiff::SignedDuration::from_hours(24));
    let browser = house.signed_in(&anna).await;
    let mark = format!("{path}/soort");
    let page = browser.get(&path).await;
    assert_eq!(
        to(&send(&browser, &page, &mark, &[("soort", "klacht")]).await),
        (303, path.as_str())
    );
    assert_eq!(
        to(&send(&browser, &page, &mark, &[("soort", "klacht")]).await),
        (303, path.as_str()),
        "twice"
    );
    assert_eq!(
        send(&browser, &page, &mark, &[("soort", "aanvraag")])
            .await
            .status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        send(&browser, &page, &mark, &[("soort", "iets")])
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
    assert!(
        browser
            .get("/loket-werk")
            .await
            .one(".loes-rij")
            .contains("Klacht")
    );
    let seen = house.parent_sees(&code).await.one(".loes-ontvangst");
    assert!(
        seen.contains(
            "Je klacht is ontvangen op 22 november 2026 om 12.00 uur door Loesloket Tubbergen."
        ),
        "{seen}"
    );
    assert!(seen.contains("Ik werd niet gehoord."));
    let page = browser.get(&path).await;
    send(&browser, &page, &mark, &[("soort", "")]).await;
    assert!(house.parent_sees(&code).await.all("#ontvangst").is_empty());
}

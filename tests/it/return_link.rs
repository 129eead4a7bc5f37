//! The form on the receipt that mails the way back.

use actix_web::http::StatusCode;

use crate::ask::{ask, kept, last_step, send};
use crate::house::House;
use crate::support::Seen;

const LINK: &str = "form[action='/vraag/link']";
const TOO_MANY: StatusCode = StatusCode::TOO_MANY_REQUESTS;

async fn mail_to(site: &House, receipt: &Seen, address: &str) -> Seen {
    site.submit(receipt, LINK, &[("mail", address)]).await
}

/// How many of these mails lie in the outbox.
async fn mails(site: &House) -> usize {
    let store = &site.store;
    let now = "2027-01-01T00:00:00Z".parse().unwrap();
    let mut tx = store.write().await.unwrap();
    let mut found = 0;
    while let Some(due) = tx.take_mail(now, now).await.unwrap() {
        found += usize::from(due.to.is_some());
        tx.mail_sent(due.id, now).await.unwrap();
    }
    // Nothing of it is kept: the next count finds them again.
    drop(tx);
    found
}

#[actix_web::test]
async fn a_parent_gets_the_way_back_by_mail_and_keeps_her_receipt() {
    let site = House::demo().await;
    let receipt = ask(&site, "Mijn kind liegt").await;
    let code = receipt.one("#code");
    let told = mail_to(&site, &receipt, " moeder@voorbeeld.nl ").await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(told.one("#link").contains("Als het adres klopt"));
    assert_eq!(told.one("#code"), code);
    assert!(told.header("cache-control").contains("no-store"));
    assert!(!told.text().contains("moeder@voorbeeld.nl"));
    assert_eq!(mails(&site).await, 1);
    // Sent twice by one form it is one mail.
    mail_to(&site, &receipt, "moeder@voorbeeld.nl").await;
    assert_eq!(mails(&site).await, 1);
    assert_eq!(kept(&site, &told).await.messages.len(), 1);
}

#[actix_web::test]
async fn what_is_no_address_comes_back_with_the_code_still_there() {
    let site = House::demo().await;
    let receipt = ask(&site, "Mijn kind liegt").await;
    for wrong in ["moeder", "", "a@b.nl\r\nBcc: c@d.nl", "<script>@b.nl"] {
        let told = mail_to(&site, &receipt, wrong).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert_eq!(told.one("#code"), receipt.one("#code"));
        assert!(told.one("#mail-fout").contains("geen mailadres"));
        assert!(told.one("#fouten").contains("geen mailadres"));
        assert!(told.one("title").starts_with("Fout: "));
        assert!(!told.text().contains("<script>@"));
    }
    let again = mail_to(&site, &receipt, "moeder").await;
    assert_eq!(again.attributes("#mail", "value"), ["moeder"]);
    assert_eq!(mails(&site).await, 0);
}

#[actix_web::test]
async fn three_mails_are_enough() {
    let site = House::demo().await;
    let mut page = ask(&site, "Mijn kind liegt").await;
    for number in 0..3 {
        page = mail_to(&site, &page, &format!("a{number}@voorbeeld.nl")).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    let refused = mail_to(&site, &page, "b@voorbeeld.nl").await;
    assert_eq!(refused.status, TOO_MANY);
    assert!(refused.one("#link").contains("al drie mails"));
    assert_eq!(refused.one("#code"), page.one("#code"));
    assert_eq!(mails(&site).await, 3);
}

#[actix_web::test]
async fn words_that_were_not_sent_stay_on_the_receipt() {
    let site = House::demo().await;
    let last = last_step(&site, "Mijn kind liegt").await;
    send(&site, &last).await;
    let typed = [
        ("vraag", "Mijn kind liegt en steelt"),
        ("antwoord", "site"),
        ("stap", "versturen"),
    ];
    let form = "form[action='/vraag']";
    let second = site.submit(&last, form, &typed).await;
    let told = mail_to(&site, &second, "moeder").await;
    let add = "form[action='/mijn-vraag/schrijf'] textarea";
    assert!(told.one(add).contains("liegt en steelt"));
    let told = mail_to(&site, &told, "moeder@voorbeeld.nl").await;
    assert!(told.one(add).contains("liegt en steelt"));
}

#[actix_web::test]
async fn an_old_ticket_a_strange_one_and_a_withdrawn_question_lead_to_the_code() {
    let site = House::demo().await;
    let receipt = ask(&site, "Mijn kind liegt").await;
    let odd = [("bewijs", "onzin"), ("mail", "a@b.nl")];
    let page = site.post("/vraag/link", &odd).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.all("input[name='code']").len(), 1);

    let thread = kept(&site, &receipt).await;
    let store = &site.store;
    let mut tx = store.write().await.unwrap();
    let now = thread.question.created;
    tx.erase(&thread.question, "ingetrokken", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let gone = mail_to(&site, &receipt, "a@voorbeeld.nl").await;
    assert!(gone.all(".loes-code").is_empty());

    let other = ask(&site, "Mijn kind eet niet").await;
    site.clock.pass(24 * 3600);
    let late = mail_to(&site, &other, "a@voorbeeld.nl").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(late.all("input[name='code']").len(), 1);
    assert_eq!(mails(&site).await, 0);
    let led = site.get("/vraag/link").await;
    assert_eq!(led.header("location"), "/mijn-vraag");
}

#[actix_web::test]
async fn without_a_database_what_was_typed_is_kept() {
    let site = House::demo().await;
    let receipt = ask(&site, "Mijn kind liegt").await;
    site.store.close().await;
    let told = mail_to(&site, &receipt, "moeder@voorbeeld.nl").await;
    assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE);
    let fields = told.fields(LINK);
    let mail = fields.iter().find(|(name, _)| name == "mail");
    assert_eq!(mail.expect("kept").1, "moeder@voorbeeld.nl");
}

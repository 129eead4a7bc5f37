//! Colleagues at the desk: who is away, whose account ends, who is invited; and questions that were
//! taken up and left.

use std::sync::Arc;

use actix_web::http::StatusCode;
use jiff::SignedDuration;
use loes::domain::{QuestionId, Role, Staff};
use loes::jobs::Claims;

use crate::desk::to;
use crate::house::{Browser, House};

const PLACE: &str = "/loket-werk/collegas";

async fn claim(browser: &Browser<'_>, id: QuestionId) {
    let path = format!("/loket-werk/vraag/{id}");
    let claimed = browser
        .post(&format!("{path}/oppakken"), &[("versie", "0")])
        .await;
    assert_eq!(to(&claimed), (303, path.as_str()));
}

async fn owner_of(house: &House, id: QuestionId) -> Option<loes::domain::StaffId> {
    let thread = house.store.thread_by_id(id).await.unwrap().unwrap();
    thread.question.progress.owner()
}

async fn two(house: &House) -> (Staff, Staff) {
    (
        house.staff("Anna", Role::Medewerker, "tubbergen").await,
        house.staff("Chef", Role::Beheerder, "tubbergen").await,
    )
}

#[actix_web::test]
async fn who_is_away_says_so_and_her_questions_go_back() {
    let house = House::new().await;
    let (anna, chef) = two(&house).await;
    let (hers, his) = (house.signed_in(&anna).await, house.signed_in(&chef).await);
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    claim(&hers, id).await;
    let path = "/loket-werk/account/afwezig";
    let wrong = hers.post(path, &[("tot", "2026-11-21")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.attributes("#tot", "value"), ["2026-11-21"], "kept");
    assert_eq!(owner_of(&house, id).await, Some(anna.id));
    let away = hers.post(path, &[("tot", "2026-11-30")]).await;
    assert_eq!(to(&away), (303, "/loket-werk/account?klaar=afwezig"));
    assert_eq!(owner_of(&house, id).await, None);
    let list = his.get(PLACE).await;
    assert!(
        list.all(".loes-rij")[0].contains("Afwezig tot en met 30 november 2026"),
        "{:?}",
        list.all(".loes-rij")
    );
    let field = format!("tot-{}", anna.id);
    let set = format!("{PLACE}/{}/afwezig", anna.id);
    let wrong = his.post(&set, &[("tot", "morgen")]).await;
    assert_eq!(
        wrong.attributes(".loes-fouten a", "href"),
        [format!("#{field}")]
    );
    assert_eq!(
        wrong.attributes(&format!("#{field}"), "value"),
        ["morgen"],
        "kept"
    );
    assert_eq!(to(&his.post(&set, &[("tot", "")]).await), (303, PLACE));
    assert!(
        !his.get(PLACE)
            .await
            .text()
            .contains("Afwezig tot en met 30")
    );
    house.wait(SignedDuration::from_mins(20));
    hers.post(path, &[("tot", "2026-11-22")]).await;
    let seen = |page: crate::support::Seen| page.text().contains("Afwezig tot en met 22");
    assert!(seen(his.get(PLACE).await));
    house.wait(SignedDuration::from_hours(24));
    let later = house.signed_in(&chef).await;
    assert!(!seen(later.get(PLACE).await), "the day after she is there");
}

#[actix_web::test]
async fn who_looks_after_a_loket_ends_an_account_but_not_her_own() {
    let house = House::new().await;
    let (anna, chef) = two(&house).await;
    let (hers, his) = (house.signed_in(&anna).await, house.signed_in(&chef).await);
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    claim(&hers, id).await;
    let end = |staff: &Staff| format!("{PLACE}/{}/afsluiten", staff.id);
    let own = his.post(&end(&chef), &[]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text().contains("Je eigen account"));
    for _ in 0..2 {
        assert_eq!(to(&his.post(&end(&anna), &[]).await), (303, PLACE));
    }
    assert_eq!(
        to(&hers.get("/loket-werk").await),
        (303, "/loket-werk/inloggen")
    );
    assert_eq!(owner_of(&house, id).await, None);
    assert!(!his.get(PLACE).await.all("h2").contains(&"Anna".to_owned()));
    let lines = his.get("/loket-werk/logboek").await.all("tbody tr");
    let ended = |line: &&String| line.contains("account afgesloten");
    let ended: Vec<_> = lines.iter().filter(ended).collect();
    assert!(
        ended.len() == 1 && ended[0].contains("Chef") && ended[0].contains("Anna"),
        "{lines:?}"
    );
}

#[actix_web::test]
async fn an_invitation_is_shown_once_and_leads_to_an_account_of_this_loket() {
    let house = House::new().await;
    let (anna, chef) = two(&house).await;
    let his = house.signed_in(&chef).await;
    let path = format!("{PLACE}/uitnodigen");
    let wrong = his.post(&path, &[("rol", "baas")]).await;
    assert_eq!(wrong.attributes(".loes-fouten a", "href"), ["#rol"]);
    let made = his.post(&path, &[("rol", "medewerker")]).await;
    let link = made.one(".loes-link");
    let (_, key) = link.split_once("/loket-werk").expect("an address");
    let page = house.page(&format!("/loket-werk{key}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let invited = page.one("main .loes-lead");
    assert!(
        invited.contains("als medewerker van Loesloket Tubbergen"),
        "{invited}"
    );
    assert!(his.get(PLACE).await.all(".loes-link").is_empty());
    let seen = house.signed_in(&anna).await.get(PLACE).await;
    assert!(
        seen.all("form[action*=collegas]").is_empty(),
        "not for a colleague"
    );
    assert!(!seen.text().contains("ingelogd"));
}

#[actix_web::test]
async fn a_question_that_was_left_for_three_working_days_goes_back() {
    let house = House::new().await;
    let (anna, _) = two(&house).await;
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    claim(&house.signed_in(&anna).await, id).await;
    let store = Arc::new(house.store.clone());
    let claims = Claims::new(store, Arc::clone(&house.app.shelf), house.clock.clone());
    // Taken up on a Sunday at noon: Wednesday is the third working day.
    house.wait(SignedDuration::from_hours(3 * 24 + 11));
    assert_eq!(
        claims.round().await.unwrap(),
        0,
        "on Wednesday at eleven in the evening"
    );
    house.wait(SignedDuration::from_hours(2));
    assert_eq!(claims.round().await.unwrap(), 1);
    assert_eq!(owner_of(&house, id).await, None);
    assert_eq!(claims.round().await.unwrap(), 0);
}

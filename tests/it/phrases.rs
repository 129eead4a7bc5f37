//! Texts that colleagues use often, at the desk.

use actix_web::http::StatusCode;
use loes::domain::phrase::Wording;
use loes::domain::{PhraseId, Role};

use crate::desk::{field, to};
use crate::house::House;

impl House {
    /// A phrase of a loket.
    pub(crate) async fn phrase(&self, loket: &str) -> PhraseId {
        let store = &self.store;
        let form: [u8; 8] = loes::random::array(store.random());
        let wording = Wording::parse("Bellen", "Bel ons morgen.").expect("right");
        let slug = loes::domain::Slug::parse(loket).expect("a slug");
        let known = store.all_staff().await.expect("read");
        let someone = match known.into_iter().find(|one| one.loket == slug) {
            Some(staff) => staff,
            None => self.staff("Zus", Role::Medewerker, loket).await,
        };
        let mut tx = store.write().await.expect("a change");
        tx.add_phrase(&someone, &format!("{form:?}"), &wording, self.now())
            .await
            .expect("kept");
        tx.commit().await.expect("kept");
        let phrases = store.phrases(&slug).await.expect("read");
        phrases.last().expect("a phrase").id
    }
}

#[actix_web::test]
async fn phrases_are_added_changed_removed_and_stand_beside_an_answer() {
    let house = House::new().await;
    let anna = house.staff("Anna", Role::Medewerker, "tubbergen").await;
    let bo = house.staff("Bo", Role::Medewerker, "tubbergen").await;
    let (first, second) = (house.signed_in(&anna).await, house.signed_in(&bo).await);
    let place = "/loket-werk/zinnen";
    let form = field(&first.get(place).await, "formulier");
    let wrong = [
        ("formulier", form.as_str()),
        ("titel", ""),
        ("tekst", "Bel ons."),
    ];
    let wrong = first.post(place, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.attributes(".loes-fouten a", "href"), ["#titel"]);
    assert_eq!(wrong.one("#tekst"), "Bel ons.", "kept");
    let form = field(&wrong, "formulier");
    let right = [
        ("formulier", form.as_str()),
        ("titel", "Bellen"),
        ("tekst", "Bel ons.\nOf kom langs."),
    ];
    for _ in 0..2 {
        assert_eq!(to(&first.post(place, &right).await), (303, place));
    }
    let (id, _) = house.question("tubbergen", "Hij slaapt niet").await;
    let question = second.get(&format!("/loket-werk/vraag/{id}")).await;
    assert_eq!(question.all(".loes-zin summary"), ["Bellen"], "once");
    assert_eq!(
        question.attributes(".loes-zin button", "data-invoegen"),
        ["Bel ons.\nOf kom langs."]
    );
    let path = second
        .get(place)
        .await
        .attributes(".loes-rij__kop a", "href")[0]
        .clone();
    let change = async |browser: &crate::house::Browser<'_>, version: &str, text: &str| {
        browser
            .post(
                &path,
                &[("versie", version), ("titel", "Bellen"), ("tekst", text)],
            )
            .await
    };
    assert_eq!(to(&change(&first, "0", "Bel mij.").await), (303, place));
    let late = change(&second, "0", "Mail ons.").await;
    assert_eq!(
        (late.status, late.one("#tekst")),
        (StatusCode::CONFLICT, "Mail ons.".to_owned())
    );
    assert_eq!(
        to(&change(&first, "0", "Bel mij.").await),
        (303, place),
        "sent twice"
    );
    let removal = format!("{path}/weg");
    assert_eq!(
        second.post(&removal, &[("versie", "0")]).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(
        to(&second.post(&removal, &[("versie", "1")]).await),
        (303, place)
    );
    assert_eq!(
        second.post(&removal, &[("versie", "1")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(second.get(place).await.all(".loes-rij").is_empty());
}

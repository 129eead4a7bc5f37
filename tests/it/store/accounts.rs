//! Accounts, sessions, invitations, and what is used once.

use loes::domain::{MailAddress, Role, Staff};
use loes::secrets::{BearerToken, TotpSecret};
use loes::store::{Invitation, NewStaff};

use super::desk::{Desk, minutes, slug};

fn address(text: &str) -> MailAddress {
    MailAddress::parse(text).expect("an address")
}

pub(crate) async fn an_address_has_one_account(desk: Desk) {
    let anna = desk.staff("anna").await;
    let loket = slug("tubbergen");
    let mail = address("ANNA@Voorbeeld.nl");
    let again = NewStaff {
        name: "Anna",
        mail: &mail,
        role: Role::Beheerder,
        loket: &loket,
        password: "$argon2id$other",
        totp: None,
        totp_step: 0,
        recovery: &[],
    };
    let mut tx = desk.store.write().await.expect("a change");
    assert_eq!(
        tx.add_staff(&again, desk.now()).await.expect("an answer"),
        None
    );
    tx.commit().await.expect("committed");
    let found = desk.store.credentials(&mail).await.expect("read");
    let found = found.expect("an account");
    assert_eq!(found.staff, anna);
    assert_eq!(found.password, "$argon2id$none");
    let nobody = desk.store.credentials(&address("x@voorbeeld.nl")).await;
    assert!(nobody.expect("read").is_none());
    assert_eq!(desk.store.all_staff().await.expect("read"), [anna]);

    assert!(desk.store.lacks_manager().await.expect("read"));
    desk.member("bea", Role::Beheerder, "tubbergen").await;
    assert!(!desk.store.lacks_manager().await.expect("read"));
}

/// Signs `staff` in; gives the digest of the session.
async fn sign_in(desk: &Desk, staff: &Staff) -> String {
    let digest = BearerToken::generate(&*desk.random).digest();
    let mut tx = desk.store.write().await.expect("a change");
    tx.begin_session(&digest, staff.id, desk.now())
        .await
        .expect("a session");
    tx.commit().await.expect("committed");
    digest
}

async fn is_in(desk: &Desk, digest: &str) -> bool {
    let session = desk.store.session(digest, desk.now()).await;
    session.expect("read").is_some()
}

async fn touch(desk: &Desk, digest: &str) {
    let mut tx = desk.store.write().await.expect("a change");
    tx.touch_session(digest, desk.now()).await.expect("touched");
    tx.commit().await.expect("committed");
}

pub(crate) async fn a_session_ends_when_it_is_not_used_and_after_ten_hours(desk: Desk) {
    let anna = desk.staff("anna").await;
    let digest = sign_in(&desk, &anna).await;
    desk.later(minutes(29));
    let session = desk.store.session(&digest, desk.now()).await.expect("read");
    let session = session.expect("a session");
    assert_eq!(session.staff, anna);
    assert_eq!(session.ends, desk.now() + minutes(1));
    desk.later(minutes(1));
    assert!(!is_in(&desk, &digest).await, "not used for half an hour");

    let digest = sign_in(&desk, &anna).await;
    let ended = "SELECT COUNT(*) FROM session";
    assert_eq!(
        desk.number(ended).await,
        1,
        "the one that ended is forgotten"
    );
    for _ in 0..(599 / 20) {
        desk.later(minutes(20));
        touch(&desk, &digest).await;
        assert!(is_in(&desk, &digest).await);
    }
    desk.later(minutes(19));
    assert!(is_in(&desk, &digest).await);
    desk.later(minutes(1));
    assert!(!is_in(&desk, &digest).await, "after ten hours, used or not");
}

pub(crate) async fn who_signs_out_is_out(desk: Desk) {
    let anna = desk.staff("anna").await;
    let (here, there) = (sign_in(&desk, &anna).await, sign_in(&desk, &anna).await);
    let mut tx = desk.store.write().await.expect("a change");
    tx.end_session(&here).await.expect("ended");
    tx.commit().await.expect("committed");
    assert!(!is_in(&desk, &here).await);
    assert!(is_in(&desk, &there).await);
    let mut tx = desk.store.write().await.expect("a change");
    tx.end_sessions(anna.id).await.expect("ended");
    tx.commit().await.expect("committed");
    assert!(!is_in(&desk, &there).await);
    touch(&desk, &there).await;
    assert!(!is_in(&desk, &there).await);
}

pub(crate) async fn a_disabled_account_is_signed_out_and_lets_go_of_its_questions(desk: Desk) {
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    let digest = sign_in(&desk, &anna).await;
    let bert_is = sign_in(&desk, &bert).await;
    let asked = desk.question("Mijn zoon slaapt niet").create().await;
    desk.answered(&anna, asked.id, "Een ritme").await;
    let before = desk.thread(&asked.code).await.question;

    let mut tx = desk.store.write().await.expect("a change");
    tx.disable_staff(&bert, anna.id, "192.0.2.1", desk.now())
        .await
        .expect("disabled");
    tx.commit().await.expect("committed");

    assert!(!is_in(&desk, &digest).await);
    assert!(is_in(&desk, &bert_is).await);
    let after = desk.thread(&asked.code).await.question;
    assert_eq!(after.progress.owner(), None);
    assert!(after.version > before.version);
    let credentials = desk.store.credentials(&anna.mail).await.expect("read");
    let anna = credentials.expect("an account").staff;
    assert!(anna.disabled);
    assert_eq!(
        desk.read(&anna, asked.id).await,
        None,
        "not by an old session either"
    );
}

pub(crate) async fn an_invitation_is_used_once_and_in_time(desk: Desk) {
    let first = Invitation {
        role: Role::Beheerder,
        loket: None,
    };
    let other = Invitation {
        role: Role::Medewerker,
        loket: Some(slug("tubbergen")),
    };
    let mut tx = desk.store.write().await.expect("a change");
    for (digest, invitation) in [("een", &first), ("twee", &other)] {
        tx.invite(digest, invitation, desk.now() + minutes(60), desk.now())
            .await
            .expect("invited");
    }
    tx.commit().await.expect("committed");
    let held = async |digest: &str| {
        desk.store
            .invitation(digest, desk.now())
            .await
            .expect("read")
    };
    assert_eq!(held("een").await, Some(first));
    assert_eq!(held("twee").await, Some(other.clone()));
    assert_eq!(held("drie").await, None);

    let using = async |digest: &str| {
        let mut tx = desk.store.write().await.expect("a change");
        let used = tx
            .use_invitation(digest, desk.now())
            .await
            .expect("an answer");
        tx.commit().await.expect("committed");
        used
    };
    let (one, two) = tokio::join!(using("een"), using("een"));
    assert!(one != two, "once");
    assert_eq!(held("een").await, None);
    desk.later(minutes(60));
    assert_eq!(held("twee").await, None, "too late");
    assert!(!using("twee").await);
    // The next one clears away what is past.
    let mut tx = desk.store.write().await.expect("a change");
    tx.invite("vier", &other, desk.now() + minutes(60), desk.now())
        .await
        .expect("invited");
    tx.commit().await.expect("committed");
    assert_eq!(desk.number("SELECT COUNT(*) FROM invitation").await, 1);
}

pub(crate) async fn a_step_of_the_second_factor_is_used_once(desk: Desk) {
    let anna = desk.staff("anna").await;
    let using = async |step: i64| {
        let mut tx = desk.store.write().await.expect("a change");
        let used = tx.use_totp(anna.id, step).await.expect("an answer");
        tx.commit().await.expect("committed");
        used
    };
    let (one, two) = tokio::join!(using(7), using(7));
    assert!(one != two, "once");
    assert!(!using(6).await, "nor one before");
    assert!(using(8).await);
    let credentials = desk.store.credentials(&anna.mail).await.expect("read");
    assert_eq!(credentials.expect("an account").totp_step, 8);
}

pub(crate) async fn a_recovery_code_is_used_once_and_by_its_owner(desk: Desk) {
    let (anna, bert) = (desk.staff("anna").await, desk.staff("bert").await);
    let using = async |staff: &Staff| {
        let mut tx = desk.store.write().await.expect("a change");
        let used = tx.use_recovery(staff.id, "recovery of anna").await;
        tx.commit().await.expect("committed");
        used.expect("an answer")
    };
    assert!(!using(&bert).await);
    let (one, two) = tokio::join!(using(&anna), using(&anna));
    assert!(one != two, "once");
}

pub(crate) async fn a_secret_is_opened_for_its_own_account_alone(desk: Desk) {
    let secret = TotpSecret::generate(&*desk.random);
    let (loket, mail) = (slug("tubbergen"), address("cor@voorbeeld.nl"));
    let new = NewStaff {
        name: "cor",
        mail: &mail,
        role: Role::Medewerker,
        loket: &loket,
        password: "$argon2id$none",
        totp: Some(&secret),
        totp_step: 3,
        recovery: &[],
    };
    let mut tx = desk.store.write().await.expect("a change");
    tx.add_staff(&new, desk.now()).await.expect("an answer");
    tx.commit().await.expect("committed");
    let found = desk
        .store
        .credentials(&mail)
        .await
        .expect("read")
        .expect("cor");
    assert_eq!(
        found.totp.expect("a secret").to_base32(),
        secret.to_base32()
    );
    assert!(!desk.all_texts().await.contains(&secret.to_base32()));

    let anna = desk.staff("anna").await;
    let moved =
        "UPDATE staff SET totp = (SELECT totp FROM staff WHERE name = 'cor') WHERE name = 'anna'";
    desk.run(moved).await;
    assert!(desk.store.credentials(&anna.mail).await.is_err());
}

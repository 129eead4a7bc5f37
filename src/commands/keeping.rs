//! Opens what is kept: keys, then the database; used by every command that needs it.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Failure, Outcome, say};
use crate::config::{DataSettings, DatabaseUrl, MailSettings, Settings};
use crate::domain::Role;
use crate::mail::{Postman, Sender, SmtpSettings, invitation_address};
use crate::random::SystemRandom;
use crate::secrets::{BearerToken, Keys};
use crate::store::{INVITATION_HOLDS, Invitation, Store, StoreError};

/// The keys of the installation. They are made only for a SQLite that is not there yet: anywhere else
/// a missing file is a mistake, for what is sealed could never be opened again.
pub(super) fn keys(data: &DataSettings) -> Result<Arc<Keys>, Failure> {
    let path = &data.key_file;
    if !path.exists() {
        let new = matches!(data.database, DatabaseUrl::Sqlite(_)) && !Store::exists(&data.database);
        if !new {
            return Err(Failure::new(format!(
                "het bestand met de sleutels ontbreekt: {}. Geef met --key-file het bestand waarmee \
                 deze database is gemaakt, of maak er een met ‘loes keys new’ als zij nieuw is",
                path.display()
            )));
        }
        make_keys(path)?;
    }
    if Keys::readable_by_others(path) {
        say(format_args!(
            "Let op: anderen kunnen {} lezen; doe ‘chmod 600’.",
            path.display()
        ));
    }
    let keys = Keys::read(path);
    keys.map(Arc::new)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// Makes a file of new keys; never overwrites one.
pub(super) fn make_keys(path: &Path) -> Result<(), Failure> {
    let random = SystemRandom::open().map_err(Failure::new)?;
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(Failure::new)?;
    }
    let made = Keys::generate(&random).write_new(path);
    made.map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    say(format_args!(
        "Nieuwe sleutels staan in {}. Bewaar een kopie in een kluis, nooit bij een back-up van de gegevens.",
        path.display()
    ));
    Ok(())
}

/// Opens the database.
pub(super) async fn store(settings: &Settings, keys: Arc<Keys>) -> Result<Store, StoreError> {
    let random = SystemRandom::open().map_err(std::io::Error::other)?;
    Store::open(&settings.data.database, keys, Arc::new(random)).await
}

/// Opens what is kept, runs `work` with it, and closes it again.
pub(super) fn with_store(settings: &Settings, work: impl AsyncFnOnce(Store) -> Outcome) -> Outcome {
    let keys = keys(&settings.data)?;
    actix_web::rt::System::new().block_on(async {
        let store = store(settings, keys).await.map_err(Failure::new)?;
        let outcome = work(store.clone()).await;
        store.close().await;
        outcome
    })
}

/// Who carries the mail, and who sends it.
pub(super) fn postman(mail: &MailSettings) -> Result<(Postman, Sender), Failure> {
    let from = Sender::parse(&mail.from)
        .map_err(|error| Failure::new(format!("--mail-from klopt niet: {error}")))?;
    let postman = match &mail.smtp {
        Some(url) => SmtpSettings::parse(url)
            .and_then(|settings| Postman::smtp(&settings))
            .map_err(|error| Failure::new(format!("--smtp-url klopt niet: {error}")))?,
        None => Postman::folder(&mail.folder),
    };
    Ok((postman, from))
}

/// A link with which somebody can make an account, once.
pub(super) async fn invite(
    store: &Store,
    invitation: &Invitation,
    base_url: &url::Url,
    now: Timestamp,
) -> Result<String, StoreError> {
    let token = BearerToken::generate(store.random());
    let mut tx = store.write().await?;
    tx.invite(&token.digest(), invitation, now + INVITATION_HOLDS, now)
        .await?;
    tx.commit().await?;
    Ok(invitation_address(base_url, token.as_str()))
}

/// While nobody can sign in: a link to make the first beheerder.
pub(super) async fn first_manager(
    store: &Store,
    base_url: &url::Url,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    if !store.lacks_manager().await? {
        return Ok(None);
    }
    let invitation = Invitation {
        role: Role::Beheerder,
        loket: None,
    };
    invite(store, &invitation, base_url, now).await.map(Some)
}

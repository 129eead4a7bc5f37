//! Delivers what lies in the outbox.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use url::Url;

use super::Shelf;
use crate::clock::Clock;
use crate::domain::MailAddress;
use crate::mail::{
    Around, DeliveryError, Kind, Letter, OneTimeLink, Postman, RESET_WORKS_FOR, Sender, compose,
    next_attempt, reset_address,
};
use crate::store::{Due, MailKind, Store, StoreError};

/// How often the outbox is looked at when it was empty.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// For how long a mail is its worker's alone: longer than any delivery takes.
const HELD: SignedDuration = SignedDuration::from_mins(5);

/// Delivers mail: takes one, sends it, notes what came of it.
pub struct Post {
    store: Arc<Store>,
    shelf: Arc<Shelf>,
    clock: Arc<dyn Clock>,
    postman: Postman,
    from: Sender,
    base_url: Url,
}

impl Post {
    /// Delivers by `postman`, as `from`.
    #[must_use]
    pub fn new(
        store: Arc<Store>,
        shelf: Arc<Shelf>,
        clock: Arc<dyn Clock>,
        (postman, from): (Postman, Sender),
        base_url: Url,
    ) -> Self {
        Self {
            store,
            shelf,
            clock,
            postman,
            from,
            base_url,
        }
    }

    /// Delivers for as long as the program runs.
    pub async fn run(self) {
        loop {
            match self.deliver_one().await {
                Ok(true) => {}
                Ok(false) => tokio::time::sleep(LOOK_EVERY).await,
                Err(error) => {
                    tracing::warn!(target: "loes", "de uitgaande post wacht: {error}");
                    tokio::time::sleep(LOOK_EVERY).await;
                }
            }
        }
    }

    /// Delivers the mail that is due longest; says whether there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn deliver_one(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let due = tx.take_mail(now, now + HELD).await?;
        tx.commit().await?;
        let Some(due) = due else { return Ok(false) };
        let came_of_it = match self.letter(&due) {
            Ok(letter) => self.postman.deliver(&letter, &self.from, now).await,
            Err(reason) => Err(reason),
        };
        self.note(&due, came_of_it).await?;
        Ok(true)
    }

    async fn note(
        &self,
        due: &Due,
        came_of_it: Result<(), DeliveryError>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        match came_of_it {
            Ok(()) => tx.mail_sent(due.id, now).await?,
            Err(DeliveryError::Temporary(problem)) => match next_attempt(due.attempts) {
                Some(wait) => tx.mail_later(due.id, now + wait, &problem).await?,
                None => tx.mail_refused(due.id, &problem, now).await?,
            },
            Err(DeliveryError::Permanent(problem)) => {
                tracing::warn!(target: "loes", mail = %due.id, "mail geweigerd: {problem}");
                tx.mail_refused(due.id, &problem, now).await?;
            }
        }
        tx.commit().await
    }

    /// The letter; address and text are made only now.
    fn letter(&self, due: &Due) -> Result<Letter, DeliveryError> {
        let snapshot = self.shelf.snapshot();
        let loket = snapshot.library().loket(due.loket.as_str());
        // Its file may be wrong just now; when it is mended, the mail still goes.
        let loket = loket.ok_or_else(|| {
            DeliveryError::Temporary("het loket staat niet in de teksten".to_owned())
        })?;
        let (kind, to_loket) = match due.kind {
            MailKind::NewQuestion => (Kind::NewQuestion, true),
            MailKind::StillWaiting => (Kind::StillWaiting, true),
            MailKind::Overdue => (Kind::Overdue, true),
            // Where nobody looks after a loket, it goes to the loket itself.
            MailKind::NearlyErased => (Kind::NearlyErased, due.to.is_none()),
            MailKind::AnswerReady => (Kind::AnswerReady, false),
            MailKind::ReturnLink => (Kind::ReturnLink, false),
            MailKind::PasswordReset => (Kind::PasswordReset, false),
        };
        let to = due.to.as_ref().map(MailAddress::as_str);
        let to = to.or_else(|| to_loket.then_some(loket.mail.as_str()));
        let gone = || DeliveryError::Permanent("er is geen adres (meer)".to_owned());
        let to = to.ok_or_else(gone)?;
        let id = due.id.to_string();
        // Made here and kept nowhere.
        let key = self.store.keys().link_key(&id);
        let address = reset_address(&self.base_url, &key);
        let link = OneTimeLink {
            address: &address,
            works_for: RESET_WORKS_FOR,
        };
        let around = Around {
            id: &id,
            to,
            base_url: &self.base_url,
            loket_name: &loket.name,
            link: (kind == Kind::PasswordReset).then_some(link),
        };
        compose(kind, &around).map_err(|error| DeliveryError::Permanent(error.to_string()))
    }
}

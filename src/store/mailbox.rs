//! The outbox: mail that is to be sent. A row holds a kind and ids; address and text are made when it
//! is delivered.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::open::micros;
use super::questions::question;
use super::row::Columns as _;
use super::thread::{context, open_contact};
use super::{Store, StoreError, Tx};
use crate::domain::{AnswerWay, MailAddress, MailId, QuestionId, Slug, StaffId};
use crate::secrets::QuestionKey;

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    /// To a loket: there is something to read.
    NewQuestion,
    /// To a loket: something has to be answered soon.
    StillWaiting,
    /// To a loket: something should have been answered.
    Overdue,
    /// To who looks after a loket: something nobody answers is erased before long.
    NearlyErased,
    /// To a parent: there is something to read.
    AnswerReady,
    /// To an address that is not kept: where to come back to.
    ReturnLink,
    /// To a colleague: a link to choose a new password.
    PasswordReset,
}

impl MailKind {
    const ALL: [Self; 7] = [
        Self::NewQuestion,
        Self::StillWaiting,
        Self::Overdue,
        Self::NearlyErased,
        Self::AnswerReady,
        Self::ReturnLink,
        Self::PasswordReset,
    ];

    /// The word for it in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::NewQuestion => "new_question",
            Self::StillWaiting => "still_waiting",
            Self::Overdue => "overdue",
            Self::NearlyErased => "nearly_erased",
            Self::AnswerReady => "answer_ready",
            Self::ReturnLink => "return_link",
            Self::PasswordReset => "password_reset",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == text)
    }
}

/// A mail that is to be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its id.
    pub id: MailId,
    /// What it tells.
    pub kind: MailKind,
    /// The loket it is about.
    pub loket: Slug,
    /// The address of whom it goes to, when that is one person who still wants it.
    pub to: Option<MailAddress>,
    /// How many times it was tried, this time included.
    pub attempts: u32,
}

/// A mail that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// What it tells.
    pub kind: MailKind,
    /// The question it is about.
    pub question: Option<QuestionId>,
    /// When it was given up.
    pub refused: Timestamp,
    /// What the other side said.
    pub problem: String,
}

impl Tx<'_> {
    /// Puts a mail into the outbox.
    pub(super) async fn put_mail(
        &mut self,
        kind: MailKind,
        question: Option<QuestionId>,
        loket: &Slug,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.put_mail_to(kind, question, loket, None, now).await
    }

    /// Puts a mail into the outbox, for a colleague when `addressee` names one.
    pub(super) async fn put_mail_to(
        &mut self,
        kind: MailKind,
        question: Option<QuestionId>,
        loket: &Slug,
        addressee: Option<StaffId>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let id = MailId::new(now, self.store.id_bytes());
        self.put_mail_as(id, kind, question, loket, addressee, now)
            .await
    }

    /// Puts a mail into the outbox whose id something else rests on.
    pub(super) async fn put_mail_as(
        &mut self,
        id: MailId,
        kind: MailKind,
        question: Option<QuestionId>,
        loket: &Slug,
        addressee: Option<StaffId>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO outbox (id, kind, question, loket, addressee, due, attempts) \
                   VALUES ($1, $2, $3, $4, $5, $6, 0)";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(kind.slug())
            .bind(question.map(|id| id.to_string()))
            .bind(loket.as_str())
            .bind(addressee.map(|id| id.to_string()))
            .bind(micros(now))
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Takes the mail that is due longest; nobody else gets it before `until`. One that cannot be
    /// read is given up: it would be the first for ever, and no other would go out.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_mail(
        &mut self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Due>, StoreError> {
        loop {
            let picked = sqlx::query(self.store.engine.pick_mail())
                .bind(micros(now))
                .bind(micros(now))
                .fetch_optional(self.on())
                .await?;
            let Some(picked) = picked else {
                return Ok(None);
            };
            let id = picked.parsed("id", MailId::parse)?;
            match self.take(id, until).await {
                Err(error @ (StoreError::Damaged(_) | StoreError::Sealed(_))) => {
                    tracing::error!(target: "loes", mail = %id, "mail opgegeven: {error}");
                    self.mail_refused(id, "niet te lezen", now).await?;
                }
                taken => return taken.map(Some),
            }
        }
    }

    async fn take(&mut self, id: MailId, until: Timestamp) -> Result<Due, StoreError> {
        let sql = "UPDATE outbox SET taken = $1, attempts = attempts + 1 WHERE id = $2 \
                   RETURNING kind, question, loket, addressee, address, attempts";
        let row = sqlx::query(sql)
            .bind(micros(until))
            .bind(id.to_string())
            .fetch_one(self.on())
            .await?;
        let kind = row.parsed("kind", MailKind::parse)?;
        let about = row.parsed_if_any("question", QuestionId::parse)?;
        let colleague = row.parsed_if_any("addressee", StaffId::parse)?;
        let sealed = row.text_if_any("address")?;
        let to = match (kind, about) {
            (MailKind::AnswerReady, Some(about)) => self.address_of(about).await?,
            (MailKind::ReturnLink, Some(about)) => self.given_address(about, id, sealed).await?,
            (MailKind::PasswordReset, _) => self.reset_address(id).await?,
            (MailKind::NearlyErased, _) => self.address_of_staff(colleague).await?,
            _ => None,
        };
        Ok(Due {
            id,
            kind,
            loket: row.parsed("loket", |text| Slug::parse(text).ok())?,
            to,
            attempts: u32::try_from(row.number("attempts")?).unwrap_or(u32::MAX),
        })
    }

    async fn address_of(&mut self, id: QuestionId) -> Result<Option<MailAddress>, StoreError> {
        let Some((row, key)) = self.row_and_key(id).await? else {
            return Ok(None);
        };
        Ok(match open_contact(&key, &row, id)?.way {
            AnswerWay::Mail(address) => Some(address),
            AnswerWay::Site | AnswerWay::Phone { .. } => None,
        })
    }

    /// The address that a parent gave for this mail alone.
    async fn given_address(
        &mut self,
        id: QuestionId,
        mail: MailId,
        sealed: Option<String>,
    ) -> Result<Option<MailAddress>, StoreError> {
        let (Some(sealed), Some((_, key))) = (sealed, self.row_and_key(id).await?) else {
            return Ok(None);
        };
        Ok(MailAddress::parse(
            &key.open(&sealed, &context("return link", mail))?,
        ))
    }

    async fn row_and_key(
        &mut self,
        id: QuestionId,
    ) -> Result<Option<(AnyRow, QuestionKey)>, StoreError> {
        let row = sqlx::query("SELECT * FROM question WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id = question(&row)?.id;
        let wrapped = row.text("key")?;
        let key = self.store.keys.unwrap(&wrapped, &context("question", id))?;
        Ok(Some((row, key)))
    }

    async fn address_of_staff(
        &mut self,
        id: Option<StaffId>,
    ) -> Result<Option<MailAddress>, StoreError> {
        let Some(id) = id else { return Ok(None) };
        let row = sqlx::query("SELECT mail FROM staff WHERE id = $1 AND disabled IS NULL")
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        row.map(|row| row.parsed("mail", MailAddress::parse))
            .transpose()
    }

    /// Notes that a mail was delivered.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_sent(&mut self, id: MailId, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE outbox SET sent = $1, taken = NULL, problem = NULL WHERE id = $2")
            .bind(micros(now))
            .bind(id.to_string())
            .execute(self.on())
            .await?;
        self.forget_address(id).await
    }

    /// Erases the address that was given for a mail that will not be tried again.
    async fn forget_address(&mut self, id: MailId) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET address = NULL WHERE id = $1 AND address IS NOT NULL";
        let done = sqlx::query(sql)
            .bind(id.to_string())
            .execute(self.on())
            .await?;
        if done.rows_affected() > 0 {
            self.erases();
        }
        Ok(())
    }

    /// Notes that a mail is to be tried again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_later(
        &mut self,
        id: MailId,
        due: Timestamp,
        problem: &str,
    ) -> Result<(), StoreError> {
        // A worker that was slow comes after the one that sent it meanwhile.
        let sql = "UPDATE outbox SET due = $1, taken = NULL, problem = $2 \
                   WHERE id = $3 AND sent IS NULL";
        sqlx::query(sql)
            .bind(micros(due))
            .bind(problem)
            .bind(id.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Notes that a mail is given up.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_refused(
        &mut self,
        id: MailId,
        problem: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE outbox SET refused = $1, taken = NULL, problem = $2 \
                   WHERE id = $3 AND sent IS NULL";
        sqlx::query(sql)
            .bind(micros(now))
            .bind(problem)
            .bind(id.to_string())
            .execute(self.on())
            .await?;
        self.forget_address(id).await
    }
}

impl Store {
    /// Mails of a loket that were given up, the last first; without those on which staff can do nothing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn undelivered(&self, loket: &Slug) -> Result<Vec<Undelivered>, StoreError> {
        let sql = "SELECT * FROM outbox WHERE loket = $1 AND refused IS NOT NULL \
                   AND kind <> 'return_link' ORDER BY refused DESC LIMIT 20";
        let rows = sqlx::query(sql)
            .bind(loket.as_str())
            .fetch_all(&self.read)
            .await?;
        let read = |row: &AnyRow| {
            Ok(Undelivered {
                kind: row.parsed("kind", MailKind::parse)?,
                question: row.parsed_if_any("question", QuestionId::parse)?,
                refused: row.moment("refused")?,
                problem: row.text_if_any("problem")?.unwrap_or_default(),
            })
        };
        rows.iter().map(read).collect()
    }
}

//! Colleagues of a loket: who they are, who is away, and what goes back to the inbox with them.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::accounts::staff;
use super::open::micros;
use super::questions::question;
use super::row::Columns as _;
use super::{Action, Store, StoreError, Tx};
use crate::domain::{Question, QuestionId, Slug, Staff, StaffId};

/// From where, as the log tells it of what nobody did.
const BY_ITSELF: &str = "vanzelf";

/// A colleague, as the others see her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The account.
    pub staff: Staff,
    /// When she last signed in.
    pub signed_in: Option<Timestamp>,
    /// How many questions that are not closed she has taken up.
    pub taken: i64,
}

/// A question that waits for somebody who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The question.
    pub question: Question,
    /// Since when she did nothing on it and it waits.
    pub since: Timestamp,
}

impl Store {
    /// The colleagues of a loket whose accounts are not ended, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn colleagues(&self, loket: &Slug) -> Result<Vec<Colleague>, StoreError> {
        let sql = "SELECT staff.*, (SELECT COUNT(*) FROM question WHERE question.owner = staff.id \
                   AND question.state <> 'gesloten') AS taken FROM staff \
                   WHERE loket = $1 AND disabled IS NULL ORDER BY name, id";
        let rows = sqlx::query(sql)
            .bind(loket.as_str())
            .fetch_all(&self.read)
            .await?;
        let read = |row| {
            Ok(Colleague {
                staff: staff(row)?,
                signed_in: row.moment_if_any("signed_in")?,
                taken: row.number("taken")?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// What waits at `loket` for somebody who has it, for longer than `least`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn claims(
        &self,
        loket: &Slug,
        least: SignedDuration,
        now: Timestamp,
    ) -> Result<Vec<Claim>, StoreError> {
        let sql = "SELECT question.*, (SELECT MAX(message.at) FROM message \
                   WHERE message.question = question.id AND message.staff IS NULL) AS asked \
                   FROM question WHERE loket = $1 AND state = 'open' AND owner IS NOT NULL \
                   AND COALESCE(tended, created) < $2 ORDER BY id";
        let rows = sqlx::query(sql)
            .bind(loket.as_str())
            .bind(micros(now - least))
            .fetch_all(&self.read)
            .await?;
        let read = |row| {
            let question = question(row)?;
            let moments = [row.moment_if_any("tended")?, row.moment_if_any("asked")?];
            let since = moments
                .into_iter()
                .flatten()
                .fold(question.created, Timestamp::max);
            Ok(Claim { question, since })
        };
        rows.iter().map(read).collect()
    }
}

impl Tx<'_> {
    /// A colleague of `by`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn colleague(
        &mut self,
        by: &Staff,
        id: StaffId,
    ) -> Result<Option<Staff>, StoreError> {
        let row = sqlx::query("SELECT * FROM staff WHERE id = $1 AND loket = $2")
            .bind(id.to_string())
            .bind(by.loket.as_str())
            .fetch_optional(self.on())
            .await?;
        row.as_ref().map(staff).transpose()
    }

    /// `by` says that `of` is away up to and including `last`, or is there. Who is away lets go of what
    /// she has.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_away(
        &mut self,
        by: &Staff,
        of: StaffId,
        last: Option<Date>,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE staff SET away = $1 WHERE id = $2")
            .bind(last.map(|day| day.to_string()))
            .bind(of.to_string())
            .execute(self.on())
            .await?;
        self.log_about(by, Action::Away, of, origin, now).await?;
        if last.is_some() {
            self.put_back(by, of, origin, now).await?;
        }
        Ok(())
    }

    /// `by` ends an account: it signs in no more, is signed out everywhere, and lets go of what it has.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn disable_staff(
        &mut self,
        by: &Staff,
        staff: StaffId,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE staff SET disabled = $1 WHERE id = $2 AND disabled IS NULL")
            .bind(micros(now))
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        self.log_about(by, Action::Disable, staff, origin, now)
            .await?;
        self.put_back(by, staff, origin, now).await?;
        self.drop_resets(staff).await?;
        self.end_sessions(staff).await
    }

    /// All that `of` has goes back to the others.
    async fn put_back(
        &mut self,
        by: &Staff,
        of: StaffId,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE question SET owner = NULL, tended = NULL, version = version + 1 \
                   WHERE owner = $1 RETURNING id";
        let rows = sqlx::query(sql)
            .bind(of.to_string())
            .fetch_all(self.on())
            .await?;
        let ids: Vec<_> = rows
            .iter()
            .map(|row| row.parsed("id", QuestionId::parse))
            .collect::<Result<_, _>>()?;
        if !ids.is_empty() {
            self.log(by, Action::Release, &ids, true, origin, now)
                .await?;
        }
        Ok(())
    }

    /// A question goes back by itself, unless somebody did something on it; says whether it did.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn return_claim(
        &mut self,
        claim: &Claim,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(owner) = claim.question.progress.owner() else {
            return Ok(false);
        };
        let sql = "UPDATE question SET owner = NULL, tended = NULL, version = version + 1 \
                   WHERE id = $1 AND version = $2 AND COALESCE(tended, created) <= $3";
        let done = sqlx::query(sql)
            .bind(claim.question.id.to_string())
            .bind(claim.question.version)
            .bind(micros(claim.since))
            .execute(self.on())
            .await?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        let row = sqlx::query("SELECT * FROM staff WHERE id = $1")
            .bind(owner.to_string())
            .fetch_one(self.on())
            .await?;
        let (owner, ids) = (staff(&row)?, [claim.question.id]);
        self.log(&owner, Action::Release, &ids, true, BY_ITSELF, now)
            .await?;
        Ok(true)
    }

    /// Notes that `staff` did something on a question that she has.
    pub(super) async fn tend(
        &mut self,
        question: QuestionId,
        staff: StaffId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE question SET tended = $1 WHERE id = $2 AND owner = $3")
            .bind(micros(now))
            .bind(question.to_string())
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }
}

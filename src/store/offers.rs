//! A question on its way from one loket to another: offered, and passed on when that accepts it.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::open::micros;
use super::questions::question;
use super::row::Columns as _;
use super::thread::context;
use super::{Action, MailKind, StoreError, Tx};
use crate::clock::dutch_day;
use crate::domain::{Offer, OfferId, Question, QuestionId, Slug, Staff, StaffId};
use crate::secrets::QuestionKey;

/// A question that another loket offers: what stands clear, and no word of the parent's.
#[derive(Debug, Clone, PartialEq)]
pub struct Offered {
    /// The id of the offer.
    pub id: OfferId,
    /// Since when.
    pub at: Timestamp,
    /// What stands clear; its loket is the one that offers it.
    pub question: Question,
}

/// What was asked, with the question that stands in the same row.
const WITH_QUESTION: &str = "SELECT question.*, offer.id AS offer_id, offer.loket AS offer_loket, \
    offer.staff AS offer_staff, offer.name AS offer_name, offer.at AS offer_at, \
    offer.reason AS offer_reason FROM offer JOIN question ON question.id = offer.question";

fn offered(row: &AnyRow) -> Result<Offered, StoreError> {
    Ok(Offered {
        id: row.parsed("offer_id", OfferId::parse)?,
        at: row.moment("offer_at")?,
        question: question(row)?,
    })
}

fn offer(row: &AnyRow, key: &QuestionKey) -> Result<Offer, StoreError> {
    let id = row.parsed("offer_id", OfferId::parse)?;
    Ok(Offer {
        id,
        to: row.parsed("offer_loket", |text| Slug::parse(text).ok())?,
        staff: row.parsed("offer_staff", StaffId::parse)?,
        name: row.text("offer_name")?,
        at: row.moment("offer_at")?,
        reason: key.open(&row.text("offer_reason")?, &context("offer", id))?,
    })
}

impl Tx<'_> {
    /// Offers a question of `staff`'s loket to the loket `to`, and tells that there is something to
    /// read.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when it changed since it was read, or is offered already.
    pub async fn offer(
        &mut self,
        staff: &Staff,
        question: &Question,
        to: &Slug,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = self.key_for(staff, question.id).await?;
        self.raise_version(question).await?;
        let id = OfferId::new(now, self.store.id_bytes());
        let sealed = key.seal(reason, &context("offer", id), self.store.random());
        let sql = "INSERT INTO offer (id, question, loket, staff, name, at, reason) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (question) DO NOTHING";
        let done = sqlx::query(sql)
            .bind(id.to_string())
            .bind(question.id.to_string())
            .bind(to.as_str())
            .bind(staff.id.to_string())
            .bind(staff.name.as_str())
            .bind(micros(now))
            .bind(sealed)
            .execute(self.on())
            .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Changed);
        }
        self.put_mail(MailKind::NewQuestion, Some(question.id), to, now)
            .await
    }

    /// The offer that stands on a question, if one does.
    pub(super) async fn offer_of(
        &mut self,
        id: QuestionId,
        key: &QuestionKey,
    ) -> Result<Option<Offer>, StoreError> {
        let sql = format!("{WITH_QUESTION} WHERE question.id = $1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        row.map(|row| offer(&row, key)).transpose()
    }

    /// Takes the offer of a question back, if one stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn drop_offer(&mut self, question: QuestionId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM offer WHERE question = $1")
            .bind(question.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// What other lokets offer to that of `staff`, the oldest first; seeing it is written down. For who
    /// does not answer questions there is nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn offers_to(
        &mut self,
        staff: &Staff,
        origin: &str,
        now: Timestamp,
    ) -> Result<Vec<Offered>, StoreError> {
        if !staff.may_answer(&staff.loket) {
            return Ok(Vec::new());
        }
        let sql = format!("{WITH_QUESTION} WHERE offer.loket = $1 ORDER BY offer.id LIMIT 100");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(staff.loket.as_str())
            .fetch_all(self.on())
            .await?;
        let offers: Vec<_> = rows.iter().map(offered).collect::<Result<_, _>>()?;
        let ids: Vec<_> = offers.iter().map(|one| one.question.id).collect();
        if !ids.is_empty() {
            self.log(staff, Action::ListOffers, &ids, true, origin, now)
                .await?;
        }
        Ok(offers)
    }

    /// An offer to the loket of `staff` with its reason, and a line in that loket's log that it was
    /// read. Nothing when there is none, or it is to another loket: who asks cannot tell the two apart.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn offer_to(
        &mut self,
        staff: &Staff,
        id: OfferId,
        action: Action,
        origin: &str,
        now: Timestamp,
    ) -> Result<Option<(Offered, Offer)>, StoreError> {
        let row = self.offer_row(id).await?;
        let found = match row {
            Some(row) => {
                let keys = std::sync::Arc::clone(&self.store.keys);
                let read = offered(&row)?;
                let about = context("question", read.question.id);
                let offer = offer(&row, &keys.unwrap(&row.text("key")?, &about)?)?;
                staff.may_answer(&offer.to).then_some((read, offer))
            }
            None => None,
        };
        let about: Vec<_> = found.iter().map(|(read, _)| read.question.id).collect();
        self.log(staff, action, &about, found.is_some(), origin, now)
            .await?;
        Ok(found)
    }

    async fn offer_row(&mut self, id: OfferId) -> Result<Option<AnyRow>, StoreError> {
        let sql = format!("{WITH_QUESTION} WHERE offer.id = $1");
        Ok(sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?)
    }

    /// The loket of `staff` does not take over what it was offered; `note` tells the colleagues who keep
    /// it why, and a mail that there is something to read.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when the offer does not stand any more.
    pub async fn decline(
        &mut self,
        staff: &Staff,
        (offered, offer): &(Offered, Offer),
        note: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let question = &offered.question;
        let key = self.key_of(question.id).await?;
        // The question before the offer, as every change does it: two at once wait for each other.
        sqlx::query("UPDATE question SET version = version + 1 WHERE id = $1")
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        self.end_offer(offer.id, &staff.loket).await?;
        self.insert_note(question.id, &key, (staff.id, &staff.name), note, now)
            .await?;
        let giver = &question.loket;
        self.put_mail(MailKind::NewQuestion, Some(question.id), giver, now)
            .await
    }

    /// Takes the offer `id` to `loket` off the table.
    async fn end_offer(&mut self, id: OfferId, loket: &Slug) -> Result<(), StoreError> {
        let done = sqlx::query("DELETE FROM offer WHERE id = $1 AND loket = $2")
            .bind(id.to_string())
            .bind(loket.as_str())
            .execute(self.on())
            .await?;
        if done.rows_affected() == 1 {
            Ok(())
        } else {
            Err(StoreError::Changed)
        }
    }

    /// The loket of `staff` takes over what it was offered, and answers by `due` when it is its turn.
    /// Both lokets' logs tell. Says which question it is; nothing when there is no such offer. Accepted
    /// by this loket before, it says so again.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when the offer was taken back at that very moment.
    pub async fn accept(
        &mut self,
        staff: &Staff,
        id: OfferId,
        due: Timestamp,
        origin: &str,
        now: Timestamp,
    ) -> Result<Option<QuestionId>, StoreError> {
        let Some(row) = self.offer_row(id).await? else {
            return self.accepted(staff, id).await;
        };
        let question = question(&row)?;
        let about = context("question", question.id);
        let key = self.store.keys.unwrap(&row.text("key")?, &about)?;
        let offer = offer(&row, &key)?;
        if !staff.may_answer(&offer.to) {
            self.log(staff, Action::Accept, &[], false, origin, now)
                .await?;
            return Ok(None);
        }
        self.log_passing(staff, &question, origin, now).await?;
        self.pass_on(&question, &staff.loket, due).await?;
        self.end_offer(id, &staff.loket).await?;
        let by = (offer.staff, offer.name.as_str());
        self.insert_note(question.id, &key, by, &offer.reason, offer.at)
            .await?;
        self.keep_transfer(&question, id, &staff.loket, now).await?;
        Ok(Some(question.id))
    }

    /// The question of an offer that this loket accepted before.
    async fn accepted(
        &mut self,
        staff: &Staff,
        id: OfferId,
    ) -> Result<Option<QuestionId>, StoreError> {
        let sql = "SELECT transfer.question FROM transfer \
                   JOIN question ON question.id = transfer.question \
                   WHERE transfer.id = $1 AND transfer.taker = $2 AND question.loket = $2";
        let row = sqlx::query(sql)
            .bind(id.to_string())
            .bind(staff.loket.as_str())
            .fetch_optional(self.on())
            .await?;
        row.filter(|_| staff.may_answer(&staff.loket))
            .map(|row| row.parsed("question", QuestionId::parse))
            .transpose()
    }

    /// Writes the passing on into the logs of both lokets.
    async fn log_passing(
        &mut self,
        staff: &Staff,
        question: &Question,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let there = Staff {
            loket: question.loket.clone(),
            ..staff.clone()
        };
        let mut lines = [(staff, Action::Accept), (&there, Action::PassOn)];
        // Always in this order: two lokets that accept of each other wait, and do not block each other.
        lines.sort_by(|one, other| one.0.loket.as_str().cmp(other.0.loket.as_str()));
        for (staff, action) in lines {
            self.log(staff, action, &[question.id], true, origin, now)
                .await?;
        }
        Ok(())
    }

    /// Gives a question to the loket `to`: nobody there has taken it up yet.
    async fn pass_on(
        &mut self,
        question: &Question,
        to: &Slug,
        due: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE question SET loket = $1, owner = NULL, tended = NULL, version = version + 1, \
                   due = CASE WHEN state = 'open' THEN $2 ELSE due END \
                   WHERE id = $3 AND loket = $4 AND state <> 'gesloten'";
        let done = sqlx::query(sql)
            .bind(to.as_str())
            .bind(micros(due))
            .bind(question.id.to_string())
            .bind(question.loket.as_str())
            .execute(self.on())
            .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Changed);
        }
        sqlx::query("DELETE FROM draft WHERE question = $1")
            .bind(question.id.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }

    async fn keep_transfer(
        &mut self,
        question: &Question,
        id: OfferId,
        taker: &Slug,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO transfer (id, question, at, giver, taker) VALUES ($1, $2, $3, $4, $5)";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(question.id.to_string())
            .bind(micros(now))
            .bind(question.loket.as_str())
            .bind(taker.as_str())
            .execute(self.on())
            .await?;
        let giver = &question.loket;
        self.count(dutch_day(now), giver, "doorgegeven", taker.as_str())
            .await
    }
}

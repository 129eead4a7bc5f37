//! What staff see of a question, and what they write to it.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::open::micros;
use super::questions::question;
use super::row::Columns as _;
use super::thread::{context, open_thread};
use super::{Action, MailKind, StoreError, Thread, Tx};
use crate::clock::dutch_day;
use crate::domain::working_days::days_between;
use crate::domain::{AnswerWay, Author, Hold, MessageId, Note, Offer, QuestionId, Staff, StaffId};
use crate::secrets::QuestionKey;

/// An answer that is not sent yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// When it was kept.
    pub saved: Timestamp,
    /// What it says.
    pub text: String,
}

/// What staff see of a question of their own loket.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What the parent sees too.
    pub thread: Thread,
    /// What colleagues wrote to each other.
    pub notes: Vec<Note>,
    /// What this member of staff began to answer.
    pub draft: Option<Draft>,
    /// The name of who has taken it up.
    pub owner: Option<String>,
    /// That it is offered to another loket.
    pub offer: Option<Offer>,
    /// That it has to be kept.
    pub hold: Option<Hold>,
}

impl Tx<'_> {
    /// The whole of a question for `staff`, and a line in the log that it was read. Nothing when there
    /// is none, or it is of another loket: who asks cannot tell the two apart.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn entry(
        &mut self,
        staff: &Staff,
        id: QuestionId,
        action: Action,
        origin: &str,
        now: Timestamp,
    ) -> Result<Option<Entry>, StoreError> {
        let row = sqlx::query("SELECT * FROM question WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        let own = match &row {
            Some(row) => staff.may_answer(&question(row)?.loket),
            None => false,
        };
        self.log(staff, action, &[id], own, origin, now).await?;
        let Some(row) = row.filter(|_| own) else {
            return Ok(None);
        };
        let keys = std::sync::Arc::clone(&self.store.keys);
        let (thread, key) = open_thread(&keys, &row, self.on()).await?;
        let owner = match thread.question.progress.owner() {
            Some(owner) => self.staff_name(owner).await?,
            None => None,
        };
        Ok(Some(Entry {
            notes: self.notes(id, &key).await?,
            draft: self.draft(id, staff.id, &key).await?,
            offer: self.offer_of(id, &key).await?,
            hold: self.hold_of(&thread.question, &key, now).await?,
            owner,
            thread,
        }))
    }

    async fn notes(&mut self, id: QuestionId, key: &QuestionKey) -> Result<Vec<Note>, StoreError> {
        let rows = sqlx::query("SELECT * FROM note WHERE question = $1 ORDER BY id")
            .bind(id.to_string())
            .fetch_all(self.on())
            .await?;
        let read = |row: &AnyRow| {
            let id = row.parsed("id", MessageId::parse)?;
            Ok(Note {
                id,
                staff: row.parsed("staff", StaffId::parse)?,
                name: row.text("name")?,
                at: row.moment("at")?,
                text: key.open(&row.text("text")?, &context("note", id))?,
            })
        };
        rows.iter().map(read).collect()
    }

    async fn draft(
        &mut self,
        id: QuestionId,
        staff: StaffId,
        key: &QuestionKey,
    ) -> Result<Option<Draft>, StoreError> {
        let row = sqlx::query("SELECT * FROM draft WHERE question = $1 AND staff = $2")
            .bind(id.to_string())
            .bind(staff.to_string())
            .fetch_optional(self.on())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Draft {
            saved: row.moment("saved")?,
            text: key.open(&row.text("text")?, &draft_context(id, staff))?,
        }))
    }

    /// `staff` answers. A form sent twice is kept once; a question that changed since it was read is
    /// not answered.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when it was.
    pub async fn answer(
        &mut self,
        staff: &Staff,
        thread: &Thread,
        form: &str,
        text: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let question = &thread.question;
        let key = self.key_for(staff, question.id).await?;
        let id = staff.id.to_string();
        let by = Some((id.as_str(), staff.name.as_str()));
        if !self
            .insert_message(question.id, &key, form, by, text, now)
            .await?
        {
            return Ok(());
        }
        let answered = question
            .progress
            .answer(staff.id)
            .map_err(|_| StoreError::Changed)?;
        self.set_progress(question, answered, question.due, now)
            .await?;
        self.drop_draft(question.id, staff.id).await?;
        self.count_first_answer(thread, now).await?;
        if matches!(thread.contact.way, AnswerWay::Mail(_)) {
            self.put_mail(
                MailKind::AnswerReady,
                Some(question.id),
                &question.loket,
                now,
            )
            .await?;
        }
        Ok(())
    }

    /// Counts how long the first answer took.
    async fn count_first_answer(
        &mut self,
        thread: &Thread,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut before = thread.messages.iter();
        if before.any(|message| message.author != Author::Parent) {
            return Ok(());
        }
        let question = &thread.question;
        let band = match days_between(dutch_day(question.created), dutch_day(now)) {
            ..=0 => "dezelfde dag",
            1 => "1 dag",
            2 => "2 dagen",
            3..=7 => "3 tot 7 dagen",
            _ => "langer",
        };
        self.count(dutch_day(now), &question.loket, "beantwoord", band)
            .await
    }

    /// Keeps what `staff` wrote for colleagues.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_note(
        &mut self,
        staff: &Staff,
        question: QuestionId,
        text: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = self.key_for(staff, question).await?;
        self.insert_note(question, &key, (staff.id, &staff.name), text, now)
            .await?;
        self.tend(question, staff.id, now).await
    }

    /// Puts a sealed note beside the others.
    pub(super) async fn insert_note(
        &mut self,
        question: QuestionId,
        key: &QuestionKey,
        (staff, name): (StaffId, &str),
        text: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let id = MessageId::new(now, self.store.id_bytes());
        let sealed = key.seal(text, &context("note", id), self.store.random());
        let sql = "INSERT INTO note (id, question, staff, name, at, text) VALUES ($1, $2, $3, $4, $5, $6)";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(question.to_string())
            .bind(staff.to_string())
            .bind(name)
            .bind(micros(now))
            .bind(sealed)
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Keeps what `staff` began to answer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep_draft(
        &mut self,
        staff: &Staff,
        question: QuestionId,
        text: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = self.key_for(staff, question).await?;
        let sealed = key.seal(
            text,
            &draft_context(question, staff.id),
            self.store.random(),
        );
        let sql = "INSERT INTO draft (question, staff, saved, text) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (question, staff) \
                   DO UPDATE SET saved = excluded.saved, text = excluded.text";
        sqlx::query(sql)
            .bind(question.to_string())
            .bind(staff.id.to_string())
            .bind(micros(now))
            .bind(sealed)
            .execute(self.on())
            .await?;
        self.tend(question, staff.id, now).await
    }

    async fn drop_draft(&mut self, question: QuestionId, staff: StaffId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM draft WHERE question = $1 AND staff = $2")
            .bind(question.to_string())
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }
}

fn draft_context(question: QuestionId, staff: StaffId) -> String {
    context(&format!("draft/{question}"), staff)
}

//! Questions: asked once, found by code, changed by one at a time.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::open::micros;
use super::row::Columns as _;
use super::thread::context;
use super::{MailKind, StoreError, Tx};
use crate::clock::dutch_day;
use crate::domain::{
    AgeBand, Audience, Channel, Formal, Marked, MessageId, NewQuestion, Progress, Question,
    QuestionId, QuestionState, Slug, Staff, StaffId,
};
use crate::secrets::{QuestionKey, ReceiptCode};

/// A question as it is asked.
#[derive(Debug)]
pub struct Asked<'a> {
    /// What is asked.
    pub question: &'a NewQuestion,
    /// The code with which the parent comes back.
    pub code: &'a ReceiptCode,
    /// The form as it was sent, to see whether it is sent again unchanged.
    pub body: &'a str,
    /// How it comes in.
    pub channel: Channel,
    /// Its words call for help at once.
    pub urgent: bool,
    /// By when it is to be answered.
    pub due: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is there.
    New(QuestionId),
    /// It was there already, word for word.
    Same(QuestionId),
    /// The same form was sent before with other words; those are kept.
    Other(QuestionId),
    /// What this form asked before is erased; it is not asked again by a page that is loaded anew.
    Erased,
}

/// What stands clear in a row.
pub(super) fn question(row: &AnyRow) -> Result<Question, StoreError> {
    Ok(Question {
        id: row.parsed("id", QuestionId::parse)?,
        loket: row.parsed("loket", |text| Slug::parse(text).ok())?,
        progress: Progress::stored(
            row.parsed("state", QuestionState::parse)?,
            row.parsed_if_any("owner", StaffId::parse)?,
        ),
        channel: row.parsed("channel", Channel::parse)?,
        audience: row.parsed("audience", Audience::parse)?,
        age: row.parsed_if_any("age", AgeBand::from_slug)?,
        urgent: !row.flag("calm")?,
        created: row.moment("created")?,
        due: row.moment("due")?,
        closed: row.moment_if_any("closed")?,
        helped: row.number_if_any("helped")?.map(|helped| helped != 0),
        held: row.moment_if_any("held")?,
        withdrawn: row.moment_if_any("withdrawn")?,
        marked: marked(row)?,
        version: row.number("version")?,
    })
}

fn marked(row: &AnyRow) -> Result<Option<Marked>, StoreError> {
    let formal = row.parsed_if_any("formal", Formal::parse)?;
    let at = row.moment_if_any("formal_at")?;
    Ok(formal.zip(at).map(|(formal, at)| Marked { formal, at }))
}

impl Tx<'_> {
    /// Keeps a question, its first message and the mail that tells the loket of it. The same code a
    /// second time adds nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(&mut self, asked: &Asked<'_>) -> Result<Added, StoreError> {
        let keys = &self.store.keys;
        let lookup = asked.code.lookup(keys);
        let body = keys.body_digest(asked.body);
        let id = QuestionId::new(asked.now, self.store.id_bytes());
        let key = keys.new_question_key(self.store.random());
        let new = self
            .insert_question(asked, id, &key, &lookup, &body)
            .await?;
        if !new {
            return self.asked_before(&lookup, &body).await;
        }
        // Looked at only now: on PostgreSQL the insertion has waited for who was erasing it.
        if self.was_erased(&lookup).await? {
            self.take_back(id).await?;
            return Ok(Added::Erased);
        }
        self.insert_message(id, &key, &lookup, None, &asked.question.text, asked.now)
            .await?;
        let loket = &asked.question.loket;
        self.put_mail(MailKind::NewQuestion, Some(id), loket, asked.now)
            .await?;
        self.count_question(asked).await?;
        Ok(Added::New(id))
    }

    async fn insert_question(
        &mut self,
        asked: &Asked<'_>,
        id: QuestionId,
        key: &QuestionKey,
        lookup: &str,
        body: &str,
    ) -> Result<bool, StoreError> {
        let random = self.store.random();
        let new = &asked.question;
        let contact = serde_json::to_string(&new.contact).unwrap_or_default();
        let sql = "INSERT INTO question (id, lookup, body, key, contact, loket, state, channel, \
                   audience, age, calm, created, due, version) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0) \
                   ON CONFLICT (lookup) DO NOTHING";
        let done = sqlx::query(sql)
            .bind(id.to_string())
            .bind(lookup)
            .bind(body)
            .bind(self.store.keys.wrap(key, &context("question", id), random))
            .bind(key.seal(&contact, &context("contact", id), random))
            .bind(new.loket.as_str())
            .bind(Progress::new().state().slug())
            .bind(asked.channel.slug())
            .bind(new.audience.slug())
            .bind(new.age.map(AgeBand::slug))
            .bind(i64::from(!asked.urgent))
            .bind(micros(asked.now))
            .bind(micros(asked.due))
            .execute(self.on())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Takes back what this change inserted.
    async fn take_back(&mut self, id: QuestionId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM question WHERE id = $1")
            .bind(id.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }

    async fn asked_before(&mut self, lookup: &str, body: &str) -> Result<Added, StoreError> {
        let row = sqlx::query("SELECT id, body FROM question WHERE lookup = $1")
            .bind(lookup)
            .fetch_optional(self.on())
            .await?;
        let Some(row) = row else {
            // It was there a moment ago.
            return Ok(Added::Erased);
        };
        let id = row.parsed("id", QuestionId::parse)?;
        Ok(if row.text("body")? == body {
            Added::Same(id)
        } else {
            Added::Other(id)
        })
    }

    async fn count_question(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let (day, new) = (dutch_day(asked.now), &asked.question);
        let age = new.age.map_or("onbekend", AgeBand::slug);
        for (what, value) in [
            ("kanaal", asked.channel.slug()),
            ("vrager", new.audience.slug()),
            ("leeftijd", age),
        ] {
            self.count(day, &new.loket, what, value).await?;
        }
        Ok(())
    }

    /// The key of a question.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when there is no such question (any more).
    pub(super) async fn key_of(&mut self, id: QuestionId) -> Result<QuestionKey, StoreError> {
        let row = sqlx::query("SELECT loket, key FROM question WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        self.unwrapped(row.as_ref(), id)
    }

    /// The key of a question of `staff`'s own loket: with it they write to a question.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when there is no such question, or it is of another loket.
    pub(super) async fn key_for(
        &mut self,
        staff: &Staff,
        id: QuestionId,
    ) -> Result<QuestionKey, StoreError> {
        let row = sqlx::query("SELECT loket, key FROM question WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        let row = match row {
            Some(row) if staff.may_answer(&row.parsed("loket", |text| Slug::parse(text).ok())?) => {
                Some(row)
            }
            _ => None,
        };
        self.unwrapped(row.as_ref(), id)
    }

    fn unwrapped(&self, row: Option<&AnyRow>, id: QuestionId) -> Result<QuestionKey, StoreError> {
        let wrapped = row.ok_or(StoreError::Changed)?.text("key")?;
        Ok(self.store.keys.unwrap(&wrapped, &context("question", id))?)
    }

    /// Puts a sealed message beside the others; says whether its form was not used before.
    pub(super) async fn insert_message(
        &mut self,
        question: QuestionId,
        key: &QuestionKey,
        form: &str,
        staff: Option<(&str, &str)>,
        text: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let id = MessageId::new(now, self.store.id_bytes());
        let sealed = key.seal(text, &context("message", id), self.store.random());
        let sql = "INSERT INTO message (id, question, nr, form, staff, name, at, text) VALUES ($1, $2, \
                   (SELECT COUNT(*) FROM message AS said WHERE said.question = $2), \
                   $3, $4, $5, $6, $7) ON CONFLICT (form) DO NOTHING";
        let done = sqlx::query(sql)
            .bind(id.to_string())
            .bind(question.to_string())
            .bind(form)
            .bind(staff.map(|(id, _)| id))
            .bind(staff.map(|(_, name)| name))
            .bind(micros(now))
            .bind(sealed)
            .execute(self.on())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Whether a message was kept of this form before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_message(&mut self, form: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM message WHERE form = $1")
            .bind(form)
            .fetch_one(self.on())
            .await?;
        row.flag("n")
    }

    /// Sets how far `question` is, unless somebody changed it since it was read.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when somebody did.
    pub async fn set_progress(
        &mut self,
        question: &Question,
        progress: Progress,
        due: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let closed = (progress.state() == QuestionState::Closed).then(|| micros(now));
        let sql = "UPDATE question SET state = $1, owner = $2, due = $3, closed = $4, \
                   tended = $5, version = version + 1 WHERE id = $6 AND version = $7";
        let done = sqlx::query(sql)
            .bind(progress.state().slug())
            .bind(progress.owner().map(|id| id.to_string()))
            .bind(micros(due))
            .bind(closed)
            .bind(progress.owner().map(|_| micros(now)))
            .bind(question.id.to_string())
            .bind(question.version)
            .execute(self.on())
            .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Changed);
        }
        if closed.is_some() {
            self.drop_offer(question.id).await?;
        }
        Ok(())
    }

    /// Notes that `question` changes, unless somebody changed it since it was read.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when somebody did.
    pub(super) async fn raise_version(&mut self, question: &Question) -> Result<(), StoreError> {
        let sql = "UPDATE question SET version = version + 1 WHERE id = $1 AND version = $2";
        let done = sqlx::query(sql)
            .bind(question.id.to_string())
            .bind(question.version)
            .execute(self.on())
            .await?;
        if done.rows_affected() == 1 {
            Ok(())
        } else {
            Err(StoreError::Changed)
        }
    }

    /// It is the loket's turn again, also when the question was closed ([`Progress::ask_on`]); who writes
    /// again wants an answer, so that what she withdrew is not erased. Says which loket has it.
    pub(super) async fn reopen(
        &mut self,
        id: QuestionId,
        due: Timestamp,
    ) -> Result<Slug, StoreError> {
        let sql = "UPDATE question SET state = $1, due = $2, closed = NULL, withdrawn = NULL, \
                   version = version + 1 WHERE id = $3 RETURNING loket";
        let row = sqlx::query(sql)
            .bind(QuestionState::Open.slug())
            .bind(micros(due))
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        let row = row.ok_or(StoreError::Changed)?;
        row.parsed("loket", |text| Slug::parse(text).ok())
    }
}

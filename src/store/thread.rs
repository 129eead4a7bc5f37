//! What the parent and the loket said to each other: the parent's side of a question.

use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::questions::question;
use super::row::Columns as _;
use super::{MailKind, Store, StoreError, Tx};
use crate::clock::dutch_day;
use crate::domain::{
    Author, Contact, Message, MessageId, Question, QuestionId, Slug, StaffId, Transfer,
};
use crate::secrets::{Keys, QuestionKey, ReceiptCode};

/// What a parent may see of her question.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// What stands clear.
    pub question: Question,
    /// What she told about herself.
    pub contact: Contact,
    /// What was said, in order; the first is the question.
    pub messages: Vec<Message>,
    /// When it went from one loket to another, in order.
    pub transfers: Vec<Transfer>,
}

/// Binds a sealed text to its place: moved elsewhere, it does not open.
pub(super) fn context(kind: &str, id: impl std::fmt::Display) -> String {
    format!("{kind}/{id}")
}

impl Store {
    /// The thread of the question with this code.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn thread_by_code(&self, code: &ReceiptCode) -> Result<Option<Thread>, StoreError> {
        let row = sqlx::query("SELECT * FROM question WHERE lookup = $1")
            .bind(code.lookup(&self.keys))
            .fetch_optional(&self.read)
            .await?;
        self.thread_of(row).await
    }

    /// The thread of the question with this id, for who proved to hold its code.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn thread_by_id(&self, id: QuestionId) -> Result<Option<Thread>, StoreError> {
        let row = sqlx::query("SELECT * FROM question WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&self.read)
            .await?;
        self.thread_of(row).await
    }

    async fn thread_of(&self, row: Option<AnyRow>) -> Result<Option<Thread>, StoreError> {
        let Some(row) = row else { return Ok(None) };
        let mut connection = self.read.acquire().await?;
        let (thread, _) = open_thread(&self.keys, &row, &mut connection).await?;
        Ok(Some(thread))
    }
}

impl Tx<'_> {
    /// The parent writes more: the loket has until `due`. A form sent twice is kept once. Whatever
    /// colleagues did in the meantime, her words are not refused for it.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when the question is erased.
    pub async fn ask_on(
        &mut self,
        question: &Question,
        form: &str,
        text: &str,
        due: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let key = self.key_of(question.id).await?;
        if !self
            .insert_message(question.id, &key, form, None, text, now)
            .await?
        {
            return Ok(());
        }
        // Not of the loket that had it when it was read: another may have taken it over since.
        let loket = self.reopen(question.id, due).await?;
        self.put_mail(MailKind::NewQuestion, Some(question.id), &loket, now)
            .await
    }
}

impl Tx<'_> {
    /// Notes whether the answer helped; the last word counts, and counts once. Who thinks again is
    /// taken off the count of this month, also when the first word fell in another.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_helped(
        &mut self,
        question: &Question,
        helped: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let first = "UPDATE question SET helped = $1 WHERE id = $2 AND helped IS NULL";
        let again = "UPDATE question SET helped = $1 WHERE id = $2 AND helped <> $1";
        let mut steps = [0, 0];
        for (sql, before) in [(first, 0), (again, -1)] {
            let done = sqlx::query(sql)
                .bind(i64::from(helped))
                .bind(question.id.to_string())
                .execute(self.on())
                .await?;
            if done.rows_affected() == 1 {
                steps = if helped { [1, before] } else { [before, 1] };
                break;
            }
        }
        // Always in this order: two at once wait for each other instead of both.
        for (word, step) in ["ja", "nee"].into_iter().zip(steps) {
            if step != 0 {
                self.count_by(step, dutch_day(now), &question.loket, "geholpen", word)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Opens what the parent sees, and the key of the question.
pub(super) async fn open_thread(
    keys: &Keys,
    row: &AnyRow,
    connection: &mut AnyConnection,
) -> Result<(Thread, QuestionKey), StoreError> {
    let question = question(row)?;
    let key = keys.unwrap(&row.text("key")?, &context("question", question.id))?;
    let contact = open_contact(&key, row, question.id)?;
    let rows = sqlx::query("SELECT * FROM message WHERE question = $1 ORDER BY nr, id")
        .bind(question.id.to_string())
        .fetch_all(&mut *connection)
        .await?;
    let messages = rows
        .iter()
        .map(|row| open_message(&key, row))
        .collect::<Result<_, _>>()?;
    let transfers = transfers(question.id, connection).await?;
    Ok((
        Thread {
            question,
            contact,
            messages,
            transfers,
        },
        key,
    ))
}

async fn transfers(
    id: QuestionId,
    connection: &mut AnyConnection,
) -> Result<Vec<Transfer>, StoreError> {
    let rows = sqlx::query("SELECT * FROM transfer WHERE question = $1 ORDER BY id")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    let read = |row: &AnyRow| {
        Ok(Transfer {
            at: row.moment("at")?,
            giver: row.parsed("giver", |text| Slug::parse(text).ok())?,
            taker: row.parsed("taker", |text| Slug::parse(text).ok())?,
        })
    };
    rows.iter().map(read).collect()
}

/// What a parent told about herself.
pub(super) fn open_contact(
    key: &QuestionKey,
    row: &AnyRow,
    id: QuestionId,
) -> Result<Contact, StoreError> {
    let contact = key.open(&row.text("contact")?, &context("contact", id))?;
    serde_json::from_str(&contact).map_err(|_| StoreError::Damaged("contact"))
}

/// One message.
pub(super) fn open_message(key: &QuestionKey, row: &AnyRow) -> Result<Message, StoreError> {
    let id = row.parsed("id", MessageId::parse)?;
    let author = match row.parsed_if_any("staff", StaffId::parse)? {
        None => Author::Parent,
        Some(staff) => Author::Desk {
            staff,
            name: row.text_if_any("name")?.unwrap_or_default(),
        },
    };
    Ok(Message {
        id,
        author,
        at: row.moment("at")?,
        text: key.open(&row.text("text")?, &context("message", id))?,
    })
}

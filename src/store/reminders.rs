//! Of what lokets were reminded. A reminder is noted in the change that puts its mail in the outbox, so
//! that two workers never send it twice.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::open::micros;
use super::row::Columns as _;
use super::{MailKind, Store, StoreError, Tx};
use crate::clock::dutch_day;
use crate::domain::{QuestionId, Reminder, Slug, StaffId};

/// How many questions one round looks at: more would be the same one mail.
const ROUND: i64 = 1_000;

/// For how long the days of reminders are remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 30);

/// An open question of which a loket may be reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub id: QuestionId,
    /// By when it is to be answered.
    pub due: Timestamp,
    /// Until when it is kept, whatever its term.
    pub held: Option<Timestamp>,
    /// When the last was said on it.
    pub said: Timestamp,
    /// What the loket was told of it since it had this due moment.
    pub told: Told,
}

/// What a loket was told of a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// The last day.
    pub day: Option<Date>,
    /// How often.
    pub times: u32,
}

impl Store {
    /// The open questions of `loket` that are due from `from` until before `until`, and of which it
    /// was not reminded often enough yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn waiting(
        &self,
        reminder: Reminder,
        loket: &Slug,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Waiting>, StoreError> {
        let sql = "SELECT question.id, question.due, question.held, reminded.day, reminded.times, \
                   (SELECT MAX(at) FROM message WHERE message.question = question.id) AS said \
                   FROM question LEFT JOIN reminded ON reminded.question = question.id \
                   AND reminded.kind = $1 AND reminded.due = question.due \
                   WHERE question.loket = $2 AND question.state = 'open' \
                   AND question.due >= $3 AND question.due < $4 \
                   AND (reminded.times IS NULL OR reminded.times < $5) \
                   ORDER BY question.id LIMIT $6";
        let rows = sqlx::query(sql)
            .bind(reminder.slug())
            .bind(loket.as_str())
            .bind(micros(from))
            .bind(micros(until))
            .bind(i64::from(reminder.most()))
            .bind(ROUND)
            .fetch_all(&self.read)
            .await?;
        let read = |row: &sqlx::any::AnyRow| {
            let times = row.number_if_any("times")?.unwrap_or(0);
            Ok(Waiting {
                id: row.parsed("id", QuestionId::parse)?,
                due: row.moment("due")?,
                held: row.moment_if_any("held")?,
                said: row.moment("said")?,
                told: Told {
                    day: row.parsed_if_any("day", |text| text.parse().ok())?,
                    times: u32::try_from(times).unwrap_or(u32::MAX),
                },
            })
        };
        rows.iter().map(read).collect()
    }
}

impl Tx<'_> {
    /// Reminds `loket` of those of `waiting` that still wait: one mail, or one to each of `colleagues`.
    /// Says whether it did; not when it was reminded so on this day already.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remind(
        &mut self,
        reminder: Reminder,
        loket: &Slug,
        waiting: &[Waiting],
        colleagues: &[StaffId],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let day = dutch_day(now).to_string();
        let sql = "INSERT INTO reminder (loket, kind, day) VALUES ($1, $2, $3) \
                   ON CONFLICT (loket, kind, day) DO NOTHING";
        let first = sqlx::query(sql)
            .bind(loket.as_str())
            .bind(reminder.slug())
            .bind(&day)
            .execute(self.on())
            .await?;
        if first.rows_affected() == 0 {
            return Ok(false);
        }
        let mut still = 0;
        for one in waiting {
            still += self.note_reminded(reminder, one, &day).await?;
        }
        if still > 0 {
            self.put_reminders(reminder, loket, colleagues, now).await?;
        }
        sqlx::query("DELETE FROM reminder WHERE day < $1")
            .bind(dutch_day(now - REMEMBERED).to_string())
            .execute(self.on())
            .await?;
        Ok(still > 0)
    }

    /// Notes that the loket hears of a question, unless it was answered since it was read.
    async fn note_reminded(
        &mut self,
        reminder: Reminder,
        waiting: &Waiting,
        day: &str,
    ) -> Result<u64, StoreError> {
        let sql = "INSERT INTO reminded (question, kind, due, day, times) \
                   SELECT id, $1, due, $2, 1 FROM question \
                   WHERE id = $3 AND due = $4 AND state = 'open' \
                   ON CONFLICT (question, kind) DO UPDATE SET due = excluded.due, day = excluded.day, \
                   times = CASE WHEN reminded.due = excluded.due THEN reminded.times + 1 ELSE 1 END";
        let done = sqlx::query(sql)
            .bind(reminder.slug())
            .bind(day)
            .bind(waiting.id.to_string())
            .bind(micros(waiting.due))
            .execute(self.on())
            .await?;
        Ok(done.rows_affected())
    }

    async fn put_reminders(
        &mut self,
        reminder: Reminder,
        loket: &Slug,
        colleagues: &[StaffId],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let kind = match reminder {
            Reminder::StillWaiting => MailKind::StillWaiting,
            Reminder::Overdue => MailKind::Overdue,
            Reminder::Forgotten | Reminder::LastCall => MailKind::NearlyErased,
        };
        if colleagues.is_empty() {
            return self.put_mail(kind, None, loket, now).await;
        }
        for colleague in colleagues {
            self.put_mail_to(kind, None, loket, Some(*colleague), now)
                .await?;
        }
        Ok(())
    }
}

//! The inbox of a loket: what waits, the most urgent first.

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::open::micros;
use super::questions::question;
use super::row::Columns as _;
use super::thread::context;
use super::{Action, Store, StoreError, Tx};
use crate::domain::{MessageId, Question, Slug, Staff};

/// How many questions stand on one page.
const PAGE: i64 = 25;

/// How many characters of a question the list shows.
const SHOWN: usize = 140;

/// Which questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InboxFilter {
    /// The loket's turn.
    #[default]
    Open,
    /// The loket's turn, taken up by who looks.
    Mine,
    /// The parent's turn.
    Answered,
    /// Nobody's turn.
    Closed,
}

impl InboxFilter {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Mine, Self::Answered, Self::Closed];

    /// The word for it in addresses.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Mine => "mijn",
            Self::Answered => "beantwoord",
            Self::Closed => "gesloten",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == text)
    }

    /// One page of questions with their first message and the name of who has them.
    const fn sql(self) -> &'static str {
        macro_rules! page {
            ($state:literal, $order:literal) => {
                concat!(
                    "SELECT question.*, message.id AS message_id, message.text AS message_text, \
                     staff.name AS owner_name, offer.loket AS offered_to FROM question \
                     JOIN message ON message.question = question.id AND message.nr = 0 \
                     LEFT JOIN staff ON staff.id = question.owner \
                     LEFT JOIN offer ON offer.question = question.id \
                     WHERE question.loket = $1 AND ",
                    $state,
                    " ORDER BY ",
                    $order,
                    " LIMIT $3 OFFSET $4"
                )
            };
        }
        match self {
            Self::Open => page!(
                "question.state = 'open' AND $2 <> ''",
                "question.calm, question.due, question.id"
            ),
            Self::Mine => page!(
                "question.state = 'open' AND question.owner = $2",
                "question.calm, question.due, question.id"
            ),
            Self::Answered => page!(
                "question.state = 'beantwoord' AND $2 <> ''",
                "question.calm, question.due, question.id"
            ),
            Self::Closed => page!(
                "question.state = 'gesloten' AND $2 <> ''",
                "question.id DESC"
            ),
        }
    }
}

/// A question in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What stands clear.
    pub question: Question,
    /// How it begins.
    pub beginning: String,
    /// The name of who has taken it up.
    pub owner: Option<String>,
    /// To which loket it is offered.
    pub offered: Option<Slug>,
}

/// A page of the inbox.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inbox {
    /// The questions of this page.
    pub listed: Vec<Listed>,
    /// Whether there is a next page.
    pub more: bool,
    /// How many there are of each kind.
    pub counts: InboxCounts,
}

/// How many questions there are: up to a thousand of each, for who has more needs no number, and
/// counting them all would make every page slower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InboxCounts {
    /// The loket's turn.
    pub open: i64,
    /// Of those, what should have been answered.
    pub overdue: i64,
    /// Of those, taken up by who looks.
    pub mine: i64,
    /// The parent's turn.
    pub answered: i64,
}

/// Counts, each by one index.
const COUNTS: &str = "SELECT \
    (SELECT COUNT(*) FROM (SELECT 1 FROM question WHERE loket = $1 AND state = 'open' \
        LIMIT 1000) AS counted) AS open, \
    (SELECT COUNT(*) FROM (SELECT 1 FROM question WHERE loket = $1 AND state = 'open' \
        AND calm = 0 AND due < $2 \
        UNION ALL SELECT 1 FROM question WHERE loket = $1 AND state = 'open' \
        AND calm = 1 AND due < $2 LIMIT 1000) AS counted) AS overdue, \
    (SELECT COUNT(*) FROM (SELECT 1 FROM question WHERE loket = $1 AND state = 'open' \
        AND owner = $3 LIMIT 1000) AS counted) AS mine, \
    (SELECT COUNT(*) FROM (SELECT 1 FROM question WHERE loket = $1 AND state = 'beantwoord' \
        LIMIT 1000) AS counted) AS answered";

impl Tx<'_> {
    /// A page of the inbox of `staff`'s own loket, from 0; its ids go into the log as one line. For
    /// who does not answer questions it is empty.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn inbox(
        &mut self,
        staff: &Staff,
        filter: InboxFilter,
        page: u32,
        origin: &str,
        now: Timestamp,
    ) -> Result<Inbox, StoreError> {
        if !staff.may_answer(&staff.loket) {
            self.log(staff, Action::List, &[], false, origin, now)
                .await?;
            return Ok(Inbox::default());
        }
        let rows = sqlx::query(filter.sql())
            .bind(staff.loket.as_str())
            .bind(staff.id.to_string())
            .bind(PAGE + 1)
            .bind(i64::from(page) * PAGE)
            .fetch_all(self.on())
            .await?;
        let page_length = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page_length;
        let shown = rows.iter().take(page_length);
        let listed: Vec<_> = shown
            .map(|row| self.listed(row))
            .collect::<Result<_, _>>()?;
        let ids: Vec<_> = listed.iter().map(|one| one.question.id).collect();
        self.log(staff, Action::List, &ids, true, origin, now)
            .await?;
        let counts = self.inbox_counts(staff, now).await?;
        Ok(Inbox {
            listed,
            more,
            counts,
        })
    }

    fn listed(&self, row: &AnyRow) -> Result<Listed, StoreError> {
        let question = question(row)?;
        let keys = &self.store.keys;
        let key = keys.unwrap(&row.text("key")?, &context("question", question.id))?;
        let message = row.parsed("message_id", MessageId::parse)?;
        let text = key.open(&row.text("message_text")?, &context("message", message))?;
        Ok(Listed {
            question,
            beginning: beginning(&text),
            owner: row.text_if_any("owner_name")?,
            offered: row.parsed_if_any("offered_to", |text| Slug::parse(text).ok())?,
        })
    }

    async fn inbox_counts(
        &mut self,
        staff: &Staff,
        now: Timestamp,
    ) -> Result<InboxCounts, StoreError> {
        let row = sqlx::query(COUNTS)
            .bind(staff.loket.as_str())
            .bind(micros(now))
            .bind(staff.id.to_string())
            .fetch_one(self.on())
            .await?;
        Ok(InboxCounts {
            open: row.number("open")?,
            overdue: row.number("overdue")?,
            mine: row.number("mine")?,
            answered: row.number("answered")?,
        })
    }
}

impl Store {
    /// Whether somebody reads what is sent to `loket`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_reader(&self, loket: &Slug) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) AS n FROM staff WHERE loket = $1 AND disabled IS NULL \
                   AND role IN ('medewerker', 'beheerder')";
        let row = sqlx::query(sql)
            .bind(loket.as_str())
            .fetch_one(&self.read)
            .await?;
        row.flag("n")
    }
}

/// The beginning of a text, in one line.
pub(super) fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or("").trim_end()),
        None => line,
    }
}

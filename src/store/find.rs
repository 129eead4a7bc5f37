//! Finding questions by what is in them. Nothing of it is kept: the questions of one loket are opened
//! and read, the newest first, up to a number that keeps the time within bounds.

use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::inbox::{Listed, beginning};
use super::questions::question;
use super::row::Columns as _;
use super::thread::{context, open_contact};
use super::{Action, Store, StoreError};
use crate::domain::{AnswerWay, Contact, MessageId, QuestionId, Slug, Staff};
use crate::dutch::{fold, tokens};
use crate::secrets::QuestionKey;

/// How many questions are looked at: those that are not closed before those that are, the newest first.
const LOOKED_AT: i64 = 2_000;

/// How many questions are opened before others get a turn.
const AT_ONCE: usize = 50;

/// How many of what is found is shown.
const SHOWN: usize = 50;

/// How many words count, and how long the text may be that holds them, in characters.
const MOST_WORDS: usize = 10;
const LONGEST: usize = 200;

/// A number of at least so many digits is a phone number.
const PHONE_DIGITS: usize = 6;

/// What is looked for: words, folded, that must all be there. `Debug` does not show them.
#[derive(Clone, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    /// The digits of a phone number, when it is one.
    phone: Option<String>,
}

impl std::fmt::Debug for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wanted(..)")
    }
}

impl Wanted {
    /// Reads what was typed; nothing when there is no word or number in it, or it is longer than 200
    /// characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.chars().count() > LONGEST {
            return None;
        }
        let words: Vec<_> = tokens(text)
            .map(|token| token.text)
            .take(MOST_WORDS)
            .collect();
        let phone = text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-()".contains(c))
            .then(|| national(&digits(text)))
            .filter(|digits| digits.len() >= PHONE_DIGITS);
        let long = words.iter().any(|word| word.chars().nth(1).is_some());
        long.then_some(Self { words, phone })
    }

    /// Whether `texts` hold all of it together.
    fn is_in(&self, texts: &[String]) -> bool {
        if let Some(phone) = &self.phone
            && texts
                .iter()
                .any(|text| national(&digits(text)).contains(phone))
        {
            return true;
        }
        let folded: Vec<_> = texts.iter().map(|text| fold(text)).collect();
        let mut words = self.words.iter();
        words.all(|word| folded.iter().any(|text| text.contains(word)))
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A phone number without the prefix of the country.
fn national(digits: &str) -> String {
    let rest = ["0031", "31"]
        .iter()
        .find_map(|prefix| digits.strip_prefix(prefix))
        .filter(|rest| rest.len() == 9);
    rest.map_or_else(|| digits.to_owned(), |rest| format!("0{rest}"))
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The questions, those that are not closed before those that are, the newest first.
    pub listed: Vec<Listed>,
    /// Whether more fit than are shown.
    pub more: bool,
    /// How many were looked at, when there are older ones that were not.
    pub looked_at: Option<i64>,
}

/// The questions that are looked at.
const QUESTIONS: &str = "SELECT question.*, staff.name AS owner_name, \
    offer.loket AS offered_to FROM question LEFT JOIN staff ON staff.id = question.owner \
    LEFT JOIN offer ON offer.question = question.id WHERE question.loket = $1 \
    ORDER BY CASE WHEN question.state = 'gesloten' THEN 1 ELSE 0 END, question.id DESC LIMIT $2";

impl Store {
    /// The questions of `staff`'s own loket in which `wanted` stands: in messages, notes, the name, the
    /// phone number or the mail address. What is shown goes into the log as one line. For who does not
    /// answer questions there is nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn find(
        &self,
        staff: &Staff,
        wanted: &Wanted,
        origin: &str,
        now: Timestamp,
    ) -> Result<Found, StoreError> {
        let allowed = staff.may_answer(&staff.loket);
        let found = if allowed {
            self.look_for(staff, wanted).await?
        } else {
            Found::default()
        };
        let ids: Vec<_> = found.listed.iter().map(|one| one.question.id).collect();
        let mut tx = self.write().await?;
        tx.log(staff, Action::Search, &ids, allowed, origin, now)
            .await?;
        tx.commit().await?;
        Ok(found)
    }

    async fn look_for(&self, staff: &Staff, wanted: &Wanted) -> Result<Found, StoreError> {
        let mut view = self.view().await?;
        let rows = sqlx::query(QUESTIONS)
            .bind(staff.loket.as_str())
            .bind(LOOKED_AT + 1)
            .fetch_all(&mut *view)
            .await?;
        let most = usize::try_from(LOOKED_AT).unwrap_or(usize::MAX);
        let mut found = Found {
            looked_at: (rows.len() > most).then_some(LOOKED_AT),
            ..Found::default()
        };
        for some in rows
            .get(..most.min(rows.len()))
            .unwrap_or(&[])
            .chunks(AT_ONCE)
        {
            for row in some {
                let Some(listed) = self.looked_at(row, wanted, &mut view).await? else {
                    continue;
                };
                if found.listed.len() == SHOWN {
                    found.more = true;
                    return Ok(found);
                }
                found.listed.push(listed);
            }
            tokio::task::yield_now().await;
        }
        Ok(found)
    }

    /// The question in `row`, when `wanted` stands in it.
    async fn looked_at(
        &self,
        row: &AnyRow,
        wanted: &Wanted,
        view: &mut AnyConnection,
    ) -> Result<Option<Listed>, StoreError> {
        let question = question(row)?;
        let id = question.id;
        let key = self
            .keys
            .unwrap(&row.text("key")?, &context("question", id))?;
        let mut texts = texts_of(&key, id, view).await?;
        let beginning = texts.first().map_or(String::new(), |text| beginning(text));
        texts.extend(texts_about(open_contact(&key, row, id)?));
        Ok(wanted.is_in(&texts).then_some(Listed {
            question,
            beginning,
            owner: row.text_if_any("owner_name")?,
            offered: row.parsed_if_any("offered_to", |text| Slug::parse(text).ok())?,
        }))
    }
}

/// Messages in their order, then notes.
async fn texts_of(
    key: &QuestionKey,
    id: QuestionId,
    view: &mut AnyConnection,
) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT 'message' AS kind, id, text, nr FROM message WHERE question = $1 \
               UNION ALL SELECT 'note' AS kind, id, text, 9999999 AS nr FROM note WHERE question = $1 \
               ORDER BY nr, id";
    let rows = sqlx::query(sql)
        .bind(id.to_string())
        .fetch_all(view)
        .await?;
    let read = |row: &AnyRow| {
        let place = context(&row.text("kind")?, row.parsed("id", MessageId::parse)?);
        Ok(key.open(&row.text("text")?, &place)?)
    };
    rows.iter().map(read).collect()
}

fn texts_about(contact: Contact) -> Vec<String> {
    let mut texts: Vec<_> = contact.name.into_iter().collect();
    match contact.way {
        AnswerWay::Site => {}
        AnswerWay::Mail(mail) => texts.push(mail.as_str().to_owned()),
        AnswerWay::Phone { number, times, .. } => {
            texts.extend([number.as_str().to_owned(), times]);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(typed: &str, texts: &[&str]) -> bool {
        let texts: Vec<_> = texts.iter().map(|text| (*text).to_owned()).collect();
        Wanted::parse(typed).expect("words").is_in(&texts)
    }

    #[test]
    fn capitals_accents_and_places_are_no_matter() {
        assert!(fits("CRECHE zoë", &["Hij gaat naar de crèche", "Zoe"]));
        assert!(fits("slaap", &["Mijn zoon slaapt niet"]));
        assert!(!fits("slaap dochter", &["Mijn zoon slaapt niet"]));
        assert!(fits("els@voorbeeld.nl", &["Els@Voorbeeld.nl"]));
    }

    #[test]
    fn a_phone_number_is_found_however_it_is_written() {
        for typed in [
            "0612345678",
            "06-12345678",
            "+31 6 1234 5678",
            "12 34 56 78",
        ] {
            for kept in ["06-12345678", "+31612345678", "bel 06 12 34 56 78"] {
                assert!(fits(typed, &[kept]), "{typed} {kept}");
            }
            assert!(!fits(typed, &["06-12345679"]), "{typed}");
        }
    }

    #[test]
    fn what_holds_no_word_is_refused() {
        let long = "a ".repeat(101);
        for typed in ["", " ", "?!", "a", &long] {
            assert_eq!(Wanted::parse(typed), None, "{typed}");
        }
    }
}

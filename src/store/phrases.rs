//! Texts that colleagues of a loket use often. They are no data of people, but may come to hold some:
//! they are sealed.

use sqlx::any::AnyRow;

use super::row::Columns as _;
use super::thread::context;
use super::{Store, StoreError, Tx};
use crate::domain::phrase::{MOST_PHRASES, Phrase, Wording};
use crate::domain::{PhraseId, Slug, Staff};
use crate::secrets::Keys;
use jiff::Timestamp;

/// What came of adding a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddedPhrase {
    /// It is there, now or since the same form came before.
    Kept,
    /// The loket has as many as it may have.
    Full,
}

fn title_of(id: PhraseId) -> String {
    context("phrase title", id)
}

fn text_of(id: PhraseId) -> String {
    context("phrase", id)
}

fn phrase(keys: &Keys, row: &AnyRow) -> Result<Phrase, StoreError> {
    let id = row.parsed("id", PhraseId::parse)?;
    let title = keys.open(&row.text("title")?, &title_of(id))?;
    let text = keys.open(&row.text("text")?, &text_of(id))?;
    Ok(Phrase {
        id,
        wording: Wording::parse(&title, &text).map_err(|_| StoreError::Damaged("phrase"))?,
        version: row.number("version")?,
    })
}

impl Store {
    /// The phrases of a loket, by title.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn phrases(&self, loket: &Slug) -> Result<Vec<Phrase>, StoreError> {
        let rows = sqlx::query("SELECT * FROM phrase WHERE loket = $1 ORDER BY id")
            .bind(loket.as_str())
            .fetch_all(&self.read)
            .await?;
        let read = |row| phrase(&self.keys, row);
        let mut phrases: Vec<_> = rows.iter().map(read).collect::<Result<_, _>>()?;
        phrases.sort_by_cached_key(|one| crate::dutch::fold(one.wording.title()));
        Ok(phrases)
    }
}

impl Tx<'_> {
    /// Adds a phrase to `staff`'s loket. A form sent twice is kept once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_phrase(
        &mut self,
        staff: &Staff,
        form: &str,
        wording: &Wording,
        now: Timestamp,
    ) -> Result<AddedPhrase, StoreError> {
        let id = PhraseId::new(now, self.store.id_bytes());
        let (keys, random) = (&self.store.keys, self.store.random());
        let title = keys.seal(wording.title(), &title_of(id), random);
        let text = keys.seal(wording.text(), &text_of(id), random);
        let sql = "INSERT INTO phrase (id, loket, form, title, text, version) \
                   VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT (form) DO NOTHING";
        let done = sqlx::query(sql)
            .bind(id.to_string())
            .bind(staff.loket.as_str())
            .bind(form)
            .bind(title)
            .bind(text)
            .execute(self.on())
            .await?;
        if done.rows_affected() == 1 && self.phrases_of(&staff.loket).await? > MOST_PHRASES {
            sqlx::query("DELETE FROM phrase WHERE id = $1")
                .bind(id.to_string())
                .execute(self.on())
                .await?;
            return Ok(AddedPhrase::Full);
        }
        Ok(AddedPhrase::Kept)
    }

    async fn phrases_of(&mut self, loket: &Slug) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM phrase WHERE loket = $1")
            .bind(loket.as_str())
            .fetch_one(self.on())
            .await?;
        row.number("n")
    }

    /// Changes a phrase of `staff`'s loket, unless somebody did since `version`; says whether it did.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn change_phrase(
        &mut self,
        staff: &Staff,
        id: PhraseId,
        version: i64,
        wording: &Wording,
    ) -> Result<bool, StoreError> {
        let (keys, random) = (&self.store.keys, self.store.random());
        let title = keys.seal(wording.title(), &title_of(id), random);
        let text = keys.seal(wording.text(), &text_of(id), random);
        let sql = "UPDATE phrase SET title = $1, text = $2, version = version + 1 \
                   WHERE id = $3 AND loket = $4 AND version = $5";
        let done = sqlx::query(sql)
            .bind(title)
            .bind(text)
            .bind(id.to_string())
            .bind(staff.loket.as_str())
            .bind(version)
            .execute(self.on())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Removes a phrase of `staff`'s loket, unless somebody changed it since `version`; says whether
    /// it did.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remove_phrase(
        &mut self,
        staff: &Staff,
        id: PhraseId,
        version: i64,
    ) -> Result<bool, StoreError> {
        let sql = "DELETE FROM phrase WHERE id = $1 AND loket = $2 AND version = $3";
        let done = sqlx::query(sql)
            .bind(id.to_string())
            .bind(staff.loket.as_str())
            .bind(version)
            .execute(self.on())
            .await?;
        self.erases();
        Ok(done.rows_affected() == 1)
    }
}

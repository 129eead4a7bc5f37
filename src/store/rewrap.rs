//! After a new sealing key: everything that the old ones seal is sealed with the new one.

use sqlx::Row as _;

use super::row::Columns as _;
use super::thread::context;
use super::{Store, StoreError, Tx};
use crate::domain::{QuestionId, StaffId};

impl Store {
    /// Wraps the keys of all questions, the secrets of accounts and the phrases, with the present sealing key, and
    /// notes that the database belongs to these keys. All of it happens, or nothing. Returns how many
    /// were wrapped anew.
    ///
    /// # Errors
    /// When the database refuses, or something cannot be opened with any of the keys.
    pub async fn rewrap(&self) -> Result<u64, StoreError> {
        let mut tx = self.write().await?;
        let questions = tx.rewrap_questions().await?;
        let accounts = tx.rewrap_accounts().await?;
        let phrases = tx.rewrap_phrases().await?;
        let check = self.keys.check_text(self.random());
        sqlx::query("UPDATE meta SET value = $1 WHERE name = 'keys'")
            .bind(check)
            .execute(tx.on())
            .await?;
        tx.erases();
        tx.commit().await?;
        Ok(questions + accounts + phrases)
    }
}

impl Tx<'_> {
    async fn rewrap_questions(&mut self) -> Result<u64, StoreError> {
        let rows = sqlx::query("SELECT id, key FROM question")
            .fetch_all(self.on())
            .await?;
        let mut done = 0;
        for row in rows {
            let (id, wrapped) = (row.parsed("id", QuestionId::parse)?, row.text("key")?);
            if self.store.keys.is_current(&wrapped) {
                continue;
            }
            let context = context("question", id);
            let key = self.store.keys.unwrap(&wrapped, &context)?;
            let anew = self.store.keys.wrap(&key, &context, self.store.random());
            sqlx::query("UPDATE question SET key = $1 WHERE id = $2")
                .bind(anew)
                .bind(id.to_string())
                .execute(self.on())
                .await?;
            done += 1;
        }
        Ok(done)
    }

    async fn rewrap_accounts(&mut self) -> Result<u64, StoreError> {
        let rows = sqlx::query("SELECT id, totp FROM staff WHERE totp IS NOT NULL")
            .fetch_all(self.on())
            .await?;
        let mut done = 0;
        for row in rows {
            let (id, sealed) = (
                row.parsed("id", StaffId::parse)?,
                row.try_get::<String, _>("totp")?,
            );
            if self.store.keys.is_current(&sealed) {
                continue;
            }
            let context = context("totp", id);
            let secret = self.store.keys.open(&sealed, &context)?;
            let anew = self.store.keys.seal(&secret, &context, self.store.random());
            sqlx::query("UPDATE staff SET totp = $1 WHERE id = $2")
                .bind(anew)
                .bind(id.to_string())
                .execute(self.on())
                .await?;
            done += 1;
        }
        Ok(done)
    }
}

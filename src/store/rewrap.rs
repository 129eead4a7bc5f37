//! After a new sealing key: everything that the old ones seal is sealed with the new one.

use super::row::Columns as _;
use super::thread::context;
use super::{Store, StoreError, Tx};
use crate::secrets::SealError;

impl Store {
    /// Wraps the keys of all questions, the secrets of accounts and the phrases with the present
    /// sealing key, and notes that the database belongs to these keys. All of it happens, or nothing.
    /// Returns how many were wrapped anew.
    ///
    /// # Errors
    /// When the database refuses, or something cannot be opened with any of the keys.
    pub async fn rewrap(&self) -> Result<u64, StoreError> {
        let mut tx = self.write().await?;
        let mut done = 0;
        for column in [&QUESTIONS, &ACCOUNTS, &PHRASE_TITLES, &PHRASE_TEXTS] {
            done += tx.rewrap(column).await?;
        }
        let check = self.keys.check_text(self.random());
        sqlx::query("UPDATE meta SET value = $1 WHERE name = 'keys'")
            .bind(check)
            .execute(tx.on())
            .await?;
        tx.erases();
        tx.commit().await?;
        Ok(done)
    }
}

/// A column of which each row is locked under a sealing key of its own.
struct Locked {
    /// Ids and what is locked.
    read: &'static str,
    /// Puts `$1` in the row `$2`.
    write: &'static str,
    /// What the lock is bound to, besides the id.
    kind: &'static str,
    /// Opens a lock and closes it with the present key.
    anew: fn(&Store, &str, &str) -> Result<String, SealError>,
}

const QUESTIONS: Locked = Locked {
    read: "SELECT id, key AS locked FROM question",
    write: "UPDATE question SET key = $1 WHERE id = $2",
    kind: "question",
    anew: |store, wrapped, context| {
        let key = store.keys.unwrap(wrapped, context)?;
        Ok(store.keys.wrap(&key, context, store.random()))
    },
};

const ACCOUNTS: Locked = Locked {
    read: "SELECT id, totp AS locked FROM staff WHERE totp IS NOT NULL",
    write: "UPDATE staff SET totp = $1 WHERE id = $2",
    kind: "totp",
    anew: seal_anew,
};

const PHRASE_TITLES: Locked = Locked {
    read: "SELECT id, title AS locked FROM phrase",
    write: "UPDATE phrase SET title = $1 WHERE id = $2",
    kind: "phrase title",
    anew: seal_anew,
};

const PHRASE_TEXTS: Locked = Locked {
    read: "SELECT id, text AS locked FROM phrase",
    write: "UPDATE phrase SET text = $1 WHERE id = $2",
    kind: "phrase",
    anew: seal_anew,
};

fn seal_anew(store: &Store, sealed: &str, context: &str) -> Result<String, SealError> {
    let text = store.keys.open(sealed, context)?;
    Ok(store.keys.seal(&text, context, store.random()))
}

impl Tx<'_> {
    async fn rewrap(&mut self, column: &Locked) -> Result<u64, StoreError> {
        let rows = sqlx::query(column.read).fetch_all(self.on()).await?;
        let mut done = 0;
        for row in rows {
            let (id, locked) = (row.text("id")?, row.text("locked")?);
            if self.store.keys.is_current(&locked) {
                continue;
            }
            let anew = (column.anew)(self.store, &locked, &context(column.kind, &id))?;
            sqlx::query(column.write)
                .bind(anew)
                .bind(id)
                .execute(self.on())
                .await?;
            done += 1;
        }
        Ok(done)
    }
}

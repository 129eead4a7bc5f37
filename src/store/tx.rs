//! A change: all of it happens, or nothing.

use sqlx::AnyConnection;
use sqlx::{Any, Transaction};

use super::row::Columns as _;
use super::{Store, StoreError};

/// A change that happens whole with [`Tx::commit`], or not at all.
pub struct Tx<'s> {
    pub(super) store: &'s Store,
    inner: Transaction<'static, Any>,
    /// Something is erased that should not stay behind in files.
    erases: bool,
}

impl<'s> Tx<'s> {
    pub(super) const fn new(store: &'s Store, inner: Transaction<'static, Any>) -> Self {
        Self {
            store,
            inner,
            erases: false,
        }
    }

    /// The connection that the change runs on.
    pub(super) fn on(&mut self) -> &mut AnyConnection {
        &mut self.inner
    }

    /// Makes it so. Once this returns, it is on disk.
    ///
    /// # Errors
    /// When the database refuses; then nothing of it happened.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        if let Some(sql) = self.store.engine.before_commit() {
            sqlx::query(sql).execute(self.on()).await?;
        }
        self.inner.commit().await?;
        if self.erases {
            self.store.overwrite_erased().await;
        }
        Ok(())
    }

    /// Notes that something is erased that should not stay behind in files.
    pub(super) const fn erases(&mut self) {
        self.erases = true;
    }

    /// A value that belongs to the database as a whole.
    pub(super) async fn meta(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT value FROM meta WHERE name = $1")
            .bind(name)
            .fetch_optional(self.on())
            .await?;
        row.map(|row| row.text("value")).transpose()
    }

    /// Keeps such a value, unless there is one.
    pub(super) async fn found_meta(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        sqlx::query(sql)
            .bind(name)
            .bind(value)
            .execute(self.on())
            .await?;
        Ok(())
    }
}

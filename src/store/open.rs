//! Opening what is kept.

use std::sync::Arc;

use jiff::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::{Any, AnyPool, Transaction};

use super::engine::Engine;
use super::row::Columns as _;
use super::{StoreError, Tx};
use crate::config::DatabaseUrl;
use crate::random::{Random, array};
use crate::secrets::Keys;

static MIGRATIONS: Migrator = sqlx::migrate!("src/store/migrations");

/// The name under which the check of the keys is kept.
const KEY_CHECK: &str = "keys";

/// All that is kept. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(super) engine: Engine,
    write: AnyPool,
    pub(super) read: AnyPool,
    pub(super) keys: Arc<Keys>,
    random: Arc<dyn Random>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("engine", &self.engine)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database at `url`; makes its tables or brings them up to date, and checks that
    /// `keys` are those with which it was filled.
    ///
    /// # Errors
    /// When it cannot be reached, is newer than the program, or the keys are not its keys.
    pub async fn open(
        url: &DatabaseUrl,
        keys: Arc<Keys>,
        random: Arc<dyn Random>,
    ) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url);
        let (write, read) = engine.pools(url).await?;
        engine.check_collation(&read).await?;
        engine.migrate(&MIGRATIONS, &write).await?;
        let store = Self {
            engine,
            write,
            read,
            keys,
            random,
        };
        store.check_keys().await?;
        Ok(store)
    }

    /// Whether a database is at `url` that was used before. Only a new SQLite may be given new keys.
    #[must_use]
    pub fn exists(url: &DatabaseUrl) -> bool {
        match url {
            DatabaseUrl::Sqlite(path) => path.exists(),
            DatabaseUrl::Postgres(_) => true,
        }
    }

    async fn check_keys(&self) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        if tx.meta(KEY_CHECK).await?.is_none() {
            let check = self.keys.check_text(&*self.random);
            tx.found_meta(KEY_CHECK, &check).await?;
        }
        // Read once more: another server may have opened the new database first, with its own keys.
        let check = tx.meta(KEY_CHECK).await?;
        tx.commit().await?;
        if check.is_some_and(|check| self.keys.fits(&check)) {
            Ok(())
        } else {
            Err(StoreError::WrongKeys)
        }
    }

    /// Begins a change.
    ///
    /// # Errors
    /// When the database cannot be reached or is locked for too long.
    pub async fn write(&self) -> Result<Tx<'_>, StoreError> {
        let tx = self.write.begin_with(self.engine.begin()).await?;
        Ok(Tx::new(self, tx))
    }

    /// A view of all that is kept at one moment, whatever changes while it is read.
    pub(super) async fn view(&self) -> Result<Transaction<'static, Any>, StoreError> {
        let mut view = self.read.begin().await?;
        if let Some(sql) = self.engine.one_moment() {
            sqlx::query(sql).execute(&mut *view).await?;
        }
        Ok(view)
    }

    /// Leaves nothing of what was erased in files. The erasing itself is done by now: what goes wrong
    /// here is only logged, and done again with the next.
    pub(super) async fn overwrite_erased(&self) {
        let Some(sql) = self.engine.after_erasing() else {
            return;
        };
        let done = sqlx::query(sql).fetch_one(&self.write).await;
        if !done.is_ok_and(|row| row.flag("busy").is_ok_and(|busy| !busy)) {
            tracing::warn!(target: "loes", "wat gewist is, staat nog in het logbestand van de database");
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.read).await?;
        Ok(())
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The source of randomness.
    #[must_use]
    pub fn random(&self) -> &dyn Random {
        &*self.random
    }

    /// Random bytes for a new id.
    pub(super) fn id_bytes(&self) -> [u8; 10] {
        array(&*self.random)
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.write.close().await;
        self.read.close().await;
    }
}

/// A moment as it is kept.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

//! Where SQLite and PostgreSQL truly differ.

use std::path::Path;
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, Connection as _, Executor as _};

use super::StoreError;
use super::row::Columns as _;
use crate::config::DatabaseUrl;

/// How long a request waits for a lock or a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections read at once, or on PostgreSQL do anything.
const CONNECTIONS: u32 = 8;

/// What may stand in the name of a file and means something else in an address.
const SIGNS: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'?').add(b'#').add(b'\\');

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

/// What each connection to SQLite is told. Durable before it is acknowledged; what is deleted is
/// overwritten.
const SQLITE_SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; \
    PRAGMA temp_store = MEMORY;";

/// What each connection to PostgreSQL is told.
const POSTGRES_SETTINGS: &str = "SET lock_timeout = '5s'; SET statement_timeout = '20s'; \
    SET idle_in_transaction_session_timeout = '30s';";

impl Engine {
    pub(super) const fn of(url: &DatabaseUrl) -> Self {
        match url {
            DatabaseUrl::Sqlite(_) => Self::Sqlite,
            DatabaseUrl::Postgres(_) => Self::Postgres,
        }
    }

    const fn settings(self) -> &'static str {
        match self {
            Self::Sqlite => SQLITE_SETTINGS,
            Self::Postgres => POSTGRES_SETTINGS,
        }
    }

    /// How a transaction that writes begins: on SQLite it takes the lock at once, so that it cannot
    /// lose it half way.
    pub(super) const fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// What is asked before a change is made final. PostgreSQL takes the `COMMIT` of a change in which
    /// a statement failed, undoes it all and reports no error; but it answers nothing more in such a
    /// change.
    pub(super) const fn before_commit(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SELECT 1"),
        }
    }

    /// What makes a transaction see one moment only; on SQLite each one does.
    pub(super) const fn one_moment(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"),
        }
    }

    /// What leaves nothing of deleted rows behind: SQLite keeps older pages in its WAL until that is
    /// cut. On PostgreSQL that is up to the server (autovacuum, the age of archived WAL).
    pub(super) const fn after_erasing(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => Some("PRAGMA wal_checkpoint(TRUNCATE)"),
            Self::Postgres => None,
        }
    }

    /// How a row of a queue is picked: on PostgreSQL others that pick at the same time pass over it;
    /// on SQLite there is one that writes.
    pub(super) const fn pick_mail(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT id FROM outbox WHERE sent IS NULL AND refused IS NULL AND due <= $1 \
                 AND (taken IS NULL OR taken < $2) ORDER BY due, id LIMIT 1"
            }
            Self::Postgres => {
                "SELECT id FROM outbox WHERE sent IS NULL AND refused IS NULL AND due <= $1 \
                 AND (taken IS NULL OR taken < $2) ORDER BY due, id LIMIT 1 FOR UPDATE SKIP LOCKED"
            }
        }
    }

    /// Connections for writing and for reading.
    pub(super) async fn pools(self, url: &DatabaseUrl) -> Result<(AnyPool, AnyPool), StoreError> {
        let address = match url {
            DatabaseUrl::Sqlite(path) => {
                if let Some(folder) = path
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty())
                {
                    std::fs::create_dir_all(folder)?;
                }
                sqlite_address(path)?
            }
            DatabaseUrl::Postgres(url) => url.to_string(),
        };
        let settings = self.settings();
        let options = || {
            AnyPoolOptions::new()
                .acquire_timeout(PATIENCE)
                .after_connect(move |connection: &mut AnyConnection, _| {
                    Box::pin(async move { connection.execute(settings).await.map(|_| ()) })
                })
        };
        match self {
            // One connection writes: SQLite knows one writer at a time anyway.
            Self::Sqlite => {
                let options = || only_at_rest(options());
                let write = options().max_connections(1).connect(&address).await?;
                let read = options()
                    .max_connections(CONNECTIONS)
                    .connect(&address)
                    .await?;
                Ok((write, read))
            }
            Self::Postgres => {
                let both = options()
                    .max_connections(CONNECTIONS)
                    .connect(&address)
                    .await?;
                Ok((both.clone(), both))
            }
        }
    }

    /// Makes the tables, or brings them up to date. Others may open the same database at the same
    /// moment: on PostgreSQL sqlx takes a lock for that, on SQLite it all happens in one change.
    pub(super) async fn migrate(
        self,
        migrations: &Migrator,
        write: &AnyPool,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite => {
                let mut tx = write.begin_with(self.begin()).await?;
                // What `run` calls; that takes a borrowed connection in no future that may move
                // between threads.
                migrations.run_direct(None, &mut *tx, false).await?;
                Ok(tx.commit().await?)
            }
            Self::Postgres => Ok(migrations.run(write).await?),
        }
    }

    /// Refuses a database that sorts text in another way than the other engine. Its name for that
    /// does not tell: with an ICU collation `datcollate` may still be `C`.
    pub(super) async fn check_collation(self, pool: &AnyPool) -> Result<(), StoreError> {
        if self == Self::Sqlite {
            return Ok(());
        }
        let sql = "SELECT datcollate::text AS name, \
                   CAST(CASE WHEN 'B' < 'a' AND 'a-c' < 'ab' THEN 1 ELSE 0 END AS BIGINT) AS plain \
                   FROM pg_database WHERE datname = current_database()";
        let row = sqlx::query(sql).fetch_one(pool).await?;
        if row.flag("plain")? {
            Ok(())
        } else {
            Err(StoreError::Collation(row.text("name")?))
        }
    }
}

/// Uses no connection again on which a change is under way. When the disk is full or fails, SQLite
/// itself ends a change; sqlx counts it as under way for ever, and would begin no other there.
fn only_at_rest(options: AnyPoolOptions) -> AnyPoolOptions {
    options.before_acquire(|connection, _| {
        let at_rest = !connection.is_in_transaction();
        Box::pin(async move { Ok(at_rest) })
    })
}

/// The address of a file, which may hold signs that mean something in an address.
fn sqlite_address(path: &Path) -> std::io::Result<String> {
    let path = std::path::absolute(path)?;
    let path = path
        .to_str()
        .ok_or_else(|| std::io::Error::other("de naam van de map is geen UTF-8"))?;
    let path = utf8_percent_encode(path, SIGNS);
    Ok(format!("sqlite://{path}?mode=rwc"))
}

//! Where a test keeps its database: a file or a database of its own, gone when the test ends.

use std::sync::atomic::{AtomicU32, Ordering};

use loes::config::DatabaseUrl;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;
use url::Url;

pub(crate) enum Place {
    Sqlite(TempDir),
    Postgres {
        server: Url,
        name: String,
    },
    /// Looked after by another test.
    Elsewhere,
}

/// What `LC_COLLATE` and its like are to be for a database that Loes takes.
const PLAIN: &str = "LC_COLLATE 'C' LC_CTYPE 'C'";

/// The server of `tests/postgres`, if it runs.
pub(crate) fn server() -> Option<Url> {
    let address = std::env::var("LOES_TEST_POSTGRES").ok()?;
    Some(address.parse().expect("an address"))
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        Self::sqlite_in(TempDir::new().expect("a folder"))
    }

    pub(crate) fn sqlite_in(folder: TempDir) -> Self {
        sqlx::any::install_default_drivers();
        Self::Sqlite(folder)
    }

    /// Where the houses of this run keep things: on PostgreSQL when `LOES_TEST_HOUSES` says so.
    pub(crate) async fn of_this_run() -> Self {
        match std::env::var("LOES_TEST_HOUSES").as_deref() {
            Ok("postgres") => Self::postgres().await.expect("LOES_TEST_POSTGRES"),
            _ => Self::sqlite(),
        }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        Self::postgres_with(PLAIN).await
    }

    /// A PostgreSQL database that sorts text in its own way.
    pub(crate) async fn postgres_with(collation: &str) -> Option<Self> {
        Some(Self::on(server()?, collation).await)
    }

    /// A database on this server.
    pub(crate) async fn on_server(server: Url) -> Self {
        Self::on(server, PLAIN).await
    }

    async fn on(server: Url, collation: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        sqlx::any::install_default_drivers();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("loes_{}_{number}", std::process::id());
        let made = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {collation}");
        run(&server, made).await;
        Self::Postgres { server, name }
    }

    pub(crate) fn url(&self) -> DatabaseUrl {
        match self {
            Self::Sqlite(folder) => DatabaseUrl::Sqlite(folder.path().join("loes.db")),
            Self::Postgres { server, name } => {
                let mut url = server.clone();
                url.set_path(name);
                DatabaseUrl::Postgres(url)
            }
            Self::Elsewhere => panic!("this is not mine to open"),
        }
    }

    /// A connection past the store.
    pub(crate) async fn raw(&self) -> AnyConnection {
        let address = match self.url() {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(url) => url.to_string(),
        };
        AnyConnection::connect(&address)
            .await
            .expect("a connection")
    }

    pub(crate) const fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// All bytes of a SQLite database and of the files beside it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let Self::Sqlite(folder) = self else {
            return Vec::new();
        };
        let files = std::fs::read_dir(folder.path()).expect("a folder");
        files
            .flat_map(|file| std::fs::read(file.expect("a file").path()).expect("bytes"))
            .collect()
    }
}

async fn run(server: &Url, sql: String) {
    let mut connection = AnyConnection::connect(server.as_str())
        .await
        .expect("a server");
    connection.execute(AssertSqlSafe(sql)).await.expect("done");
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Postgres { server, name } = self {
            let (server, name) = (server.clone(), name.clone());
            // A test may end in a panic, in a runtime that waits for nothing more.
            let gone = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build();
                runtime
                    .expect("a runtime")
                    .block_on(run(&server, format!("DROP DATABASE {name} WITH (FORCE)")));
            });
            let _ = gone.join();
        }
    }
}

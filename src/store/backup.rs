//! Backups: all rows as lines of JSON, the same for both engines. A backup is one moment, also while
//! others write. What is sealed stays sealed; sessions, links to a new password
//! and the ledger of erasures stay out of it.

use std::io::{self, BufRead, Write};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Column as _, Row as _};

use super::open::micros;
use super::row::Columns as _;
use super::{Store, StoreError, Tx};
use crate::domain::QuestionId;

/// The tables and what sorts them, those first to which others refer.
const TABLES: [(&str, &str); 19] = [
    ("meta", "name"),
    ("staff", "id"),
    ("recovery_code", "digest"),
    ("invitation", "digest"),
    ("question", "id"),
    ("message", "id"),
    ("note", "id"),
    ("draft", "question, staff"),
    ("hold", "question"),
    ("offer", "id"),
    ("transfer", "id"),
    ("outbox", "id"),
    ("audit", "loket, seq"),
    ("audit_head", "loket"),
    ("audit_start", "loket"),
    ("reminder", "loket, kind, day"),
    ("reminded", "question, kind"),
    ("phrase", "id"),
    ("counter", "month, loket, what, value"),
];

/// How many rows are read at once.
const ROWS: i64 = 500;

/// What kind of file it is.
const FORMAT: &str = "loes-reservekopie-1";

/// Why a backup cannot be made or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read or written.
    #[error("het bestand is niet te lezen of te schrijven: {0}")]
    File(#[from] io::Error),
    /// It is no backup, or not a whole one.
    #[error("dit is geen hele reservekopie van Loes: {0}")]
    NotWhole(&'static str),
    /// It was made with other keys.
    #[error("deze reservekopie hoort bij andere sleutels; geef met --key-file het juiste bestand")]
    OtherKeys,
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Head {
        soort: String,
        gemaakt: i64,
    },
    Row {
        tabel: String,
        rij: Map<String, Value>,
    },
    End {
        rijen: u64,
    },
}

impl Store {
    /// Writes all that is kept; returns how many rows.
    ///
    /// # Errors
    /// [`BackupError`] when the database or the file refuses.
    pub async fn dump(&self, out: &mut impl Write, now: Timestamp) -> Result<u64, BackupError> {
        let mut view = self.view().await?;
        write_line(
            out,
            &Line::Head {
                soort: FORMAT.to_owned(),
                gemaakt: micros(now),
            },
        )?;
        let mut written = 0;
        for (table, order) in TABLES {
            let sql = format!("SELECT * FROM {table} ORDER BY {order} LIMIT $1 OFFSET $2");
            let mut done = 0;
            loop {
                let query = sqlx::query(AssertSqlSafe(sql.clone()))
                    .bind(ROWS)
                    .bind(done);
                let rows = query.fetch_all(&mut *view).await?;
                for row in &rows {
                    write_line(
                        out,
                        &Line::Row {
                            tabel: table.to_owned(),
                            rij: values(row)?,
                        },
                    )?;
                }
                let read = i64::try_from(rows.len()).unwrap_or(i64::MAX);
                done += read;
                if read < ROWS {
                    break;
                }
            }
            written += u64::try_from(done).unwrap_or(0);
        }
        write_line(out, &Line::End { rijen: written })?;
        Ok(written)
    }

    /// Puts a backup in the place of all that is kept, and erases again what was erased since: what
    /// this database knows of, and `erased`. All of it happens, or nothing. Returns how many rows.
    ///
    /// # Errors
    /// [`BackupError`] when it is not whole, not of these keys, or the database refuses.
    pub async fn load(
        &self,
        lines: impl BufRead,
        erased: &[QuestionId],
    ) -> Result<u64, BackupError> {
        let mut tx = self.write().await?;
        for (table, _) in TABLES.iter().rev() {
            let sql = format!("DELETE FROM {table}");
            sqlx::query(AssertSqlSafe(sql)).execute(tx.on()).await?;
        }
        let read = put_back(lines, tx.on()).await?;
        let check = tx.meta("keys").await?;
        if !check.is_some_and(|check| self.keys.fits(&check)) {
            return Err(BackupError::OtherKeys);
        }
        tx.erase_again(erased).await?;
        tx.erases();
        tx.commit().await?;
        Ok(read)
    }

    /// How many questions were ever erased: as long as that stays the same, so does [`Store::erased`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn erased_count(&self) -> Result<usize, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) AS n FROM erasure")
            .fetch_one(&self.read)
            .await?;
        Ok(usize::try_from(row.number("n")?).unwrap_or(0))
    }

    /// Every question that was ever erased, for the ledger that is kept outside the backups.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn erased(&self) -> Result<Vec<QuestionId>, StoreError> {
        let rows = sqlx::query("SELECT question FROM erasure ORDER BY question")
            .fetch_all(&self.read)
            .await?;
        rows.iter()
            .map(|row| row.parsed("question", QuestionId::parse))
            .collect()
    }
}

impl Tx<'_> {
    async fn erase_again(&mut self, erased: &[QuestionId]) -> Result<(), StoreError> {
        for id in erased {
            sqlx::query("DELETE FROM question WHERE id = $1")
                .bind(id.to_string())
                .execute(self.on())
                .await?;
        }
        sqlx::query("DELETE FROM question WHERE id IN (SELECT question FROM erasure)")
            .execute(self.on())
            .await?;
        Ok(())
    }
}

fn write_line(out: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

/// The values of a row by the names of their columns.
fn values(row: &AnyRow) -> Result<Map<String, Value>, StoreError> {
    let mut values = Map::new();
    for column in row.columns() {
        let at = column.ordinal();
        let value = match row.try_get::<Option<String>, _>(at) {
            Ok(text) => text.map_or(Value::Null, Value::String),
            Err(_) => row
                .try_get::<Option<i64>, _>(at)?
                .map_or(Value::Null, Value::from),
        };
        values.insert(column.name().to_owned(), value);
    }
    Ok(values)
}

async fn put_back(lines: impl BufRead, to: &mut AnyConnection) -> Result<u64, BackupError> {
    let mut lines = lines.lines();
    let mut next = || -> Result<Line, BackupError> {
        let line = lines
            .next()
            .ok_or(BackupError::NotWhole("het einde ontbreekt"))??;
        serde_json::from_str(&line).map_err(|_| BackupError::NotWhole("een regel is niet te lezen"))
    };
    match next()? {
        Line::Head { soort, .. } if soort == FORMAT => {}
        _ => return Err(BackupError::NotWhole("het begin is anders")),
    }
    let mut read = 0;
    loop {
        match next()? {
            Line::Row { tabel, rij } => {
                insert(&tabel, &rij, to).await?;
                read += 1;
            }
            Line::End { rijen } if rijen == read => return Ok(read),
            _ => return Err(BackupError::NotWhole("er ontbreken regels")),
        }
    }
}

async fn insert(
    table: &str,
    row: &Map<String, Value>,
    to: &mut AnyConnection,
) -> Result<(), BackupError> {
    let plain =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let known = TABLES.iter().any(|(name, _)| *name == table);
    if !known || !row.keys().all(|name| plain(name)) {
        return Err(BackupError::NotWhole("een tabel of kolom is onbekend"));
    }
    let present: Vec<_> = row.iter().filter(|(_, value)| !value.is_null()).collect();
    let names: Vec<_> = present.iter().map(|(name, _)| name.as_str()).collect();
    let places: Vec<_> = (1..=present.len())
        .map(|number| format!("${number}"))
        .collect();
    // Table and columns were seen to be plain names; values are bound.
    let sql = format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        names.join(", "),
        places.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (_, value) in present {
        query = match value {
            Value::String(text) => query.bind(text.clone()),
            Value::Number(number) => query.bind(number.as_i64().unwrap_or(0)),
            _ => return Err(BackupError::NotWhole("een waarde is van een vreemd soort")),
        };
    }
    query.execute(to).await?;
    Ok(())
}

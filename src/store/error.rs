//! What can go wrong with what is kept.

use sqlx::migrate::MigrateError;

use crate::secrets::SealError;

/// What can go wrong with what is kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, is locked or full: it may work again later.
    #[error("de database is nu niet bereikbaar: {0}")]
    Unavailable(#[source] sqlx::Error),
    /// It refused a statement.
    #[error("de database weigert: {0}")]
    Refused(#[source] sqlx::Error),
    /// A kept value is not what was ever written.
    #[error("in de database staat iets wat er niet hoort: {0}")]
    Damaged(&'static str),
    /// A sealed text cannot be opened.
    #[error("een versleutelde tekst is niet te openen")]
    Sealed(#[from] SealError),
    /// Somebody else changed it in the meantime.
    #[error("iemand anders heeft dit net veranderd")]
    Changed,
    /// It has to be kept: it is not erased.
    #[error("deze vraag moet bewaard blijven")]
    Held,
    /// The database was made by a newer program.
    #[error(
        "de database is van een nieuwere versie van Loes (stap {0}); werk eerst het programma bij"
    )]
    Newer(i64),
    /// The tables cannot be made.
    #[error("de tabellen zijn niet te maken: {0}")]
    Migration(#[source] MigrateError),
    /// The keys are not those with which the database was filled.
    #[error("de sleutels passen niet bij deze database; geef met --key-file het juiste bestand")]
    WrongKeys,
    /// PostgreSQL sorts text in another way than Loes.
    #[error("de database sorteert als ‘{0}’; maak haar aan met LC_COLLATE 'C'")]
    Collation(String),
    /// The folder of the database cannot be made.
    #[error("{0}")]
    Folder(#[from] std::io::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            // What such an error says may hold the value itself, which belongs in no log.
            sqlx::Error::Decode(_) | sqlx::Error::ColumnDecode { .. } => Self::Damaged("een rij"),
            error if is_passing(&error) => Self::Unavailable(error),
            error => Self::Refused(error),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) => Self::Newer(version),
            MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _)
                if is_passing(&cause) =>
            {
                Self::Unavailable(cause)
            }
            error => Self::Migration(error),
        }
    }
}

/// Whether the same statement may work later.
fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(cause) => cause.code().is_some_and(|code| code_is_passing(&code)),
        _ => false,
    }
}

fn code_is_passing(code: &str) -> bool {
    if code.len() == 5 {
        // PostgreSQL (SQLSTATE): connection lost, out of resources, stopping, the machine's own
        // trouble; read-only, idle for too long, two that wait for each other, lock not got.
        let class = |class: &&str| code.starts_with(class);
        ["08", "53", "57", "58"].iter().any(class)
            || ["25006", "25P03", "40001", "40P01", "55P03"].contains(&code)
    } else {
        // SQLite: busy, locked, read-only, I/O error, full, cannot open. The lowest byte says so, what
        // is above it says more (sqlite.org/rescode.html).
        let kind = code.parse::<u32>().map(|code| code & 0xff);
        kind.is_ok_and(|kind| [5, 6, 8, 10, 13, 14].contains(&kind))
    }
}

impl StoreError {
    /// Whether it may work again later.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_is_told_from_what_does_not() {
        for code in [
            "5", "6", "8", "10", "13", "14", "261", "517", "773", "1034", "8714", "08006", "53100",
            "53300", "57014", "57P01", "58030", "25006", "25P03", "40001", "40P01", "55P03",
        ] {
            assert!(code_is_passing(code), "{code}");
        }
        for code in [
            "", "1", "11", "19", "26", "2067", "1555", "787", "23505", "23503", "42P01", "28P01",
            "3D000", "25P02", "XX000",
        ] {
            assert!(!code_is_passing(code), "{code}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_read_is_not_told() {
        let error = sqlx::Error::ColumnDecode {
            index: "due".to_owned(),
            source: "expected BIGINT, got Text(\"kanarie\")".into(),
        };
        let error = StoreError::from(error);
        assert!(matches!(error, StoreError::Damaged(_)));
        assert!(!format!("{error} {error:?}").contains("kanarie"));
    }
}

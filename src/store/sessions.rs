//! Sessions of staff.

use jiff::{SignedDuration, Timestamp};

use super::accounts::staff;
use super::open::micros;
use super::row::Columns as _;
use super::{Store, StoreError, Tx};
use crate::domain::{Staff, StaffId};

/// How long a session lives without being used, and at most.
pub(super) const IDLE: SignedDuration = SignedDuration::from_mins(30);
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(10);

/// A session that still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub staff: Staff,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// When it ends unless it is used before, and at the latest.
    pub ends: Timestamp,
}

impl Store {
    /// The session with this digest, when it still holds.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn session(
        &self,
        digest: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let sql = "SELECT staff.*, session.created AS began, session.seen AS seen FROM session \
                   JOIN staff ON staff.id = session.staff \
                   WHERE session.digest = $1 AND session.seen > $2 AND session.created > $3 \
                   AND staff.disabled IS NULL";
        let row = sqlx::query(sql)
            .bind(digest)
            .bind(micros(now - IDLE))
            .bind(micros(now - LONGEST))
            .fetch_optional(&self.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let (began, seen) = (row.moment("began")?, row.moment("seen")?);
        Ok(Some(Session {
            staff: staff(&row)?,
            seen,
            ends: (seen + IDLE).min(began + LONGEST),
        }))
    }
}

impl Tx<'_> {
    /// Begins a session, and forgets those that ended.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin_session(
        &mut self,
        digest: &str,
        staff: StaffId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE seen <= $1 OR created <= $2")
            .bind(micros(now - IDLE))
            .bind(micros(now - LONGEST))
            .execute(self.on())
            .await?;
        sqlx::query("INSERT INTO session (digest, staff, created, seen) VALUES ($1, $2, $3, $3)")
            .bind(digest)
            .bind(staff.to_string())
            .bind(micros(now))
            .execute(self.on())
            .await?;
        sqlx::query("UPDATE staff SET signed_in = $1 WHERE id = $2")
            .bind(micros(now))
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Notes that a session is used.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn touch_session(&mut self, digest: &str, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE session SET seen = $1 WHERE digest = $2 AND seen < $1")
            .bind(micros(now))
            .bind(digest)
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_session(&mut self, digest: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE digest = $1")
            .bind(digest)
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Ends all sessions of an account.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_sessions(&mut self, staff: StaffId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE staff = $1")
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        Ok(())
    }
}

//! What an account signs in with, changed; and the links for who has forgotten it.

use jiff::{SignedDuration, Timestamp};

use super::accounts::staff;
use super::open::micros;
use super::row::Columns as _;
use super::thread::context;
use super::{MailKind, Store, StoreError, Tx};
use crate::domain::{MailAddress, MailId, Staff, StaffId};
use crate::secrets::TotpSecret;

/// How long a link to a new password holds.
pub const RESET_HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// How many links by mail one account has at once at most: nobody's mailbox is filled by others.
const MOST: i64 = 3;

/// A link to a new password that still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset {
    /// Its id, which is that of the mail that brings it.
    pub id: MailId,
    /// Whose password it is.
    pub staff: Staff,
    /// Whether the second factor ends too.
    pub drops_app: bool,
}

impl Store {
    /// What the key in a link stands for, while it holds.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reset(&self, key: &str, now: Timestamp) -> Result<Option<Reset>, StoreError> {
        let Some(id) = self.keys.read_link_key(key).and_then(MailId::parse) else {
            return Ok(None);
        };
        let sql = "SELECT staff.*, password_reset.drops_app AS drops_app FROM password_reset \
                   JOIN staff ON staff.id = password_reset.staff \
                   WHERE password_reset.mail = $1 AND password_reset.expires > $2 \
                   AND staff.disabled IS NULL";
        let row = sqlx::query(sql)
            .bind(id.to_string())
            .bind(micros(now))
            .fetch_optional(&self.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Reset {
            id,
            staff: staff(&row)?,
            drops_app: row.flag("drops_app")?,
        }))
    }
}

impl Tx<'_> {
    /// Makes a link to a new password for `staff`, and returns the id of which its key is made. What
    /// is over is forgotten.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_reset(
        &mut self,
        staff: StaffId,
        drops_app: bool,
        now: Timestamp,
    ) -> Result<MailId, StoreError> {
        sqlx::query("DELETE FROM password_reset WHERE expires <= $1")
            .bind(micros(now))
            .execute(self.on())
            .await?;
        let id = MailId::new(now, self.store.id_bytes());
        let sql = "INSERT INTO password_reset (mail, staff, drops_app, expires) \
                   VALUES ($1, $2, $3, $4)";
        sqlx::query(sql)
            .bind(id.to_string())
            .bind(staff.to_string())
            .bind(i64::from(drops_app))
            .bind(micros(now + RESET_HOLDS))
            .execute(self.on())
            .await?;
        self.drop_idle_reset_mail().await?;
        Ok(id)
    }

    /// Puts the mail that brings a link into the outbox.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mail_reset(
        &mut self,
        id: MailId,
        staff: &Staff,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.put_mail_as(id, MailKind::PasswordReset, None, &staff.loket, None, now)
            .await
    }

    /// Somebody says that she forgot the password of `staff`: a mail with a link goes out, unless
    /// enough of them hold. Says whether it does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forgot(&mut self, staff: &Staff, now: Timestamp) -> Result<bool, StoreError> {
        if self.resets_of(staff.id, now).await? >= MOST {
            return Ok(false);
        }
        let id = self.add_reset(staff.id, false, now).await?;
        self.mail_reset(id, staff, now).await?;
        Ok(true)
    }

    async fn resets_of(&mut self, staff: StaffId, now: Timestamp) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) AS n FROM password_reset WHERE staff = $1 AND expires > $2";
        let row = sqlx::query(sql)
            .bind(staff.to_string())
            .bind(micros(now))
            .fetch_one(self.on())
            .await?;
        row.number("n")
    }

    /// Uses up a link, and with it all others of the same account; says whether it still held.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_reset(&mut self, reset: &Reset, now: Timestamp) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM password_reset WHERE mail = $1 AND expires > $2")
            .bind(reset.id.to_string())
            .bind(micros(now))
            .execute(self.on())
            .await?;
        self.drop_resets(reset.staff.id).await?;
        Ok(done.rows_affected() == 1)
    }

    /// No link to a new password of `staff` works any more.
    pub(super) async fn drop_resets(&mut self, staff: StaffId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM password_reset WHERE staff = $1")
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        self.drop_idle_reset_mail().await
    }

    /// Mail whose link does not work any more is not sent.
    async fn drop_idle_reset_mail(&mut self) -> Result<(), StoreError> {
        let sql = "DELETE FROM outbox WHERE kind = $1 AND sent IS NULL AND refused IS NULL \
                   AND id NOT IN (SELECT mail FROM password_reset)";
        sqlx::query(sql)
            .bind(MailKind::PasswordReset.slug())
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// The address of who gets the link of this mail, while the link may hold.
    pub(super) async fn reset_address(
        &mut self,
        id: MailId,
    ) -> Result<Option<MailAddress>, StoreError> {
        let sql = "SELECT staff.mail AS address FROM password_reset \
                   JOIN staff ON staff.id = password_reset.staff \
                   WHERE password_reset.mail = $1 AND staff.disabled IS NULL";
        let row = sqlx::query(sql)
            .bind(id.to_string())
            .fetch_optional(self.on())
            .await?;
        row.map(|row| row.parsed("address", MailAddress::parse))
            .transpose()
    }

    /// Sets another password (hashed). All sessions of the account end, and so does every link to a
    /// new password. With `before` only when that is still the present hash.
    ///
    /// # Errors
    /// [`StoreError::Changed`] when it is not.
    pub async fn set_password(
        &mut self,
        staff: StaffId,
        before: Option<&str>,
        hash: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE staff SET password = $1 WHERE id = $2 AND ($3 = '' OR password = $3)";
        let done = sqlx::query(sql)
            .bind(hash)
            .bind(staff.to_string())
            .bind(before.unwrap_or(""))
            .execute(self.on())
            .await?;
        if done.rows_affected() != 1 {
            return Err(StoreError::Changed);
        }
        self.drop_resets(staff).await?;
        self.end_sessions(staff).await
    }

    /// Sets another second factor, or none, and other recovery codes. All sessions of the account end.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_app(
        &mut self,
        staff: StaffId,
        app: Option<(&TotpSecret, i64)>,
        recovery: &[String],
    ) -> Result<(), StoreError> {
        let sealed = app.map(|(secret, _)| {
            let keys = &self.store.keys;
            keys.seal(
                &secret.to_base32(),
                &context("totp", staff),
                self.store.random(),
            )
        });
        sqlx::query("UPDATE staff SET totp = $1, totp_step = $2 WHERE id = $3")
            .bind(sealed)
            .bind(app.map_or(0, |(_, step)| step))
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        self.set_recovery(staff, recovery).await?;
        self.end_sessions(staff).await
    }

    /// Sets other recovery codes; those before work no more.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_recovery(
        &mut self,
        staff: StaffId,
        digests: &[String],
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM recovery_code WHERE staff = $1")
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        self.add_recovery(staff, digests).await
    }

    pub(super) async fn add_recovery(
        &mut self,
        staff: StaffId,
        digests: &[String],
    ) -> Result<(), StoreError> {
        for digest in digests {
            sqlx::query("INSERT INTO recovery_code (digest, staff) VALUES ($1, $2)")
                .bind(digest)
                .bind(staff.to_string())
                .execute(self.on())
                .await?;
        }
        Ok(())
    }
}

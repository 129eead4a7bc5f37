//! Accounts of staff, and the invitations that make them.

use jiff::{SignedDuration, Timestamp};
use sqlx::any::AnyRow;

use super::open::micros;
use super::row::Columns as _;
use super::thread::context;
use super::{Store, StoreError, Tx};
use crate::domain::{MailAddress, Role, Slug, Staff, StaffId};
use crate::secrets::TotpSecret;

/// How long an invitation holds.
pub const INVITATION_HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An account to be made.
#[derive(Debug)]
pub struct NewStaff<'a> {
    /// The name that colleagues and parents see.
    pub name: &'a str,
    /// The address to sign in with.
    pub mail: &'a MailAddress,
    /// What it is for.
    pub role: Role,
    /// Of which loket.
    pub loket: &'a Slug,
    /// The password, hashed.
    pub password: &'a str,
    /// The secret of the second factor.
    pub totp: Option<&'a TotpSecret>,
    /// The step of the code that proved it.
    pub totp_step: i64,
    /// Digests of the recovery codes.
    pub recovery: &'a [String],
}

/// What is needed to see whether somebody is who she says.
#[derive(Debug)]
pub struct Credentials {
    /// The account.
    pub staff: Staff,
    /// The password, hashed.
    pub password: String,
    /// The secret of the second factor.
    pub totp: Option<TotpSecret>,
    /// The last step of which a code was used.
    pub totp_step: i64,
}

/// An invitation that was not used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What the account is to be for.
    pub role: Role,
    /// Of which loket; who accepts chooses when it is empty.
    pub loket: Option<Slug>,
}

pub(super) fn staff(row: &AnyRow) -> Result<Staff, StoreError> {
    Ok(Staff {
        id: row.parsed("id", StaffId::parse)?,
        name: row.text("name")?,
        mail: row.parsed("mail", MailAddress::parse)?,
        role: row.parsed("role", Role::parse)?,
        loket: row.parsed("loket", |text| Slug::parse(text).ok())?,
        second_factor: row.text_if_any("totp")?.is_some(),
        disabled: row.number_if_any("disabled")?.is_some(),
        away: row.parsed_if_any("away", |text| text.parse().ok())?,
    })
}

fn invitation(row: &AnyRow) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        role: row.parsed("role", Role::parse)?,
        loket: row.parsed_if_any("loket", |text| Slug::parse(text).ok())?,
    })
}

impl Store {
    /// The account that signs in with this address.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn credentials(&self, mail: &MailAddress) -> Result<Option<Credentials>, StoreError> {
        let row = sqlx::query("SELECT * FROM staff WHERE sign_in = $1")
            .bind(mail.as_str().to_lowercase())
            .fetch_optional(&self.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let staff = staff(&row)?;
        let totp = match row.text_if_any("totp")? {
            Some(sealed) => {
                let secret = self.keys.open(&sealed, &context("totp", staff.id))?;
                Some(TotpSecret::parse(&secret).ok_or(StoreError::Damaged("totp"))?)
            }
            None => None,
        };
        Ok(Some(Credentials {
            password: row.text("password")?,
            totp_step: row.number("totp_step")?,
            totp,
            staff,
        }))
    }

    /// An invitation that still holds.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn invitation(
        &self,
        digest: &str,
        now: Timestamp,
    ) -> Result<Option<Invitation>, StoreError> {
        let row = sqlx::query("SELECT * FROM invitation WHERE digest = $1 AND expires > $2")
            .bind(digest)
            .bind(micros(now))
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(invitation).transpose()
    }

    /// Whether nobody can sign in to look after accounts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn lacks_manager(&self) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) AS n FROM staff WHERE role = 'beheerder' AND disabled IS NULL";
        let row = sqlx::query(sql).fetch_one(&self.read).await?;
        Ok(!row.flag("n")?)
    }

    /// All accounts, by loket and name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn all_staff(&self) -> Result<Vec<Staff>, StoreError> {
        let rows = sqlx::query("SELECT * FROM staff ORDER BY loket, name, id")
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(staff).collect()
    }
}

impl Tx<'_> {
    /// Makes an account; nothing when its address has one already.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_staff(
        &mut self,
        new: &NewStaff<'_>,
        now: Timestamp,
    ) -> Result<Option<Staff>, StoreError> {
        let id = StaffId::new(now, self.store.id_bytes());
        let (keys, random) = (&self.store.keys, self.store.random());
        let totp = new
            .totp
            .map(|secret| keys.seal(&secret.to_base32(), &context("totp", id), random));
        let sql = "INSERT INTO staff (id, name, mail, sign_in, role, loket, password, totp, totp_step, \
                   created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                   ON CONFLICT (sign_in) DO NOTHING";
        let done = sqlx::query(sql)
            .bind(id.to_string())
            .bind(new.name)
            .bind(new.mail.as_str())
            .bind(new.mail.as_str().to_lowercase())
            .bind(new.role.slug())
            .bind(new.loket.as_str())
            .bind(new.password)
            .bind(totp)
            .bind(new.totp_step)
            .bind(micros(now))
            .execute(self.on())
            .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        self.add_recovery(id, new.recovery).await?;
        Ok(Some(Staff {
            id,
            name: new.name.to_owned(),
            mail: new.mail.clone(),
            role: new.role,
            loket: new.loket.clone(),
            second_factor: new.totp.is_some(),
            disabled: false,
            away: None,
        }))
    }

    /// Uses up a code of the second factor; says whether it was not used before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_totp(&mut self, staff: StaffId, step: i64) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE staff SET totp_step = $1 WHERE id = $2 AND totp_step < $1")
            .bind(step)
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Uses up a recovery code; says whether it was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_recovery(&mut self, staff: StaffId, digest: &str) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM recovery_code WHERE digest = $1 AND staff = $2")
            .bind(digest)
            .bind(staff.to_string())
            .execute(self.on())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Keeps an invitation.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn invite(
        &mut self,
        digest: &str,
        invitation: &Invitation,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM invitation WHERE expires <= $1")
            .bind(micros(now))
            .execute(self.on())
            .await?;
        let sql = "INSERT INTO invitation (digest, role, loket, created, expires) \
                   VALUES ($1, $2, $3, $4, $5)";
        sqlx::query(sql)
            .bind(digest)
            .bind(invitation.role.slug())
            .bind(invitation.loket.as_ref().map(Slug::as_str))
            .bind(micros(now))
            .bind(micros(expires))
            .execute(self.on())
            .await?;
        Ok(())
    }

    /// Uses up an invitation; says whether it still held.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn use_invitation(
        &mut self,
        digest: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM invitation WHERE digest = $1 AND expires > $2")
            .bind(digest)
            .bind(micros(now))
            .execute(self.on())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The name of an account.
    pub(super) async fn staff_name(
        &mut self,
        staff: StaffId,
    ) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT name FROM staff WHERE id = $1")
            .bind(staff.to_string())
            .fetch_optional(self.on())
            .await?;
        row.map(|row| row.text("name")).transpose()
    }
}

//! The chains that the rows of the log hang in, and whether they hold.
//!
//! The head of a chain says how long it is, sealed under the audit key: rows cannot be cut off its end
//! without that showing. What does not show here is a whole chain that is put back to what it once
//! was, with its head; checkpoints kept elsewhere tell (`store/checkpoints.rs`).

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::audit::AuditRow;
use super::row::Columns as _;
use super::{Store, StoreError, Tx};
use crate::secrets::Keys;

/// How many rows are read at once.
const ROWS: i64 = 1_000;

/// What the next row hangs on after a head whose seal is not ours: the chain never fits again, so that
/// going on does not hide what happened.
const BROKEN: &str = "gebroken";

/// Where a chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("het logboek van {loket} klopt niet bij regel {seq}")]
pub struct Break {
    /// Of which loket.
    pub loket: String,
    /// The first row that does not fit.
    pub seq: i64,
}

fn seal(keys: &Keys, loket: &str, seq: i64, mac: &str) -> String {
    keys.sign("audit head", &[loket, &seq.to_string(), mac])
}

/// The end of a chain.
pub(super) struct Head {
    pub(super) seq: i64,
    pub(super) mac: String,
    seal: String,
}

impl Head {
    pub(super) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row.number("seq")?,
            mac: row.text("mac")?,
            seal: row.text("seal")?,
        })
    }

    pub(super) fn is_sealed(&self, keys: &Keys, loket: &str) -> bool {
        self.seal == seal(keys, loket, self.seq, &self.mac)
    }
}

impl Tx<'_> {
    /// The number of the next row of a chain and the link it hangs on; others that want to add one
    /// wait until this change is done.
    pub(super) async fn next_link(&mut self, loket: &str) -> Result<(i64, String), StoreError> {
        let sql = "INSERT INTO audit_head (loket, seq, mac, seal) VALUES ($1, 0, '', $2) \
                   ON CONFLICT (loket) DO NOTHING";
        let empty = seal(&self.store.keys, loket, 0, "");
        sqlx::query(sql)
            .bind(loket)
            .bind(empty)
            .execute(self.on())
            .await?;
        // Writing is what makes the others wait, on both engines.
        let sql = "UPDATE audit_head SET seq = seq WHERE loket = $1 RETURNING seq, mac, seal";
        let row = sqlx::query(sql).bind(loket).fetch_one(self.on()).await?;
        let head = Head::read(&row)?;
        let whole = head.is_sealed(&self.store.keys, loket);
        let before = if whole { head.mac } else { BROKEN.to_owned() };
        Ok((head.seq + 1, before))
    }

    /// Keeps the end of a chain.
    pub(super) async fn keep_head(
        &mut self,
        loket: &str,
        seq: i64,
        mac: &str,
    ) -> Result<(), StoreError> {
        let seal = seal(&self.store.keys, loket, seq, mac);
        sqlx::query("UPDATE audit_head SET seq = $1, mac = $2, seal = $3 WHERE loket = $4")
            .bind(seq)
            .bind(mac)
            .bind(seal)
            .bind(loket)
            .execute(self.on())
            .await?;
        Ok(())
    }
}

impl Store {
    /// Holds every chain against its links; returns where one does not hold. Rows may be added
    /// meanwhile.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn verify_audit(&self) -> Result<Vec<Break>, StoreError> {
        let mut view = self.view().await?;
        let lokets = "SELECT loket FROM audit_head UNION SELECT loket FROM audit \
                      UNION SELECT loket FROM audit_start ORDER BY loket";
        let lokets = sqlx::query(lokets).fetch_all(&mut *view).await?;
        let mut breaks = Vec::new();
        for loket in lokets {
            let loket = loket.text("loket")?;
            if let Some(seq) = first_break(&self.keys, &loket, &mut view).await? {
                breaks.push(Break { loket, seq });
            }
        }
        Ok(breaks)
    }
}

/// The number of the first row that does not fit.
async fn first_break(
    keys: &Keys,
    loket: &str,
    view: &mut AnyConnection,
) -> Result<Option<i64>, StoreError> {
    let last = match walk(keys, loket, i64::MAX, view).await? {
        Ok(last) => last,
        Err(seq) => return Ok(Some(seq)),
    };
    let head = sqlx::query("SELECT * FROM audit_head WHERE loket = $1")
        .bind(loket)
        .fetch_optional(view)
        .await?;
    let fits = head.as_ref().map(Head::read).is_some_and(|head| {
        head.is_ok_and(|head| {
            head.seq == last.seq && head.mac == last.mac && head.is_sealed(keys, loket)
        })
    });
    Ok((!fits).then_some(last.seq + 1))
}

/// A row, by its number and its link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) seq: i64,
    pub(super) mac: String,
}

/// Follows a chain from where it begins to the row `until`; gives the last row, or the number of the
/// first that does not fit.
pub(super) async fn walk(
    keys: &Keys,
    loket: &str,
    until: i64,
    view: &mut AnyConnection,
) -> Result<Result<Link, i64>, StoreError> {
    let mut last = match start(keys, loket, view).await? {
        Ok(start) => start,
        Err(seq) => return Ok(Err(seq)),
    };
    // A row that was slipped in may have any number, also one from before the beginning.
    let mut from = i64::MIN;
    loop {
        let sql = "SELECT * FROM audit WHERE loket = $1 AND seq >= $2 AND seq <= $3 \
                   ORDER BY seq LIMIT $4";
        let rows = sqlx::query(sql)
            .bind(loket)
            .bind(from)
            .bind(until)
            .bind(ROWS)
            .fetch_all(&mut *view)
            .await?;
        if rows.is_empty() {
            return Ok(Ok(last));
        }
        for row in &rows {
            let next = last.seq + 1;
            match AuditRow::read(row) {
                Ok(row) if row.seq == next && row.mac == row.mac_after(keys, loket, &last.mac) => {
                    (last.seq, last.mac) = (next, row.mac);
                }
                _ => return Ok(Err(next)),
            }
        }
        from = last.seq + 1;
    }
}

/// What the first row hangs on: nothing, or the last of those whose term is over. The number of that
/// row when its seal is not ours.
pub(super) async fn start(
    keys: &Keys,
    loket: &str,
    view: &mut AnyConnection,
) -> Result<Result<Link, i64>, StoreError> {
    let row = sqlx::query("SELECT * FROM audit_start WHERE loket = $1")
        .bind(loket)
        .fetch_optional(view)
        .await?;
    let Some(row) = row else {
        let (seq, mac) = (0, String::new());
        return Ok(Ok(Link { seq, mac }));
    };
    let link = Link {
        seq: row.number("seq")?,
        mac: row.text("mac")?,
    };
    let ours = row.text("seal")? == start_seal(keys, loket, &link);
    Ok(if ours { Ok(link) } else { Err(link.seq) })
}

/// What seals the beginning of a chain.
pub(super) fn start_seal(keys: &Keys, loket: &str, link: &Link) -> String {
    keys.sign("audit start", &[loket, &link.seq.to_string(), &link.mac])
}

//! Checkpoints of the log: where each chain ended on a day, signed, for outside the database. A chain
//! that is gone with its head, or put back from an old copy, does not fit them.

use std::fmt;

use jiff::civil::Date;

use super::chain::{Head, start};
use super::row::Columns as _;
use super::{Store, StoreError};
use crate::secrets::Keys;

/// Where a chain ended on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The day.
    pub day: Date,
    /// Of which loket.
    pub loket: String,
    /// The number of the last row.
    pub seq: i64,
    mac: String,
    mark: String,
}

/// A line of a file: day, loket, number, link and mark, with spaces.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            day,
            loket,
            seq,
            mac,
            mark,
        } = self;
        write!(f, "{day} {loket} {seq} {mac} {mark}")
    }
}

impl Checkpoint {
    /// Reads a line of a file.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let mut next = || parts.next().map(str::to_owned);
        let one = Self {
            day: next()?.parse().ok()?,
            loket: next()?,
            seq: next()?.parse().ok()?,
            mac: next()?,
            mark: next()?,
        };
        parts.next().is_none().then_some(one)
    }

    fn signed(keys: &Keys, day: Date, loket: String, head: Head) -> Self {
        let (seq, mac) = (head.seq, head.mac);
        let mark = mark(keys, day, &loket, seq, &mac);
        Self {
            day,
            loket,
            seq,
            mac,
            mark,
        }
    }
}

fn mark(keys: &Keys, day: Date, loket: &str, seq: i64, mac: &str) -> String {
    let parts = [&day.to_string(), loket, &seq.to_string(), mac];
    keys.sign("audit checkpoint", &parts)
}

/// A checkpoint that the log does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// The row is gone or another one.
    #[error("het logboek van {loket} past niet bij de kop van {day} (regel {seq})")]
    Differs {
        /// Of which loket.
        loket: String,
        /// The day of the checkpoint.
        day: Date,
        /// The number of the row.
        seq: i64,
    },
    /// The checkpoint itself is not one that these keys signed.
    #[error("de kop van {loket} van {day} is niet met deze sleutels ondertekend")]
    Strange {
        /// Of which loket.
        loket: String,
        /// The day of the checkpoint.
        day: Date,
    },
}

impl Store {
    /// Where each chain ends now. A head whose seal is not ours gets no mark: that would make it good.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn checkpoints(&self, day: Date) -> Result<Vec<Checkpoint>, StoreError> {
        let rows = sqlx::query("SELECT * FROM audit_head WHERE seq > 0 ORDER BY loket")
            .fetch_all(&self.read)
            .await?;
        let mut checkpoints = Vec::new();
        for row in &rows {
            let (loket, head) = (row.text("loket")?, Head::read(row)?);
            if head.is_sealed(&self.keys, &loket) {
                checkpoints.push(Checkpoint::signed(&self.keys, day, loket, head));
            } else {
                tracing::error!(target: "loes", loket, "het logboek klopt niet: kijk met ‘loes audit verify’");
            }
        }
        Ok(checkpoints)
    }

    /// Holds the chains against checkpoints of before. Rows whose term is over are passed by.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn hold_against(
        &self,
        checkpoints: &[Checkpoint],
    ) -> Result<Vec<Mismatch>, StoreError> {
        let mut view = self.view().await?;
        let mut found = Vec::new();
        for one in checkpoints {
            let (loket, day, seq) = (one.loket.clone(), one.day, one.seq);
            if one.mark != mark(&self.keys, day, &loket, seq, &one.mac) {
                found.push(Mismatch::Strange { loket, day });
                continue;
            }
            // A beginning that is not ours is told of by the chain itself.
            let start = start(&self.keys, &loket, &mut view).await?.ok();
            if start.as_ref().is_some_and(|start| start.seq > seq) {
                continue;
            }
            let row = sqlx::query("SELECT mac FROM audit WHERE loket = $1 AND seq = $2")
                .bind(&loket)
                .bind(seq)
                .fetch_optional(&mut *view)
                .await?;
            let kept = row.map(|row| row.text("mac")).transpose()?;
            let kept = kept.or_else(|| {
                let last = start.filter(|start| start.seq == seq);
                last.map(|last| last.mac)
            });
            if kept.as_ref() != Some(&one.mac) {
                found.push(Mismatch::Differs { loket, day, seq });
            }
        }
        Ok(found)
    }
}

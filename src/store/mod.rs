//! All that is kept: questions, what is said about them, accounts, mail to be sent, the log. The only
//! room that knows SQL.
//!
//! One text of SQL serves SQLite and PostgreSQL (sqlx `Any`); where they truly differ stands in
//! `store/engine.rs`. Every change happens in a [`Tx`]. Words of people are sealed on their way in and opened
//! on their way out, here, so that no caller can forget it.

mod accounts;
mod audit;
mod backup;
mod chain;
mod checkpoints;
mod colleagues;
mod counters;
mod engine;
mod entry;
mod erasing;
mod error;
mod figures;
mod find;
mod formal;
mod holds;
mod inbox;
mod log_term;
mod mailbox;
mod offers;
mod open;
mod passwords;
mod phrases;
mod questions;
mod reminders;
mod retention;
mod return_link;
mod rewrap;
mod row;
mod sessions;
mod thread;
mod tx;

pub use accounts::{Credentials, INVITATION_HOLDS, Invitation, NewStaff};
pub use audit::{Action, AuditRow};
pub use backup::BackupError;
pub use chain::Break;
pub use checkpoints::{Checkpoint, Mismatch};
pub use colleagues::{Claim, Colleague};
pub use entry::{Draft, Entry};
pub use error::StoreError;
pub use figures::Figures;
pub use find::{Found, Wanted};
pub use holds::Withdrawal;
pub use inbox::{Inbox, InboxCounts, InboxFilter, Listed};
pub use mailbox::{Due, MailKind, Undelivered};
pub use offers::Offered;
pub use open::Store;
pub use passwords::{RESET_HOLDS, Reset};
pub use phrases::AddedPhrase;
pub use questions::{Added, Asked};
pub use reminders::{Told, Waiting};
pub use return_link::LinkMail;
pub use sessions::Session;
pub use thread::Thread;
pub use tx::Tx;

//! What a mail says, and how it is sent.
//!
//! A mail tells that there is something to read, and where. It never holds a question, an answer,
//! a child's name, a topic, a phone number or a receipt code, and its subject gives nothing away:
//! someone may look over the reader's shoulder, or share her mailbox.
//!
//! A row of the outbox becomes a [`Letter`] by [`compose`]; a [`Postman`] delivers it;
//! [`next_attempt`] says when to try again after a failure that may pass.

mod attempts;
mod kind;
mod letter;
mod links;
mod message;
mod postman;
mod sender;
mod settings;
mod smtp;
mod wording;

pub use attempts::next_attempt;
pub use kind::{Kind, UnknownKind};
pub use letter::{Around, Letter, LetterError, OneTimeLink, compose};
pub use links::{RESET_WORKS_FOR, invitation_address, reset_address};
pub use postman::{DeliveryError, Postman};
pub use sender::Sender;
pub use settings::{MailError, SmtpSettings};
pub use smtp::MailServer;

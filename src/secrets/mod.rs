//! Keys, sealed texts, codes, passwords and second factors. The only room that knows crypto crates.
//!
//! All rests on the installation's [`Keys`], which lie outside the data and outside its backups.
//! Randomness and time are handed in. Every use of a key has a label of its own, so that what is
//! made for one thing is worth nothing for another.

/// A `Debug` that shows the name of a type and nothing of the secret in it.
macro_rules! redact {
    ($($type:ident),+) => {$(
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(..)"))
            }
        }
    )+};
}

mod chain;
mod cipher;
mod code;
mod form_token;
mod key_check;
mod key_error;
mod key_file;
mod key_text;
mod keys;
mod link_key;
mod mac;
mod password;
mod recovery;
mod seal;
mod symbols;
mod ticket;
mod token;
mod totp;
mod weakness;

pub use code::ReceiptCode;
pub use form_token::FormToken;
pub use key_error::KeysError;
pub use keys::Keys;
pub use password::{Password, PasswordError, burn, verify};
pub use recovery::RecoveryCode;
pub use seal::{QuestionKey, SealError};
pub use token::BearerToken;
pub use totp::TotpSecret;

//! What can be wrong with the key file, in words for who runs the installation.

use std::io;
use std::path::PathBuf;

/// Why there are no [`Keys`](super::Keys). No message repeats anything of the file.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A line is no comment and no key.
    #[error("regel {line} van het sleutelbestand is niet te lezen")]
    Line {
        /// Counted from 1.
        line: usize,
    },
    /// A key, or the id of a sealing key, stands there for the second time.
    #[error("regel {line} van het sleutelbestand staat er voor de tweede keer")]
    Twice {
        /// Counted from 1.
        line: usize,
    },
    /// A key is not there.
    #[error("in het sleutelbestand ontbreekt de regel ‘{name}’")]
    Missing {
        /// The word that the line begins with.
        name: &'static str,
    },
    /// The file cannot be read.
    #[error("het sleutelbestand {path} is niet te lezen: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the machine says.
        source: io::Error,
    },
    /// There is a file already; its keys may be the only ones that open the database.
    #[error("er is al een sleutelbestand {path}; het wordt niet overschreven")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("het sleutelbestand {path} is niet te schrijven: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the machine says.
        source: io::Error,
    },
}

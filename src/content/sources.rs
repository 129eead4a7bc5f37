//! The files of `content/` as text: read from a folder, or kept whole inside an index generation.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Fingerprint;

/// The files of `content/`: path below it, with `/`, -> text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sources {
    files: BTreeMap<String, String>,
    /// Files that are not UTF-8 text.
    unreadable: Vec<String>,
}

/// Why the folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It is not there, or is no folder.
    #[error("de map {0} bestaat niet")]
    Missing(PathBuf),
    /// The file system refused.
    #[error("{path} is niet te lezen: {source}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

impl Sources {
    /// Reads every `.md` and `.toml` file below `folder`; hidden ones are passed over.
    ///
    /// # Errors
    /// [`SourceError`] when the folder is missing or a file cannot be opened.
    pub fn read(folder: &Path) -> Result<Self, SourceError> {
        if !folder.is_dir() {
            return Err(SourceError::Missing(folder.to_owned()));
        }
        let mut sources = Self::default();
        let visible = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
        };
        for entry in walkdir::WalkDir::new(folder)
            .into_iter()
            .filter_entry(visible)
        {
            let entry = entry.map_err(|error| SourceError::Io {
                path: error.path().unwrap_or(folder).to_owned(),
                source: error.into(),
            })?;
            let path = entry.path();
            let wanted = path
                .extension()
                .is_some_and(|ext| ext == "md" || ext == "toml");
            if wanted && entry.file_type().is_file() {
                sources.read_file(folder, path)?;
            }
        }
        Ok(sources)
    }

    fn read_file(&mut self, folder: &Path, path: &Path) -> Result<(), SourceError> {
        let bytes = std::fs::read(path).map_err(|source| SourceError::Io {
            path: path.to_owned(),
            source,
        })?;
        let below = path.strip_prefix(folder).unwrap_or(path);
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        match String::from_utf8(bytes) {
            Ok(text) => self.insert(name, &text),
            Err(_) => self.unreadable.push(name),
        }
        Ok(())
    }

    /// Adds or replaces a file; line ends become `\n`, a byte order mark is dropped.
    pub fn insert(&mut self, path: impl Into<String>, text: &str) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        self.files.insert(path.into(), text.replace("\r\n", "\n"));
    }

    /// The text of the file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Paths and texts below the folder `prefix` with the ending `ext`, by path.
    pub(super) fn below<'a>(
        &'a self,
        prefix: &'a str,
        ext: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .filter(move |(path, _)| path.starts_with(prefix) && path.ends_with(ext))
    }

    /// Files that are not UTF-8 text.
    #[must_use]
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// A fingerprint of all files.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let named = self
            .files
            .iter()
            .flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
        Fingerprint::of(named.chain(self.unreadable.iter().map(String::as_bytes)))
    }
}

//! The file that keeps the keys: only its owner reads it, and it is whole or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use zeroize::Zeroizing;

use super::key_error::KeysError;
use super::keys::Keys;

impl Keys {
    /// Reads the file at `path`. Ask [`Keys::readable_by_others`] whether to warn.
    ///
    /// # Errors
    /// [`KeysError::Read`], or what [`Keys::parse`] says of the text.
    pub fn read(path: &Path) -> Result<Self, KeysError> {
        let text = fs::read_to_string(path).map_err(|source| KeysError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&Zeroizing::new(text))
    }

    /// Writes a new file at `path`, on disk when this returns; on Unix only its owner may read it.
    ///
    /// # Errors
    /// [`KeysError::Exists`] when there is one, which stays as it is; [`KeysError::Write`].
    pub fn write_new(&self, path: &Path) -> Result<(), KeysError> {
        let mut file = create_new(path).map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => KeysError::Exists {
                path: path.to_owned(),
            },
            _ => write_error(path, source),
        })?;
        let written = fill(&mut file, &self.to_text()).and_then(|()| keep_name(path));
        if written.is_err() {
            // Half a file would keep the next attempt from writing a whole one.
            drop(file);
            let _ = fs::remove_file(path);
        }
        written.map_err(|source| write_error(path, source))
    }

    /// Puts these keys in the place of the file at `path`: a reader finds the one or the other,
    /// never half of one.
    ///
    /// # Errors
    /// [`KeysError::Write`]; the file is then as it was.
    pub fn replace(&self, path: &Path) -> Result<(), KeysError> {
        self.write_beside(path)
            .map_err(|source| write_error(path, source))
    }

    fn write_beside(&self, path: &Path) -> io::Result<()> {
        // Made with mode 0600, and removed by itself when something fails before the rename.
        let mut file = tempfile::NamedTempFile::new_in(folder(path))?;
        fill(file.as_file_mut(), &self.to_text())?;
        file.persist(path).map_err(|failed| failed.error)?;
        keep_name(path)
    }

    /// Whether others than the owner may read the file at `path`, which deserves a warning.
    /// Always false where files have no Unix mode.
    #[must_use]
    pub fn readable_by_others(path: &Path) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o044 != 0)
        }
        #[cfg(not(unix))]
        {
            let _ = path;
            false
        }
    }
}

fn write_error(path: &Path, source: io::Error) -> KeysError {
    KeysError::Write {
        path: path.to_owned(),
        source,
    }
}

fn create_new(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn fill(file: &mut File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The folder of `path`; a bare name lies in the present one.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Puts the name of a file on disk as well, so that it survives a power cut.
fn keep_name(path: &Path) -> io::Result<()> {
    // Only Unix opens a folder as a file.
    if cfg!(unix) {
        File::open(folder(path))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_new_file_is_read_again_and_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sleutels.txt");
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        keys.write_new(&path).expect("written");
        let other = Keys::generate(&random).write_new(&path);
        assert!(matches!(other, Err(KeysError::Exists { .. })));
        assert_eq!(Keys::read(&path).expect("keys").to_text(), keys.to_text());
    }

    #[test]
    fn replacing_leaves_one_file_with_the_new_keys() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sleutels.txt");
        let random = SeededRandom::new(1);
        let keys = Keys::generate(&random);
        keys.write_new(&path).expect("written");
        let rotated = keys.rotated(&random);
        rotated.replace(&path).expect("replaced");
        assert_eq!(
            Keys::read(&path).expect("keys").to_text(),
            rotated.to_text()
        );
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn no_folder_is_told_of() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("weg").join("sleutels.txt");
        let keys = Keys::generate(&SeededRandom::new(1));
        assert!(matches!(Keys::read(&path), Err(KeysError::Read { .. })));
        assert!(matches!(
            keys.write_new(&path),
            Err(KeysError::Write { .. })
        ));
        assert!(matches!(keys.replace(&path), Err(KeysError::Write { .. })));
    }

    #[test]
    fn a_bare_name_lies_in_the_present_folder() {
        assert_eq!(self::folder(Path::new("sleutels.txt")), Path::new("."));
        assert_eq!(self::folder(Path::new("/a/b")), Path::new("/a"));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sleutels.txt");
        let keys = Keys::generate(&SeededRandom::new(1));
        let mode = || fs::metadata(&path).expect("a file").permissions().mode() & 0o777;
        keys.write_new(&path).expect("written");
        assert_eq!(mode(), 0o600);
        assert!(!Keys::readable_by_others(&path));
        for open in [0o640, 0o604] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).expect("a mode");
            assert!(Keys::readable_by_others(&path), "{open:o}");
        }
        keys.replace(&path).expect("replaced");
        assert_eq!(mode(), 0o600);
    }
}

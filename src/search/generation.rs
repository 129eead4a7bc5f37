//! Generations: an index on disk with the text it was made of, built beside the present one and
//! swapped by a pointer.
//!
//! ```text
//! index/
//!   current                      the name of the present generation
//!   lock                         held by who builds
//!   <content>-<reader>/          one generation, never changed once it has its name
//!     manifest.json              what it holds, with a fingerprint of every file
//!     reading                    what was read out of content/: the library, and what searching
//!                                keeps beside the index
//!     tantivy/                   the index
//! ```

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tempfile::TempDir;

use super::reading::{READER, Reading};
use super::schema::{Document, write_index};
use super::snapshot::Snapshot;
use crate::content::{Fingerprint, Loaded, Sources};

const CURRENT: &str = "current";
const LOCK: &str = "lock";
const MANIFEST: &str = "manifest.json";
const READING: &str = "reading";
const TANTIVY: &str = "tantivy";

/// Folders of a build that was broken off begin with this.
const UNFINISHED: &str = ".bouw-";

/// What a generation holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Fingerprint of the content.
    pub content: String,
    /// The code that read it.
    pub reader: String,
    /// How many articles are in the index.
    pub articles: usize,
    /// How many errors the content had; their files are left out.
    pub errors: usize,
    /// Fingerprint of every other file of the generation, by its path in it.
    pub files: BTreeMap<String, String>,
}

/// Why a generation could not be built or opened.
#[derive(Debug, thiserror::Error)]
pub enum GenerationError {
    /// There is none yet.
    #[error("er is nog geen index in {0}")]
    Missing(PathBuf),
    /// A file is missing or was changed.
    #[error("de index is beschadigd: {0}")]
    Damaged(String),
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// The index itself refused.
    #[error("de index is niet te maken of te openen: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// What was read out of the texts could not be written.
    #[error("wat gelezen is, is niet te bewaren: {0}")]
    Reading(#[from] postcard::Error),
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> GenerationError {
    let path = path.to_owned();
    move |source| GenerationError::Io { path, source }
}

/// The folder of generations.
#[derive(Debug, Clone)]
pub struct Generations {
    folder: PathBuf,
}

/// What [`Generations::build`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Built {
    /// A new generation is the present one.
    New(Manifest),
    /// The present one was made of the same content.
    Unchanged(Manifest),
}

impl Generations {
    /// The generations in `folder`, which need not exist yet.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self { folder }
    }

    /// The name of the generation that `sources` would make.
    #[must_use]
    pub fn name_for(sources: &Sources) -> String {
        format!("{}-{READER}", sources.fingerprint())
    }

    /// The name that the pointer holds.
    #[must_use]
    pub fn current_name(&self) -> Option<String> {
        let name = fs::read_to_string(self.folder.join(CURRENT)).ok()?;
        let name = name.trim();
        let plain = name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        (plain && !name.is_empty()).then(|| name.to_owned())
    }

    /// Opens the present generation into memory; every file is checked.
    ///
    /// # Errors
    /// [`GenerationError`] when there is none, or it is damaged.
    pub fn open(&self) -> Result<Snapshot, GenerationError> {
        let name = self
            .current_name()
            .ok_or_else(|| GenerationError::Missing(self.folder.clone()))?;
        let folder = self.folder.join(&name);
        let manifest = read_manifest(&folder)?;
        if manifest.reader != READER {
            let message = "zij is gemaakt door een andere versie van Loes";
            return Err(GenerationError::Damaged(message.into()));
        }
        let ram = RamDirectory::create();
        let mut reading = None;
        read_files(&folder, &manifest, |path, bytes| {
            match path.strip_prefix("tantivy/") {
                Some(file) => ram
                    .atomic_write(Path::new(file), bytes)
                    .map_err(at(Path::new(path)))?,
                None => reading = Reading::from_bytes(bytes).ok(),
            }
            Ok(())
        })?;
        let reading = reading
            .ok_or_else(|| GenerationError::Damaged(format!("{READING} is niet te lezen")))?;
        Ok(Snapshot::open(name, reading, &Index::open(ram)?)?)
    }

    /// The manifest of the present generation when it was made of `sources` and is sound.
    #[must_use]
    pub fn up_to_date(&self, sources: &Sources) -> Option<Manifest> {
        let name = Self::name_for(sources);
        let same = self.current_name().as_ref() == Some(&name);
        same.then(|| check(&self.folder.join(name)).ok()).flatten()
    }

    /// Builds the generation of `sources`, of which `loaded` was read, unless the present one is the
    /// same and sound, and makes it the present one. Who builds at the same time waits. `progress` is
    /// told (done, of) articles.
    ///
    /// # Errors
    /// [`GenerationError`] when the folder cannot be written.
    pub fn build(
        &self,
        sources: &Sources,
        loaded: Loaded,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Built, GenerationError> {
        fs::create_dir_all(&self.folder).map_err(at(&self.folder))?;
        let lock_path = self.folder.join(LOCK);
        let lock = File::create(&lock_path).map_err(at(&lock_path))?;
        lock.lock().map_err(at(&lock_path))?;
        if let Some(manifest) = self.up_to_date(sources) {
            return Ok(Built::Unchanged(manifest));
        }
        let name = Self::name_for(sources);
        let manifest = self.write(&name, sources, loaded, &mut progress)?;
        let before = self.current_name();
        self.point_at(&name)?;
        self.sweep(&[Some(name), before]);
        Ok(Built::New(manifest))
    }

    fn write(
        &self,
        name: &str,
        sources: &Sources,
        loaded: Loaded,
        progress: &mut impl FnMut(usize, usize),
    ) -> Result<Manifest, GenerationError> {
        let unfinished = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempdir_in(&self.folder)
            .map_err(at(&self.folder))?;
        let folder = unfinished.path();
        let articles = loaded.library.articles().len();
        let errors = loaded.errors().count();
        let tantivy_folder = folder.join(TANTIVY);
        fs::create_dir(&tantivy_folder).map_err(at(&tantivy_folder))?;
        let directory =
            MmapDirectory::open(&tantivy_folder).map_err(tantivy::TantivyError::from)?;
        let documents = loaded.library.articles().map(Document::of_article);
        let mut done = 0;
        let (_, learned) = write_index(directory, documents, || {
            done += 1;
            progress(done, articles);
        })?;
        let reading = Reading::new(loaded, learned).to_bytes()?;
        write_synced(&folder.join(READING), &reading)?;
        let manifest = Manifest {
            content: sources.fingerprint().to_string(),
            reader: READER.to_owned(),
            articles,
            errors,
            files: fingerprints(folder)?,
        };
        let text = serde_json::to_vec_pretty(&manifest)
            .map_err(io::Error::from)
            .map_err(at(folder))?;
        write_synced(&folder.join(MANIFEST), &text)?;
        self.put_in_place(unfinished, name)?;
        Ok(manifest)
    }

    /// Gives a finished folder its name.
    fn put_in_place(&self, finished: TempDir, name: &str) -> Result<(), GenerationError> {
        let place = self.folder.join(name);
        if place.exists() {
            // A damaged one of the same name; who serves it has it in memory.
            fs::remove_dir_all(&place).map_err(at(&place))?;
        }
        let folder = finished.keep();
        make_readable(&folder).map_err(at(&folder))?;
        fs::rename(&folder, &place).map_err(at(&place))
    }

    /// Makes `name` the present generation, in one step.
    fn point_at(&self, name: &str) -> Result<(), GenerationError> {
        let new = self.folder.join(".current-new");
        write_synced(&new, format!("{name}\n").as_bytes())?;
        let pointer = self.folder.join(CURRENT);
        fs::rename(&new, &pointer).map_err(at(&pointer))?;
        File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .map_err(at(&self.folder))
    }

    /// Removes all generations but those to keep, and what broken-off builds left behind.
    fn sweep(&self, keep: &[Option<String>]) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !keep.contains(&Some(name)) {
                // What cannot be removed now goes at the next build.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

fn read_manifest(folder: &Path) -> Result<Manifest, GenerationError> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(at(&path))?;
    serde_json::from_slice(&text)
        .map_err(|error| GenerationError::Damaged(format!("{MANIFEST}: {error}")))
}

/// Hands each file of a generation to `take`, path and bytes, once it is seen to be as it was written.
fn read_files(
    folder: &Path,
    manifest: &Manifest,
    mut take: impl FnMut(&str, &[u8]) -> Result<(), GenerationError>,
) -> Result<(), GenerationError> {
    for (path, print) in &manifest.files {
        let bytes = fs::read(folder.join(path)).map_err(at(&folder.join(path)))?;
        if Fingerprint::of([bytes.as_slice()]).to_string() != *print {
            return Err(GenerationError::Damaged(format!("{path} is veranderd")));
        }
        take(path, &bytes)?;
    }
    Ok(())
}

/// The manifest of a generation whose files are all as they were written.
fn check(folder: &Path) -> Result<Manifest, GenerationError> {
    let manifest = read_manifest(folder)?;
    read_files(folder, &manifest, |_, _| Ok(()))?;
    Ok(manifest)
}

/// The fingerprints of the files of a new generation; locks of the writer are left out.
fn fingerprints(folder: &Path) -> Result<BTreeMap<String, String>, GenerationError> {
    let mut files = BTreeMap::new();
    for (prefix, folder) in [("", folder.to_owned()), ("tantivy/", folder.join(TANTIVY))] {
        for entry in fs::read_dir(&folder).map_err(at(&folder))?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let is_lock = Path::new(&name)
                .extension()
                .is_some_and(|ext| ext == "lock");
            if is_file && !is_lock {
                let bytes = fs::read(entry.path()).map_err(at(&entry.path()))?;
                files.insert(
                    format!("{prefix}{name}"),
                    Fingerprint::of([bytes.as_slice()]).to_string(),
                );
            }
        }
    }
    Ok(files)
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), GenerationError> {
    let write = || {
        let mut file = File::create(path)?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    };
    write().map_err(at(path))
}

/// A temporary folder is closed to others; a generation is read by servers of any user.
fn make_readable(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

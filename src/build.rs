//! Works out `LOES_READER`, the name of the code that reads texts and makes an index of them: when
//! any of it changes, an index made before is made anew.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::Path;

/// All that decides what is read out of a text.
const READER: [&str; 5] = [
    "Cargo.lock",
    "src/domain",
    "src/dutch",
    "src/content",
    "src/search",
];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for path in READER {
        println!("cargo::rerun-if-changed={path}");
        add(Path::new(path), &mut hasher)?;
    }
    println!("cargo::rustc-env=LOES_READER={:016x}", hasher.finish());
    Ok(())
}

/// Adds a file, or all files below a folder in the order of their names.
fn add(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        let mut below: Vec<_> = entries.iter().map(fs::DirEntry::path).collect();
        below.sort();
        below.iter().try_for_each(|path| add(path, hasher))
    } else if path.exists() {
        path.hash(hasher);
        fs::read(path)?.hash(hasher);
        Ok(())
    } else {
        Ok(())
    }
}

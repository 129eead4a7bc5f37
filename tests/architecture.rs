//! The rules of the house, as a test: who may import whom, which room may name which crate, and how
//! long files and functions may be. The rules and their reasons stand in `src/ARCHITECTURE.md`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says where"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, lowest layer first. A room imports only from lower layers.
const LAYERS: [&[&str]; 7] = [
    &["clock", "domain", "dutch", "random"],
    &["config", "secrets"],
    &["content", "mail", "store"],
    &["search"],
    &["views", "jobs"],
    &["web"],
    &["commands", "main", "lib"],
];

/// Crates that only some rooms may name.
const ROOMS_OF_CRATES: [(&str, &[&str]); 38] = [
    ("governor", &["web"]),
    ("tantivy", &["search"]),
    ("pulldown_cmark", &["content"]),
    ("ammonia", &["content"]),
    ("serde_saphyr", &["content"]),
    ("miette", &["content"]),
    ("walkdir", &["content"]),
    ("sha2", &["content", "secrets"]),
    ("argon2", &["secrets"]),
    ("chacha20poly1305", &["secrets"]),
    ("hkdf", &["secrets"]),
    ("hmac", &["secrets"]),
    ("subtle", &["secrets"]),
    ("totp_rs", &["secrets"]),
    ("zeroize", &["secrets"]),
    ("getrandom", &["random"]),
    ("sqlx", &["store"]),
    ("lettre", &["mail"]),
    ("postcard", &["search"]),
    ("qrcode", &["views"]),
    ("frostem", &["dutch"]),
    ("unicode_normalization", &["dutch"]),
    ("maud", &["views", "web"]),
    ("rust_embed", &["views"]),
    ("actix_web", &["web", "commands"]),
    ("actix_http", &["web"]),
    ("brotli", &["web"]),
    ("flate2", &["web", "dutch"]),
    ("spellbook", &["dutch"]),
    ("utoipa", &["web"]),
    ("icalendar", &["web"]),
    ("atom_syndication", &["web"]),
    ("sitemap_rs", &["web"]),
    ("notify", &["jobs"]),
    ("indicatif", &["commands"]),
    ("metrics", &["web"]),
    ("metrics_exporter_prometheus", &["web"]),
    ("clap", &["config", "commands"]),
];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 40;

/// Functions that read a table key by key, one line a key in the order of the file: cut in two they
/// would only be harder to hold against that file.
const KEY_BY_KEY: [(&str, &str); 3] = [
    ("content/facts.rs", "read_fact"),
    ("content/front_matter.rs", "read"),
    ("content/lokets.rs", "read_loket"),
];

const MEDIAN_FILE: usize = 120;
const NINE_IN_TEN: usize = 300;

/// What may stand at the top of the repository, besides hidden folders.
const TOP_LEVEL: [&str; 18] = [
    "Cargo.lock",
    "Cargo.toml",
    "CHANGELOG.md",
    "Dockerfile",
    "LICENSE",
    "NOTICE",
    "README.md",
    "benches",
    "compose.yaml",
    "content",
    "data",
    "docs",
    "index",
    "publiccode.yml",
    "rust-toolchain.toml",
    "src",
    "target",
    "tests",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below `src`, by their path in it, with their text; tests at their end cut off.
fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(&root().join("src"), &mut found);
    assert!(found.len() > 50);
    found
}

fn collect(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("build.rs") {
            let text = fs::read_to_string(&path).expect("text");
            let text = text
                .split("\n#[cfg(test)]\nmod tests {")
                .next()
                .unwrap()
                .to_owned();
            let below = path.strip_prefix(root().join("src")).unwrap();
            found.insert(below.to_string_lossy().replace('\\', "/"), text);
        }
    }
}

/// The room of a file: the first part of its path.
fn room(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

fn layer(room: &str) -> usize {
    LAYERS
        .iter()
        .position(|rooms| rooms.contains(&room))
        .unwrap_or_else(|| panic!("no layer for {room}"))
}

/// The lines of code, comments cut off.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap())
}

#[test]
fn a_room_imports_only_from_lower_layers() {
    for (path, text) in sources() {
        let here = room(&path);
        for line in code(&text) {
            for imported in line.split("crate::").skip(1) {
                let there: String = imported
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if there.is_empty() || there == here {
                    continue;
                }
                assert!(
                    layer(&there) < layer(here),
                    "{path} ({here}) names {there}: {line}"
                );
            }
        }
    }
}

#[test]
fn crates_stay_in_their_rooms() {
    for (path, text) in sources() {
        for (name, rooms) in ROOMS_OF_CRATES {
            let named = code(&text).any(|line| {
                line.contains(&format!("{name}::")) || line.contains(&format!("use {name}"))
            });
            assert!(
                !named || rooms.contains(&room(&path)),
                "{path} names {name}"
            );
        }
    }
}

#[test]
fn files_stay_short() {
    let mut lengths: Vec<(usize, String)> = sources()
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path))
        .collect();
    lengths.sort();
    let longest = lengths.last().unwrap();
    assert!(longest.0 <= LONGEST_FILE, "{longest:?}");
    let at = |share: usize| &lengths[lengths.len() * share / 100];
    assert!(at(50).0 <= MEDIAN_FILE, "{:?}", at(50));
    assert!(at(90).0 <= NINE_IN_TEN, "{:?}", at(90));
}

#[test]
fn functions_stay_short() {
    for (path, text) in sources() {
        for (name, lines) in functions(&text) {
            let key_by_key = KEY_BY_KEY.contains(&(path.as_str(), name.as_str()));
            assert!(
                lines <= LONGEST_FUNCTION || key_by_key,
                "{path}: {name} has {lines} lines"
            );
        }
    }
}

/// The functions of a formatted file and how many lines the body of each has.
fn functions(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let head = line
            .trim_start()
            .trim_start_matches("pub ")
            .trim_start_matches("pub(super) ");
        let head = head
            .trim_start_matches("const ")
            .trim_start_matches("async ");
        let Some(name) = head.strip_prefix("fn ") else {
            continue;
        };
        let closes = |line: &&str| line.starts_with('}') || line.trim() == "}";
        let opened = lines[start..].iter().position(|line| line.ends_with('{'));
        let Some(opened) = opened.map(|at| start + at) else {
            continue;
        };
        let end = lines[opened..]
            .iter()
            .position(|line| closes(line) && line.len() - line.trim_start().len() == indent);
        let name = name.split(['(', '<']).next().unwrap().to_owned();
        found.push((name, end.unwrap_or(0).saturating_sub(1)));
    }
    found
}

#[test]
fn the_top_of_the_repository_holds_what_the_design_names() {
    for entry in fs::read_dir(root()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || TOP_LEVEL.contains(&name.as_str()),
            "{name}"
        );
    }
}

#[test]
fn no_room_is_a_drawer_for_everything() {
    for path in sources().keys() {
        for part in path.split('/') {
            let name = part.trim_end_matches(".rs");
            for vague in [
                "utils", "util", "helpers", "helper", "manager", "service", "common", "misc",
            ] {
                assert_ne!(name, vague, "{path}");
            }
        }
    }
}

#[test]
fn nothing_is_allowed_that_should_be_expected() {
    for (path, text) in sources() {
        assert!(
            !code(&text).any(|line| line.contains("#[allow") || line.contains("#![allow")),
            "{path}"
        );
    }
}

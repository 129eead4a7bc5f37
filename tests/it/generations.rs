//! Index generations: built beside, swapped whole, sound or made anew.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use loes::clock::{Clock, FixedClock};
use loes::config::LibrarySettings;
use loes::content::{Library, Loaded};
use loes::jobs::Refresher;
use loes::search::generation::{Built, GenerationError, Generations};
use loes::search::{Filter, SearchQuery};
use tempfile::TempDir;

use crate::support::{Article, NOON, small_library, write_content};

fn loaded() -> Loaded {
    Library::parse(&small_library(), "2026-11-22".parse().unwrap())
}

/// Folders of content and index.
struct Folders {
    _root: TempDir,
    settings: LibrarySettings,
}

fn folders() -> Folders {
    let root = TempDir::new().unwrap();
    let content = root.path().join("content");
    write_content(&small_library(), &content);
    let settings = LibrarySettings {
        content,
        index: root.path().join("index"),
    };
    Folders {
        _root: root,
        settings,
    }
}

impl Folders {
    fn refresher(&self) -> Refresher {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock(NOON.parse().unwrap()));
        Refresher::new(&self.settings, clock)
    }

    fn add(&self, slug: &'static str) {
        let article = Article::new("slapen", slug, "Een nieuw antwoord");
        fs::write(self.settings.content.join(article.path()), article.text()).unwrap();
    }

    fn generation_folders(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.settings.index).unwrap().flatten();
        entries
            .map(|entry| entry.path())
            .filter(|path| path.is_dir())
            .collect()
    }
}

#[test]
fn a_generation_is_built_once_and_opened_whole() {
    let root = TempDir::new().unwrap();
    let generations = Generations::new(root.path());
    assert!(matches!(
        generations.open(),
        Err(GenerationError::Missing(_))
    ));
    let mut steps = Vec::new();
    let built = generations.build(&small_library(), loaded(), |done, of| {
        steps.push((done, of));
    });
    assert!(matches!(built.unwrap(), Built::New(manifest) if manifest.articles == 3));
    assert_eq!(steps, [(1, 3), (2, 3), (3, 3)]);
    let again = generations.build(&small_library(), loaded(), |_, _| panic!("built again"));
    assert!(matches!(again.unwrap(), Built::Unchanged(_)));
    let snapshot = generations.open().unwrap();
    let found = snapshot
        .search(&SearchQuery::new("driftbuien"), &Filter::default(), 3)
        .unwrap();
    assert_eq!(found.hits[0].slug, "driftbui");
}

#[test]
fn old_generations_and_broken_off_builds_are_swept_but_the_last() {
    let folders = folders();
    for slug in ["een", "twee", "drie"] {
        folders.add(slug);
        folders.refresher().open().unwrap();
        fs::create_dir_all(folders.settings.index.join(".bouw-rest")).unwrap();
    }
    folders.add("vier");
    folders.refresher().open().unwrap();
    assert_eq!(folders.generation_folders().len(), 2);
}

#[test]
fn a_damaged_generation_is_made_anew() {
    let folders = folders();
    folders.refresher().open().unwrap();
    for damage in ["reading", "tantivy/meta.json", "manifest.json"] {
        let file = folders.generation_folders()[0].join(damage);
        fs::write(&file, "kapot").unwrap();
        let shelf = folders.refresher().open().expect(damage);
        assert_eq!(shelf.snapshot().library().articles().len(), 3, "{damage}");
        assert!(shelf.notices().is_empty(), "{damage}");
        assert_ne!(fs::read(&file).unwrap(), b"kapot", "{damage}");
    }
    fs::write(folders.settings.index.join("current"), "../../etc").unwrap();
    assert!(folders.refresher().open().is_ok());
}

#[test]
fn changed_content_makes_a_new_generation() {
    let folders = folders();
    let first = folders
        .refresher()
        .open()
        .unwrap()
        .snapshot()
        .name()
        .to_owned();
    folders.add("nieuw");
    let shelf = folders.refresher().open().unwrap();
    assert_ne!(shelf.snapshot().name(), first);
    assert!(shelf.snapshot().library().article("nieuw").is_some());
}

#[test]
fn a_folder_that_cannot_be_written_serves_the_older_pair_and_says_so() {
    let folders = folders();
    folders.refresher().open().unwrap();
    folders.add("nieuw");
    // A folder in the place of the lock: no builder can get past it, not even root.
    let lock = folders.settings.index.join("lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let shelf = folders.refresher().open().unwrap();
    let snapshot = shelf.snapshot();
    assert!(snapshot.library().article("nieuw").is_none());
    assert!(shelf.notices()[0].0.contains("ouder dan de teksten"));
    let found = snapshot
        .search(&SearchQuery::new("nieuw"), &Filter::default(), 3)
        .unwrap();
    assert!(found.hits.is_empty(), "library and index are one");
}

#[test]
fn without_any_index_and_without_a_place_for_one_it_stands_in_memory() {
    let folders = folders();
    fs::write(&folders.settings.index, "geen map").unwrap();
    let shelf = folders.refresher().open().unwrap();
    assert_eq!(shelf.snapshot().library().articles().len(), 3);
    assert!(shelf.notices()[0].0.contains("alleen in het geheugen"));
}

#[test]
fn a_replica_without_content_serves_what_the_generation_holds() {
    let folders = folders();
    folders.refresher().open().unwrap();
    fs::remove_dir_all(&folders.settings.content).unwrap();
    let shelf = folders.refresher().open().unwrap();
    assert_eq!(shelf.snapshot().library().articles().len(), 3);
    fs::remove_dir_all(&folders.settings.index).unwrap();
    assert!(folders.refresher().open().is_err());
}

#[test]
fn a_broken_foundation_keeps_the_version_before() {
    let folders = folders();
    folders.refresher().open().unwrap();
    fs::write(folders.settings.content.join("feiten.toml"), "= kapot").unwrap();
    let shelf = folders.refresher().open().unwrap();
    assert!(shelf.snapshot().library().fact("veilig-thuis").is_some());
    assert!(shelf.notices()[0].0.contains("vorige versie"));
}

#[test]
fn builders_wait_for_each_other_and_end_with_one_sound_generation() {
    let root = TempDir::new().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let generations = Generations::new(root.path());
                generations
                    .build(&small_library(), loaded(), |_, _| {})
                    .expect("built");
            });
        }
    });
    assert!(Generations::new(root.path()).open().is_ok());
}

//! What is read out of the texts once, when an index is made, so that a server need not read them
//! again: the library itself, and what searching keeps beside the index.

use serde::{Deserialize, Serialize};

use super::documents::Documents;
use super::plan::Groups;
use super::safety::SafetyWords;
use super::schema::{Analyzed, Document, Part};
use super::spelling::Spelling;
use super::suggest::Suggester;
use crate::content::{Library, Loaded, Problem};
use crate::dutch::Analyzer;

/// Names the code that reads texts and makes an index of them: what another made is not used. The
/// build script works it out from the sources.
pub(super) const READER: &str = env!("LOES_READER");

/// What is learned of the documents of an index, in its order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Learned {
    pub(super) documents: Documents,
    pub(super) spelling: Spelling,
}

impl Learned {
    /// Learns of the next document.
    pub(super) fn add(&mut self, document: &Document, analyzed: &Analyzed) {
        self.documents.add(document, analyzed);
        for text in Part::ALL.into_iter().flat_map(|part| document.texts(part)) {
            self.spelling.learn(text);
        }
    }
}

/// All that is read out of `content/`, beside the index.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reading {
    pub(super) library: Library,
    pub(super) problems: Vec<Problem>,
    pub(super) learned: Learned,
    pub(super) groups: Groups,
    pub(super) safety: SafetyWords,
    pub(super) suggester: Suggester,
}

impl Reading {
    /// Brings together a library and what was `learned` of its articles.
    pub(super) fn new(loaded: Loaded, learned: Learned) -> Self {
        let Loaded { library, problems } = loaded;
        let mut analyzer = Analyzer::default();
        Self {
            groups: Groups::new(library.words(), &mut analyzer),
            safety: SafetyWords::new(library.safety(), &mut analyzer),
            suggester: Suggester::new(&library),
            learned,
            library,
            problems,
        }
    }

    /// As bytes, to be kept.
    pub(super) fn to_bytes(&self) -> postcard::Result<Vec<u8>> {
        postcard::to_stdvec(self)
    }

    /// What [`Reading::to_bytes`] of this very program made.
    pub(super) fn from_bytes(bytes: &[u8]) -> postcard::Result<Self> {
        postcard::from_bytes(bytes)
    }
}

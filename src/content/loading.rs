//! From files to a library: shared files first, then articles, then what refers to them.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::article::{Around, build};
use super::front_matter::{self, FrontMatter};
use super::library::Library;
use super::links::Targets;
use super::lokets::read_loket;
use super::node::Node;
use super::problem::{Problem, Problems, Weight};
use super::proof::{Proof, SPELLING};
use super::reader::Placed;
use super::relations::{Shown, check_relations};
use super::sources::Sources;
use super::words::read_words;
use super::{facts, partners, safety, topics};
use crate::domain::{Article, Loket, Partner, Slug};
use crate::dutch::NoDictionary;

const TOPICS: &str = "onderwerpen.toml";
const FACTS: &str = "feiten.toml";
const WORDS: &str = "woorden.toml";
const SAFETY: &str = "veiligheid.toml";
const PARTNERS: &str = "partners.toml";

/// Files on which pages rest that are not wrong themselves.
const FOUNDATION: [&str; 3] = [TOPICS, FACTS, SAFETY];

/// A library and what was wrong with its files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Loaded {
    /// What is right.
    pub library: Library,
    /// What is wrong, by file and place.
    pub problems: Vec<Problem>,
}

impl Loaded {
    /// Whether a file that others rest on (topics, facts, safety words) is wrong.
    #[must_use]
    pub fn has_broken_foundation(&self) -> bool {
        self.errors()
            .any(|problem| FOUNDATION.contains(&problem.path.as_str()))
    }

    /// The errors among the problems.
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems
            .iter()
            .filter(|problem| problem.weight == Weight::Error)
    }
}

impl Library {
    /// Reads all of `sources`; `today` tells what is overdue.
    #[must_use]
    pub fn parse(sources: &Sources, today: Date) -> Loaded {
        Loading::of(sources, today).load()
    }

    /// Reads all of `sources` as [`Library::parse`] does, and looks at more: spelling, plain words, and
    /// how articles stand to each other. What it adds are warnings.
    ///
    /// # Errors
    /// [`NoDictionary`].
    pub fn proofread(sources: &Sources, today: Date) -> Result<Loaded, NoDictionary> {
        let mut loading = Loading::of(sources, today);
        loading.proof = Some(loading.read_proof()?);
        Ok(loading.load())
    }
}

impl<'a> Loading<'a> {
    fn of(sources: &'a Sources, today: Date) -> Self {
        Self {
            sources,
            today,
            loaded: Loaded::default(),
            targets: Targets::default(),
            proof: None,
            named: Vec::new(),
        }
    }

    /// The words of our own are optional: a small library has none.
    fn read_proof(&mut self) -> Result<Proof, NoDictionary> {
        let text = self.sources.get(SPELLING).unwrap_or("");
        let mut problems = Problems::new(SPELLING, text);
        let node = read_toml(text, &mut problems);
        let proof = Proof::new(node.as_ref(), self.today, &mut problems)?;
        self.loaded.problems.extend(problems.into_found());
        Ok(proof)
    }

    fn load(mut self) -> Loaded {
        self.unreadable();
        let topics_broken = !self.shared(TOPICS, |loading, node, problems| {
            let read = topics::read_topics(node, problems);
            loading.loaded.library.themes = read.themes;
            loading.loaded.library.topics = read.topics;
            loading.named = read.named;
        });
        self.shared(FACTS, |loading, node, problems| {
            loading.targets.fact_keys = Some(facts::fact_keys(node).collect());
            loading.loaded.library.facts = facts::read_facts(node, loading.today, problems);
            if let Some(proof) = &mut loading.proof {
                proof.learn(&loading.loaded.library.facts);
            }
        });
        self.shared(PARTNERS, |loading, node, problems| {
            loading.loaded.library.partners = partners::read_partners(node, problems);
        });
        self.shared(WORDS, |loading, node, problems| {
            loading.loaded.library.words = read_words(node, problems);
        });
        self.articles(topics_broken);
        self.check_named();
        self.shared(SAFETY, |loading, node, problems| {
            loading.loaded.library.safety = safety::read_safety(node, &loading.targets, problems);
        });
        self.lokets();
        let mut loaded = self.loaded;
        loaded
            .problems
            .sort_by(|a, b| (&a.path, a.span.start).cmp(&(&b.path, b.span.start)));
        loaded
    }
}

/// An article file that has an address of its own.
struct Draft<'a> {
    slug: Slug,
    path: &'a str,
    text: &'a str,
    /// The front matter as it is written; nothing when it cannot be used.
    front: Option<FrontMatter>,
    /// What is wrong with that.
    problems: Vec<Problem>,
}

struct Loading<'a> {
    sources: &'a Sources,
    today: Date,
    loaded: Loaded,
    targets: Targets,
    proof: Option<Proof>,
    /// The articles that topics put first.
    named: Vec<Placed<String>>,
}

impl<'a> Loading<'a> {
    fn unreadable(&mut self) {
        for path in self.sources.unreadable() {
            let mut problems = Problems::new(path, "");
            let advice = "Bewaar het bestand opnieuw als UTF-8.";
            problems.error_with(
                "geen-utf8",
                0..0,
                "Dit bestand is geen leesbare tekst.",
                advice,
            );
            self.loaded.problems.extend(problems.into_found());
        }
    }

    /// Reads one of the files that others rest on; says whether it could be read at all.
    fn shared(
        &mut self,
        path: &str,
        read: impl FnOnce(&mut Self, &Node, &mut Problems<'_>),
    ) -> bool {
        let text = self.sources.get(path);
        let mut problems = Problems::new(path, text.unwrap_or(""));
        let node = if let Some(text) = text {
            read_toml(text, &mut problems)
        } else {
            let message = format!("Het bestand {path} ontbreekt.");
            problems.error("bestand-ontbreekt", 0..0, message);
            None
        };
        if let Some(node) = &node {
            read(self, node, &mut problems);
        }
        self.loaded.problems.extend(problems.into_found());
        node.is_some()
    }

    fn articles(&mut self, topics_broken: bool) {
        let facts = &self.loaded.library.facts;
        self.targets.facts = facts
            .iter()
            .map(|fact| (fact.key.clone(), fact.clone()))
            .collect();
        let drafts = self.drafts();
        let (mut built, mut problems) = self.build_all(&drafts, topics_broken);
        if built.len() < drafts.len() {
            // Some are left out: links to them become plain words in the others.
            self.targets
                .titles
                .retain(|slug, _| built.contains_key(slug));
            (built, problems) = self.build_all(&drafts, topics_broken);
        }
        if self.proof.is_some() {
            let shown = drafts.iter().filter_map(|draft| {
                Some(Shown {
                    article: built.get(&draft.slug)?,
                    front: draft.front.as_ref()?,
                    text: draft.text,
                })
            });
            problems.extend(check_relations(&shown.collect::<Vec<_>>()));
        }
        self.loaded.problems.extend(problems);
        for article in built.values() {
            let moved = article
                .former
                .iter()
                .map(|old| (old.clone(), article.slug.clone()));
            self.loaded.library.former.extend(moved);
        }
        self.loaded.library.articles = built;
    }

    /// The article files that have an address of their own; the targets learn of them.
    fn drafts(&mut self) -> Vec<Draft<'a>> {
        let mut drafts = Vec::new();
        for (path, text) in self.sources.below("antwoorden/", ".md") {
            let mut problems = Problems::new(path, text);
            match slug_of(path) {
                None => {
                    let message = "Een antwoord staat in antwoorden/<onderwerp>/<adres>.md.";
                    problems.error("verkeerde-plek", 0..0, message);
                }
                Some(slug) if !self.targets.files.insert(slug.clone()) => {
                    let message = format!("Er is al een antwoord met het adres ‘{slug}’.");
                    problems.error("dubbel-adres", 0..0, message);
                }
                Some(slug) => {
                    drafts.push(read_draft(slug, path, text));
                    continue;
                }
            }
            self.loaded.problems.extend(problems.into_found());
        }
        let titled = drafts.iter().filter_map(|draft| {
            let front = draft.front.as_ref()?;
            Some((draft.slug.clone(), front.title.value.clone()))
        });
        self.targets.titles = titled.collect();
        drafts
    }

    fn build_all(
        &self,
        drafts: &[Draft<'a>],
        topics_broken: bool,
    ) -> (BTreeMap<Slug, Article>, Vec<Problem>) {
        let around = Around {
            topics: &self.loaded.library.topics,
            topics_broken,
            targets: &self.targets,
            today: self.today,
            proof: self.proof.as_ref(),
        };
        let mut built = BTreeMap::new();
        let mut found = Vec::new();
        let mut former = BTreeSet::new();
        for draft in drafts {
            let mut problems = Problems::new(draft.path, draft.text);
            problems.take(&draft.problems);
            let article = read_article(draft, &around, &mut former, &mut problems);
            if let Some(article) = article.filter(|_| !problems.has_errors()) {
                built.insert(article.slug.clone(), article);
            }
            found.extend(problems.into_found());
        }
        (built, found)
    }

    /// A topic that puts an article first which is not there is told of, and shows the others.
    fn check_named(&mut self) {
        let mut problems = Problems::new(TOPICS, self.sources.get(TOPICS).unwrap_or(""));
        for Placed { value, span } in &self.named {
            if let Err(message) = self.targets.article(value) {
                problems.warning("dode-verwijzing", span.clone(), message);
            }
        }
        self.loaded.problems.extend(problems.into_found());
    }

    fn lokets(&mut self) {
        for (path, text) in self.sources.below("loketten/", ".toml") {
            let mut problems = Problems::new(path, text);
            let loket = read_loket_file(path, text, &self.loaded.library.partners, &mut problems);
            if let Some(loket) = loket.filter(|_| !problems.has_errors()) {
                self.loaded.library.lokets.insert(loket.slug.clone(), loket);
            }
            self.loaded.problems.extend(problems.into_found());
        }
    }
}

/// Reads the front matter of one article.
fn read_draft<'a>(slug: Slug, path: &'a str, text: &'a str) -> Draft<'a> {
    let mut problems = Problems::new(path, text);
    let front = if let Some(parts) = front_matter::cut(text) {
        front_matter::read(&parts, &mut problems)
    } else {
        let message = "Dit bestand begint niet met een kop tussen twee regels ‘---’.";
        problems.error("geen-kop", 0..0, message);
        None
    };
    Draft {
        slug,
        path,
        text,
        front,
        problems: problems.into_found(),
    }
}

/// Reads one article; `former` gathers the former addresses of all.
fn read_article(
    draft: &Draft<'_>,
    around: &Around<'_>,
    former: &mut BTreeSet<Slug>,
    problems: &mut Problems<'_>,
) -> Option<Article> {
    let parts = front_matter::cut(draft.text)?;
    let front = draft.front.clone()?;
    for old in &front.former {
        if around.targets.files.contains(&old.value) || !former.insert(old.value.clone()) {
            let message = format!(
                "Het oude adres ‘{}’ is al van een ander antwoord.",
                old.value
            );
            problems.error("dubbel-adres", old.span.clone(), message);
        }
    }
    build(
        draft.slug.clone(),
        draft.path,
        front,
        &parts,
        around,
        problems,
    )
}

/// The slug of an article file, when it stands where an article belongs.
fn slug_of(path: &str) -> Option<Slug> {
    let mut parts = path.strip_suffix(".md")?.split('/').skip(1);
    let (topic, slug) = (parts.next()?, parts.next()?);
    if parts.next().is_some() || Slug::parse(topic).is_err() {
        return None;
    }
    Slug::parse(slug).ok()
}

fn read_loket_file(
    path: &str,
    text: &str,
    partners: &[Partner],
    problems: &mut Problems<'_>,
) -> Option<Loket> {
    let name = path
        .rsplit('/')
        .next()
        .and_then(|name| name.strip_suffix(".toml"));
    let Some(slug) = name.and_then(|name| Slug::parse(name).ok()) else {
        let message = "De naam van dit bestand is geen adres: kleine letters en streepjes.";
        problems.error("verkeerde-plek", 0..0, message);
        return None;
    };
    let node = read_toml(text, problems)?;
    read_loket(slug, &node, partners, problems)
}

/// The values of a TOML file; tells when it is none.
fn read_toml(text: &str, problems: &mut Problems<'_>) -> Option<Node> {
    Node::from_toml(text)
        .map_err(|error| {
            let message = format!("Dit bestand is geen goede TOML: {}", error.message);
            problems.error("geen-toml", error.span, message);
        })
        .ok()
}

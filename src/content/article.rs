//! One article: front matter and body brought together and checked.

use jiff::Span;
use jiff::civil::Date;

use super::Fingerprint;
use super::front_matter::{FrontMatter, Parts};
use super::links::Targets;
use super::markdown::{self, Block};
use super::phone_check::find_phone_numbers;
use super::problem::Problems;
use super::proof::Proof;
use super::reader::Placed;
use super::safety::known_facts;
use crate::domain::{Article, Body, IN_SHORT, Review, Slug, Topic};
use crate::dutch::{sentences, word_count};

/// The sections that every article has.
const SECTIONS: [&str; 4] = [
    IN_SHORT,
    "Wat is er aan de hand?",
    "Wat kun je doen?",
    "Wanneer zoek je hulp?",
];

/// The longest sentence and paragraph, in words.
const SENTENCE_LIMIT: usize = 25;
const PARAGRAPH_LIMIT: usize = 80;

/// Within how many years a text is looked at again.
const REVIEW_YEARS: i64 = 3;

/// What an article is checked against.
pub(super) struct Around<'a> {
    pub(super) topics: &'a [Topic],
    pub(super) topics_broken: bool,
    pub(super) targets: &'a Targets,
    pub(super) today: Date,
    /// Reads along for spelling and plain words, when an editor asks for it.
    pub(super) proof: Option<&'a Proof>,
}

/// Builds the article of the file `path` (`antwoorden/<topic>/<slug>.md`).
pub(super) fn build(
    slug: Slug,
    path: &str,
    front: FrontMatter,
    parts: &Parts<'_>,
    around: &Around<'_>,
    problems: &mut Problems<'_>,
) -> Option<Article> {
    let parsed = markdown::parse(parts.body, parts.body_at, around.targets, problems);
    check_phones(parts, &front, around.targets, problems);
    check_sections(&parsed.body, parts, problems);
    parsed
        .blocks
        .iter()
        .for_each(|block| check_block(block, problems));
    if let Some(proof) = around.proof {
        proof.read(&front, parts, &parsed.blocks, problems);
    }
    let topic = check_topics(&front, path, around, problems);
    let review = review(&front, parts, problems);
    check_review_date(&front, around.today, problems);
    Some(Article {
        slug,
        path: path.to_owned(),
        title: front.title.value,
        summary: front.summary.value,
        topic: topic?,
        also: slugs(&front.also),
        ages: front.ages,
        audience: front.audience,
        questions: front.questions.into_iter().map(|one| one.value).collect(),
        keywords: front.keywords,
        sources: front.sources,
        updated: front.updated,
        review_before: front.review_before.value,
        review,
        related: related(&front.related, around.targets, problems),
        former: front
            .former
            .into_iter()
            .map(|former| former.value)
            .collect(),
        help: known_facts(front.help, around.targets, problems),
        body: parsed.body,
    })
}

fn slugs(names: &[Placed<String>]) -> Vec<Slug> {
    names
        .iter()
        .filter_map(|name| Slug::parse(&name.value).ok())
        .collect()
}

fn check_topics(
    front: &FrontMatter,
    path: &str,
    around: &Around<'_>,
    problems: &mut Problems<'_>,
) -> Option<Slug> {
    let folder = path.split('/').nth(1).unwrap_or("");
    for name in std::iter::once(&front.topic).chain(&front.also) {
        let known = around
            .topics
            .iter()
            .any(|topic| topic.slug.as_str() == name.value);
        if !known && !around.topics_broken {
            let message = format!(
                "Het onderwerp ‘{}’ staat niet in onderwerpen.toml.",
                name.value
            );
            problems.error("onbekend-onderwerp", name.span.clone(), message);
        }
    }
    if front.topic.value != folder {
        let message =
            format!("Dit bestand staat in de map ‘{folder}’, niet in die van het onderwerp.");
        let advice = format!("Zet het in antwoorden/{}/.", front.topic.value);
        problems.error_with("verkeerde-map", front.topic.span.clone(), message, advice);
    }
    Slug::parse(&front.topic.value).ok()
}

fn related(names: &[Placed<String>], targets: &Targets, problems: &mut Problems<'_>) -> Vec<Slug> {
    for name in names {
        if let Err(message) = targets.article(&name.value) {
            problems.error("dode-verwijzing", name.span.clone(), message);
        }
    }
    slugs(names)
}

fn check_review_date(front: &FrontMatter, today: Date, problems: &mut Problems<'_>) {
    let Placed { value, span } = &front.review_before;
    if today >= *value {
        let message = "Dit antwoord moet worden nagekeken: ‘herzien_voor’ is voorbij.";
        problems.warning("herziening", span.clone(), message);
    }
    let latest = front.updated.checked_add(Span::new().years(REVIEW_YEARS));
    if latest.is_ok_and(|latest| *value > latest) {
        let message = format!("‘herzien_voor’ ligt meer dan {REVIEW_YEARS} jaar na ‘bijgewerkt’.");
        problems.warning("herziening-te-laat", span.clone(), message);
    }
}

/// The fingerprint that an approval holds: of what a parent reads.
pub(super) fn approval_fingerprint(title: &str, summary: &str, body: &str) -> Fingerprint {
    Fingerprint::of([title, summary, body.trim()].map(str::as_bytes))
}

fn review(front: &FrontMatter, parts: &Parts<'_>, problems: &mut Problems<'_>) -> Review {
    let Some(approval) = &front.approval else {
        return Review::Concept;
    };
    let now = approval_fingerprint(&front.title.value, &front.summary.value, parts.body);
    if approval.fingerprint == now.to_string() {
        return Review::Approved {
            by: approval.by.clone(),
            on: approval.on,
        };
    }
    let message = "De tekst is veranderd na de goedkeuring en is weer een concept.";
    problems.warning("goedkeuring-vervallen", approval.span.clone(), message);
    Review::Concept
}

fn check_phones(
    parts: &Parts<'_>,
    front: &FrontMatter,
    targets: &Targets,
    problems: &mut Problems<'_>,
) {
    let advice = "Zet het nummer in feiten.toml en verwijs ernaar met [[feit:sleutel]].";
    // Some services are called by their number: 113 Zelfmoordpreventie.
    let is_name = |text: &str| {
        targets
            .facts
            .values()
            .any(|fact| text.starts_with(&fact.name))
    };
    let numbers_in = |text: &'_ str| -> Vec<_> {
        let runs = find_phone_numbers(text).into_iter();
        runs.filter(|run| !text.get(run.start..).is_some_and(is_name))
            .collect()
    };
    let body = numbers_in(parts.body).into_iter().map(|run| {
        let span = parts.body_at + run.start..parts.body_at + run.end;
        (parts.body.get(run).unwrap_or(""), span)
    });
    let lines = [&front.title, &front.summary];
    let front = lines.into_iter().flat_map(|line| {
        let runs = numbers_in(&line.value).into_iter();
        runs.map(|run| (line.value.get(run).unwrap_or(""), line.span.clone()))
    });
    for (number, span) in body.chain(front) {
        let message = format!("Het telefoonnummer {number} staat hier als cijfers.");
        problems.error_with("los-telefoonnummer", span, message, advice);
    }
}

fn check_sections(body: &Body, parts: &Parts<'_>, problems: &mut Problems<'_>) {
    for wanted in SECTIONS {
        if !body.sections.iter().any(|section| section.title == wanted) {
            let message = format!("De kop ‘## {wanted}’ ontbreekt.");
            problems.error("kop-ontbreekt", parts.body_at..parts.body_at, message);
        }
    }
}

fn check_block(block: &Block, problems: &mut Problems<'_>) {
    let words = word_count(&block.text);
    if words > PARAGRAPH_LIMIT {
        let message = format!("Deze alinea heeft {words} woorden; knip haar in stukken.");
        problems.warning("lange-alinea", block.span.clone(), message);
    }
    for sentence in sentences(&block.text) {
        let words = word_count(sentence.text);
        if words > SENTENCE_LIMIT {
            let start: String = sentence.text.chars().take(40).collect();
            let message = format!(
                "Een zin van {words} woorden (‘{start}…’); het mogen er {SENTENCE_LIMIT} zijn."
            );
            problems.warning("lange-zin", block.span.clone(), message);
        }
    }
}

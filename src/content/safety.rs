//! `veiligheid.toml`: phrases that call for a help box, and which help.

use super::links::Targets;
use super::node::{Entry, Node};
use super::problem::Problems;
use super::reader::{Placed, Reader};
use crate::domain::{FactKey, SafetyKind, SafetyRule, Slug};

/// The rules of the file, in its order: the first that fits comes first on screen.
pub(super) fn read_safety(
    root: &Node,
    targets: &Targets,
    problems: &mut Problems<'_>,
) -> Vec<SafetyRule> {
    let entries = root.entries().unwrap_or(&[]);
    entries
        .iter()
        .filter_map(|entry| read_rule(entry, targets, problems))
        .collect()
}

fn read_rule(entry: &Entry, targets: &Targets, problems: &mut Problems<'_>) -> Option<SafetyRule> {
    let mut table = Reader::new(&entry.node, problems).reported_at(entry.key_span.clone());
    let kind = table.parsed(
        "soort",
        "suicide, geweld, medisch of ouder",
        SafetyKind::parse,
    );
    let advice = table.text("advies");
    let phrases = table.list("zinnen");
    let exceptions = table.list("niet");
    let from = table.parsed_if_any("vanaf_maanden", "een aantal maanden", |t| t.parse().ok());
    let to = table.parsed_if_any("tot_en_met_maanden", "een aantal maanden", |t| {
        t.parse().ok()
    });
    let help = table.list("hulp");
    let article = table.text_if_any("antwoord");
    table.finish();
    if phrases.is_empty() {
        let message = "Een regel heeft minstens één zin.";
        problems.error("geen-zinnen", entry.key_span.clone(), message);
    }
    let help = known_facts(help, targets, problems);
    let article = article.and_then(|slug| {
        targets
            .article(&slug.value)
            .map_err(|message| problems.error("dode-verwijzing", slug.span, message))
            .ok()
            .and_then(|_| Slug::parse(&slug.value).ok())
    });
    let values = |items: Vec<Placed<String>>| items.into_iter().map(|i| i.value).collect();
    Some(SafetyRule {
        key: Slug::parse(&entry.key).ok()?,
        kind: kind?,
        advice: advice?.value,
        phrases: values(phrases),
        exceptions: values(exceptions),
        months: (from.is_some() || to.is_some())
            .then(|| (from.unwrap_or(0), to.unwrap_or(u16::MAX))),
        help,
        article,
    })
}

/// The fact keys of a list; an unknown one is an error and left out.
pub(super) fn known_facts(
    keys: Vec<Placed<String>>,
    targets: &Targets,
    problems: &mut Problems<'_>,
) -> Vec<FactKey> {
    keys.into_iter()
        .filter_map(|key| match targets.fact(&key.value) {
            Ok(_) => FactKey::parse(&key.value),
            Err(message) => {
                problems.error("dode-verwijzing", key.span, message);
                None
            }
        })
        .collect()
}

//! The front matter of an article: YAML between two fences of `---`.

use std::ops::Range;

use jiff::civil::Date;

use super::markdown::typeset;
use super::node::Node;
use super::problem::Problems;
use super::reader::{Placed, Reader, web_address};
use crate::domain::{AgeBand, Audience, Slug, SourceRef};

/// The longest title and summary, in characters.
const TITLE_LIMIT: usize = 70;
const SUMMARY_LIMIT: usize = 200;

/// How many ways of asking an article has.
const QUESTIONS: std::ops::RangeInclusive<usize> = 5..=12;

/// The front matter as it is written; what it refers to is not checked yet.
#[derive(Debug, Clone)]
pub(super) struct FrontMatter {
    pub(super) title: Placed<String>,
    pub(super) summary: Placed<String>,
    pub(super) topic: Placed<String>,
    pub(super) also: Vec<Placed<String>>,
    pub(super) ages: Vec<AgeBand>,
    pub(super) audience: Vec<Audience>,
    pub(super) questions: Vec<Placed<String>>,
    pub(super) keywords: Vec<String>,
    pub(super) sources: Vec<SourceRef>,
    pub(super) updated: Date,
    pub(super) review_before: Placed<Date>,
    pub(super) approval: Option<WrittenApproval>,
    pub(super) related: Vec<Placed<String>>,
    pub(super) former: Vec<Placed<Slug>>,
    pub(super) help: Vec<Placed<String>>,
}

/// An approval as it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct WrittenApproval {
    pub(super) by: String,
    pub(super) on: Date,
    pub(super) fingerprint: String,
    pub(super) span: Range<usize>,
}

/// A file cut in two: the YAML and the Markdown, each with its first byte.
pub(super) struct Parts<'a> {
    pub(super) yaml: &'a str,
    pub(super) yaml_at: usize,
    pub(super) body: &'a str,
    pub(super) body_at: usize,
}

/// Cuts a file at its fences; nothing when they are not there.
pub(super) fn cut(text: &str) -> Option<Parts<'_>> {
    let rest = text.strip_prefix("---\n")?;
    let (yaml, body) = rest.split_once("\n---\n").or_else(|| {
        let yaml = rest.strip_suffix("\n---")?;
        Some((yaml, ""))
    })?;
    Some(Parts {
        yaml,
        yaml_at: 4,
        body,
        body_at: text.len() - body.len(),
    })
}

/// Reads the front matter; nothing when a key is missing or wrong that a page cannot do without.
pub(super) fn read(parts: &Parts<'_>, problems: &mut Problems<'_>) -> Option<FrontMatter> {
    let node = match Node::from_yaml(parts.yaml, parts.yaml_at) {
        Ok(node) => node,
        Err(error) => {
            let message = format!(
                "De kop van het bestand is geen goede YAML: {}",
                error.message
            );
            problems.error("geen-yaml", error.span, message);
            return None;
        }
    };
    let mut table = Reader::new(&node, problems);
    let title = table.text("titel");
    let summary = table.text("samenvatting");
    let topic = table.text("onderwerp");
    let also = table.list("ook");
    let age_names = "zwanger, baby, peuter, basisschool, tiener of jongvolwassene";
    let ages = table.parsed_list("leeftijd", age_names, AgeBand::from_slug);
    let audience = table.parsed_list("voor", "ouder, jongere of professional", Audience::parse);
    let questions = table.list("vragen");
    let keywords = table.list("zoekwoorden");
    let source_nodes = table.nodes("bronnen");
    let updated = table.date("bijgewerkt");
    let review_span = table.optional("herzien_voor").map(|node| node.span.clone());
    let review_before = table.date("herzien_voor");
    let approval = read_approval(&mut table);
    let related = table.list("verwant");
    let former = table.list("oude_adressen");
    let help = table.list("hulp");
    table.finish();
    let sources: Vec<_> = source_nodes
        .iter()
        .filter_map(|n| read_source(n, problems))
        .collect();
    check_lists(&ages, &audience, &questions, &sources, parts, problems);
    let title = within("titel", TITLE_LIMIT, title?, problems);
    let summary = within("samenvatting", SUMMARY_LIMIT, summary?, problems);
    Some(FrontMatter {
        title,
        summary,
        topic: topic?,
        also,
        ages,
        audience,
        questions,
        keywords: keywords.into_iter().map(|keyword| keyword.value).collect(),
        sources,
        updated: updated?,
        review_before: Placed {
            value: review_before?,
            span: review_span?,
        },
        approval,
        related,
        former: former
            .into_iter()
            .filter_map(|slug| read_former(slug, problems))
            .collect(),
        help,
    })
}

fn read_approval(table: &mut Reader<'_, '_, '_>) -> Option<WrittenApproval> {
    let span = table.optional("beoordeling").map(|node| node.span.clone());
    let approved = table.parsed("beoordeling", "concept of goedgekeurd", |text| match text {
        "concept" => Some(false),
        "goedgekeurd" => Some(true),
        _ => None,
    })?;
    if !approved {
        return None;
    }
    let by = table.text("door");
    let on = table.date("op");
    let fingerprint = table.text("vingerafdruk");
    Some(WrittenApproval {
        by: by?.value,
        on: on?,
        fingerprint: fingerprint?.value,
        span: span?,
    })
}

fn read_source(node: &Node, problems: &mut Problems<'_>) -> Option<SourceRef> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let name = table.text("naam");
    let url = table.parsed("url", "een webadres", web_address);
    let read_on = table.date("bekeken");
    table.finish();
    Some(SourceRef {
        name: name?.value,
        url: url?,
        read_on: read_on?,
    })
}

fn read_former(slug: Placed<String>, problems: &mut Problems<'_>) -> Option<Placed<Slug>> {
    let Placed { value, span } = slug;
    if let Ok(value) = Slug::parse(&value) {
        return Some(Placed { value, span });
    }
    let message = format!("‘{value}’ is geen adres; gebruik kleine letters en streepjes.");
    problems.error("verkeerde-waarde", span, message);
    None
}

fn within(
    key: &str,
    limit: usize,
    text: Placed<String>,
    problems: &mut Problems<'_>,
) -> Placed<String> {
    let length = text.value.chars().count();
    if length > limit {
        let message = format!("‘{key}’ heeft {length} tekens; het mogen er {limit} zijn.");
        problems.error("te-lang", text.span.clone(), message);
    }
    Placed {
        value: typeset(&text.value),
        span: text.span,
    }
}

fn check_lists(
    ages: &[AgeBand],
    audience: &[Audience],
    questions: &[Placed<String>],
    sources: &[SourceRef],
    parts: &Parts<'_>,
    problems: &mut Problems<'_>,
) {
    let top = parts.yaml_at..parts.yaml_at;
    if ages.is_empty() {
        problems.error(
            "geen-leeftijd",
            top.clone(),
            "‘leeftijd’ noemt geen enkele leeftijd.",
        );
    }
    if audience.is_empty() {
        problems.error(
            "geen-lezer",
            top.clone(),
            "‘voor’ noemt niemand: ouder, jongere of professional.",
        );
    }
    if sources.len() < 2 {
        problems.error(
            "te-weinig-bronnen",
            top.clone(),
            "Een antwoord heeft minstens twee bronnen.",
        );
    }
    if !QUESTIONS.contains(&questions.len()) {
        let message = format!(
            "‘vragen’ telt er {}; het zijn er 5 tot 12.",
            questions.len()
        );
        problems.error("aantal-vragen", top, message);
    }
    let mut seen = std::collections::HashSet::new();
    for question in questions {
        if !seen.insert(crate::dutch::fold(&question.value)) {
            let message = format!("De vraag ‘{}’ staat er twee keer.", question.value);
            problems.error("dubbele-vraag", question.span.clone(), message);
        }
    }
}

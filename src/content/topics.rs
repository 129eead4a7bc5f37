//! `onderwerpen.toml`: themes and their topics, in the order in which they are shown.

use super::node::Node;
use super::problem::Problems;
use super::reader::{Placed, Reader};
use crate::domain::{Slug, Theme, Topic};

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Browsing {
    pub(super) themes: Vec<Theme>,
    pub(super) topics: Vec<Topic>,
    /// The articles that topics put first; whether they are there is seen when all are read.
    pub(super) named: Vec<Placed<String>>,
}

/// Themes and topics of the file.
pub(super) fn read_topics(root: &Node, problems: &mut Problems<'_>) -> Browsing {
    let mut file = Reader::new(root, problems);
    let nodes = file.nodes("thema");
    file.finish();
    let Browsing {
        mut themes,
        mut topics,
        mut named,
    } = Browsing::default();
    for node in nodes {
        let Some((theme, members)) = read_theme(node, problems) else {
            continue;
        };
        for member in members {
            if let Some(topic) = read_topic(member, &theme.slug, &mut named, problems) {
                if topics.iter().any(|known: &Topic| known.slug == topic.slug) {
                    let message = format!("Het onderwerp ‘{}’ staat hier twee keer.", topic.slug);
                    problems.error("dubbel-onderwerp", member.span.clone(), message);
                } else {
                    topics.push(topic);
                }
            }
        }
        themes.push(theme);
    }
    Browsing {
        themes,
        topics,
        named,
    }
}

fn read_theme<'n>(node: &'n Node, problems: &mut Problems<'_>) -> Option<(Theme, &'n [Node])> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let slug = table.slug("slug");
    let title = table.text("titel");
    let sentence = table.text("zin");
    let introduction = table.text_if_any("inleiding");
    let members = table.nodes("onderwerpen");
    table.finish();
    let theme = Theme {
        slug: slug?,
        title: title?.value,
        sentence: sentence?.value,
        introduction: introduction.map_or_else(String::new, |text| text.value),
    };
    Some((theme, members))
}

fn read_topic(
    node: &Node,
    theme: &Slug,
    named: &mut Vec<Placed<String>>,
    problems: &mut Problems<'_>,
) -> Option<Topic> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let slug = table.slug("slug");
    let title = table.text("titel");
    let sentence = table
        .text_if_any("zin")
        .map_or_else(String::new, |zin| zin.value);
    let introduction = table.text_if_any("inleiding");
    let first = table.list("eerst");
    let sensitive = table.truth("gevoelig").unwrap_or(false);
    table.finish();
    named.extend(first.iter().cloned());
    Some(Topic {
        slug: slug?,
        title: title?.value,
        sentence,
        introduction: introduction.map_or_else(String::new, |text| text.value),
        first: first
            .iter()
            .filter_map(|name| Slug::parse(&name.value).ok())
            .collect(),
        theme: theme.clone(),
        sensitive,
    })
}

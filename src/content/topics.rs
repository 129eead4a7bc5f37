//! `onderwerpen.toml`: themes and their topics, in the order in which they are shown.

use super::node::Node;
use super::problem::Problems;
use super::reader::Reader;
use crate::domain::{Slug, Theme, Topic};

/// Themes and topics of the file.
pub(super) fn read_topics(root: &Node, problems: &mut Problems<'_>) -> (Vec<Theme>, Vec<Topic>) {
    let mut file = Reader::new(root, problems);
    let nodes = file.nodes("thema");
    file.finish();
    let (mut themes, mut topics) = (Vec::new(), Vec::new());
    for node in nodes {
        let Some((theme, members)) = read_theme(node, problems) else {
            continue;
        };
        for member in members {
            if let Some(topic) = read_topic(member, &theme.slug, problems) {
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
    (themes, topics)
}

fn read_theme<'n>(node: &'n Node, problems: &mut Problems<'_>) -> Option<(Theme, &'n [Node])> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let slug = table.slug("slug");
    let title = table.text("titel");
    let sentence = table.text("zin");
    let members = table.nodes("onderwerpen");
    table.finish();
    let theme = Theme {
        slug: slug?,
        title: title?.value,
        sentence: sentence?.value,
    };
    Some((theme, members))
}

fn read_topic(node: &Node, theme: &Slug, problems: &mut Problems<'_>) -> Option<Topic> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let slug = table.slug("slug");
    let title = table.text("titel");
    let sentence = table
        .text_if_any("zin")
        .map_or_else(String::new, |zin| zin.value);
    let sensitive = table.truth("gevoelig").unwrap_or(false);
    table.finish();
    Some(Topic {
        slug: slug?,
        title: title?.value,
        sentence,
        theme: theme.clone(),
        sensitive,
    })
}

//! `woorden.toml`: parents' words beside those of professionals.

use super::node::Node;
use super::problem::Problems;
use super::reader::Reader;
use crate::domain::Slug;
use serde::{Deserialize, Serialize};

/// Words that mean about the same; searching one also finds the others, at lower weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordGroup {
    /// As parents say it.
    pub parents: Vec<String>,
    /// As professionals say it.
    pub professionals: Vec<String>,
    /// The topic it belongs to.
    pub topic: Option<Slug>,
}

/// The groups of the file, in its order.
pub(super) fn read_words(root: &Node, problems: &mut Problems<'_>) -> Vec<WordGroup> {
    let mut file = Reader::new(root, problems);
    let nodes = file.nodes("woord");
    file.finish();
    nodes
        .iter()
        .map(|node| read_group(node, problems))
        .collect()
}

fn read_group(node: &Node, problems: &mut Problems<'_>) -> WordGroup {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let values = |items: Vec<super::reader::Placed<String>>| {
        items.into_iter().map(|item| item.value).collect()
    };
    let group = WordGroup {
        parents: values(table.list("ouders")),
        professionals: values(table.list("vak")),
        topic: table.parsed_if_any("onderwerp", "een onderwerp", |t| Slug::parse(t).ok()),
    };
    table.finish();
    if group.parents.len() + group.professionals.len() < 2 {
        let message = "Een groep heeft minstens twee woorden.";
        problems.error("te-weinig-woorden", node.span.clone(), message);
    }
    group
}

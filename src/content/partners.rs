//! `partners.toml`: one table a partner.

use super::node::Node;
use super::problem::Problems;
use super::reader::Reader;
use crate::domain::{Partner, Slug};

/// The partners of the file, in its order.
pub(super) fn read_partners(root: &Node, problems: &mut Problems<'_>) -> Vec<Partner> {
    let entries = root.entries().unwrap_or(&[]);
    entries
        .iter()
        .filter_map(|entry| {
            let key = Slug::parse(&entry.key).ok();
            if key.is_none() {
                let message = format!("‘{}’ is geen goede sleutel.", entry.key);
                problems.error("verkeerde-sleutel", entry.key_span.clone(), message);
            }
            let mut table = Reader::new(&entry.node, problems).reported_at(entry.key_span.clone());
            let name = table.text("naam");
            let what = table.text("wat");
            let website = table.address_if_any("website");
            table.finish();
            Some(Partner {
                key: key?,
                name: name?.value,
                what: what?.value,
                website,
            })
        })
        .collect()
}

//! `feiten.toml`: one table a fact.

use jiff::civil::Date;

use super::node::{Entry, Node};
use super::problem::Problems;
use super::reader::{Reader, web_address};
use crate::domain::hours::{HourSlot, parse_time};
use crate::domain::{Audience, DaySet, Fact, FactKey, OpeningHours, PhoneNumber};

/// The longest sentence that says what you get, in characters.
const WHAT_LIMIT: usize = 160;

/// The facts of the file, in its order. `today` tells which are due for a check.
pub(super) fn read_facts(root: &Node, today: Date, problems: &mut Problems<'_>) -> Vec<Fact> {
    let entries = root.entries().unwrap_or(&[]);
    entries
        .iter()
        .filter_map(|entry| read_fact(entry, today, problems))
        .collect()
}

fn read_fact(entry: &Entry, today: Date, problems: &mut Problems<'_>) -> Option<Fact> {
    let key = FactKey::parse(&entry.key);
    if key.is_none() {
        let message = format!("‘{}’ is geen goede sleutel.", entry.key);
        problems.error("verkeerde-sleutel", entry.key_span.clone(), message);
    }
    let mut table = Reader::new(&entry.node, problems).reported_at(entry.key_span.clone());
    let name = table.text("naam");
    let phone = table.parsed_if_any("telefoon", "een telefoonnummer", PhoneNumber::parse);
    let website = table.address_if_any("website");
    let chat = table.address_if_any("chat");
    let what = table.text("wat");
    let audience = table.parsed_list("voor", "ouder, jongere of professional", Audience::parse);
    let free = table.truth("gratis");
    let anonymous = table.truth("anoniem");
    let slots = table.nodes("bereikbaar");
    let note = table.text_if_any("toelichting").map(|note| note.value);
    let source = table.parsed("bron", "een webadres", web_address);
    let checked = table.date("gecontroleerd");
    let expires = table.date("verloopt");
    table.finish();
    let hours = read_hours(slots, problems);
    if what
        .as_ref()
        .is_some_and(|what| what.value.chars().count() > WHAT_LIMIT)
    {
        let message = format!("‘wat’ is langer dan {WHAT_LIMIT} tekens.");
        problems.warning("te-lang", entry.key_span.clone(), message);
    }
    if expires.is_some_and(|expires| today >= expires) {
        let message = format!(
            "Het feit ‘{}’ moet opnieuw worden gecontroleerd.",
            entry.key
        );
        problems.warning("feit-verlopen", entry.key_span.clone(), message);
    }
    Some(Fact {
        key: key?,
        name: name?.value,
        phone,
        website,
        chat,
        what: what?.value,
        audience,
        free,
        anonymous,
        hours,
        note,
        source: source?,
        checked: checked?,
        expires: expires?,
    })
}

/// The keys of the file, of facts right or wrong: a text that refers to a wrong one is not wrong itself.
pub(super) fn fact_keys(root: &Node) -> impl Iterator<Item = FactKey> {
    let entries = root.entries().unwrap_or(&[]);
    entries
        .iter()
        .filter_map(|entry| FactKey::parse(&entry.key))
}

/// The slots of a week; a wrong one is told of and left out.
pub(super) fn read_hours(nodes: &[Node], problems: &mut Problems<'_>) -> OpeningHours {
    let slots = nodes.iter().filter_map(|node| read_slot(node, problems));
    OpeningHours(slots.collect())
}

fn read_slot(node: &Node, problems: &mut Problems<'_>) -> Option<HourSlot> {
    let mut table = Reader::new(node, problems).reported_at(node.span.clone());
    let days = table.parsed("dagen", "dagen als ma-vr", DaySet::parse);
    let from = table.parsed("van", "een tijd als 09:00", parse_time);
    let to = table.parsed("tot", "een tijd als 17:00", parse_time);
    table.finish();
    Some(HourSlot {
        days: days?,
        from: from?,
        to: to?,
    })
}

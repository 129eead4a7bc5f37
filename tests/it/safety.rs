//! Words that tell of danger bring help; words that only look like it do not.

use loes::search::{SearchQuery, Snapshot};
use serde::Deserialize;

use crate::support::real_sources;

/// A parent's words and the rule that they must meet; none where nothing may be met.
#[derive(Deserialize)]
struct Case {
    vraag: String,
    regel: Option<String>,
}

fn cases() -> Vec<Case> {
    let lines = include_str!("../data/veiligheid.jsonl").lines();
    lines
        .map(|line| serde_json::from_str(line).expect(line))
        .collect()
}

#[test]
fn every_call_for_help_is_heard_and_nothing_else_is() {
    let today = "2026-11-22".parse().unwrap();
    let snapshot = Snapshot::in_memory(&real_sources(), today).expect("an index");
    let mut wrong = Vec::new();
    for case in cases() {
        let query = SearchQuery::new(&case.vraag);
        let found = snapshot.safety(&query);
        let met: Vec<_> = found.iter().map(|rule| rule.key.as_str()).collect();
        let right = match &case.regel {
            Some(rule) => met.contains(&rule.as_str()),
            None => met.is_empty(),
        };
        if !right {
            wrong.push(format!("{} -> {met:?}, niet {:?}", case.vraag, case.regel));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

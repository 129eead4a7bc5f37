//! Reads a table key by key into typed values and notes every problem on the way.

use std::ops::Range;

use jiff::civil::Date;

use super::node::{Entry, Node, Value};
use super::problem::Problems;
use crate::domain::Slug;

/// A table under reading. A key that is asked for is known; what is left at the end is unknown.
pub(super) struct Reader<'n, 'p, 'a> {
    entries: &'n [Entry],
    span: Range<usize>,
    asked: Vec<&'static str>,
    pub(super) problems: &'p mut Problems<'a>,
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

impl<'n, 'p, 'a> Reader<'n, 'p, 'a> {
    /// Reads `node`; when it is no table, says so and reads an empty one.
    pub(super) fn new(node: &'n Node, problems: &'p mut Problems<'a>) -> Self {
        let entries = node.entries().unwrap_or_else(|| {
            let message = format!(
                "Hier horen sleutels met waarden te staan, geen {}.",
                node.kind()
            );
            problems.error("geen-sleutels", node.span.clone(), message);
            &[]
        });
        let start = node.span.start;
        Self {
            entries,
            span: start..start,
            asked: Vec::new(),
            problems,
        }
    }

    /// Says where a missing key of this table is to be reported.
    pub(super) fn reported_at(mut self, span: Range<usize>) -> Self {
        self.span = span;
        self
    }

    /// The value of `key`, when it is there and not empty.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
            .filter(|node| node.value != Value::Null)
    }

    /// The value of `key`; an error when it is missing.
    pub(super) fn required(&mut self, key: &'static str) -> Option<&'n Node> {
        let node = self.optional(key);
        if node.is_none() {
            let message = format!("De sleutel ‘{key}’ ontbreekt of is leeg.");
            self.problems
                .error("sleutel-ontbreekt", self.span.clone(), message);
        }
        node
    }

    /// A line of text.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Placed<String>> {
        let node = self.required(key)?;
        self.as_text(node)
    }

    /// A line of text that may be missing.
    pub(super) fn text_if_any(&mut self, key: &'static str) -> Option<Placed<String>> {
        let node = self.optional(key)?;
        self.as_text(node)
    }

    /// The value of `key` as text, parsed by `parse`; `wanted` says what it should have been.
    pub(super) fn parsed<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.required(key)?;
        self.parse_node(node, key, wanted, parse)
    }

    /// As [`Reader::parsed`], for a key that may be missing.
    pub(super) fn parsed_if_any<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.optional(key)?;
        self.parse_node(node, key, wanted, parse)
    }

    fn parse_node<T>(
        &mut self,
        node: &'n Node,
        key: &str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.as_text(node)?;
        let value = parse(&text.value);
        if value.is_none() {
            let message = format!("‘{}’ past niet bij ‘{key}’: verwacht {wanted}.", text.value);
            self.problems.error("verkeerde-waarde", text.span, message);
        }
        value
    }

    /// A list of texts; empty when the key is missing.
    pub(super) fn list(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(node) = self.optional(key) else {
            return Vec::new();
        };
        let items = self.as_list(node, key);
        items.iter().filter_map(|item| self.as_text(item)).collect()
    }

    /// A list of which each item is parsed by `parse`; empty when the key is missing.
    pub(super) fn parsed_list<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.optional(key) else {
            return Vec::new();
        };
        let items = self.as_list(node, key);
        items
            .iter()
            .filter_map(|item| self.parse_node(item, key, wanted, &parse))
            .collect()
    }

    /// The items of a list; empty when the key is missing.
    pub(super) fn nodes(&mut self, key: &'static str) -> &'n [Node] {
        match self.optional(key) {
            Some(node) => self.as_list(node, key),
            None => &[],
        }
    }

    /// A date (`2026-11-22`).
    pub(super) fn date(&mut self, key: &'static str) -> Option<Date> {
        self.parsed(key, "een datum als 2026-11-22", |text| text.parse().ok())
    }

    /// A slug.
    pub(super) fn slug(&mut self, key: &'static str) -> Option<Slug> {
        self.parsed(key, "kleine letters, cijfers en streepjes", |text| {
            Slug::parse(text).ok()
        })
    }

    /// Yes or no; `None` when missing.
    pub(super) fn truth(&mut self, key: &'static str) -> Option<bool> {
        let node = self.optional(key)?;
        if let Value::Bool(truth) = node.value {
            return Some(truth);
        }
        let message = format!("‘{key}’ is true of false, geen {}.", node.kind());
        self.problems
            .error("verkeerde-waarde", node.span.clone(), message);
        None
    }

    /// A secure address (`https://…`) that may be missing; an error for any other.
    pub(super) fn address_if_any(&mut self, key: &'static str) -> Option<String> {
        self.parsed_if_any(key, "een adres dat met https:// begint", secure_address)
    }

    /// Notes every key that nothing asked for.
    pub(super) fn finish(self) {
        for entry in self.entries {
            if !self.asked.contains(&entry.key.as_str()) {
                let message = format!("De sleutel ‘{}’ bestaat niet.", entry.key);
                let advice = format!("Bekende sleutels: {}.", self.asked.join(", "));
                let span = entry.key_span.clone();
                self.problems
                    .error_with("onbekende-sleutel", span, message, advice);
            }
        }
    }

    fn as_text(&mut self, node: &Node) -> Option<Placed<String>> {
        let span = node.span.clone();
        match &node.value {
            Value::Text(text) | Value::Scalar(text) if !text.trim().is_empty() => Some(Placed {
                value: text.trim().to_owned(),
                span,
            }),
            Value::Text(_) => {
                self.problems
                    .error("lege-waarde", span, "Hier staat niets.");
                None
            }
            _ => {
                let message = format!("Hier hoort tekst te staan, geen {}.", node.kind());
                self.problems.error("verkeerde-waarde", span, message);
                None
            }
        }
    }

    fn as_list(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        if let Value::List(items) = &node.value {
            return items;
        }
        let message = format!("‘{key}’ is een lijst, geen {}.", node.kind());
        let advice = format!("Schrijf het zo: {key}: [een, twee]");
        self.problems
            .error_with("geen-lijst", node.span.clone(), message, advice);
        &[]
    }
}

/// An address on the web, secure or not: a source may be an old page.
pub(super) fn web_address(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    (matches!(url.scheme(), "https" | "http") && url.has_host()).then(|| text.to_owned())
}

/// An https address, as it stands.
pub(super) fn secure_address(text: &str) -> Option<String> {
    let url = url::Url::parse(text).ok()?;
    (url.scheme() == "https" && url.has_host()).then(|| text.to_owned())
}

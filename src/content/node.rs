//! A value from a YAML or TOML file that remembers where it stands, so that every problem of a
//! file can be told at once and with its place.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its place in the file, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Range<usize>,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// A number or a date, as it is written.
    Scalar(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key and its value in a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node,
}

/// Why a file could not be read at all.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) message: String,
    pub(super) span: Range<usize>,
}

impl Node {
    /// Reads YAML; `offset` is where `text` begins in its file.
    pub(super) fn from_yaml(text: &str, offset: usize) -> Result<Self, SyntaxError> {
        let places = Places { text, offset };
        let raw: Spanned<Raw> = serde_saphyr::from_str(text).map_err(|error| SyntaxError {
            span: error
                .location()
                .map_or(offset..offset, |at| places.range(at.span())),
            message: error.without_snippet().to_string(),
        })?;
        Ok(places.node(raw))
    }

    /// Reads a TOML file.
    pub(super) fn from_toml(text: &str) -> Result<Self, SyntaxError> {
        let table = DeTable::parse(text).map_err(|error| SyntaxError {
            span: error.span().unwrap_or(0..0),
            message: error.message().to_owned(),
        })?;
        let span = table.span();
        Ok(Self {
            value: table_value(table.into_inner()),
            span,
        })
    }

    /// Its entries, when it is a table.
    pub(super) fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// What it is, for a message.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "niets",
            Value::Bool(_) => "ja of nee (true/false)",
            Value::Scalar(_) => "een getal of datum",
            Value::Text(_) => "tekst",
            Value::List(_) => "een lijst",
            Value::Table(_) => "een groep van sleutels",
        }
    }
}

fn table_value(table: DeTable<'_>) -> Value {
    let entries = table.into_iter().map(|(key, value)| Entry {
        key_span: key.span(),
        key: key.into_inner().into_owned(),
        node: Node {
            span: value.span(),
            value: toml_value(value.into_inner()),
        },
    });
    Value::Table(entries.collect())
}

fn toml_value(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => Value::Scalar(number.as_str().to_owned()),
        DeValue::Float(number) => Value::Scalar(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Value::Bool(truth),
        DeValue::Datetime(moment) => Value::Scalar(moment.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .into_iter()
                .map(|item| Node {
                    span: item.span(),
                    value: toml_value(item.into_inner()),
                })
                .collect(),
        ),
        DeValue::Table(table) => table_value(table),
    }
}

/// YAML as serde hands it over.
enum Raw {
    Null,
    Bool(bool),
    Scalar(String),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Table(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("een waarde")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Scalar(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Table(entries))
    }
}

/// Turns places in a stretch of YAML into byte ranges of the whole file.
struct Places<'a> {
    text: &'a str,
    offset: usize,
}

impl Places<'_> {
    fn range(&self, span: serde_saphyr::Span) -> Range<usize> {
        let start = span
            .byte_offset()
            .unwrap_or_else(|| self.bytes(span.offset()));
        let len = span.byte_len().unwrap_or_else(|| span.len());
        let start = usize::try_from(start).unwrap_or(0).min(self.text.len());
        let end = (start + usize::try_from(len).unwrap_or(0)).min(self.text.len());
        self.offset + start..self.offset + end
    }

    /// The byte at which the character `at` begins.
    fn bytes(&self, at: u64) -> u64 {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let byte = self
            .text
            .char_indices()
            .nth(at)
            .map_or(self.text.len(), |(byte, _)| byte);
        byte as u64
    }

    fn node(&self, raw: Spanned<Raw>) -> Node {
        let span = self.range(raw.referenced.span());
        let value = match raw.value {
            Raw::Null => Value::Null,
            Raw::Bool(truth) => Value::Bool(truth),
            Raw::Scalar(number) => Value::Scalar(number),
            Raw::Text(text) => Value::Text(text),
            Raw::List(items) => Value::List(items.into_iter().map(|i| self.node(i)).collect()),
            Raw::Table(entries) => Value::Table(
                entries
                    .into_iter()
                    .map(|(key, value)| Entry {
                        key_span: self.range(key.referenced.span()),
                        key: key.value,
                        node: self.node(value),
                    })
                    .collect(),
            ),
        };
        Node { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_item(node: &Node, key: &str) -> Node {
        let entry = node.entries().and_then(|e| e.iter().find(|e| e.key == key));
        match &entry.expect("the key").node.value {
            Value::List(items) => items[0].clone(),
            _ => panic!("no list"),
        }
    }

    #[test]
    fn yaml_values_know_their_place() {
        let file = "---\ntitel: Één kind\nook: [pesten]\nop: 2026-11-22\n";
        let text = file.get(4..).expect("after the fence");
        let node = Node::from_yaml(text, 4).expect("valid");
        let item = first_item(&node, "ook");
        assert_eq!(file.get(item.span), Some("pesten"));
        let entries = node.entries().expect("a table");
        assert_eq!(file.get(entries[1].key_span.clone()), Some("ook"));
        assert_eq!(entries[2].node.value, Value::Text("2026-11-22".into()));
    }

    #[test]
    fn toml_values_know_their_place() {
        let text = "[a]\nlijst = [\"één\", 2]\nop = 2026-11-22\n";
        let node = Node::from_toml(text).expect("valid");
        let table = node.entries().expect("a table")[0].node.clone();
        assert_eq!(text.get(first_item(&table, "lijst").span), Some("\"één\""));
        assert!(
            table
                .entries()
                .expect("keys")
                .iter()
                .any(|e| e.node.value == Value::Scalar("2026-11-22".into()))
        );
    }

    #[test]
    fn broken_files_say_where() {
        let error = Node::from_yaml("a: [1\nb: 2\n", 0).expect_err("broken");
        assert!(!error.message.is_empty());
        assert!(Node::from_toml("a = ").is_err());
    }
}

//! Keys as a small text that a person can read and put in a safe.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::key_error::KeysError;
use super::keys::{KeyBytes, Keys, SealingKey};

const HEAD: &str = "\
# De sleutels van Loes. Wie dit bestand heeft, kan alle vragen van ouders lezen.
#
# Bewaar dit bestand in de kluis. Zonder dit bestand is geen enkele vraag meer te lezen.
# Zet het nooit in een back-up van de gegevens: dan is de sleutel weg met het slot erbij.
# Verander er niets aan. Een nieuwe sleutel maakt u met het programma zelf.

";

const SEALING: &str = "verzegelen";
const FORM: &str = "formulier";
const LOOKUP: &str = "opzoeken";
const AUDIT: &str = "logboek";

/// What is read so far.
#[derive(Default)]
struct Found {
    sealing: Vec<SealingKey>,
    form: Option<KeyBytes>,
    lookup: Option<KeyBytes>,
    audit: Option<KeyBytes>,
}

impl Keys {
    /// Reads what [`Keys::to_text`] writes: lines `name = "value"` in any order but that of the
    /// sealing keys, the present one first; empty lines and lines after `#` are skipped.
    ///
    /// # Errors
    /// [`KeysError`] names the line that is wrong, or the one that is missing.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let mut found = Found::default();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line_number = index + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let is_new = found
                .take(line)
                .ok_or(KeysError::Line { line: line_number })?;
            if !is_new {
                return Err(KeysError::Twice { line: line_number });
            }
        }
        let mut sealing = found.sealing.into_iter();
        let missing = |name| KeysError::Missing { name };
        Ok(Self {
            current: sealing.next().ok_or_else(|| missing(SEALING))?,
            older: sealing.collect(),
            form: found.form.ok_or_else(|| missing(FORM))?,
            lookup: found.lookup.ok_or_else(|| missing(LOOKUP))?,
            audit: found.audit.ok_or_else(|| missing(AUDIT))?,
        })
    }

    /// The keys as text, with a word in Dutch on how to keep it.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        // Room for all of it at once: a text that grows leaves copies of keys behind.
        let room = HEAD.len() + 128 * (4 + self.older.len());
        let mut text = Zeroizing::new(String::with_capacity(room));
        text.push_str(HEAD);
        for sealing in self.sealing_keys() {
            push_line(&mut text, SEALING, &[&sealing.id, ":"], &sealing.key);
        }
        push_line(&mut text, FORM, &[], &self.form);
        push_line(&mut text, LOOKUP, &[], &self.lookup);
        push_line(&mut text, AUDIT, &[], &self.audit);
        text
    }
}

fn push_line(text: &mut String, name: &str, before: &[&str], key: &KeyBytes) {
    text.push_str(name);
    text.push_str(" = \"");
    text.extend(before.iter().copied());
    STANDARD.encode_string(key.as_slice(), text);
    text.push_str("\"\n");
}

impl Found {
    /// Takes one line; `None` when it is no key, `false` when it was there already.
    fn take(&mut self, line: &str) -> Option<bool> {
        let (name, value) = line.split_once('=')?;
        let value = value.trim().strip_prefix('"')?.strip_suffix('"')?;
        let place = match name.trim() {
            SEALING => return self.take_sealing(value),
            FORM => &mut self.form,
            LOOKUP => &mut self.lookup,
            AUDIT => &mut self.audit,
            _ => return None,
        };
        Some(place.replace(parse_key(value)?).is_none())
    }

    fn take_sealing(&mut self, value: &str) -> Option<bool> {
        let (id, key) = value.split_once(':')?;
        let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        if !(1..=32).contains(&id.len()) || !id.bytes().all(good) {
            return None;
        }
        let key = parse_key(key)?;
        if self.sealing.iter().any(|known| known.id == id) {
            return Some(false);
        }
        let id = id.to_owned();
        self.sealing.push(SealingKey { id, key });
        Some(true)
    }
}

fn parse_key(text: &str) -> Option<KeyBytes> {
    let bytes = Zeroizing::new(STANDARD.decode(text).ok()?);
    <[u8; 32]>::try_from(bytes.as_slice())
        .ok()
        .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn keys() -> Keys {
        let random = SeededRandom::new(1);
        Keys::generate(&random).rotated(&random)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let keys = keys();
        let text = keys.to_text();
        assert!(text.starts_with("# De sleutels van Loes."));
        assert!(text.contains("in de kluis") && text.contains("nooit in een back-up"));
        let read = Keys::parse(&text).expect("keys");
        assert_eq!(read.to_text(), text);
        assert_eq!(read.current.key, keys.current.key);
        assert_eq!(read.older[0].id, keys.older[0].id);
        assert_eq!(
            (&read.form, &read.lookup, &read.audit),
            (&keys.form, &keys.lookup, &keys.audit)
        );
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert!(Keys::parse(&windows).is_ok());
    }

    #[test]
    fn the_text_is_made_without_growing() {
        let keys = keys();
        let room = HEAD.len() + 128 * (4 + keys.older.len());
        assert!(keys.to_text().len() <= room);
    }

    #[test]
    fn every_line_has_to_be_there_once() {
        let text = keys().to_text();
        let without = |name: &str| {
            let kept: Vec<_> = text.lines().filter(|l| !l.starts_with(name)).collect();
            Keys::parse(&kept.join("\n"))
        };
        for name in [SEALING, FORM, LOOKUP, AUDIT] {
            let error = without(name).expect_err("a missing line");
            assert!(
                matches!(error, KeysError::Missing { name: n } if n == name),
                "{error}"
            );
            let line = text.lines().find(|l| l.starts_with(name)).expect("a line");
            let twice = format!("{line}\n{}", *text);
            assert!(
                matches!(Keys::parse(&twice), Err(KeysError::Twice { .. })),
                "{name}"
            );
        }
    }

    #[test]
    fn a_wrong_line_is_named_by_its_number_and_not_repeated() {
        let key = STANDARD.encode([7; 32]);
        let short = STANDARD.encode([7; 31]);
        for bad in [
            "niets".to_owned(),
            format!("ander = \"{key}\""),
            format!("opzoeken = {key}"),
            format!("opzoeken = \"{short}\""),
            format!("verzegelen = \"{key}\""),
            format!("verzegelen = \":{key}\""),
            format!("verzegelen = \"a b:{key}\""),
            format!("{key}="),
        ] {
            let error = Keys::parse(&format!("# kop\n{bad}\n")).expect_err("a wrong line");
            assert!(matches!(error, KeysError::Line { line: 2 }), "{bad}");
            assert!(!format!("{error}{error:?}").contains(&key));
        }
    }
}

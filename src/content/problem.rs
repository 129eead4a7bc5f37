//! What is wrong with a file, told to an editor in Dutch, with the place where it stands.

use std::borrow::Cow;
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report,
    Severity,
};
use serde::{Deserialize, Serialize};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The file is left out until it is mended.
    #[serde(rename = "fout")]
    Error,
    /// Worth a look; changes nothing for parents.
    #[serde(rename = "waarschuwing")]
    Warning,
}

/// One thing that is wrong with one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How bad it is.
    #[serde(rename = "soort")]
    pub weight: Weight,
    /// A short fixed name: `onbekende-sleutel`.
    pub code: Cow<'static, str>,
    /// The file, below `content/`.
    #[serde(rename = "bestand")]
    pub path: String,
    /// Line, from 1.
    #[serde(rename = "regel")]
    pub line: usize,
    /// Column in characters, from 1.
    #[serde(rename = "kolom")]
    pub column: usize,
    /// What is wrong, one plain sentence.
    #[serde(rename = "melding")]
    pub message: String,
    /// How to mend it.
    #[serde(rename = "advies")]
    pub advice: Option<String>,
    /// The place in bytes.
    #[serde(skip)]
    pub span: Range<usize>,
}

/// Gathers the problems of one file.
#[derive(Debug)]
pub(super) struct Problems<'a> {
    path: &'a str,
    text: &'a str,
    found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    /// Nothing found yet in the file `path`, whose text is `text`.
    #[must_use]
    pub(super) fn new(path: &'a str, text: &'a str) -> Self {
        let found = Vec::new();
        Self { path, text, found }
    }

    /// Notes an error at `span` (bytes).
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) {
        self.push(Weight::Error, code, span, message.into(), None);
    }

    /// Notes an error at `span` with advice on how to mend it.
    pub(super) fn error_with(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.push(
            Weight::Error,
            code,
            span,
            message.into(),
            Some(advice.into()),
        );
    }

    /// Notes a warning at `span`.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
    ) {
        self.push(Weight::Warning, code, span, message.into(), None);
    }

    /// Notes a warning at the first `word` in `span`, with advice; at `span` when it does not stand
    /// there as it is.
    pub(super) fn warning_in(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        word: &str,
        message: String,
        advice: String,
    ) {
        let found = self.text.get(span.clone()).and_then(|text| text.find(word));
        let place = found.map_or_else(
            || span.clone(),
            |at| span.start + at..span.start + at + word.len(),
        );
        self.push(Weight::Warning, code, place, message, Some(advice));
    }

    fn push(
        &mut self,
        weight: Weight,
        code: &'static str,
        span: Range<usize>,
        message: String,
        advice: Option<String>,
    ) {
        let start = floor_boundary(self.text, span.start);
        let end = floor_boundary(self.text, span.end.max(start));
        let (line, column) = line_and_column(self.text, start);
        self.found.push(Problem {
            weight,
            code: Cow::Borrowed(code),
            path: self.path.to_owned(),
            line,
            column,
            message,
            advice,
            span: start..end,
        });
    }

    /// Adds what was found before.
    pub(super) fn take(&mut self, found: &[Problem]) {
        self.found.extend_from_slice(found);
    }

    /// Whether an error was noted.
    #[must_use]
    pub(super) fn has_errors(&self) -> bool {
        self.found.iter().any(|p| p.weight == Weight::Error)
    }

    /// All that was noted.
    #[must_use]
    pub(super) fn into_found(self) -> Vec<Problem> {
        self.found
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// Line and column (both from 1, columns in characters) of the byte `at`.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

impl Problem {
    /// One line: `antwoorden/pesten/x.md:3:1 fout: …`
    #[must_use]
    pub fn one_line(&self) -> String {
        let kind = match self.weight {
            Weight::Error => "fout",
            Weight::Warning => "waarschuwing",
        };
        let Self {
            path,
            line,
            column,
            message,
            ..
        } = self;
        format!("{path}:{line}:{column} {kind}: {message}")
    }

    /// The problem with a snippet of `source`, the text of its file; coloured when `colour`.
    #[must_use]
    pub fn draw(&self, source: &str, colour: bool) -> String {
        let theme = if colour {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let mut diagnostic = MietteDiagnostic::new(&self.message)
            .with_code(&*self.code)
            .with_severity(match self.weight {
                Weight::Error => Severity::Error,
                Weight::Warning => Severity::Warning,
            })
            .with_label(LabeledSpan::at(self.span.clone(), "hier"));
        diagnostic.help.clone_from(&self.advice);
        let report = Report::new(diagnostic)
            .with_source_code(NamedSource::new(&self.path, source.to_owned()));
        let mut out = self.one_line();
        out.push('\n');
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
        match handler.render_report(&mut out, report.as_ref()) {
            Ok(()) => out,
            Err(_) => self.one_line(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_knows_its_line_and_column_in_characters() {
        let mut problems = Problems::new("a.md", "één\ntwéé drie\n");
        problems.error("proef", 13..17, "hier is iets");
        let found = problems.into_found();
        assert_eq!((found[0].line, found[0].column), (2, 6));
        assert_eq!(found[0].one_line(), "a.md:2:6 fout: hier is iets");
        assert!(found[0].draw("één\ntwéé drie\n", false).contains("drie"));
    }

    #[test]
    fn a_place_beyond_the_text_or_inside_a_letter_is_drawn_all_the_same() {
        let mut problems = Problems::new("a.md", "é");
        problems.warning("proef", 1..99, "buiten de tekst");
        let found = problems.into_found();
        assert_eq!(found[0].span, 0..2);
        assert!(found[0].draw("é", true).contains("buiten de tekst"));
    }
}

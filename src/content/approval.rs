//! Writes an approval into the file of an article.

use jiff::civil::Date;

use super::article::approval_fingerprint;
use super::front_matter;
use super::problem::{Problem, Problems};

/// Why a text could not be approved.
#[derive(Debug)]
pub enum ApproveError {
    /// Its front matter is missing or wrong.
    Broken(Vec<Problem>),
    /// The name of the approver is empty or has a line break or quotation mark in it.
    BadName,
}

/// The text of the file `path`, approved by `by` on `on`. The approval holds for the text as it
/// stands: any change of title, summary or body makes it a concept again.
///
/// # Errors
/// [`ApproveError`] when the file is broken or the name cannot be written.
pub fn approve(path: &str, text: &str, by: &str, on: Date) -> Result<String, ApproveError> {
    let by = by.trim();
    if by.is_empty() || by.contains(['\n', '\r', '"', '\\']) {
        return Err(ApproveError::BadName);
    }
    let mut problems = Problems::new(path, text);
    let parts = front_matter::cut(text);
    let front = parts
        .as_ref()
        .and_then(|parts| front_matter::read(parts, &mut problems));
    let (Some(parts), Some(front)) = (parts, front) else {
        return Err(ApproveError::Broken(problems.into_found()));
    };
    let print = approval_fingerprint(&front.title.value, &front.summary.value, parts.body);
    let mut yaml = Vec::new();
    for line in parts.yaml.lines() {
        match line.split(':').next() {
            Some("beoordeling") => yaml.extend([
                "beoordeling: goedgekeurd".to_owned(),
                format!("door: \"{by}\""),
                format!("op: {on}"),
                format!("vingerafdruk: \"{print}\""),
            ]),
            Some("door" | "op" | "vingerafdruk") => {}
            _ => yaml.push(line.to_owned()),
        }
    }
    Ok(format!("---\n{}\n---\n{}", yaml.join("\n"), parts.body))
}

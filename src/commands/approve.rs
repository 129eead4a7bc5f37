//! `loes approve`: records who approved an article, and when.

use std::process::ExitCode;

use super::{Failure, Outcome, read_sources, say, today};
use crate::config::Settings;
use crate::content::{ApproveError, Library, approve};

pub(super) fn run(settings: &Settings, slug: &str, by: &str) -> Outcome {
    let sources = read_sources(settings)?;
    let library = Library::parse(&sources, today()).library;
    let article = library.article(slug).ok_or_else(|| {
        Failure::new(format!(
            "er is geen goed antwoord ‘{slug}’; kijk met ‘loes check’"
        ))
    })?;
    let text = sources.get(&article.path).unwrap_or("");
    let approved = approve(&article.path, text, by, today()).map_err(|error| match error {
        ApproveError::BadName => Failure::new("--door is een naam, zonder aanhalingstekens"),
        ApproveError::Broken(_) => Failure::new("het bestand heeft fouten; kijk met ‘loes check’"),
    })?;
    let path = settings.library.content.join(&article.path);
    write_whole(&path, &approved)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    say(format_args!(
        "{}: goedgekeurd door {} op {}.",
        path.display(),
        by.trim(),
        today()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes the file beside the old one and puts it in its place: it is never there by halves.
fn write_whole(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    let permissions = std::fs::metadata(path)?.permissions();
    file.as_file().set_permissions(permissions)?;
    file.persist(path)?;
    Ok(())
}

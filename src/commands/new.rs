//! `loes new`: begins an article from the template.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::ExitCode;

use super::{Failure, Outcome, read_sources, say, today};
use crate::config::Settings;
use crate::content::{Library, new_article};
use crate::domain::Slug;
use crate::dutch::tokens;

pub(super) fn run(settings: &Settings, title: &str, topic: &str) -> Outcome {
    let library = Library::parse(&read_sources(settings)?, today()).library;
    let topic = library.topic(topic).ok_or_else(|| {
        Failure::new(format!(
            "het onderwerp ‘{topic}’ staat niet in onderwerpen.toml"
        ))
    })?;
    let words: Vec<String> = tokens(title).map(|token| token.text).collect();
    let slug = Slug::parse(&words.join("-"))
        .map_err(|_| Failure::new("van deze titel is geen adres te maken: korter, met letters"))?;
    if library.article(slug.as_str()).is_some() {
        return Err(Failure::new(format!("er is al een antwoord ‘{slug}’")));
    }
    let folder = settings
        .library
        .content
        .join("antwoorden")
        .join(topic.slug.as_str());
    let path = folder.join(format!("{slug}.md"));
    let write = || {
        std::fs::create_dir_all(&folder)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        file.write_all(new_article(topic, title, today()).as_bytes())
    };
    write().map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    say(format_args!("{}", path.display()));
    Ok(ExitCode::SUCCESS)
}

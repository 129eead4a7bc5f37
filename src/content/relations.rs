//! How articles stand to each other: whether a reader is led on, and whether two answer one question.

use std::collections::{BTreeMap, BTreeSet};

use super::front_matter::FrontMatter;
use super::problem::{Problem, Problems};
use crate::domain::{Article, Piece, Slug};
use crate::dutch::tokens;

/// To how many others an article leads at least.
const LEADS_TO: usize = 2;

/// An article that is shown, with its file.
pub(super) struct Shown<'a> {
    pub(super) article: &'a Article,
    pub(super) front: &'a FrontMatter,
    pub(super) text: &'a str,
}

/// What is wrong between the articles `shown`.
pub(super) fn check_relations(shown: &[Shown<'_>]) -> Vec<Problem> {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    for one in shown {
        let slug = one.article.slug.as_str();
        reached.extend(links(one.article).filter(|link| *link != slug));
    }
    let mut asked = BTreeMap::new();
    let mut found = Vec::new();
    for one in shown {
        let mut problems = Problems::new(&one.article.path, one.text);
        check_links(one, &reached, &mut problems);
        check_questions(one, &mut asked, &mut problems);
        found.extend(problems.into_found());
    }
    found
}

/// The slugs of the articles to which this one leads: as related, or in its text.
fn links(article: &Article) -> impl Iterator<Item = &str> {
    let pieces = article
        .body
        .sections
        .iter()
        .flat_map(|section| &section.pieces);
    let in_text = pieces
        .flat_map(|piece| {
            match piece {
                Piece::Html(html) => html.as_str(),
                Piece::Fact(_) => "",
            }
            .split("href=\"/antwoord/")
            .skip(1)
        })
        .filter_map(|rest| rest.split(['"', '#']).next());
    article.related.iter().map(Slug::as_str).chain(in_text)
}

fn check_links(one: &Shown<'_>, reached: &BTreeSet<&str>, problems: &mut Problems<'_>) {
    let slug = one.article.slug.as_str();
    let place = &one.front.title.span;
    let leads: BTreeSet<_> = links(one.article).filter(|link| *link != slug).collect();
    if leads.len() < LEADS_TO {
        let message = format!("Dit antwoord leidt naar minder dan {LEADS_TO} andere.");
        problems.warning("weinig-verwant", place.clone(), message);
    }
    if !reached.contains(slug) {
        let message = "Geen ander antwoord leidt hierheen; zet het ergens bij ‘verwant’.";
        problems.warning("wees", place.clone(), message);
    }
}

/// Two articles that are asked for in the same words compete for one search.
fn check_questions<'a>(
    one: &Shown<'a>,
    asked: &mut BTreeMap<String, &'a Article>,
    problems: &mut Problems<'_>,
) {
    for question in &one.front.questions {
        let words: Vec<_> = tokens(&question.value).map(|token| token.text).collect();
        match asked.insert(words.join(" "), one.article) {
            Some(other) if other.slug != one.article.slug => {
                let message = format!("Deze vraag staat ook bij ‘{}’.", other.slug);
                problems.warning("vraag-staat-elders", question.span.clone(), message);
            }
            _ => {}
        }
    }
}

//! Pages for when something goes wrong: each offers the search and the loket.

use maud::{Markup, html};

use super::Site;
use super::components::{SearchField, ask_block, search_form};
use super::layout::{Page, render};
use super::search_link::Kept;

/// What is told of an error.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The heading.
    pub title: &'a str,
    /// What happened and what to do, in plain sentences.
    pub text: &'a str,
    /// The number under which the cause stands in the log; only for errors of ours.
    pub reference: Option<&'a str>,
}

/// The page for an error.
#[must_use]
pub fn page(site: &Site<'_>, told: &Told<'_>) -> Markup {
    let main = html! {
        div class="loes-breed loes-pagina" {
            h1 class="utrecht-heading-1" { (told.title) }
            p class="loes-lead" { (told.text) }
            @if let Some(reference) = told.reference {
                p class="loes-zacht" { "Nummer van deze storing: " (reference) "." }
            }
            div class="loes-stuk" { (search_form(SearchField::Plain, "", &Kept::default())) }
            (ask_block("Kom je er niet uit?", ""))
        }
    };
    let frame = Page {
        title: told.title,
        ..Page::default()
    };
    render(site, &frame, &main)
}

//! Finding questions of the own loket.

use maud::{Markup, html};

use super::inbox::item;
use super::{Frame, Place};
use crate::store::Found;
use crate::views::form::{error_message, error_summary};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// What was typed.
    pub words: &'a str,
    /// What was found, when it was looked for.
    pub found: Option<&'a Found>,
}

/// What is said of a text without a word to look for.
const WRONG: &str = "Typ een woord, een naam of een nummer, in hoogstens 200 tekens.";

/// The page; `wrong` when there was nothing to look for.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>, wrong: bool) -> Markup {
    let mistakes = if wrong {
        vec![("woorden", WRONG.to_owned())]
    } else {
        Vec::new()
    };
    let main = html! {
        (error_summary(&mistakes))
        h1 class="utrecht-heading-1" { "Zoek in vragen" }
        (search_form(frame, shown.words, wrong.then_some(WRONG)))
        @if let Some(found) = shown.found { (list(frame, found)) }
    };
    let title = if wrong {
        "Fout: Zoek in vragen"
    } else {
        "Zoek in vragen"
    };
    frame.page(title, Place::Inbox, &main)
}

/// The form, for here and above the inbox.
pub(super) fn search_form(frame: &Frame<'_>, words: &str, error: Option<&str>) -> Markup {
    html! {
        form class="loes-vind loes-stuk" method="post" action="/loket-werk/zoeken" role="search" {
            (frame.hidden())
            label class="utrecht-form-label" for="woorden" { "Zoek in vragen van je loket" }
            p class="loes-zacht" id="woorden-uitleg" { "Een woord, een naam, een mailadres of een telefoonnummer." }
            (error_message("woorden", error))
            div class="loes-knoppen" {
                input class="utrecht-textbox utrecht-textbox--html-input" id="woorden" name="woorden" type="search" autocomplete="off"
                    aria-describedby=(if error.is_some() { "woorden-uitleg woorden-fout" } else { "woorden-uitleg" }) aria-invalid=[error.map(|_| "true")] value=(words);
                button class="utrecht-button utrecht-button--secondary-action" type="submit" { "Zoek" }
            }
        }
    }
}

fn list(frame: &Frame<'_>, found: &Found) -> Markup {
    let number = match found.listed.len() {
        0 => "Niets gevonden.".to_owned(),
        1 => "1 vraag gevonden.".to_owned(),
        many if found.more => format!(
            "Meer dan {many} vragen gevonden. Dit zijn de eerste {many}; typ er een woord bij."
        ),
        many => format!("{many} vragen gevonden."),
    };
    html! {
        p class="loes-lead" role="status" {
            (number)
            @if let Some(looked_at) = found.looked_at { " Er is gezocht in de nieuwste " (looked_at) " vragen, open vragen eerst. Er zijn oudere, waarin niet is gezocht." }
        }
        ol class="loes-kaal loes-lijst" { @for listed in &found.listed { (item(frame, listed)) } }
    }
}

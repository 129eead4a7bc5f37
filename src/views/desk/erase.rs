//! Erasing a question from the desk.

use maud::{Markup, html};

use super::sheet::Sheet;
use super::{Frame, Place};
use crate::clock::dutch_day;
use crate::domain::{Erasure, Hold};
use crate::views::components::BACKUPS;
use crate::views::dates::date_text;
use crate::views::form::{error_message, radio};

/// The page that asks whether it is sure.
#[must_use]
pub fn page(frame: &Frame<'_>, sheet: &Sheet<'_>, hold: Option<&Hold>, chosen: &str) -> Markup {
    let error = sheet.error("reden");
    let fields = html! {
        fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset" id="reden" {
            legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend" { "Waarom wis je deze vraag?" }
            (error_message("reden", error.as_deref()))
            div class="loes-keuzes" {
                @for one in Erasure::BY_STAFF {
                    (radio(&format!("reden-{}", one.slug().replace(' ', "-")), "reden", one.slug(), one.title(), one.slug() == chosen))
                }
            }
        }
    };
    let main = html! {
        h2 class="utrecht-heading-3" { "Wat gaat weg" }
        p { "De vraag, alle berichten, de notities, de concepten, en naam, mailadres en telefoonnummer. Ook de code van de vrager werkt niet meer. Je kunt dit niet terugdraaien. " (BACKUPS) }
        h2 class="utrecht-heading-3" { "Wat blijft" }
        p { "Regels in het logboek met het nummer van de vraag, zonder woorden. En tellingen per maand." }
        @match hold {
            Some(hold) => p { strong { "Deze vraag moet bewaard blijven tot en met " (date_text(dutch_day(hold.until))) ". Wissen kan nu niet." } },
            None => (sheet.form(frame, ("wissen", "Wis deze vraag"), &fields)),
        }
    };
    sheet.page(frame, "Wil je deze vraag wissen?", &main)
}

/// The page that says that it is done.
#[must_use]
pub fn erased_page(frame: &Frame<'_>) -> Markup {
    let title = "De vraag is gewist";
    let main = html! {
        h1 class="utrecht-heading-1" { (title) }
        p class="loes-lead" { "De vraag en alles wat erbij hoorde, is weg." }
        p { a class="utrecht-link utrecht-link--html-a" href="/loket-werk" { "Naar het postvak" } }
    };
    frame.page(title, Place::Elsewhere, &main)
}

//! A loket where nobody reads: no form, but people who are there.

use maud::{Markup, html};

use super::{Asking, form, own_words, step_button, step_page};
use crate::domain::Loket;
use crate::views::Site;
use crate::views::loket::{alternatives, contact, spreekuren};

/// The step for a loket that takes no questions here. Her words are kept.
#[must_use]
pub fn closed_page(site: &Site<'_>, asking: &Asking<'_>, loket: &Loket) -> Markup {
    let buttons = html! {
        div class="loes-knoppen" {
            (step_button("secondary", "plaats", "Andere gemeente kiezen"))
            (step_button("secondary", "woorden", "Terug"))
        }
    };
    let title = format!("{} neemt hier nog geen vragen aan", loket.name);
    let step = html! {
        p class="loes-lead" {
            "Niemand van de gemeente " (loket.municipality) " leest hier vragen. Daarom versturen we niets. Deze mensen kunnen je wel helpen."
        }
        @if !loket.example { (contact(loket)) (spreekuren(site, loket)) }
        @else {
            p { "Bel je gemeente en vraag naar het wijkteam of het Centrum voor Jeugd en Gezin. Je huisarts of het consultatiebureau denkt ook mee." }
        }
        @if asking.safety.is_empty() { (alternatives(site)) }
        h2 class="utrecht-heading-3" { "Je vraag" }
        p { "Je woorden staan alleen op deze pagina. Je kunt ze meenemen of voorlezen." }
        (own_words(asking.raw))
        (form(asking, &[], &buttons))
    };
    step_page(site, asking, &title, &step)
}

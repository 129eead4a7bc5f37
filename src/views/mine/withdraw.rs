//! Withdrawing a question.

use maud::{Markup, html};

use super::{ACTION, framed};
use crate::views::Site;
use crate::views::components::BACKUPS;
use crate::views::form::{hidden, submit};

/// The page that asks whether she is sure.
#[must_use]
pub fn withdraw_page(site: &Site<'_>, ticket: &str) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Wil je je vraag intrekken?" }
        p class="loes-lead" { "Dan wissen we je vraag en alle antwoorden meteen. Je kunt dat niet terugdraaien." }
        p { (BACKUPS) }
        form class="loes-stuk" method="post" action="/mijn-vraag/intrekken" {
            (hidden(&[("toegang", ticket), ("zeker", "ja")]))
            (submit("primary", "", "", "Ja, wis alles"))
        }
        form class="loes-stuk" method="post" action={ (ACTION) "/terug" } {
            (hidden(&[("toegang", ticket)]))
            (submit("secondary", "", "", "Nee, ga terug"))
        }
    };
    framed(site, "Vraag intrekken", &main)
}

/// The page that says that it is done.
#[must_use]
pub fn withdrawn_page(site: &Site<'_>) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Je vraag is ingetrokken" }
        p class="loes-lead" { "We hebben je vraag en alle antwoorden gewist. Je code werkt niet meer." }
        p { "Je mag altijd opnieuw iets vragen." }
        div class="loes-knoppen" {
            a class="utrecht-button utrecht-button--secondary-action" href="/vraag" { "Stel een nieuwe vraag" }
            a class="utrecht-button utrecht-button--secondary-action" href="/" { "Naar het begin" }
        }
    };
    framed(site, "Vraag ingetrokken", &main)
}

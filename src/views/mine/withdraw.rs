//! Withdrawing a question.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{ACTION, framed};
use crate::clock::dutch_day;
use crate::views::Site;
use crate::views::components::BACKUPS;
use crate::views::dates::date_text;
use crate::views::form::{hidden, submit};

/// The page that asks whether she is sure; `held` tells until when her question has to be kept.
#[must_use]
pub fn withdraw_page(site: &Site<'_>, ticket: &str, held: Option<Timestamp>) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Wil je je vraag intrekken?" }
        @match held {
            None => p class="loes-lead" { "Dan wissen we je vraag en alle antwoorden meteen. Je kunt dat niet terugdraaien." },
            Some(until) => p class="loes-lead" { "Dan sluiten we je vraag. We moeten je vraag bewaren tot en met " (day(until)) ". Daarna wissen we alles vanzelf." },
        }
        p { (BACKUPS) }
        form class="loes-stuk" method="post" action="/mijn-vraag/intrekken" {
            (hidden(&[("toegang", ticket), ("zeker", "ja")]))
            (submit("primary", "", "", if held.is_some() { "Ja, trek mijn vraag in" } else { "Ja, wis alles" }))
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

/// The page that says that it is withdrawn, and has to be kept for now.
#[must_use]
pub fn kept_page(site: &Site<'_>, until: Timestamp) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Je vraag is ingetrokken" }
        p class="loes-lead" { "We hebben je vraag gesloten. We kunnen hem nog niet wissen: het loket moet hem bewaren tot en met " (day(until)) "." }
        p { "Daarna wissen we je vraag en alle antwoorden vanzelf. Je hoeft niets te doen. Tot dan werkt je code nog." }
        div class="loes-knoppen" {
            a class="utrecht-button utrecht-button--secondary-action" href="/vraag" { "Stel een nieuwe vraag" }
            a class="utrecht-button utrecht-button--secondary-action" href="/" { "Naar het begin" }
        }
    };
    framed(site, "Vraag ingetrokken", &main)
}

fn day(until: Timestamp) -> String {
    date_text(dutch_day(until))
}

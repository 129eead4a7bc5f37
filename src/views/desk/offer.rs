//! Offering a question to another loket.

use maud::{Markup, html};

use super::Frame;
use super::sheet::Sheet;
use crate::domain::Loket;
use crate::views::form::{TextField, select_field, text_area};

/// What was chosen, and from what.
#[derive(Debug)]
pub struct Chosen<'a> {
    /// The lokets to choose from.
    pub others: &'a [&'a Loket],
    /// The loket that was chosen.
    pub loket: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, sheet: &Sheet<'_>, chosen: &Chosen<'_>) -> Markup {
    let mut options = vec![("", "Kies een loket")];
    let others = chosen.others.iter();
    options.extend(others.map(|loket| (loket.slug.as_str(), loket.name.as_str())));
    let fields = html! {
        (select_field(&TextField {
            name: "loket", label: "Aan welk loket?", value: chosen.loket, error: sheet.error("loket"),
            ..TextField::default()
        }, &options))
        (text_area(&TextField {
            name: "reden", label: "Waarom?", value: chosen.reason, error: sheet.error("reden"),
            hint: "Voor je collega's daar. De vrager ziet dit niet. Schrijf niet meer op dan nodig is om te kiezen.",
            ..TextField::default()
        }))
    };
    let main = html! {
        p class="loes-lead" { "Het andere loket ziet eerst alleen je reden, de leeftijd en of er haast is. Het gesprek nog niet." }
        ul {
            li { "Tot het andere loket de vraag overneemt, blijft de vraag van jullie. Jullie kunnen gewoon antwoorden, of het aanbod terugnemen." }
            li { "Neemt het loket de vraag over, dan gaan het gesprek en de notities mee. Jullie zien de vraag dan niet meer." }
            li { "De vrager leest dan welk loket de vraag heeft." }
        }
        @if chosen.others.is_empty() {
            p { strong { "Er is nu geen ander loket waar iemand meeleest." } }
        } @else {
            (sheet.form(frame, ("doorgeven", "Bied deze vraag aan"), &fields))
        }
    };
    sheet.page(frame, "Geef door aan een ander loket", &main)
}

//! Keeping a question that has to be kept.

use maud::{Markup, html};

use super::sheet::Sheet;
use super::{Frame, moment_text};
use crate::clock::dutch_day;
use crate::domain::Hold;
use crate::views::dates::date_text;
use crate::views::form::{TextField, text_area, text_field};

/// The page; `typed` are the day and the reason.
#[must_use]
pub fn page(
    frame: &Frame<'_>,
    sheet: &Sheet<'_>,
    hold: Option<&Hold>,
    typed: (&str, &str),
) -> Markup {
    let fields = html! {
        (text_field(&TextField {
            name: "tot", label: "Tot en met welke dag?", value: typed.0, error: sheet.error("tot"), kind: "date",
            hint: "Een dag na vandaag, hooguit een jaar verder. Bijvoorbeeld 31-12-2027.", short: true, ..TextField::default()
        }))
        (text_area(&TextField {
            name: "reden", label: "Waarom?", value: typed.1, error: sheet.error("reden"),
            hint: "Bijvoorbeeld: er loopt een klacht of een rechtszaak. Alleen je collega's lezen dit.", ..TextField::default()
        }))
    };
    let main = html! {
        p class="loes-lead" { "Zolang je een vraag bewaart, wordt hij niet gewist: niet vanzelf, niet door jou, en ook niet als de vrager hem intrekt." }
        p { "De vrager leest bij het intrekken tot welke dag de vraag bewaard wordt. Niet waarom. Daarna wordt de vraag vanzelf gewist." }
        @if let Some(hold) = hold {
            p { strong { "Nu bewaard tot en met " (date_text(dutch_day(hold.until))) } ", door " (hold.name) ". Wat je hieronder invult, komt daarvoor in de plaats." }
        }
        (sheet.form(frame, ("bewaren", "Bewaar deze vraag"), &fields))
    };
    sheet.page(frame, "Bewaar deze vraag langer", &main)
}

/// That a question has to be kept, on its page.
pub(super) fn notice(frame: &Frame<'_>, hold: &Hold, lift: &Markup) -> Markup {
    html! {
        section class="loes-kader loes-stuk" aria-labelledby="bewaard" {
            h2 class="utrecht-heading-3" id="bewaard" { "Wordt bewaard tot en met " (date_text(dutch_day(hold.until))) }
            p class="loes-zacht" { "Ingesteld door " (hold.name) ", " (moment_text(hold.at, frame.site.now)) }
            p class="loes-bericht__tekst" { (hold.reason) }
            (lift)
        }
    }
}

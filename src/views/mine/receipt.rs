//! The confirmation of what is more than a question: when it came, and a copy of it (Awb as changed by
//! the Wet modernisering elektronisch bestuurlijk verkeer).

use jiff::Timestamp;
use maud::{Markup, html};

use super::said::loket_name;
use crate::clock::dutch_zone;
use crate::domain::hours::time_text;
use crate::domain::offer::loket_at;
use crate::domain::{Author, Formal};
use crate::store::Thread;
use crate::views::Site;
use crate::views::dates::date_text;

/// The confirmation, when the loket saw that it is one of those.
pub(super) fn receipt(site: &Site<'_>, thread: &Thread) -> Markup {
    let question = &thread.question;
    let Some(marked) = question.marked else {
        return Markup::default();
    };
    let first = loket_at(&thread.transfers, &question.loket, question.created);
    let own = thread
        .messages
        .iter()
        .filter(|one| one.author == Author::Parent);
    html! {
        section class="loes-blok loes-ontvangst" aria-labelledby="ontvangst" {
            h2 class="utrecht-heading-2" id="ontvangst" { "Ontvangstbevestiging" }
            p { strong { "Je " (marked.formal.title()) " is ontvangen op " (moment(question.created)) } " door " (loket_name(site, first)) "." }
            p { (next(marked.formal)) }
            h3 class="utrecht-heading-3" { "Dit schreef je" }
            @for message in own {
                p class="loes-zacht" { (moment(message.at)) }
                blockquote class="loes-bericht__tekst" { (message.text) }
            }
            button class="utrecht-button utrecht-button--secondary-action" type="button" data-print hidden { "Print deze bevestiging" }
        }
    }
}

const fn next(formal: Formal) -> &'static str {
    match formal {
        Formal::Complaint => "De gemeente behandelt dit als klacht. Bewaar deze bevestiging.",
        Formal::Application => "De gemeente behandelt dit als aanvraag. Bewaar deze bevestiging.",
        Formal::Inspection => {
            "De gemeente behandelt dit als verzoek om te zien wat er over je bewaard wordt. Bewaar deze bevestiging."
        }
    }
}

/// "22 november 2026 om 12.00 uur": with the year, for what is kept.
fn moment(at: Timestamp) -> String {
    let at = at.to_zoned(dutch_zone());
    format!("{} om {} uur", date_text(at.date()), time_text(at.time()))
}

//! What was written on a question, and when it went to another loket.

use maud::{Markup, html};

use crate::clock::dutch_zone;
use crate::domain::hours::time_text;
use crate::domain::offer::loket_at;
use crate::domain::{Author, Message, Slug, Transfer};
use crate::store::Thread;
use crate::views::Site;
use crate::views::dates::weekday_text;
use crate::views::message::message_text;

/// All that was written, in order.
pub(super) fn messages(site: &Site<'_>, thread: &Thread) -> Markup {
    let messages = &thread.messages;
    let mut transfers = thread.transfers.iter().peekable();
    let last = messages
        .iter()
        .rposition(|message| message.author != Author::Parent);
    html! {
        section class="loes-blok" aria-labelledby="berichten" {
            h2 class="utrecht-heading-2" id="berichten" { "Wat er geschreven is" }
            ol class="loes-kaal loes-berichten" {
                @for (at, message) in messages.iter().enumerate() {
                    @while let Some(transfer) = transfers.next_if(|one| one.at < message.at) { (passed(site, transfer)) }
                    (message_item(site, thread, message, last == Some(at)))
                }
                @for transfer in transfers { (passed(site, transfer)) }
            }
        }
    }
}

/// The name of a loket.
pub(super) fn loket_name<'a>(site: &'a Site<'_>, slug: &Slug) -> &'a str {
    let loket = site.library.loket(slug.as_str());
    loket.map_or("het Loesloket", |loket| &loket.name)
}

/// A moment: "dinsdag 24 november om 12.00 uur".
fn moment(at: jiff::Timestamp) -> String {
    let at = at.to_zoned(dutch_zone());
    format!(
        "{} om {} uur",
        weekday_text(at.date()),
        time_text(at.time())
    )
}

/// That it went to another loket: when and to which, and no more than that.
fn passed(site: &Site<'_>, transfer: &Transfer) -> Markup {
    html! {
        li class="loes-zacht loes-doorgegeven" {
            "Je vraag is doorgegeven: " (loket_name(site, &transfer.taker)) " heeft hem overgenomen, " (moment(transfer.at)) "."
        }
    }
}

fn message_item(site: &Site<'_>, thread: &Thread, message: &Message, last: bool) -> Markup {
    let from_desk = message.author != Author::Parent;
    let loket = loket_at(&thread.transfers, &thread.question.loket, message.at);
    html! {
        li class={ "loes-bericht" @if from_desk { " loes-bericht--loket" } } id=[last.then_some("laatste")] {
            h3 { @match &message.author {
                Author::Parent => "Jij",
                Author::Desk { name: staff, .. } => { (staff) " van " (loket_name(site, loket)) }
            } }
            p class="loes-zacht" { (moment(message.at)) }
            (message_text(site, &message.text))
        }
    }
}

//! What happens to a question besides an answer: what stands now, and what can be done.

use maud::{Markup, html};

use super::question::{Shown, step};
use super::{Frame, hold, moment_text};
use crate::clock::dutch_day;
use crate::domain::{Formal, Offer, Question, QuestionState, Transfer};
use crate::views::dates::date_text;
use crate::views::form::submit;

/// What stands on a question now, under how far it is.
pub(super) fn standing(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let entry = shown.entry;
    let question = &entry.thread.question;
    html! {
        @if let Some(withdrawn) = question.withdrawn {
            p class="loes-stuk" { strong { "De vrager heeft deze vraag ingetrokken" } " (" (moment_text(withdrawn, frame.site.now)) "). Hij wordt gewist zodra bewaren niet meer hoeft." }
        }
        @if let Some(marked) = question.marked {
            p class="loes-stuk" {
                "Dit is " strong { "een " (marked.formal.title()) } ", ontvangen op " (date_text(dutch_day(question.created)))
                ". De vrager heeft een ontvangstbevestiging bij de code."
            }
        }
        @if let Some(offer) = &entry.offer { (offered(frame, question, offer)) }
        @if let Some(hold) = &entry.hold { (hold::notice(frame, hold, &lift(frame, question))) }
        @for one in &entry.thread.transfers { (passed(frame, one)) }
    }
}

fn offered(frame: &Frame<'_>, question: &Question, offer: &Offer) -> Markup {
    html! {
        section class="loes-kader loes-stuk" aria-labelledby="aanbod" {
            h2 class="utrecht-heading-3" id="aanbod" { "Aangeboden aan " (frame.loket_name(&offer.to)) }
            p class="loes-zacht" { "Door " (offer.name) ", " (moment_text(offer.at, frame.site.now)) ". Tot dat loket de vraag overneemt, is hij van jullie." }
            p class="loes-bericht__tekst" { (offer.reason) }
            (step(frame, question, "terugnemen", "Neem het aanbod terug"))
        }
    }
}

fn lift(frame: &Frame<'_>, question: &Question) -> Markup {
    html! {
        @if frame.staff.role.manages() {
            div class="loes-knoppen" {
                a class="utrecht-button utrecht-button--secondary-action" href=(at(question, "bewaren")) { "Verander" }
                (step(frame, question, "loslaten", "Bewaren hoeft niet meer"))
            }
        }
    }
}

fn passed(frame: &Frame<'_>, transfer: &Transfer) -> Markup {
    html! {
        p class="loes-zacht" {
            "Overgenomen van " (frame.loket_name(&transfer.giver)) " door " (frame.loket_name(&transfer.taker)) ", "
            (moment_text(transfer.at, frame.site.now)) "."
        }
    }
}

fn at(question: &Question, action: &str) -> String {
    format!("/loket-werk/vraag/{}/{action}", question.id)
}

/// What can be done with a question besides answering it.
pub(super) fn choices(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let question = &shown.entry.thread.question;
    let closed = question.progress.state() == QuestionState::Closed;
    let link = |action: &str, words: &str| {
        html! { li { a class="utrecht-link utrecht-link--html-a" href=(at(question, action)) { (words) } } }
    };
    html! {
        section class="loes-kader" aria-labelledby="verder" {
            h2 class="utrecht-heading-3" id="verder" { "Meer met deze vraag" }
            ul class="loes-kaal loes-passend" {
                @if !closed && shown.entry.offer.is_none() { (link("doorgeven", "Geef door aan een ander loket")) }
                @if frame.staff.role.manages() {
                    @if shown.entry.hold.is_none() { (link("bewaren", "Bewaar deze vraag langer")) }
                    (link("kopie", "Maak een kopie voor inzage"))
                    (link("wissen", "Wis deze vraag"))
                }
            }
            (marking(frame, question))
        }
    }
}

/// Saying what a question is by law.
fn marking(frame: &Frame<'_>, question: &Question) -> Markup {
    let is = question.marked.map(|marked| marked.formal);
    html! {
        form class="loes-formulier" method="post" action=(at(question, "soort")) {
            (frame.hidden())
            input type="hidden" name="versie" value=(question.version);
            label class="utrecht-form-label" for="soort" { "Dit is" }
            select class="utrecht-select utrecht-select--html-select" id="soort" name="soort" aria-describedby="soort-uitleg" {
                option value="" selected[is.is_none()] { "een vraag" }
                @for one in Formal::ALL { option value=(one.slug()) selected[is == Some(one)] { "een " (one.title()) } }
            }
            p class="loes-zacht" id="soort-uitleg" { "Bij een klacht, aanvraag of verzoek om inzage krijgt de vrager een ontvangstbevestiging met datum." }
            (submit("secondary", "", "", "Bewaar soort"))
        }
    }
}

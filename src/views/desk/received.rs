//! What another loket offers.

use maud::{Markup, html};

use super::question::who;
use super::{Frame, Place, moment_text};
use crate::domain::Offer;
use crate::store::Offered;
use crate::views::form::{TextField, error_summary, submit, text_area};

/// What the page shows.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The question, as far as it may be seen.
    pub offered: &'a Offered,
    /// The offer.
    pub offer: &'a Offer,
    /// The reason not to accept that was typed.
    pub typed: &'a str,
    /// What is wrong with it.
    pub errors: &'a [(&'static str, String)],
}

/// The offers, above the list of the inbox.
pub(super) fn offers(frame: &Frame<'_>, offers: &[Offered]) -> Markup {
    html! {
        @if !offers.is_empty() {
            section class="loes-stuk" aria-labelledby="aangeboden" {
                h2 class="utrecht-heading-2" id="aangeboden" { "Aangeboden door een ander loket" }
                p class="loes-zacht" { "Deze vragen zijn nog niet van jullie. Neem ze over, of geef ze terug." }
                ul class="loes-kaal loes-lijst" { @for one in offers { (item(frame, one)) } }
            }
        }
    }
}

fn item(frame: &Frame<'_>, offered: &Offered) -> Markup {
    let question = &offered.question;
    html! {
        li class={ "loes-rij loes-aanbod" @if question.urgent { " loes-rij--dringend" } } {
            h3 class="loes-rij__kop" {
                a href={ "/loket-werk/aanbod/" (offered.id) } { "Vraag " (who(question)) ", van " (frame.loket_name(&question.loket)) }
            }
            p class="loes-rij__merken" {
                @if question.urgent { strong class="loes-merk-dringend" { "Let op: veiligheid" } }
            }
            p class="loes-zacht" { "Aangeboden " (moment_text(offered.at, frame.site.now)) }
        }
    }
}

/// The page of an offer.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let (question, offer) = (&shown.offered.question, shown.offer);
    let giver = frame.loket_name(&question.loket);
    let title = format!("{giver} biedt een vraag aan");
    let main = html! {
        p { a class="utrecht-link utrecht-link--html-a" href="/loket-werk" { "Terug naar het postvak" } }
        (error_summary(shown.errors))
        h1 class="utrecht-heading-1" { (title) }
        @if question.urgent { p { strong class="loes-merk-dringend" { "Let op: veiligheid" } } }
        p class="loes-lead" { "Een vraag " (who(question)) ". Aangeboden " (moment_text(offer.at, frame.site.now)) " door " (offer.name) "." }
        section class="loes-kader loes-stuk" aria-labelledby="waarom" {
            h2 class="utrecht-heading-3" id="waarom" { "Waarom" }
            p class="loes-bericht__tekst" { (offer.reason) }
        }
        p { "Je leest het gesprek als jullie de vraag overnemen. Vanaf dan zijn jullie verantwoordelijk voor het antwoord. Tot dan is dat " (giver) "." }
        form class="loes-stuk" method="post" action={ "/loket-werk/aanbod/" (offer.id) "/aannemen" } {
            (frame.hidden())
            (submit("primary", "", "", "Wij nemen deze over"))
        }
        (decline(frame, shown))
    };
    frame.page(&title, Place::Elsewhere, &main)
}

fn decline(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let error = shown.errors.first().map(|(_, error)| error.clone());
    html! {
        section class="loes-blok" aria-labelledby="niet" {
            h2 class="utrecht-heading-2" id="niet" { "Of geef de vraag terug" }
            form class="loes-formulier" method="post" action={ "/loket-werk/aanbod/" (shown.offer.id) "/teruggeven" } novalidate {
                (frame.hidden())
                (text_area(&TextField {
                    name: "reden", label: "Waarom niet?", value: shown.typed, error,
                    hint: "Het andere loket leest dit. De vrager niet.", ..TextField::default()
                }))
                (submit("secondary", "", "", "Geef terug"))
            }
        }
    }
}

/// The page that says that an offer does not stand (any more), with what was `typed`.
#[must_use]
pub fn gone_page(frame: &Frame<'_>, typed: &str) -> Markup {
    let title = "Dit aanbod is er niet (meer)";
    let main = html! {
        h1 class="utrecht-heading-1" { (title) }
        p class="loes-lead" { "Een collega was je voor, of het andere loket nam de vraag terug. Kijk in het postvak of de vraag nu van jullie is." }
        @if !typed.trim().is_empty() {
            p { "Dit had je geschreven. Het is niet verstuurd:" }
            blockquote class="loes-bericht__tekst" { (typed) }
        }
        p { a class="utrecht-link utrecht-link--html-a" href="/loket-werk" { "Naar het postvak" } }
    };
    frame.page(title, Place::Elsewhere, &main)
}

//! An answer as the parent will see it, before it is sent.

use maud::{Markup, html};

use super::{Frame, Place};
use crate::content::ReplyHint;
use crate::domain::{AnswerWay, Question};
use crate::views::components::notice;
use crate::views::form::submit;
use crate::views::message::message_text;

/// What the page shows.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The question.
    pub question: &'a Question,
    /// How the parent hears of it.
    pub way: &'a AnswerWay,
    /// The answer.
    pub text: &'a str,
    /// What the rules say of it.
    pub hints: &'a [ReplyHint],
    /// The id of the form.
    pub form: &'a str,
    /// The version of the question that was answered.
    pub version: i64,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let question = shown.question;
    let main = html! {
        h1 class="utrecht-heading-1" { "Zo ziet de ouder je antwoord" }
        (hints(shown.hints))
        div class="loes-bericht loes-bericht--loket loes-stuk" {
            h2 { (frame.staff.name) }
            (message_text(&frame.site, shown.text))
        }
        p { (way(shown.way)) }
        div class="loes-knoppen" {
            form method="post" action={ "/loket-werk/vraag/" (question.id) "/antwoord" } {
                (frame.hidden())
                input type="hidden" name="versie" value=(shown.version);
                input type="hidden" name="formulier" value=(shown.form);
                textarea name="tekst" hidden aria-hidden="true" tabindex="-1" { "\n" (shown.text) }
                (submit("primary", "", "", "Verstuur"))
            }
            a class="utrecht-button utrecht-button--secondary-action" href={ "/loket-werk/vraag/" (question.id) "#antwoorden" } { "Verander" }
        }
    };
    frame.page("Zo ziet de ouder je antwoord", Place::Elsewhere, &main)
}

fn way(way: &AnswerWay) -> &'static str {
    match way {
        AnswerWay::Site => "De ouder leest dit op de site, met de code.",
        AnswerWay::Mail(_) => {
            "De ouder krijgt een mail die alleen zegt dat er een bericht is, en leest dit op de site."
        }
        AnswerWay::Phone { .. } => {
            "De ouder wil gebeld worden. Dit bericht staat ook op de site, bij de code."
        }
    }
}

fn hints(hints: &[ReplyHint]) -> Markup {
    let words = |hint: &ReplyHint| match hint {
        ReplyHint::LongSentence(words, start) => {
            format!("Een zin van {words} woorden: ‘{start}…’. Knip hem in tweeën.")
        }
        ReplyHint::UnknownNumber(number) => {
            format!("Het telefoonnummer {number} staat niet in de feiten. Klopt het?")
        }
        ReplyHint::Address(address) => {
            format!("Er staat een adres in ({address}). Is het van iemand anders?")
        }
        ReplyHint::NoNextStep => "Er staat niet in wat de ouder nu kan doen.".to_owned(),
    };
    let body = html! { ul { @for hint in hints { li { (words(hint)) } } } };
    html! {
        @if !hints.is_empty() { div class="loes-stuk" { (notice("warning", "Kijk hier nog even naar", &body)) } }
    }
}

//! The receipt: the code with which a parent comes back.

use jiff::civil::Date;
use maud::{Markup, html};

use super::details::way_text;
use super::framed;
use crate::domain::{AnswerWay, Loket, SafetyRule};
use crate::views::Site;
use crate::views::components::notice;
use crate::views::dates::weekday_text;
use crate::views::form::{TextField, hidden, submit, text_area};
use crate::views::icons::icon;
use crate::views::qr;
use crate::views::search::safety_box;

/// What the receipt tells.
#[derive(Debug, Clone, Copy)]
pub struct Receipt<'a> {
    /// The code, in groups.
    pub code: &'a str,
    /// Who answers; nothing when its file is gone since.
    pub loket: Option<&'a Loket>,
    /// How she hears of the answer.
    pub way: &'a AnswerWay,
    /// By when.
    pub due: Date,
    /// The rules by which her words call for help.
    pub safety: &'a [&'a SafetyRule],
    /// What was not sent, because the question was sent before.
    pub unsent: Option<Unsent<'a>>,
}

/// Words that came too late to be part of the question.
#[derive(Debug, Clone, Copy)]
pub struct Unsent<'a> {
    /// The words.
    pub text: &'a str,
    /// The ticket to her question.
    pub ticket: &'a str,
    /// The token of the form that adds them.
    pub token: &'a str,
}

/// The receipt.
#[must_use]
pub fn receipt_page(site: &Site<'_>, receipt: &Receipt<'_>) -> Markup {
    let title = "Je vraag is verstuurd";
    let main = html! {
        @if !receipt.safety.is_empty() { div class="loes-stuk" { (safety_box(site, receipt.safety)) } }
        h1 class="utrecht-heading-1" { (title) }
        @if let Some(unsent) = &receipt.unsent { (unsent_notice(unsent)) }
        (code_card(site, receipt.code))
        (what_now(site, receipt))
    };
    framed(site, false, title, &main)
}

fn code_card(site: &Site<'_>, code: &str) -> Markup {
    // Plain text, and never an address that holds the code: a phone that reads it opens nothing.
    let text = format!("Code {code}\n{}", site.url("/mijn-vraag"));
    html! {
        section class="loes-bewijs" aria-labelledby="code-kop" {
            div {
                h2 id="code-kop" { "Dit is je code" }
                p class="loes-code" id="code" { (code) }
                p { strong { "Schrijf de code op of maak er een foto van." }
                    " Alleen met deze code kun je het antwoord lezen. Wij kunnen hem niet opnieuw geven. Laat hem aan niemand zien." }
                button class="utrecht-button utrecht-button--secondary-action" type="button" data-print hidden {
                    (icon("print")) "Print deze pagina"
                }
            }
            figure {
                (qr::drawing(&text, "Je code als plaatje, voor de camera van je telefoon"))
                figcaption { "Voor de camera van je telefoon." }
            }
        }
    }
}

fn what_now(site: &Site<'_>, receipt: &Receipt<'_>) -> Markup {
    let name = receipt.loket.map_or("Je Loesloket", |loket| &loket.name);
    html! {
        section class="loes-blok" aria-labelledby="verder" {
            h2 class="utrecht-heading-2" id="verder" { "Wat gebeurt er nu?" }
            ol class="loes-tekst" {
                @if site.settings.demo { li { strong { "Dit is een proef: niemand leest je vraag." } } }
                li { (name) " leest je vraag." }
                li { "Je hebt uiterlijk " strong { (weekday_text(receipt.due)) } " antwoord." }
                li { (way_text(receipt.way)) }
                li { "Bij Mijn vraag kun je ook iets aanvullen, of je vraag intrekken." }
            }
            p {
                a class="utrecht-button utrecht-button--secondary-action" href="/mijn-vraag" { "Naar Mijn vraag" }
            }
            @if receipt.safety.is_empty() {
                p { "Kun je niet wachten? Kijk bij " a class="utrecht-link utrecht-link--html-a" href="/hulp" { "Hulp nu" } "." }
            }
        }
    }
}

fn unsent_notice(unsent: &Unsent<'_>) -> Markup {
    let body = html! {
        p { "Wat je daarna veranderde, is niet meegegaan: zet het er als aanvulling bij." }
        form class="loes-formulier loes-stuk" method="post" action="/mijn-vraag/schrijf" {
            (hidden(&[("toegang", unsent.ticket), ("sleutel", unsent.token)]))
            (text_area(&TextField {
                name: "tekst",
                label: "Je aanvulling",
                value: unsent.text,
                ..TextField::default()
            }))
            (submit("primary", "", "", "Zet erbij"))
        }
    };
    html! { div class="loes-stuk" { (notice("warning", "Je vraag was al verstuurd", &body)) } }
}

//! The receipt: the code with which a parent comes back.

use jiff::civil::Date;
use maud::{Markup, html};

use super::details::way_text;
use super::framed;
use crate::domain::{AnswerWay, FieldError, Loket, SafetyRule};
use crate::views::Site;
use crate::views::components::notice;
use crate::views::dates::weekday_text;
use crate::views::form::{TextField, error_summary, hidden, submit, text_area, text_field};
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
    /// The form that mails her the way back.
    pub link: LinkForm<'a>,
}

/// The form that mails her the way back.
#[derive(Debug, Clone, Copy)]
pub struct LinkForm<'a> {
    /// The ticket to this receipt.
    pub ticket: &'a str,
    /// The token of the form.
    pub token: &'a str,
    /// What was typed.
    pub typed: &'a str,
    /// What came of it.
    pub told: Option<LinkTold>,
}

/// What came of asking for the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTold {
    /// It goes out.
    Sent,
    /// This is no address.
    BadMail,
    /// There were enough.
    TooMany,
}

/// Where that form goes.
#[must_use]
pub const fn link_action() -> &'static str {
    "/vraag/link"
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
    let told = receipt.link.told;
    let wrong =
        (told == Some(LinkTold::BadMail)).then(|| ("mail", FieldError::BadMail.to_string()));
    let main = html! {
        (error_summary(wrong.as_slice()))
        @if !receipt.safety.is_empty() { div class="loes-stuk" { (safety_box(site, receipt.safety)) } }
        h1 class="utrecht-heading-1" { (title) }
        @if let Some(unsent) = &receipt.unsent { (unsent_notice(unsent)) }
        (code_card(site, receipt.code))
        (what_now(site, receipt))
        (link_form(receipt))
    };
    framed(site, wrong.is_some(), title, &main)
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

fn link_form(receipt: &Receipt<'_>) -> Markup {
    let link = &receipt.link;
    let late = receipt.unsent.map(|unsent| unsent.text);
    html! {
        section class="loes-blok" aria-labelledby="link-kop" {
            h2 class="utrecht-heading-2" id="link-kop" { "Stuur mij de link" }
            p class="loes-tekst" { "Wil je een mail met de weg terug? Je code staat niet in die mail, en ook niet wat je vroeg. We wissen je mailadres zodra de mail weg is." }
            @if let Some(told) = link.told { (link_notice(told)) }
            form class="loes-formulier" method="post" action=(link_action()) novalidate {
                (hidden(&[("bewijs", link.ticket), ("sleutel", link.token)]))
                // Also when empty: then only other fields came too late.
                @if let Some(late) = late { input type="hidden" name="tekst" value=(late); }
                (text_field(&TextField {
                    name: "mail",
                    label: "Je mailadres (mag je overslaan)",
                    value: link.typed,
                    error: (link.told == Some(LinkTold::BadMail)).then(|| FieldError::BadMail.to_string()),
                    kind: "email",
                    autocomplete: "email",
                    ..TextField::default()
                }))
                (submit("secondary", "", "", "Stuur mij de link"))
            }
        }
    }
}

/// What came of it; the page opens here.
fn link_notice(told: LinkTold) -> Markup {
    let (kind, title, text) = match told {
        LinkTold::BadMail => return html! {},
        LinkTold::Sent => (
            "ok",
            "We sturen de mail",
            "Als het adres klopt, krijg je binnen een paar minuten een mail. Bewaar wel zelf je code: die staat er niet in.",
        ),
        LinkTold::TooMany => (
            "warning",
            "We sturen geen mail meer",
            "Voor deze vraag zijn al drie mails verstuurd. Je kunt altijd terug bij Mijn vraag, met je code.",
        ),
    };
    html! {
        div class="loes-stuk" id="link" tabindex="-1" autofocus { (notice(kind, title, &html! { p { (text) } })) }
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

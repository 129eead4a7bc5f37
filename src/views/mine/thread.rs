//! A question and what was answered, for who holds its code.

use jiff::Timestamp;
use maud::{Markup, html};

use super::framed;
use super::receipt::receipt;
use super::said::messages;
use crate::clock::dutch_day;
use crate::domain::ask::LONGEST_TEXT;
use crate::domain::{Author, FieldError, Loket, Question, QuestionState};
use crate::store::Thread;
use crate::views::Site;
use crate::views::components::notice;
use crate::views::dates::{capitalised, date_text, weekday_text};
use crate::views::form::{TextField, error_summary, hidden, submit, text_area};
use crate::views::term::erased_on;

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// She wrote more.
    Added,
    /// The form was used before, or is none of ours; its words were not sent.
    NotAdded,
    /// She said whether it helped.
    Helped(bool),
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The question and its messages.
    pub thread: &'a Thread,
    /// The ticket by which later forms find it.
    pub ticket: &'a str,
    /// The token of the form that adds words.
    pub token: &'a str,
    /// What was just done.
    pub told: Option<Told>,
    /// What stands in the field for more.
    pub text: &'a str,
    /// What is wrong with that.
    pub error: Option<FieldError>,
}

/// The page of a question.
#[must_use]
pub fn thread_page(site: &Site<'_>, visit: &Visit<'_>) -> Markup {
    let question = &visit.thread.question;
    let loket = site.library.loket(question.loket.as_str());
    let name = loket.map_or("het Loesloket", |loket| &loket.name);
    let summary: Vec<_> = visit
        .error
        .iter()
        .map(|error| ("tekst", error_text(*error)))
        .collect();
    let main = html! {
        h1 class="utrecht-heading-1" { "Mijn vraag" }
        (error_summary(&summary))
        @if let Some(told) = visit.told { (told_notice(told, question.due)) }
        (state(site, question, loket, name))
        (receipt(site, visit.thread))
        (messages(site, visit.thread))
        @if has_answer(visit.thread) { (helped(visit)) }
        (more(visit))
        @if question.withdrawn.is_none() { (withdraw(visit)) }
    };
    let title = if summary.is_empty() {
        "Mijn vraag"
    } else {
        "Fout: Mijn vraag"
    };
    framed(site, title, &main)
}

/// What is wrong with a message: it is no question, so it is not called one.
fn error_text(error: FieldError) -> String {
    match error {
        FieldError::NoText => "Schrijf eerst je bericht op.".to_owned(),
        FieldError::LongText => {
            format!("Je bericht is te lang: maak er hoogstens {LONGEST_TEXT} tekens van.")
        }
        error => error.to_string(),
    }
}

fn has_answer(thread: &Thread) -> bool {
    let mut messages = thread.messages.iter();
    messages.any(|message| message.author != Author::Parent)
}

fn told_notice(told: Told, due: Timestamp) -> Markup {
    let (kind, title, text) = match told {
        Told::Added => (
            "ok",
            "Je aanvulling is verstuurd",
            format!(
                "Het loket antwoordt uiterlijk {}.",
                weekday_text(dutch_day(due))
            ),
        ),
        Told::NotAdded => (
            "warning",
            "Dit is nog niet verstuurd",
            "Wat je schreef, staat nog in het veld onderaan. Verstuur het daar nog een keer."
                .to_owned(),
        ),
        Told::Helped(true) => (
            "ok",
            "Fijn dat het geholpen heeft",
            "Dank je wel dat je het laat weten.".to_owned(),
        ),
        Told::Helped(false) => (
            "info",
            "Dank je wel dat je het zegt",
            "Schrijf hieronder wat je nog mist. Het loket leest het en denkt verder met je mee."
                .to_owned(),
        ),
    };
    html! { div class="loes-stuk" { (notice(kind, title, &html! { p { (text) } })) } }
}

/// Whose turn it is, and until when.
fn state(site: &Site<'_>, question: &Question, loket: Option<&Loket>, name: &str) -> Markup {
    let due = weekday_text(dutch_day(question.due));
    let (kind, title, body) = match question.progress.state() {
        QuestionState::Open if question.is_overdue(site.now.timestamp()) => (
            "warning",
            "Het antwoord is te laat",
            html! { p {
                "Je had uiterlijk " (due) " antwoord moeten hebben. Dat is niet gelukt. Dat spijt ons. Je vraag staat nog steeds bij " (name) "."
                (call(site, loket))
            } },
        ),
        QuestionState::Open => (
            "info",
            "Je vraag is aangekomen",
            html! { p { (capitalised(name)) " antwoordt uiterlijk " strong { (due) } "." } },
        ),
        QuestionState::Answered => (
            "ok",
            "Er is antwoord",
            html! { p { a class="utrecht-link utrecht-link--html-a" href="#laatste" { "Lees het antwoord" } ". Heb je nog iets te vragen? Dat kan onderaan." } },
        ),
        QuestionState::Closed if question.withdrawn.is_some() => (
            "info",
            "Je vraag is ingetrokken",
            withdrawn(question, loket),
        ),
        QuestionState::Closed => ("info", "Je vraag is afgerond", closed(question, loket)),
    };
    html! {
        div class="loes-stuk" { (notice(kind, title, &body)) }
        @if site.settings.demo { p class="loes-zacht" { "Dit is een proef: niemand leest je vraag." } }
    }
}

fn call(site: &Site<'_>, loket: Option<&Loket>) -> Markup {
    let real = loket.filter(|loket| site.settings.demo || !loket.example);
    let phone = real.and_then(|loket| loket.phone.as_ref());
    html! {
        @match phone {
            Some(phone) => { " Bel gerust: " a class="utrecht-link utrecht-link--html-a" href=(phone.href()) { (phone.as_str()) } "." }
            None => { " Wil je niet wachten? Kijk bij " a class="utrecht-link utrecht-link--html-a" href="/hulp" { "Hulp nu" } "." }
        }
    }
}

fn closed(question: &Question, loket: Option<&Loket>) -> Markup {
    html! { p {
        @if let Some(until) = erased_on(question, loket) { "We wissen hem op " (date_text(until)) ". " }
        "Schrijf gerust opnieuw als er nog iets is: dan gaat je vraag weer open."
    } }
}

/// She withdrew it, and it has to be kept for now.
fn withdrawn(question: &Question, loket: Option<&Loket>) -> Markup {
    html! { p {
        "We moeten je vraag nog bewaren. "
        @if let Some(day) = erased_on(question, loket) { "Op " (date_text(day)) " wissen we alles vanzelf. " }
        "Schrijf je toch nog iets? Dan gaat je vraag weer open, en wissen we hem niet op die dag."
    } }
}

fn helped(visit: &Visit<'_>) -> Markup {
    let said = visit.thread.question.helped;
    html! {
        form class="loes-stuk loes-vraag" method="post" action="/mijn-vraag/geholpen" aria-labelledby="geholpen" {
            h2 class="utrecht-heading-3" id="geholpen" { "Heeft dit je geholpen?" }
            @if let Some(said) = said { p { "Je zei: " (if said { "ja" } else { "nee" }) ". Je kunt dat nog veranderen." } }
            (hidden(&[("toegang", visit.ticket)]))
            div class="loes-knoppen" {
                (submit("secondary", "geholpen", "ja", "Ja"))
                (submit("secondary", "geholpen", "nee", "Nee"))
            }
        }
    }
}

fn more(visit: &Visit<'_>) -> Markup {
    html! {
        section class="loes-blok" aria-labelledby="meer" {
            h2 class="utrecht-heading-2" id="meer" { "Nog iets vragen of vertellen?" }
            form class="loes-formulier" method="post" action="/mijn-vraag/schrijf" novalidate {
                (hidden(&[("toegang", visit.ticket), ("sleutel", visit.token)]))
                (text_area(&TextField {
                    name: "tekst",
                    label: "Je bericht aan het loket",
                    value: visit.text,
                    error: visit.error.map(error_text),
                    ..TextField::default()
                }))
                (submit("primary", "", "", "Verstuur"))
            }
        }
    }
}

fn withdraw(visit: &Visit<'_>) -> Markup {
    html! {
        section class="loes-blok" aria-labelledby="intrekken" {
            h2 class="utrecht-heading-3" id="intrekken" { "Je vraag intrekken" }
            p { "Wil je geen antwoord meer, of wil je dat alles weg is? Trek je vraag dan in." }
            form method="post" action="/mijn-vraag/intrekken" {
                (hidden(&[("toegang", visit.ticket)]))
                (submit("secondary", "", "", "Trek mijn vraag in"))
            }
        }
    }
}

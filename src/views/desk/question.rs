//! One question at the desk.

use maud::{Markup, html};

use super::phrases::beside;
use super::{Frame, Place, course, moment_text};
use crate::clock::dutch_day;
use crate::domain::ask::FieldError;
use crate::domain::phrase::Phrase;
use crate::domain::{
    AgeBand, AnswerWay, Article, Audience, Author, Contact, Illegal, Message, Note, Question,
    QuestionState, SafetyRule,
};
use crate::store::Entry;
use crate::views::components::notice;
use crate::views::dates::weekday_text;
use crate::views::form::{TextField, submit, text_area};
use crate::views::icons::icon;
use crate::views::message::message_text;

/// What stood in the way of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A colleague or the parent was first.
    Changed,
    /// The state of the question does not allow it.
    Illegal(Illegal),
    /// The answer that was typed cannot be sent.
    Text(FieldError),
    /// The note that was typed cannot be kept.
    Note(FieldError),
    /// She was signed out while she typed, and is back.
    Back,
}

/// What the page shows.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The question.
    pub entry: &'a Entry,
    /// Answer pages that may fit.
    pub fitting: &'a [&'a Article],
    /// Texts that colleagues use often.
    pub phrases: &'a [Phrase],
    /// The rules that its words meet.
    pub safety: &'a [&'a SafetyRule],
    /// The id of the form for an answer.
    pub form: &'a str,
    /// What stood in the way of the last step.
    pub trouble: Option<Trouble>,
    /// What was typed then.
    pub typed: Texts<'a>,
}

/// What was typed on the page before, each for its own field: a note must never stand where an answer
/// is sent from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Texts<'a> {
    /// The answer.
    pub answer: &'a str,
    /// The note for colleagues.
    pub note: &'a str,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let question = &shown.entry.thread.question;
    let title = format!("Vraag {}", who(question));
    let main = html! {
        p { a class="utrecht-link utrecht-link--html-a" href="/loket-werk" { "Terug naar het postvak" } }
        (trouble_notice(shown.trouble))
        h1 class="utrecht-heading-1" { (title) }
        (state(frame, shown))
        (course::standing(frame, shown))
        (signal(frame, shown))
        div class="loes-vraagblad" {
            div {
                (thread(frame, &shown.entry.thread.messages))
                (answer_form(frame, shown))
            }
            aside class="loes-vraagblad__zij" aria-label="Bij deze vraag" {
                (contact(&shown.entry.thread.contact))
                (fitting(shown.fitting))
                (beside(shown.phrases))
                (notes(frame, shown))
                (closing(frame, question))
                (course::choices(frame, shown))
            }
        }
    };
    frame.page(&title, Place::Elsewhere, &main)
}

/// Who asks, about whom: "van een ouder, over een peuter".
pub(super) fn who(question: &Question) -> String {
    let asker = match question.audience {
        Audience::Ouder => "van een ouder",
        Audience::Jongere => "van een jongere",
        Audience::Professional => "van een professional",
    };
    match question.age {
        Some(age) => format!(
            "{asker} ({}, {})",
            AgeBand::title(age).to_lowercase(),
            age.years()
        ),
        None => asker.to_owned(),
    }
}

/// Says what stood in the way.
pub(super) fn trouble_notice(trouble: Option<Trouble>) -> Markup {
    let Some(trouble) = trouble else {
        return Markup::default();
    };
    let (title, words) = match trouble {
        Trouble::Changed => (
            "Er is net iets veranderd",
            "Een collega of de ouder was je net voor. Hieronder staat hoe het nu is. Wat je typte, staat nog in het vak.".to_owned(),
        ),
        Trouble::Illegal(illegal) => ("Dat kan nu niet", format!("Want {illegal}. Wat je typte, staat nog in het vak.")),
        Trouble::Text(error) | Trouble::Note(error) => ("Dit klopt nog niet", error.to_string()),
        Trouble::Back => ("Je bent weer ingelogd", super::BACK.to_owned()),
    };
    html! { div class="loes-stuk" role="alert" { (notice("warning", title, &html! { p { (words) } })) } }
}

fn state(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let question = &shown.entry.thread.question;
    let mine = question.progress.owner() == Some(frame.staff.id);
    html! {
        div class="loes-stand" {
            p {
                @match question.progress.state() {
                    QuestionState::Open => {
                        @if question.is_overdue(frame.site.now.timestamp()) { strong class="loes-merk-laat" { "Te laat" } " " }
                        "Antwoord uiterlijk " (weekday_text(dutch_day(question.due))) "."
                    }
                    QuestionState::Answered => "Beantwoord. De ouder is aan zet.",
                    QuestionState::Closed => "Gesloten.",
                }
                " "
                @match (&shown.entry.owner, mine) {
                    (_, true) => strong { "Jij hebt deze opgepakt." },
                    (Some(owner), false) => strong { (owner) " heeft deze opgepakt." },
                    (None, false) => {},
                }
                @if let Some(helped) = question.helped {
                    " " @if helped { "De ouder zegt dat het hielp." } @else { "De ouder zegt dat het niet hielp." }
                }
            }
            @if question.progress.state() != QuestionState::Closed {
                div class="loes-knoppen" {
                    @if mine {
                        (step(frame, question, "terugleggen", "Leg terug"))
                    } @else {
                        (step(frame, question, "oppakken", if shown.entry.owner.is_some() { "Neem over" } else { "Ik pak deze op" }))
                    }
                }
            }
        }
    }
}

/// A button that takes one step.
pub(super) fn step(frame: &Frame<'_>, question: &Question, action: &str, words: &str) -> Markup {
    html! {
        form method="post" action={ "/loket-werk/vraag/" (question.id) "/" (action) } {
            (frame.hidden())
            input type="hidden" name="versie" value=(question.version);
            button class="utrecht-button utrecht-button--secondary-action" type="submit" { (words) }
        }
    }
}

/// What to do when the words of the question point to danger: the steps of the Meldcode
/// (Besluit verplichte meldcode huiselijk geweld en kindermishandeling, article 2).
fn signal(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    if !shown.entry.thread.question.urgent {
        return Markup::default();
    }
    let loket = frame.site.library.loket(frame.staff.loket.as_str());
    let advice = frame.site.library.fact("veilig-thuis");
    html! {
        section class="loes-hulp loes-hulp--dringend loes-signaal loes-stuk" aria-labelledby="veiligheid" {
            div class="loes-hulp__kop" {
                (icon("let-op"))
                h2 id="veiligheid" { "Hier kan iemand in gevaar zijn" }
            }
            @for rule in shown.safety { p { "Aan de ouder zeggen we: ‘" (rule.advice) "’" } }
            p { strong { "De vijf stappen van de Meldcode:" } }
            ol {
                li { "Breng in kaart wat je ziet en hoort." }
                li { "Overleg met een collega"
                    @if let Some(loket) = loket { ", zo nodig met de aandachtsfunctionaris (" (loket.safety_officer) ")" }
                    ". Vraag zo nodig advies aan Veilig Thuis"
                    @if let Some(phone) = advice.and_then(|fact| fact.phone.as_ref()) { ": " a href=(phone.href()) { (phone.as_str()) } }
                    "." }
                li { "Praat met de ouder of de jongere, als dat veilig kan." }
                li { "Weeg het geweld of de mishandeling." }
                li { "Neem beslissingen: is melden nodig, en kun je zelf hulp bieden?" }
            }
        }
    }
}

fn thread(frame: &Frame<'_>, messages: &[Message]) -> Markup {
    html! {
        section aria-labelledby="gesprek" {
            h2 class="utrecht-heading-2" id="gesprek" { "Gesprek" }
            ol class="loes-kaal loes-berichten" {
                @for message in messages {
                    @let (class, name) = match &message.author {
                        Author::Parent => ("loes-bericht", "De vrager"),
                        Author::Desk { name, .. } => ("loes-bericht loes-bericht--loket", name.as_str()),
                    };
                    li class=(class) {
                        h3 { (name) }
                        p class="loes-zacht" { (moment_text(message.at, frame.site.now)) }
                        (message_text(&frame.site, &message.text))
                    }
                }
            }
        }
    }
}

fn answer_form(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let question = &shown.entry.thread.question;
    if question.progress.state() == QuestionState::Closed {
        return Markup::default();
    }
    let draft = shown.entry.draft.as_ref();
    let value = if shown.typed.answer.is_empty() {
        draft.map_or("", |draft| draft.text.as_str())
    } else {
        shown.typed.answer
    };
    let at = |action: &str| format!("/loket-werk/vraag/{}/{action}", question.id);
    let wrong = match shown.trouble {
        Some(Trouble::Text(error)) => Some(error.to_string()),
        _ => None,
    };
    html! {
        section class="loes-stuk" aria-labelledby="antwoorden" {
            h2 class="utrecht-heading-2" id="antwoorden" { "Antwoord" }
            form class="loes-formulier loes-formulier--breed" method="post" action=(at("voorbeeld")) novalidate {
                (frame.hidden())
                input type="hidden" name="versie" value=(question.version);
                input type="hidden" name="formulier" value=(shown.form);
                (text_area(&TextField {
                    name: "tekst", label: "Je antwoord", value, error: wrong,
                    hint: "Schrijf zoals je praat, met korte zinnen. De ouder ziet je naam. Een regel met /antwoord/… wordt een link.", ..TextField::default()
                }))
                @if let Some(draft) = draft { p class="loes-zacht" { "Je concept is bewaard: " (moment_text(draft.saved, frame.site.now)) "." } }
                div class="loes-knoppen" {
                    (submit("primary", "", "", "Bekijk voor je verstuurt"))
                    button class="utrecht-button utrecht-button--secondary-action" type="submit" formaction=(at("concept")) { "Bewaar als concept" }
                }
            }
        }
    }
}

fn contact(contact: &Contact) -> Markup {
    html! {
        section class="loes-kader" aria-labelledby="wie" {
            h2 class="utrecht-heading-3" id="wie" { "Wie vraagt dit" }
            p { @match &contact.name { Some(name) => (name), None => "Zonder naam" } @if let Some(postcode) = contact.postcode { ", postcode " (postcode) } }
            @match &contact.way {
                AnswerWay::Site => p { "Leest het antwoord op de site, met de code." },
                AnswerWay::Mail(mail) => p { "Krijgt een mail als er een antwoord staat: " (mail.as_str()) },
                AnswerWay::Phone { number, times, message } => {
                    p { "Wil gebeld worden: " a href=(number.href()) { (number.as_str()) } }
                    @if !times.is_empty() { p { "Bellen kan veilig: " (times) } }
                    p { strong { @if *message { "Een neutraal bericht inspreken mag." } @else { "Spreek niets in." } } }
                }
            }
        }
    }
}

fn fitting(articles: &[&Article]) -> Markup {
    html! {
        @if !articles.is_empty() {
            section class="loes-kader" aria-labelledby="passend" {
                h2 class="utrecht-heading-3" id="passend" { "Antwoorden die passen" }
                ul class="loes-kaal loes-passend" {
                    @for article in articles {
                        li {
                            a class="utrecht-link utrecht-link--html-a" href={ "/antwoord/" (article.slug) } target="_blank" rel="noopener" { (article.title) }
                            p class="loes-zacht" { (article.summary) }
                            button class="utrecht-button utrecht-button--subtle" type="button" hidden
                                data-invoegen={ "Lees dit eens: /antwoord/" (article.slug) } { "Zet in mijn antwoord" }
                        }
                    }
                }
            }
        }
    }
}

fn notes(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let question = &shown.entry.thread.question;
    let note = |note: &Note| {
        html! {
            li { p class="loes-zacht" { (note.name) ", " (moment_text(note.at, frame.site.now)) } p class="loes-bericht__tekst" { (note.text) } }
        }
    };
    html! {
        section class="loes-kader" aria-labelledby="notities" {
            h2 class="utrecht-heading-3" id="notities" { "Notities voor collega's" }
            p class="loes-zacht" { "De ouder ziet deze nooit." }
            @if !shown.entry.notes.is_empty() {
                ul class="loes-kaal" { @for one in &shown.entry.notes { (note(one)) } }
            }
            form class="loes-formulier" method="post" action={ "/loket-werk/vraag/" (question.id) "/notitie" } novalidate {
                (frame.hidden())
                label class="utrecht-form-label" for="notitie" { "Nieuwe notitie" }
                textarea class="utrecht-textarea utrecht-textarea--html-textarea loes-laag" id="notitie" name="tekst" rows="3" { "\n" (shown.typed.note) }
                button class="utrecht-button utrecht-button--secondary-action" type="submit" { "Bewaar notitie" }
            }
        }
    }
}

fn closing(frame: &Frame<'_>, question: &Question) -> Markup {
    html! {
        section class="loes-kader" aria-labelledby="afronden" {
            h2 class="utrecht-heading-3" id="afronden" { "Afronden" }
            @if question.progress.state() == QuestionState::Closed {
                (step(frame, question, "heropenen", "Open weer"))
            } @else {
                p class="loes-zacht" { "Een gesloten vraag gaat weer open als de ouder schrijft." }
                (step(frame, question, "sluiten", "Sluit deze vraag"))
            }
        }
    }
}

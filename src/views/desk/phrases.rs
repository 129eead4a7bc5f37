//! Texts that colleagues use often: the page where they are kept, and the list beside an answer.

use maud::{Markup, html};

use super::{Frame, Place};
use crate::domain::PhraseId;
use crate::domain::phrase::{Phrase, PhraseError};
use crate::views::components::notice;
use crate::views::form::{TextField, error_summary, submit, text_area, text_field};

/// What is to be said above the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// What was typed cannot be kept.
    Wording(PhraseError),
    /// A colleague was first.
    Changed,
    /// There are as many as there may be.
    Full,
    /// She was signed out while she typed, and is back.
    Back,
}

/// What the form holds.
#[derive(Debug, Clone, Copy)]
pub struct Editing<'a> {
    /// Which phrase is changed; a new one when it is none.
    pub id: Option<PhraseId>,
    /// The version that is changed.
    pub version: i64,
    /// The id of the form for a new one.
    pub form: &'a str,
    /// The title.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// All phrases of the loket.
    pub phrases: &'a [Phrase],
    /// The form.
    pub editing: Editing<'a>,
    /// What is to be said.
    pub troubles: &'a [Trouble],
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let wrong = |field: PhraseError| {
        let found = shown.troubles.contains(&Trouble::Wording(field));
        found.then(|| field.to_string())
    };
    let (title, text) = (wrong(PhraseError::Title), wrong(PhraseError::Text));
    let mut mistakes = Vec::new();
    mistakes.extend(title.clone().map(|wrong| ("titel", wrong)));
    mistakes.extend(text.clone().map(|wrong| ("tekst", wrong)));
    let main = html! {
        (error_summary(&mistakes))
        h1 class="utrecht-heading-1" { "Zinnen" }
        p class="loes-lead" { "Korte teksten die jullie vaak gebruiken. Ze staan naast elk antwoord. Alle collega's van je loket kunnen ze veranderen. Zet er niets in over een ouder of een kind." }
        @for trouble in shown.troubles { (told(*trouble)) }
        (form(frame, &shown.editing, title, text))
        @if shown.editing.id.is_none() { (list(shown.phrases)) }
    };
    let title = if mistakes.is_empty() {
        "Zinnen"
    } else {
        "Fout: Zinnen"
    };
    frame.page(title, Place::Phrases, &main)
}

fn told(trouble: Trouble) -> Markup {
    let (title, words) = match trouble {
        Trouble::Wording(_) => return Markup::default(),
        Trouble::Changed => (
            "Er is net iets veranderd",
            "Een collega was je net voor. Wat je typte, staat nog in de vakken. Kijk of het nog klopt en bewaar het dan opnieuw.",
        ),
        Trouble::Full => (
            "De lijst is vol",
            "Jullie hebben 50 zinnen. Haal er eerst een weg. Wat je typte, staat nog in de vakken.",
        ),
        Trouble::Back => ("Je bent weer ingelogd", super::BACK),
    };
    html! { div class="loes-stuk" role="alert" { (notice("warning", title, &html! { p { (words) } })) } }
}

fn form(
    frame: &Frame<'_>,
    editing: &Editing<'_>,
    title: Option<String>,
    text: Option<String>,
) -> Markup {
    let heading = if editing.id.is_some() {
        "Verander deze zin"
    } else {
        "Nieuwe zin"
    };
    let action = editing.id.map_or_else(
        || "/loket-werk/zinnen".to_owned(),
        |id| format!("/loket-werk/zinnen/{id}"),
    );
    html! {
        section class="loes-stuk" aria-labelledby="zin" {
            h2 class="utrecht-heading-2" id="zin" { (heading) }
            form class="loes-formulier loes-formulier--breed" method="post" action=(action) novalidate {
                (frame.hidden())
                input type="hidden" name="formulier" value=(editing.form);
                input type="hidden" name="versie" value=(editing.version);
                (text_field(&TextField { name: "titel", label: "Titel, voor collega's", value: editing.title, error: title, ..TextField::default() }))
                (text_area(&TextField { name: "tekst", label: "Tekst, voor in een antwoord", value: editing.text, error: text, ..TextField::default() }))
                div class="loes-knoppen" {
                    (submit("primary", "", "", "Bewaar"))
                    @if editing.id.is_some() {
                        button class="utrecht-button utrecht-button--secondary-action" type="submit" formaction={ (action) "/weg" } { "Haal weg" }
                        a class="utrecht-button utrecht-button--secondary-action" href="/loket-werk/zinnen" { "Terug" }
                    }
                }
            }
        }
    }
}

fn list(phrases: &[Phrase]) -> Markup {
    html! {
        section class="loes-stuk" aria-labelledby="lijst" {
            h2 class="utrecht-heading-2" id="lijst" { "Jullie zinnen" }
            @if phrases.is_empty() { p { "Er zijn er nog geen." } }
            ul class="loes-kaal loes-lijst" {
                @for phrase in phrases {
                    li class="loes-rij" {
                        h3 class="loes-rij__kop" { a href={ "/loket-werk/zinnen/" (phrase.id) } { (phrase.wording.title()) } }
                        p class="loes-bericht__tekst" { (phrase.wording.text()) }
                    }
                }
            }
        }
    }
}

/// The phrases beside an answer: to read and copy, and with a script to put in.
pub(super) fn beside(phrases: &[Phrase]) -> Markup {
    html! {
        section class="loes-kader" aria-labelledby="zinnen" {
            h2 class="utrecht-heading-3" id="zinnen" { "Zinnen van jullie" }
            @if phrases.is_empty() { p class="loes-zacht" { "Er zijn er nog geen." } }
            @for phrase in phrases {
                details class="loes-zin" {
                    summary { (phrase.wording.title()) }
                    p class="loes-bericht__tekst" { (phrase.wording.text()) }
                    button class="utrecht-button utrecht-button--subtle" type="button" hidden data-invoegen=(phrase.wording.text()) { "Zet in mijn antwoord" }
                }
            }
            p { a class="utrecht-link utrecht-link--html-a" href="/loket-werk/zinnen" { "Zinnen veranderen" } }
        }
    }
}

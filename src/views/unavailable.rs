//! For when what is kept cannot be reached: said honestly, with all that was typed still there.

use maud::{Markup, html};

use super::Site;
use super::form::{hidden, submit};
use super::layout::{Page, Section, render};
use super::loket::alternatives;
use crate::domain::Loket;

/// What could not be done.
#[derive(Debug, Clone, Copy)]
pub struct Down<'a> {
    /// Where the form goes when it is tried again.
    pub action: &'a str,
    /// The fields of the form as they were sent.
    pub fields: &'a [(&'a str, &'a str)],
    /// Her words among them; may be empty.
    pub words: &'a str,
    /// The loket that she meant.
    pub loket: Option<&'a Loket>,
}

/// The page that says so.
#[must_use]
pub fn page(site: &Site<'_>, down: &Down<'_>) -> Markup {
    let title = "Dit lukt nu even niet";
    let main = html! {
        div class="loes-breed loes-pagina" {
            h1 class="utrecht-heading-1" { (title) }
            p class="loes-lead" {
                "Door een storing bij ons kunnen we nu geen vragen bewaren of tonen. Het ligt niet aan jou. Er is niets verstuurd."
            }
            p { "Zoeken en antwoorden lezen kan gewoon. Probeer dit over een paar minuten nog eens." (phone(site, down.loket)) }
            @if !down.words.trim().is_empty() {
                h2 class="utrecht-heading-3" { "Wat je schreef" }
                p { "Je woorden zijn niet weg. Kopieer ze als je later verder wilt." }
                blockquote class="loes-tekst loes-bericht__tekst" { (down.words.trim()) }
            }
            form class="loes-stuk" method=(if down.fields.is_empty() { "get" } else { "post" }) action=(down.action) {
                (hidden(down.fields))
                (submit("primary", "", "", "Probeer opnieuw"))
            }
            (alternatives(site))
        }
    };
    let frame = Page {
        title,
        section: Some(Section::Loket),
        quick_exit: true,
        ..Page::default()
    };
    render(site, &frame, &main)
}

/// How to call the loket instead, as the end of a line; nothing when it has no number that is real.
pub(super) fn phone(site: &Site<'_>, loket: Option<&Loket>) -> Markup {
    let real = loket.filter(|loket| site.settings.demo || !loket.example);
    html! {
        @if let Some((loket, phone)) = real.and_then(|loket| Some((loket, loket.phone.as_ref()?))) {
            " Of bel " (loket.name) ": "
            a class="utrecht-link utrecht-link--html-a" href=(phone.href()) { (phone.as_str()) } "."
        }
    }
}

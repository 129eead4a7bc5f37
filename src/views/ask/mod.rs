//! The way of a question, step by step. Each step is a form that carries all that was typed so far.

mod answers;
mod closed;
mod details;
mod place;
mod receipt;
mod words;

use maud::{Markup, html};

use super::Site;
use super::components::notice;
use super::form::{error_summary, hidden};
use super::layout::{Page, Section, render};
use super::search::safety_box;
use crate::domain::{FormErrors, RawAsk, SafetyRule};

pub use answers::answers_page;
pub use closed::closed_page;
pub use details::details_page;
pub use place::place_page;
pub use receipt::{LinkForm, LinkTold, Receipt, Unsent, link_action, receipt_page};
pub use words::words_page;

/// The address of the form.
pub const ACTION: &str = "/vraag";

/// The field that people do not see and leave empty.
pub const TRAP: &str = "website";

/// Why a form that was sent comes back, besides mistakes in its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Sent within a few seconds.
    TooFast,
    /// Shown too long ago, or not by this site.
    TooOld,
    /// Something else about it is not as people send it.
    Odd,
    /// Too many questions came from this address, or from all; there is room again in so many minutes.
    TooMany {
        /// How many, at least one.
        minutes: u64,
    },
}

/// How far somebody is with asking.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// What was typed so far.
    pub raw: &'a RawAsk,
    /// The token of the form.
    pub token: &'a str,
    /// What is wrong with what was typed.
    pub errors: &'a FormErrors,
    /// Why the form comes back.
    pub again: Option<Again>,
    /// The rules by which her words call for help.
    pub safety: &'a [&'a SafetyRule],
}

impl Asking<'_> {
    /// All that was typed, by the name of its field; the form reads the same names.
    fn fields(&self) -> [(&str, &str); 12] {
        let raw = self.raw;
        [
            ("vraag", &raw.text),
            ("leeftijd", &raw.age),
            ("wie", &raw.audience),
            ("postcode", &raw.postcode),
            ("loket", &raw.loket),
            ("antwoord", &raw.way),
            ("mail", &raw.mail),
            ("telefoon", &raw.phone),
            ("tijden", &raw.times),
            ("bericht", &raw.message),
            ("naam", &raw.name),
            ("sleutel", self.token),
        ]
    }

    fn error(&self, field: crate::domain::Field) -> Option<String> {
        self.errors.of(field).map(|error| error.to_string())
    }
}

/// A form with `shown` in it; the fields not named in `names` go along unseen.
fn form(asking: &Asking<'_>, names: &[&str], shown: &Markup) -> Markup {
    let mut carried = asking.fields().to_vec();
    carried.retain(|(name, _)| !names.contains(name));
    html! {
        form class="loes-formulier" method="post" action=(ACTION) novalidate {
            (hidden(&carried))
            (shown)
        }
    }
}

/// A button of a form that leads to the step `step`.
fn step_button(weight: &str, step: &str, label: &str) -> Markup {
    super::form::submit(weight, "stap", step, label)
}

/// A page of this way: help first when her words call for it, then what is wrong, then the step.
fn step_page(site: &Site<'_>, asking: &Asking<'_>, title: &str, step: &Markup) -> Markup {
    let errors: Vec<_> = asking
        .errors
        .iter()
        .map(|(field, error)| (field.name(), error.to_string()))
        .collect();
    let main = html! {
        @if !asking.safety.is_empty() { div class="loes-stuk" { (safety_box(site, asking.safety)) } }
        h1 class="utrecht-heading-1" { (title) }
        (error_summary(&errors))
        @if let Some(again) = asking.again { (again_notice(again, errors.is_empty())) }
        (step)
    };
    let wrong = !errors.is_empty() || asking.again.is_some();
    framed(site, wrong, title, &main)
}

fn framed(site: &Site<'_>, wrong: bool, title: &str, main: &Markup) -> Markup {
    let main = html! { div class="loes-breed loes-pagina" { (main) } };
    let title = if wrong {
        format!("Fout: {title}")
    } else {
        title.to_owned()
    };
    let frame = Page {
        title: &title,
        section: Some(Section::Loket),
        quick_exit: true,
        ..Page::default()
    };
    render(site, &frame, &main)
}

/// Why the form came back; the page opens here when nothing else is wrong.
fn again_notice(again: Again, alone: bool) -> Markup {
    let (title, text) = match again {
        Again::TooFast => (
            "Dat ging wel erg snel",
            "Kijk je vraag nog eens na en verstuur haar dan. Alles wat je typte, staat er nog.",
        ),
        Again::TooOld => (
            "Je vraag is nog niet verstuurd",
            "Deze pagina stond lang open. Alles wat je typte, staat er nog. Verstuur je vraag nog een keer.",
        ),
        Again::Odd => (
            "Probeer het nog eens",
            "Er ging iets mis met het formulier. Alles wat je typte, staat er nog.",
        ),
        Again::TooMany { minutes } => return too_many(minutes, alone),
    };
    told(title, text, alone)
}

/// That there is room again before long.
fn too_many(minutes: u64, alone: bool) -> Markup {
    let time = match minutes {
        1 => "een minuut".to_owned(),
        minutes => format!("{minutes} minuten"),
    };
    let text = format!(
        "Je vraag is nog niet verstuurd: er kwamen net erg veel vragen tegelijk binnen, misschien van meer mensen \
         op dezelfde verbinding. Alles wat je typte, staat er nog. Wacht {time} en verstuur je vraag dan nog een keer."
    );
    told("Wacht nog even", &text, alone)
}

fn told(title: &str, text: &str, alone: bool) -> Markup {
    html! {
        div class="loes-stuk" id="terug" tabindex="-1" autofocus[alone] {
            (notice("warning", title, &html! { p { (text) } }))
        }
    }
}

/// A link that opens beside the form, so that what was typed stays where it is.
fn beside(href: &str, text: &str) -> Markup {
    html! {
        a class="utrecht-link utrecht-link--html-a" href=(href) target="_blank" rel="noopener" {
            (text) span class="loes-alleen-lezer" { " (opent in een nieuw tabblad)" }
        }
    }
}

/// Her words, to read again.
fn own_words(raw: &RawAsk) -> Markup {
    html! { blockquote class="loes-tekst loes-bericht__tekst" { (raw.text.trim()) } }
}

//! Where staff sign in.

use maud::{Markup, html};

use super::outside;
use crate::views::Site;
use crate::views::components::notice;
use crate::views::form::{TextField, error_summary, submit, text_field};

/// Why somebody did not get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Address or password; which one is not said.
    Wrong,
    /// The code of the app is wanted too.
    CodeWanted,
    /// The code is not the right one.
    WrongCode,
    /// Too many attempts.
    TooOften,
}

impl Refusal {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Wrong => ("mail", "Het mailadres of het wachtwoord klopt niet."),
            Self::CodeWanted => (
                "code",
                "Vul je wachtwoord nog eens in, met de code uit je app erbij.",
            ),
            Self::WrongCode => (
                "code",
                "Deze code klopt niet, of is al gebruikt. Wacht op de volgende.",
            ),
            Self::TooOften => (
                "mail",
                "Er is te vaak geprobeerd. Wacht een minuut en probeer het nog eens.",
            ),
        }
    }
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// The address as it was typed.
    pub mail: &'a str,
    /// What was typed when the session ended, sealed; mostly nothing.
    pub kept: &'a str,
    /// Why it did not work.
    pub refusal: Option<Refusal>,
}

/// The page.
#[must_use]
pub fn page(site: &Site<'_>, shown: &SignIn<'_>) -> Markup {
    let wrong = shown.refusal.map(Refusal::words);
    let of = |name: &str| {
        wrong
            .filter(|(field, _)| *field == name)
            .map(|(_, words)| words.to_owned())
    };
    let mistakes: Vec<_> = wrong
        .iter()
        .map(|(field, words)| (*field, (*words).to_owned()))
        .collect();
    let main = html! {
        (error_summary(&mistakes))
        h1 class="utrecht-heading-1" { "Inloggen bij het loket" }
        p class="loes-lead" { "Voor medewerkers van het Loesloket. " a href="/vraag" { "Heb je een vraag over je kind? Stel haar hier." } }
        @if !shown.kept.is_empty() {
            div class="loes-stuk" role="alert" { (notice("warning", "Je was uitgelogd", &html! { p { "Wat je typte, is niet weg. Log binnen een half uur in op deze pagina, dan ga je verder waar je was." } })) }
        }
        form class="loes-formulier loes-stuk" method="post" action="/loket-werk/inloggen" novalidate {
            @if !shown.kept.is_empty() { input type="hidden" name="bewaard" value=(shown.kept); }
            (text_field(&TextField { name: "mail", label: "Mailadres", value: shown.mail, kind: "email", autocomplete: "username", error: of("mail"), ..TextField::default() }))
            (text_field(&TextField { name: "wachtwoord", label: "Wachtwoord", kind: "password", autocomplete: "current-password", ..TextField::default() }))
            (text_field(&TextField {
                name: "code", label: "Code uit je app", autocomplete: "one-time-code", error: of("code"),
                hint: "Alleen als je dat zo hebt ingesteld. Telefoon kwijt? Vul een van je herstelcodes in.", ..TextField::default()
            }))
            (submit("primary", "", "", "Log in"))
        }
        p class="loes-stuk" { a class="utrecht-link utrecht-link--html-a" href="/loket-werk/wachtwoord-vergeten" { "Wachtwoord vergeten" } }
    };
    let title = if wrong.is_some() {
        "Fout: Inloggen bij het loket"
    } else {
        "Inloggen bij het loket"
    };
    outside(site, title, &main)
}

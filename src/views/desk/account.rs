//! The account of who is signed in.

use maud::{Markup, html};

use super::{Frame, Place};
use crate::domain::staff::AwayError;
use crate::views::components::notice;
use crate::views::form::{TextField, error_summary, submit, text_field};

/// How long a new password has to be, as the form says it.
pub(super) const LENGTH: &str = "Minstens 15 tekens, of minstens 8 als je inlogt met een app. Een zin van vier of vijf woorden is goed te onthouden.";

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Another password.
    Password,
    /// Away, or there again.
    Away,
}

impl Done {
    /// Reads the word in the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "wachtwoord" => Some(Self::Password),
            "afwezig" => Some(Self::Away),
            _ => None,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Password => {
                "Je wachtwoord is veranderd. Op andere apparaten ben je nu uitgelogd."
            }
            Self::Away => {
                "Je collega's zien nu of je er bent. Ben je weg, dan ligt wat je had opgepakt weer in het postvak."
            }
        }
    }
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountErrors {
    /// With the present password.
    pub present: Option<&'static str>,
    /// With the new password.
    pub password: Option<String>,
    /// With the last day of being away: what was typed, and why it is none.
    pub away: Option<(String, AwayError)>,
}

impl AccountErrors {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.present.is_none() && self.password.is_none() && self.away.is_none()
    }

    fn all(&self) -> Vec<(&'static str, String)> {
        let present = self.present.map(|wrong| ("huidig", wrong.to_owned()));
        let password = self.password.clone().map(|wrong| ("wachtwoord", wrong));
        let away = self.away.as_ref();
        let away = away.map(|(_, wrong)| ("tot", wrong.to_string()));
        present.into_iter().chain(password).chain(away).collect()
    }
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, done: Option<Done>, errors: &AccountErrors) -> Markup {
    let main = html! {
        (error_summary(&errors.all()))
        h1 class="utrecht-heading-1" { "Mijn account" }
        @if let Some(done) = done {
            div class="loes-stuk" role="status" { (notice("ok", "Gelukt", &html! { p { (done.words()) } })) }
        }
        p { (frame.staff.name) ", " (frame.staff.role.slug()) ". Je logt in met " (frame.staff.mail.as_str()) "." }
        (away(frame, errors))
        (app(frame))
        (password(frame, errors))
    };
    let title = if errors.is_empty() {
        "Mijn account"
    } else {
        "Fout: Mijn account"
    };
    frame.page(title, Place::Account, &main)
}

fn away(frame: &Frame<'_>, errors: &AccountErrors) -> Markup {
    let present = frame.staff.away.filter(|day| *day >= frame.site.today());
    let present = present.map(|day| day.to_string()).unwrap_or_default();
    let wrong = errors.away.as_ref();
    let field = TextField {
        name: "tot",
        label: "Ik ben er niet tot en met",
        hint: "Je collega's zien dit. Wat je hebt opgepakt, gaat terug naar het postvak. Ben je er weer? Maak het vak leeg.",
        value: wrong.map_or(present.as_str(), |(typed, _)| typed),
        kind: "date",
        short: true,
        error: wrong.map(|(_, wrong)| wrong.to_string()),
        ..TextField::default()
    };
    html! {
        section class="loes-stuk" aria-labelledby="afwezig" {
            h2 class="utrecht-heading-2" id="afwezig" { "Afwezig" }
            form class="loes-formulier" method="post" action="/loket-werk/account/afwezig" novalidate {
                (frame.hidden())
                (text_field(&field))
                (submit("secondary", "", "", "Bewaar"))
            }
        }
    }
}

fn app(frame: &Frame<'_>) -> Markup {
    let (words, link) = if frame.staff.second_factor {
        (
            "Je logt in met een code uit een app. Nieuwe telefoon, of zijn je herstelcodes op?",
            "Vernieuw je app of je herstelcodes",
        )
    } else {
        (
            "Je logt in zonder app. Met een app kan niemand in het postvak die alleen je wachtwoord weet.",
            "Stel een app in",
        )
    };
    html! {
        section class="loes-stuk" aria-labelledby="app" {
            h2 class="utrecht-heading-2" id="app" { "App voor codes" }
            p { (words) }
            p { a class="utrecht-button utrecht-button--secondary-action" href="/loket-werk/account/app" { (link) } }
        }
    }
}

fn password(frame: &Frame<'_>, errors: &AccountErrors) -> Markup {
    html! {
        section class="loes-stuk" aria-labelledby="ander" {
            h2 class="utrecht-heading-2" id="ander" { "Ander wachtwoord" }
            form class="loes-formulier" method="post" action="/loket-werk/account/wachtwoord" novalidate {
                (frame.hidden())
                (present_password("huidig", errors.present))
                (text_field(&TextField { name: "wachtwoord", label: "Je nieuwe wachtwoord", hint: LENGTH, kind: "password", autocomplete: "new-password", error: errors.password.clone(), ..TextField::default() }))
                (submit("primary", "", "", "Verander mijn wachtwoord"))
            }
        }
    }
}

/// The field for the password of now.
pub(super) fn present_password(name: &str, error: Option<&str>) -> Markup {
    text_field(&TextField {
        name,
        label: "Je wachtwoord van nu",
        kind: "password",
        autocomplete: "current-password",
        error: error.map(str::to_owned),
        ..TextField::default()
    })
}

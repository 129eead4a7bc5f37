//! Where who is signed in sets up an app for codes, and gets other recovery codes.

use maud::{Markup, html};

use super::account::present_password;
use super::join::{AppFields, app_fields, recovery_codes};
use super::{Frame, Place};
use crate::views::form::{error_summary, submit};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The secret for the app, to type.
    pub secret: &'a str,
    /// The secret for the app, to scan.
    pub uri: &'a str,
    /// The same secret, sealed, to come back with the form.
    pub ticket: &'a str,
    /// What is wrong with the code.
    pub code: Option<&'static str>,
    /// What is wrong with the password that goes with it.
    pub present: Option<&'static str>,
    /// What is wrong with the password for other recovery codes.
    pub confirm: Option<&'static str>,
}

impl Shown<'_> {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        self.code.is_none() && self.present.is_none() && self.confirm.is_none()
    }
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let fields = [
        ("code", shown.code),
        ("huidig", shown.present),
        ("bevestig", shown.confirm),
    ];
    let mistakes: Vec<_> = fields
        .into_iter()
        .filter_map(|(name, wrong)| Some((name, wrong?.to_owned())))
        .collect();
    let renews = frame.staff.second_factor;
    let main = html! {
        (error_summary(&mistakes))
        h1 class="utrecht-heading-1" { "App voor codes" }
        form class="loes-formulier loes-stuk" method="post" action="/loket-werk/account/app" novalidate {
            (frame.hidden())
            input type="hidden" name="geheim" value=(shown.ticket);
            (app_fields(&AppFields {
                legend: if renews { "Een nieuwe app in plaats van de oude" } else { "Stel een app in" },
                hint: "Zes cijfers, die elke halve minuut anders zijn.",
                uri: shown.uri,
                secret: shown.secret,
                error: shown.code,
            }))
            (present_password("huidig", shown.present))
            (submit("primary", "", "", "Stel deze app in"))
        }
        @if renews { (other_codes(frame, shown)) }
    };
    let title = if mistakes.is_empty() {
        "App voor codes"
    } else {
        "Fout: App voor codes"
    };
    frame.page(title, Place::Account, &main)
}

/// Other recovery codes, for who has an app.
fn other_codes(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    html! {
        section class="loes-stuk" aria-labelledby="codes" {
            h2 class="utrecht-heading-2" id="codes" { "Nieuwe herstelcodes" }
            p { "Je krijgt tien nieuwe. De oude werken dan niet meer." }
            form class="loes-formulier" method="post" action="/loket-werk/account/herstelcodes" novalidate {
                (frame.hidden())
                (present_password("bevestig", shown.confirm))
                (submit("secondary", "", "", "Maak nieuwe herstelcodes"))
            }
        }
    }
}

/// It is done: `title` says what, and here are the recovery codes.
#[must_use]
pub fn done(frame: &Frame<'_>, title: &str, codes: &[String]) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { (title) }
        (recovery_codes(codes))
        p class="loes-stuk" { a class="utrecht-link utrecht-link--html-a" href="/loket-werk/account" { "Terug naar mijn account" } }
    };
    frame.page(title, Place::Account, &main)
}

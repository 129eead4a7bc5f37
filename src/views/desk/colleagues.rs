//! Colleagues of the own loket.

use maud::{Markup, html};

use super::{Frame, Place};
use crate::domain::staff::AwayError;
use crate::domain::{Role, StaffId};
use crate::store::Colleague;
use crate::views::components::notice;
use crate::views::dates::date_text;
use crate::views::form::{TextField, error_message, error_summary, select_field, submit};

/// What stood in the way of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// What was typed for this colleague is no day on which she may come back.
    Away(StaffId, String, AwayError),
    /// Nobody ends her own account.
    Oneself,
    /// No role was chosen.
    Role,
}

impl Wrong {
    fn words(&self) -> (String, String) {
        match self {
            Self::Away(id, _, error) => (away_field(*id), error.to_string()),
            Self::Oneself => (
                "lijst".to_owned(),
                "Je eigen account kun je niet afsluiten. Vraag een andere beheerder.".to_owned(),
            ),
            Self::Role => ("rol".to_owned(), "Kies een rol.".to_owned()),
        }
    }
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The colleagues.
    pub colleagues: &'a [Colleague],
    /// What stood in the way.
    pub wrong: Option<&'a Wrong>,
    /// The link of a new invitation, shown once.
    pub link: Option<&'a str>,
}

fn away_field(id: StaffId) -> String {
    format!("tot-{id}")
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let wrong = shown.wrong.map(Wrong::words);
    let mistakes: Vec<_> = wrong
        .iter()
        .map(|(field, words)| (field.as_str(), words.clone()))
        .collect();
    let manages = frame.staff.role.manages();
    let main = html! {
        (error_summary(&mistakes))
        h1 class="utrecht-heading-1" { "Collega's" }
        @if let Some(link) = shown.link { (invited(link)) }
        ul class="loes-kaal loes-lijst loes-stuk" id="lijst" {
            @for colleague in shown.colleagues {
                li class="loes-rij" {
                    (about(frame, colleague))
                    @if manages { (steps(frame, colleague, shown.wrong)) }
                }
            }
        }
        @if manages { (invitation(frame, shown.wrong)) }
    };
    let title = if mistakes.is_empty() {
        "Collega's"
    } else {
        "Fout: Collega's"
    };
    frame.page(title, Place::Colleagues, &main)
}

fn about(frame: &Frame<'_>, colleague: &Colleague) -> Markup {
    let staff = &colleague.staff;
    let away = staff.away.filter(|_| staff.is_away(frame.site.today()));
    html! {
        h2 class="loes-rij__kop" { (staff.name) }
        p {
            (staff.role.slug())
            @if let Some(last) = away { " " strong class="loes-merk-wie" { "Afwezig tot en met " (date_text(last)) } }
        }
        p class="loes-zacht" {
            (taken(colleague.taken))
            @if frame.staff.role.manages() {
                " "
                @match colleague.signed_in {
                    Some(at) => { "Laatst ingelogd: " (date_text(crate::clock::dutch_day(at))) "." }
                    None => "Nog niet ingelogd.",
                }
                @if !staff.second_factor { " Logt in zonder app." }
            }
        }
    }
}

fn taken(number: i64) -> String {
    match number {
        0 => "Heeft geen vragen opgepakt.".to_owned(),
        1 => "Heeft 1 vraag opgepakt.".to_owned(),
        many => format!("Heeft {many} vragen opgepakt."),
    }
}

fn steps(frame: &Frame<'_>, colleague: &Colleague, wrong: Option<&Wrong>) -> Markup {
    let (staff, id) = (&colleague.staff, colleague.staff.id);
    let at = |action: &str| format!("/loket-werk/collegas/{id}/{action}");
    let mistake = match wrong {
        Some(Wrong::Away(of, typed, error)) if *of == id => Some((typed, error.to_string())),
        _ => None,
    };
    let present = staff.away.map(|day| day.to_string()).unwrap_or_default();
    let value = mistake
        .as_ref()
        .map_or(present.as_str(), |(typed, _)| typed);
    let field = away_field(id);
    html! {
        details class="loes-zin" open[mistake.is_some()] {
            summary { "Regel dit account" }
            form method="post" action=(at("afwezig")) novalidate {
                (frame.hidden())
                label class="utrecht-form-label" for=(field) { "Afwezig tot en met (leeg: weer aanwezig)" }
                (error_message(&field, mistake.as_ref().map(|(_, words)| words.as_str())))
                div class="loes-knoppen" {
                    input class="utrecht-textbox utrecht-textbox--html-input loes-kort" id=(field) name="tot" type="date" value=(value) aria-invalid=[mistake.as_ref().map(|_| "true")];
                    button class="utrecht-button utrecht-button--secondary-action" type="submit" { "Bewaar" }
                }
            }
            p class="loes-zacht" { "Wat " (staff.name) " heeft opgepakt, gaat dan terug naar het postvak. Dat gebeurt ook als je het account afsluit." }
            @if id != frame.staff.id {
                form method="post" action=(at("afsluiten")) {
                    (frame.hidden())
                    button class="utrecht-button utrecht-button--secondary-action" type="submit" { "Sluit het account van " (staff.name) " af" }
                }
            }
        }
    }
}

fn invitation(frame: &Frame<'_>, wrong: Option<&Wrong>) -> Markup {
    let options: Vec<_> = Role::ALL
        .iter()
        .map(|role| (role.slug(), role.slug()))
        .collect();
    let role = TextField {
        name: "rol",
        label: "Rol",
        value: Role::Medewerker.slug(),
        error: (wrong == Some(&Wrong::Role)).then(|| "Kies een rol.".to_owned()),
        ..TextField::default()
    };
    html! {
        section class="loes-stuk" aria-labelledby="uitnodigen" {
            h2 class="utrecht-heading-2" id="uitnodigen" { "Nodig een collega uit" }
            form class="loes-formulier" method="post" action="/loket-werk/collegas/uitnodigen" novalidate {
                (frame.hidden())
                (select_field(&role, &options))
                (submit("secondary", "", "", "Maak een link"))
            }
        }
    }
}

fn invited(link: &str) -> Markup {
    let body = html! {
        p { "Geef deze link aan je collega. Hij werkt een keer, 7 dagen lang. Je ziet hem hierna niet meer." }
        p { code class="loes-link" { (link) } }
    };
    html! { div class="loes-stuk" role="status" { (notice("ok", "De uitnodiging is klaar", &body)) } }
}

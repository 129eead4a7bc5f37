//! The form for the code.

use maud::{Markup, html};

use super::{ACTION, framed};
use crate::views::Site;
use crate::views::components::notice;
use crate::views::form::{error_message, error_summary, hidden, submit};

/// Why the code is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeProblem {
    /// No question has it. Whether one ever had, is not told.
    Unknown,
    /// Too many wrong ones of late.
    TooMany,
    /// It was a while ago.
    TimePassed,
}

/// What the form shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct CodeForm<'a> {
    /// Why it is shown again.
    pub problem: Option<CodeProblem>,
    /// The code as it was typed.
    pub typed: &'a str,
    /// What she wrote when her time was up; goes along.
    pub text: &'a str,
}

/// The page that asks for the code.
#[must_use]
pub fn code_page(site: &Site<'_>, form: &CodeForm<'_>) -> Markup {
    let error = match form.problem {
        Some(CodeProblem::Unknown) => Some(
            "Bij deze code hoort geen vraag. Kijk of je alle 16 letters en cijfers hebt overgenomen. Ingetrokken en gewiste vragen vind je niet meer terug.",
        ),
        Some(CodeProblem::TooMany) => Some(
            "Er zijn nu te veel verkeerde codes ingevuld. Wacht een minuut en probeer het nog eens.",
        ),
        _ => None,
    };
    let summary: Vec<_> = error
        .iter()
        .map(|error| ("code", (*error).to_owned()))
        .collect();
    let main = html! {
        h1 class="utrecht-heading-1" { "Mijn vraag" }
        (error_summary(&summary))
        @if form.problem == Some(CodeProblem::TimePassed) { (time_passed(form.text)) }
        p class="loes-lead" { "Lees hier het antwoord op je vraag. Vul de code in die je kreeg toen je je vraag verstuurde." }
        form class="loes-formulier" method="post" action=(ACTION) novalidate {
            (code_field(form.typed, error))
            (hidden(&[("tekst", form.text)]))
            (submit("primary", "", "", "Bekijk mijn vraag"))
        }
        section class="loes-blok" aria-labelledby="kwijt" {
            h2 class="utrecht-heading-3" id="kwijt" { "Code kwijt?" }
            p { "Dan kunnen we je vraag hier niet laten zien: we weten niet welke van jou is. Stel je vraag "
                a class="utrecht-link utrecht-link--html-a" href="/vraag" { "opnieuw" }
                ", of ga naar "
                a class="utrecht-link utrecht-link--html-a" href="/loket" { "je Loesloket" } "." }
        }
    };
    let title = if error.is_some() {
        "Fout: Mijn vraag"
    } else {
        "Mijn vraag"
    };
    framed(site, title, &main)
}

fn time_passed(text: &str) -> Markup {
    let body = html! {
        p {
            "Voor je veiligheid vragen we na een uur opnieuw om je code."
            @if !text.trim().is_empty() { " Wat je typte, is er nog. Er is nog niets verstuurd." }
        }
        @if !text.trim().is_empty() { blockquote class="loes-tekst loes-bericht__tekst" { (text.trim()) } }
    };
    html! { div class="loes-stuk" { (notice("info", "Vul je code nog een keer in", &body)) } }
}

fn code_field(typed: &str, error: Option<&str>) -> Markup {
    let invalid = error.map(|_| "true");
    let field = error.map_or("", |_| "utrecht-form-field--invalid");
    let input = error.map_or("", |_| "utrecht-textbox--invalid");
    let described = error.map_or("code-uitleg", |_| "code-uitleg code-fout");
    html! {
        div class={ "utrecht-form-field " (field) } {
            label class="utrecht-form-field__label utrecht-form-label" for="code" { "Je code" }
            p class="utrecht-form-field__description utrecht-form-field-description" id="code-uitleg" {
                "16 letters en cijfers. Hoofdletters en streepjes maken niet uit."
            }
            (error_message("code", error))
            input class={ "utrecht-form-field__input utrecht-textbox utrecht-textbox--html-input loes-code-veld " (input) }
                id="code" name="code" type="text" inputmode="text" autocomplete="off" autocapitalize="characters"
                spellcheck="false" value=(typed) aria-describedby=(described) aria-invalid=[invalid];
        }
    }
}

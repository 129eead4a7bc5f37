//! The pages for who has forgotten a password.

use maud::{Markup, html};

use super::account::LENGTH;
use super::outside;
use crate::views::Site;
use crate::views::form::{TextField, error_summary, submit, text_field};

/// Where somebody says that she has forgotten her password.
#[must_use]
pub fn forgotten(site: &Site<'_>, address: &str, wrong: Option<&'static str>) -> Markup {
    let mistakes: Vec<_> = wrong
        .iter()
        .map(|words| ("mail", (*words).to_owned()))
        .collect();
    let main = html! {
        (error_summary(&mistakes))
        h1 class="utrecht-heading-1" { "Wachtwoord vergeten" }
        p class="loes-lead" { "Vul je mailadres in. Je krijgt een mail met een link, waarmee je een nieuw wachtwoord kiest." }
        form class="loes-formulier loes-stuk" method="post" action="/loket-werk/wachtwoord-vergeten" novalidate {
            (text_field(&TextField { name: "mail", label: "Je mailadres", value: address, kind: "email", autocomplete: "username", error: wrong.map(str::to_owned), ..TextField::default() }))
            (submit("primary", "", "", "Stuur mij de link"))
        }
        (back())
    };
    let title = if wrong.is_some() {
        "Fout: Wachtwoord vergeten"
    } else {
        "Wachtwoord vergeten"
    };
    outside(site, title, &main)
}

/// The answer, the same whether there is such an account or not.
#[must_use]
pub fn asked(site: &Site<'_>) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Kijk in je mail" }
        p class="loes-lead" { "Hoort dit mailadres bij een account? Dan komt er zo een mail met een link. De link werkt 24 uur, en maar een keer." }
        p { "Komt er niets? Kijk bij ongewenste mail, of vraag de beheerder van je loket om een link." }
        (back())
    };
    outside(site, "Kijk in je mail", &main)
}

/// Where a new password is chosen.
#[must_use]
pub fn choose(site: &Site<'_>, key: &str, drops_app: bool, wrong: Option<&str>) -> Markup {
    let mistakes: Vec<_> = wrong
        .iter()
        .map(|words| ("wachtwoord", (*words).to_owned()))
        .collect();
    let main = html! {
        (error_summary(&mistakes))
        h1 class="utrecht-heading-1" { "Kies een nieuw wachtwoord" }
        @if drops_app {
            p class="loes-lead" { "Je app voor codes werkt hierna niet meer. Je nieuwe wachtwoord heeft daarom minstens 15 tekens. Stel daarna in ‘Mijn account’ weer een app in." }
        }
        form class="loes-formulier loes-stuk" method="post" action="/loket-werk/nieuw-wachtwoord" novalidate {
            input type="hidden" name="sleutel" value=(key);
            (text_field(&TextField { name: "wachtwoord", label: "Je nieuwe wachtwoord", hint: LENGTH, kind: "password", autocomplete: "new-password", error: wrong.map(str::to_owned), ..TextField::default() }))
            (submit("primary", "", "", "Bewaar mijn wachtwoord"))
        }
    };
    let title = if wrong.is_some() {
        "Fout: Kies een nieuw wachtwoord"
    } else {
        "Kies een nieuw wachtwoord"
    };
    outside(site, title, &main)
}

/// It is set.
#[must_use]
pub fn set(site: &Site<'_>) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Je wachtwoord is veranderd" }
        p class="loes-lead" { "Je bent overal uitgelogd. Log in met je nieuwe wachtwoord." }
        p { a class="utrecht-button utrecht-button--primary-action" href="/loket-werk/inloggen" { "Log in" } }
    };
    outside(site, "Je wachtwoord is veranderd", &main)
}

/// The link holds no more.
#[must_use]
pub fn ended(site: &Site<'_>) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Deze link werkt niet meer" }
        p class="loes-lead" { "Een link werkt een keer, en 24 uur lang." }
        p { a class="utrecht-link utrecht-link--html-a" href="/loket-werk/wachtwoord-vergeten" { "Vraag een nieuwe link" } }
    };
    outside(site, "Deze link werkt niet meer", &main)
}

fn back() -> Markup {
    html! { p class="loes-stuk" { a class="utrecht-link utrecht-link--html-a" href="/loket-werk/inloggen" { "Terug naar inloggen" } } }
}

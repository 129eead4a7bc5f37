//! Where an invitation becomes an account.

use maud::{Markup, html};

use super::outside;
use crate::store::Invitation;
use crate::views::Site;
use crate::views::form::{TextField, error_summary, select_field, submit, text_field};

/// What was typed.
#[derive(Debug, Clone, Copy)]
pub struct JoinTyped<'a> {
    /// The name.
    pub name: &'a str,
    /// The address.
    pub mail: &'a str,
    /// The loket.
    pub loket: &'a str,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JoinErrors {
    /// With the name.
    pub name: Option<&'static str>,
    /// With the address.
    pub mail: Option<&'static str>,
    /// With the loket.
    pub loket: Option<&'static str>,
    /// With the password.
    pub password: Option<String>,
    /// With the code of the app.
    pub code: Option<&'static str>,
}

impl JoinErrors {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all().is_empty()
    }

    fn all(&self) -> Vec<(&'static str, String)> {
        let fixed = [
            ("naam", self.name),
            ("mail", self.mail),
            ("loket", self.loket),
        ];
        let mut all: Vec<_> = fixed
            .into_iter()
            .filter_map(|(field, wrong)| Some((field, wrong?.to_owned())))
            .collect();
        all.extend(self.password.clone().map(|wrong| ("wachtwoord", wrong)));
        all.extend(self.code.map(|wrong| ("code", wrong.to_owned())));
        all
    }
}

/// What the page shows.
#[derive(Debug)]
pub struct Join<'a> {
    /// The key of the link.
    pub key: &'a str,
    /// What the account is to be for.
    pub invitation: &'a Invitation,
    /// What was typed.
    pub typed: JoinTyped<'a>,
    /// The secret for the app, to type.
    pub secret: &'a str,
    /// The secret for the app, to scan.
    pub uri: &'a str,
    /// The same secret, sealed, to come back with the form.
    pub ticket: &'a str,
    /// What is wrong.
    pub errors: JoinErrors,
}

/// The form.
#[must_use]
pub fn page(site: &Site<'_>, join: &Join<'_>) -> Markup {
    let errors = &join.errors;
    let main = html! {
        (error_summary(&errors.all()))
        h1 class="utrecht-heading-1" { "Maak je account" }
        p class="loes-lead" { "Je bent uitgenodigd als " strong { (join.invitation.role.slug()) } (of_loket(site, join.invitation)) "." }
        form class="loes-formulier loes-stuk" method="post" action="/loket-werk/uitnodiging" novalidate {
            input type="hidden" name="sleutel" value=(join.key);
            input type="hidden" name="geheim" value=(join.ticket);
            (text_field(&TextField { name: "naam", label: "Je naam", hint: "Zo zien ouders en collega's je. Een voornaam is genoeg.", value: join.typed.name, autocomplete: "given-name", error: errors.name.map(str::to_owned), ..TextField::default() }))
            (text_field(&TextField { name: "mail", label: "Je mailadres", hint: "Hiermee log je in.", value: join.typed.mail, kind: "email", autocomplete: "username", error: errors.mail.map(str::to_owned), ..TextField::default() }))
            @if join.invitation.loket.is_none() { (loket_choice(site, join)) }
            (text_field(&TextField {
                name: "wachtwoord", label: "Kies een wachtwoord", kind: "password", autocomplete: "new-password", error: errors.password.clone(),
                hint: "Minstens 15 tekens, of minstens 8 als je hieronder een app instelt. Een zin van vier of vijf woorden is goed te onthouden.", ..TextField::default()
            }))
            (app_fields(&AppFields {
                legend: "Een app voor codes (sterk aangeraden)",
                hint: "Geen app? Laat dit leeg en kies een wachtwoord van minstens 15 tekens.",
                uri: join.uri,
                secret: join.secret,
                error: errors.code,
            }))
            (submit("primary", "", "", "Maak mijn account"))
        }
    };
    let title = if errors.is_empty() {
        "Maak je account"
    } else {
        "Fout: Maak je account"
    };
    outside(site, title, &main)
}

fn of_loket(site: &Site<'_>, invitation: &Invitation) -> String {
    let loket = invitation
        .loket
        .as_ref()
        .and_then(|slug| site.library.loket(slug.as_str()));
    loket.map_or_else(String::new, |loket| format!(" van {}", loket.name))
}

fn loket_choice(site: &Site<'_>, join: &Join<'_>) -> Markup {
    let mut options = vec![("", "Kies je loket")];
    options.extend(
        site.library
            .lokets()
            .map(|loket| (loket.slug.as_str(), loket.name.as_str())),
    );
    let field = TextField {
        name: "loket",
        label: "Je loket",
        value: join.typed.loket,
        error: join.errors.loket.map(str::to_owned),
        ..TextField::default()
    };
    select_field(&field, &options)
}

/// A secret for an app, and the field for its first code.
pub(super) struct AppFields<'a> {
    pub(super) legend: &'a str,
    pub(super) hint: &'a str,
    /// The secret, to scan.
    pub(super) uri: &'a str,
    /// The secret, to type.
    pub(super) secret: &'a str,
    /// What is wrong with the code.
    pub(super) error: Option<&'a str>,
}

pub(super) fn app_fields(app: &AppFields<'_>) -> Markup {
    html! {
        fieldset class="utrecht-form-fieldset loes-app" {
            legend class="utrecht-form-fieldset__legend" { (app.legend) }
            p {
                "Met een app voor codes op je telefoon kan niemand in het postvak die alleen je wachtwoord weet. "
                "Scan de code met je app, of typ de letters over. Vul daarna de zes cijfers in die de app laat zien."
            }
            div class="loes-app__code" {
                (crate::views::qr::drawing(app.uri, "QR-code voor je app"))
                p { "Letters om over te typen:" br; code class="loes-app__geheim" { (grouped(app.secret)) } }
            }
            (text_field(&TextField { name: "code", label: "Code uit de app", hint: app.hint, autocomplete: "one-time-code", error: app.error.map(str::to_owned), ..TextField::default() }))
        }
    }
}

/// Letters in groups of four.
fn grouped(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

/// The account is there.
#[must_use]
pub fn welcome(site: &Site<'_>, codes: &[String]) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Je account is klaar" }
        (recovery_codes(codes))
        p class="loes-stuk" { a class="utrecht-button utrecht-button--primary-action" href="/loket-werk" { "Naar het postvak" } }
    };
    outside(site, "Je account is klaar", &main)
}

/// Recovery codes, shown once.
pub(super) fn recovery_codes(codes: &[String]) -> Markup {
    html! {
        @if !codes.is_empty() {
            p class="loes-lead" { "Dit zijn je herstelcodes. Elke code werkt een keer, als je telefoon kwijt of kapot is. Bewaar ze nu: je ziet ze hierna niet meer." }
            ul class="loes-codes" { @for code in codes { li { code { (code) } } } }
            button class="utrecht-button utrecht-button--secondary-action" type="button" hidden data-print { "Print de codes" }
        }
    }
}

/// The link holds no more.
#[must_use]
pub fn ended(site: &Site<'_>) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "Deze uitnodiging werkt niet meer" }
        p class="loes-lead" { "Een uitnodiging werkt een keer, en zeven dagen lang. Vraag de beheerder van je loket om een nieuwe." }
        p { a class="utrecht-link utrecht-link--html-a" href="/loket-werk/inloggen" { "Heb je al een account? Log in." } }
    };
    outside(site, "Deze uitnodiging werkt niet meer", &main)
}

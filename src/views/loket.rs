//! The way to a loket, and the page of one.

use maud::{Markup, html};

use super::components::{HelpBox, ask_block, breadcrumb, help_box, notice};
use super::dates::{capitalised, weekday_text};
use super::icons::icon;
use super::layout::{Page, Section, render};
use super::{Site, json_ld};
use crate::domain::hours::{day_name, time_text};
use crate::domain::{Loket, Partner, Spreekuur, SpreekuurState};

/// What came of looking for a loket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search<'a> {
    /// Nothing was asked yet.
    NotYet,
    /// What was typed is no postcode.
    NoPostcode,
    /// Nobody of Loes serves this postcode.
    Nobody,
    /// These serve it: more than one where it straddles a border.
    Found(Vec<&'a Loket>),
}

/// What the page to find a loket shows.
#[derive(Debug)]
pub struct Finder<'a> {
    /// What came of looking.
    pub search: Search<'a>,
    /// The postcode as it was typed.
    pub postcode: &'a str,
}

/// The page to find a loket.
#[must_use]
pub fn finder_page(site: &Site<'_>, finder: &Finder<'_>) -> Markup {
    let Finder { search, postcode } = finder;
    let main = html! {
        div class="loes-breed loes-pagina" {
            h1 class="utrecht-heading-1" { "Zoek je Loesloket" }
            p class="loes-lead" { "Het Loesloket is van je gemeente. Daar denkt iemand met je mee over opgroeien en opvoeden." }
            p {
                "Heb je al een vraag gesteld? Lees je antwoord bij "
                a class="utrecht-link utrecht-link--html-a" href="/mijn-vraag" { "Mijn vraag" } "."
            }
            (found(search))
            (finder_form(search, postcode))
            (all_lokets(site))
            (ask_block("Wil je iets vragen?", ""))
            (alternatives(site))
        }
    };
    let frame = Page {
        title: if *search == Search::NoPostcode {
            "Fout: Zoek je Loesloket"
        } else {
            "Zoek je Loesloket"
        },
        description: "Vind het Loesloket van je gemeente met je postcode of de naam van je gemeente.",
        canonical: (*search == Search::NotYet).then_some("/loket"),
        section: Some(Section::Loket),
        ..Page::default()
    };
    render(site, &frame, &main)
}

fn found(search: &Search<'_>) -> Markup {
    html! {
        @match search {
            Search::Found(lokets) => {
                section class="loes-stuk" aria-labelledby="gevonden" {
                    h2 class="utrecht-heading-3" id="gevonden" {
                        @if lokets.len() > 1 { "Deze postcode hoort bij meer gemeenten. Kies de jouwe:" } @else { "Dit is je Loesloket:" }
                    }
                    div class="loes-knoppen" {
                        @for loket in lokets {
                            a class="utrecht-button utrecht-button--primary-action" href={ "/loket/" (loket.slug) } {
                                "Naar " (loket.name)
                            }
                        }
                    }
                }
            }
            Search::Nobody => {
                @let body = html! { p {
                    "Bij deze postcode kennen wij nog geen Loesloket. Kies hieronder een gemeente, of bel een van de mensen onderaan. "
                    "Je gemeente kan je ook verder helpen: vraag naar het wijkteam of het Centrum voor Jeugd en Gezin."
                } };
                div class="loes-stuk" { (notice("info", "Geen loket gevonden", &body)) }
            }
            Search::NotYet | Search::NoPostcode => {}
        }
    }
}

fn finder_form(search: &Search<'_>, postcode: &str) -> Markup {
    let again = matches!(search, Search::Found(_));
    let weight = if again { "secondary" } else { "primary" };
    html! {
        form class="loes-formulier loes-stuk" method="post" action="/loket" novalidate {
            (postcode_field(*search == Search::NoPostcode, again, postcode))
            button class={ "utrecht-button utrecht-button--" (weight) "-action utrecht-button--submit" } type="submit" {
                "Zoek mijn loket"
            }
        }
    }
}

fn postcode_field(wrong: bool, again: bool, postcode: &str) -> Markup {
    let field = if wrong {
        " utrecht-form-field--invalid"
    } else {
        ""
    };
    let input = if wrong {
        " utrecht-textbox--invalid"
    } else {
        ""
    };
    let error = if wrong { " postcode-fout" } else { "" };
    html! {
        div class={ "utrecht-form-field" (field) } {
            label class="utrecht-form-field__label utrecht-form-label" for="postcode" {
                @if again { "Een andere postcode?" } @else { "Je postcode" }
            }
            p class="utrecht-form-field__description utrecht-form-field-description" id="postcode-uitleg" {
                "De vier cijfers zijn genoeg, bijvoorbeeld 7651."
            }
            @if wrong {
                div class="utrecht-form-field__error-message utrecht-form-field-error-message" id="postcode-fout" {
                    (icon("let-op"))
                    span {
                        span class="loes-alleen-lezer" { "Fout: " }
                        "Vul een postcode in met vier cijfers, bijvoorbeeld 7651."
                    }
                }
            }
            input class={ "utrecht-form-field__input utrecht-textbox utrecht-textbox--html-input utrecht-textbox--numeric loes-kort" (input) }
                id="postcode" name="postcode" type="text" autocomplete="postal-code" value=(postcode)
                aria-describedby={ "postcode-uitleg" (error) } aria-invalid=[wrong.then_some("true")];
        }
    }
}

fn all_lokets(site: &Site<'_>) -> Markup {
    html! {
        section class="loes-blok" aria-labelledby="gemeenten" {
            h2 class="utrecht-heading-2" id="gemeenten" { "Of kies je gemeente" }
            ul class="loes-kaal loes-chips" {
                @for loket in site.library.lokets() {
                    li { a class="loes-chip" href={ "/loket/" (loket.slug) } { (loket.municipality) } }
                }
            }
        }
    }
}

/// Others who help.
#[must_use]
pub(super) fn alternatives(site: &Site<'_>) -> Markup {
    let help = HelpBox {
        id: "hulp",
        title: "Kun je niet wachten?",
        intro: "Bij deze mensen kun je ook terecht.",
        facts: [
            "alarmnummer",
            "huisarts",
            "veilig-thuis",
            "113",
            "kindertelefoon",
        ]
        .iter()
        .filter_map(|key| site.library.fact(key))
        .collect(),
        urgent: false,
    };
    html! { div class="loes-blok" { (help_box(site, &help)) } }
}

/// The page of one loket. What is made up is shown in a demonstration only.
#[must_use]
pub fn page(site: &Site<'_>, loket: &Loket) -> Markup {
    let made_up = loket.example && !site.settings.demo;
    let steps = [("Home", "/".to_owned()), ("Loesloket", "/loket".to_owned())];
    let main = html! {
        div class="loes-breed" {
            (breadcrumb(&steps))
            h1 class="utrecht-heading-1" { (loket.name) }
            p class="loes-lead" { "Woon je in de gemeente " (loket.municipality) "? Dan is dit jouw loket." }
            @if loket.example { (example_notice(made_up)) }
            @if !made_up { (ask_here(loket)) (spreekuren(site, loket)) (contact(loket)) (partners(site, loket)) }
            (alternatives(site))
        }
    };
    let path = format!("/loket/{}", loket.slug);
    let description = format!(
        "Het loket van {} voor vragen over opgroeien en opvoeden.",
        loket.municipality
    );
    let frame = Page {
        title: &loket.name,
        description: &description,
        canonical: (!loket.example).then_some(path.as_str()),
        section: Some(Section::Loket),
        json_ld: (!made_up).then(|| json_ld::loket(site, loket)),
        ..Page::default()
    };
    render(site, &frame, &main)
}

/// The way to ask this loket.
fn ask_here(loket: &Loket) -> Markup {
    html! {
        section class="loes-blok loes-vraag" aria-labelledby="vraag-kop" {
            h2 class="utrecht-heading-3" id="vraag-kop" { "Stel je vraag" }
            p { "Schrijf in je eigen woorden waar je tegenaan loopt. Je naam hoeft niet." }
            form method="post" action="/vraag" {
                input type="hidden" name="loket" value=(loket.slug);
                button class="utrecht-button utrecht-button--primary-action utrecht-button--submit" type="submit" {
                    "Stel je vraag aan " (loket.name)
                }
            }
            p class="loes-zacht" {
                "Heb je al een vraag gesteld? Lees je antwoord bij "
                a class="utrecht-link utrecht-link--html-a" href="/mijn-vraag" { "Mijn vraag" } "."
            }
        }
    }
}

fn example_notice(made_up: bool) -> Markup {
    let body = html! {
        p {
            @if made_up {
                "De gemeente heeft dit loket nog niet ingericht. Niemand leest hier vragen. "
                "Bel je huisarts, of kijk bij "
            } @else {
                "De adressen, tijden en contactgegevens op deze pagina bestaan niet. De gemeente vult ze nog in. "
                "Heb je nu hulp nodig? Kijk bij "
            }
            a class="utrecht-link utrecht-link--html-a" href="/hulp" { "Hulp nu" } "."
        }
    };
    notice(
        "warning",
        if made_up {
            "Dit loket is er nog niet"
        } else {
            "Dit loket is een voorbeeld"
        },
        &body,
    )
}

/// The walk-in hours of a loket.
#[must_use]
pub(super) fn spreekuren(site: &Site<'_>, loket: &Loket) -> Markup {
    html! {
        section class="loes-blok" aria-labelledby="spreekuren" {
            h2 class="utrecht-heading-2" id="spreekuren" { "Wanneer kun je langskomen?" }
            @if loket.spreekuren.is_empty() { p { "Dit loket heeft geen inloopspreekuur." } }
            @else {
                ul class="loes-kaal loes-spreekuren" {
                    @for spreekuur in &loket.spreekuren { (spreekuur_item(site, spreekuur)) }
                }
                @if !loket.example {
                    p { a class="utrecht-link utrecht-link--html-a" href={ "/loket/" (loket.slug) "/spreekuren.ics" } {
                        "Zet de spreekuren in je agenda"
                    } }
                }
            }
        }
    }
}

fn spreekuur_item(site: &Site<'_>, spreekuur: &Spreekuur) -> Markup {
    let state = spreekuur.state(site.now);
    let open = matches!(state, SpreekuurState::OpenUntil(_));
    let times = format!(
        "{} van {} tot {} uur",
        day_name(spreekuur.day),
        time_text(spreekuur.from),
        time_text(spreekuur.to)
    );
    let coming: Vec<_> = spreekuur
        .exceptions
        .iter()
        .filter(|exception| {
            exception.date >= site.today() && exception.date.weekday() == spreekuur.day
        })
        .collect();
    html! {
        li class={ "loes-spreekuur" @if open { " loes-spreekuur--open" } } {
            div { h3 { (spreekuur.place) } p class="loes-zacht" { (spreekuur.address) } }
            div {
                p class="loes-spreekuur__tijd" { (icon("klok")) (capitalised(&times)) }
                p { (state_badge(&state)) }
                @for exception in coming {
                    p class="loes-zacht" { "Niet op " (weekday_text(exception.date)) ": " (exception.reason) "." }
                }
            }
        }
    }
}

fn state_badge(state: &SpreekuurState) -> Markup {
    let neutral = "utrecht-badge-status utrecht-badge-status--neutral";
    html! {
        @match state {
            SpreekuurState::OpenUntil(until) => span class="utrecht-badge-status utrecht-badge-status--safe" { "Nu open, tot " (time_text(*until)) " uur" },
            SpreekuurState::Next(date) => span class=(neutral) { "Volgende keer: " (weekday_text(*date)) },
            SpreekuurState::NotPlanned => span class=(neutral) { "Nu niet gepland" },
        }
    }
}

/// How to reach a loket.
#[must_use]
pub(super) fn contact(loket: &Loket) -> Markup {
    let example = if loket.example { " (voorbeeld)" } else { "" };
    html! {
        section class="loes-blok" aria-labelledby="contact" {
            h2 class="utrecht-heading-2" id="contact" { "Zo bereik je het loket" }
            dl class="loes-gegevens" {
                @if let Some(phone) = &loket.phone {
                    div { dt { "Telefoon" } dd { a class="utrecht-link utrecht-link--html-a" href=(phone.href()) { (phone.as_str()) } (example) } }
                }
                div {
                    dt { "Mail" }
                    dd {
                        @if loket.example { (loket.mail) (example) }
                        @else { a class="utrecht-link utrecht-link--html-a" href={ "mailto:" (loket.mail) } { (loket.mail) } }
                    }
                }
                @for slot in &loket.hours.0 { div { dt { "Bereikbaar" } dd { (capitalised(&slot.describe())) (example) } } }
                div { dt { "Antwoord" } dd { "Binnen " (loket.answer_days) " werkdagen" (example) } }
            }
        }
    }
}

fn partners(site: &Site<'_>, loket: &Loket) -> Markup {
    let known: Vec<&Partner> = loket
        .partners
        .iter()
        .filter_map(|key| site.library.partner(key.as_str()))
        .collect();
    html! {
        @if !known.is_empty() {
            section class="loes-blok" aria-labelledby="partners" {
                h2 class="utrecht-heading-2" id="partners" { "Met wie het loket samenwerkt" }
                dl class="loes-gegevens" {
                    @for partner in known {
                        div {
                            dt { @match &partner.website {
                                Some(website) => a class="utrecht-link utrecht-link--html-a" href=(website) { (partner.name) },
                                None => (partner.name),
                            } }
                            dd { (partner.what) }
                        }
                    }
                }
            }
        }
    }
}

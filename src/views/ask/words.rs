//! First step: her words, who asks, and about which age.

use maud::{Markup, html};

use super::{Asking, form, step_button, step_page};
use crate::domain::{AgeBand, Audience, Field};
use crate::views::Site;
use crate::views::form::{TextField, radio, text_area};

/// The step that asks for her words.
#[must_use]
pub fn words_page(site: &Site<'_>, asking: &Asking<'_>) -> Markup {
    let fields = html! {
        (words_field(asking))
        (who(asking))
        (age(asking))
        div class="loes-knoppen" { (step_button("primary", "antwoorden", "Verder")) }
    };
    let step = html! {
        p class="loes-lead" {
            "Een mens van het Loesloket van je gemeente leest je vraag en denkt met je mee. Je naam hoeft niet."
        }
        (form(asking, &["vraag", "wie", "leeftijd"], &fields))
        p class="loes-stuk" {
            "Heb je al een vraag gesteld? Kijk dan bij "
            a class="utrecht-link utrecht-link--html-a" href="/mijn-vraag" { "Mijn vraag" } "."
        }
    };
    step_page(site, asking, "Stel je vraag", &step)
}

/// The field for her words.
pub(super) fn words_field(asking: &Asking<'_>) -> Markup {
    text_area(&TextField {
        name: "vraag",
        label: "Wat is je vraag?",
        hint: "Schrijf het in je eigen woorden. Een andere taal mag ook. Noem liever geen achternaam of adres.",
        value: &asking.raw.text,
        error: asking.error(Field::Text),
        ..TextField::default()
    })
}

fn who(asking: &Asking<'_>) -> Markup {
    let chosen = Audience::parse(&asking.raw.audience).unwrap_or(Audience::Ouder);
    html! {
        fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset" {
            legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend" { "Wie ben je?" }
            div class="loes-keuzes" {
                @for (audience, label) in [
                    (Audience::Ouder, "Ouder of opvoeder"),
                    (Audience::Jongere, "Jongere, tot 23 jaar"),
                    (Audience::Professional, "Iemand die met kinderen werkt"),
                ] {
                    (radio(audience.slug(), "wie", audience.slug(), label, audience == chosen))
                }
            }
        }
    }
}

fn age(asking: &Asking<'_>) -> Markup {
    let chosen = AgeBand::from_slug(&asking.raw.age);
    html! {
        div class="utrecht-form-field" {
            label class="utrecht-form-field__label utrecht-form-label" for="leeftijd" {
                "Om welke leeftijd gaat het? (mag je overslaan)"
            }
            select class="utrecht-select utrecht-select--html-select" id="leeftijd" name="leeftijd" {
                option value="" { "Zeg ik liever niet" }
                @for age in AgeBand::ALL {
                    option value=(age.slug()) selected[chosen == Some(age)] { (age.title()) ", " (age.years()) }
                }
            }
        }
    }
}

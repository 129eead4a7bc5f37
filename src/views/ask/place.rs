//! Third step: which municipality.

use maud::{Markup, html};

use super::{ACTION, Asking, form, step_button, step_page};
use crate::domain::{Field, FieldError, Loket, Postcode4, route_postcode};
use crate::views::Site;
use crate::views::form::{TextField, hidden, text_field};
use crate::views::loket::alternatives;

/// The step that asks where she lives.
#[must_use]
pub fn place_page(site: &Site<'_>, asking: &Asking<'_>) -> Markup {
    let error = asking.errors.of(Field::Place);
    let fields = html! {
        (place_fields(site, asking))
        div class="loes-knoppen" {
            (step_button("primary", "gegevens", "Verder"))
            (step_button("secondary", "woorden", "Terug"))
        }
    };
    let step = html! {
        p class="loes-lead" { "Elke gemeente heeft een eigen loket. Zo komt je vraag op de goede plek." }
        @if error == Some(FieldError::Several) { (several(site, asking)) }
        (form(asking, &["postcode", "loket"], &fields))
        @if error == Some(FieldError::Nobody) {
            p class="loes-stuk" {
                "Staat je gemeente er niet bij? Vraag je gemeente naar het wijkteam of het Centrum voor Jeugd en Gezin."
            }
            @if asking.safety.is_empty() { (alternatives(site)) }
        }
    };
    step_page(site, asking, "Waar woon je?", &step)
}

/// Postcode, or a choice of municipality.
pub(super) fn place_fields(site: &Site<'_>, asking: &Asking<'_>) -> Markup {
    html! {
        (text_field(&TextField {
            name: "postcode",
            label: "Je postcode",
            hint: "De vier cijfers zijn genoeg, bijvoorbeeld 7651. Meer bewaren we niet.",
            value: &asking.raw.postcode,
            error: asking.error(Field::Place),
            autocomplete: "postal-code",
            short: true,
            ..TextField::default()
        }))
        div class="utrecht-form-field" {
            label class="utrecht-form-field__label utrecht-form-label" for="loket" { "Of kies een gemeente" }
            select class="utrecht-select utrecht-select--html-select" id="loket" name="loket" {
                option value="" { "Kies een gemeente" }
                @for loket in site.library.lokets() {
                    option value=(loket.slug) { (loket.municipality) }
                }
            }
        }
    }
}

/// A postcode on a border: one touch for each municipality.
fn several(site: &Site<'_>, asking: &Asking<'_>) -> Markup {
    let postcode = Postcode4::parse(&asking.raw.postcode).ok();
    let lokets: Vec<&Loket> = postcode.map_or_else(Vec::new, |postcode| {
        route_postcode(postcode, site.library.lokets())
    });
    let mut carried = asking.fields().to_vec();
    carried.retain(|(name, _)| *name != "loket");
    carried.push(("stap", "gegevens"));
    html! {
        form class="loes-knoppen loes-stuk" method="post" action=(ACTION) {
            (hidden(&carried))
            @for loket in lokets {
                (crate::views::form::submit("secondary", "loket", loket.slug.as_str(), &loket.municipality))
            }
        }
    }
}

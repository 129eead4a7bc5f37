//! Second step: answers that are there already.

use maud::{Markup, html};

use super::{Asking, beside, form, own_words, step_button, step_page};
use crate::domain::Article;
use crate::views::Site;

/// The step that shows what may answer her question at once.
#[must_use]
pub fn answers_page(site: &Site<'_>, asking: &Asking<'_>, articles: &[&Article]) -> Markup {
    let title = if articles.is_empty() {
        "Je vraag"
    } else {
        "Misschien staat je antwoord hier al"
    };
    let buttons = html! {
        div class="loes-knoppen" {
            (step_button("primary", "gegevens", if articles.is_empty() { "Ik wil mijn vraag stellen" } else { "Nee, ik wil mijn vraag stellen" }))
            (step_button("secondary", "woorden", "Terug"))
        }
    };
    let step = html! {
        @if !articles.is_empty() {
            h2 class="utrecht-heading-3" id="antwoorden" { "Deze antwoorden lijken op je vraag" }
            ul class="loes-kaal loes-resultaten loes-stuk" aria-labelledby="antwoorden" {
                @for article in articles {
                    li {
                        div class="loes-resultaat" {
                            h3 { (beside(&format!("/antwoord/{}", article.slug), &article.title)) }
                            p { (article.summary) }
                        }
                    }
                }
            }
            h2 class="utrecht-heading-3" { "Staat het er niet bij?" }
        }
        (own_words(asking.raw))
        (form(asking, &[], &buttons))
    };
    step_page(site, asking, title, &step)
}

//! The home page.

use maud::{Markup, html};

use super::Site;
use super::components::{HelpBox, SearchField, ask_block, help_box, search_form};
use super::icons::icon;
use super::layout::{Page, render};
use super::search_link::{Kept, search_url};
use crate::domain::AgeBand;

/// Questions that show how one may ask.
const EXAMPLES: [&str; 4] = [
    "mijn peuter wil niet slapen",
    "baby huilt veel",
    "mijn kind wordt gepest",
    "ruzie met mijn puber",
];

/// Facts in the box for urgent help.
const URGENT: [&str; 4] = ["alarmnummer", "veilig-thuis", "113", "kindertelefoon"];

/// The home page.
#[must_use]
pub fn page(site: &Site<'_>) -> Markup {
    let urgent = HelpBox {
        id: "hulp",
        title: "Nu hulp nodig?",
        intro: "Is iemand in gevaar? Bel het alarmnummer. Je mag ook bellen als je twijfelt.",
        facts: URGENT
            .iter()
            .filter_map(|key| site.library.fact(key))
            .collect(),
        urgent: true,
    };
    let main = html! {
        (hero())
        div class="loes-breed" {
            (ages())
            div class="loes-blok" { (help_box(site, &urgent)) }
            (themes(site))
            (ask_block("Liever iemand spreken?", ""))
        }
    };
    let frame = Page {
        description: "Eerlijke, duidelijke antwoorden op vragen over opgroeien en opvoeden, van zwanger tot 23 jaar.",
        canonical: Some("/"),
        json_ld: Some(super::json_ld::website(site)),
        ..Page::default()
    };
    render(site, &frame, &main)
}

fn hero() -> Markup {
    html! {
        div class="loes-held" {
            div class="loes-breed" {
                h1 class="utrecht-heading-1" { "Waar loop je tegenaan?" }
                p class="loes-inleiding" {
                    "Groot of klein: andere ouders zoeken dit ook. Je hoeft niet te zeggen wie je bent."
                }
                (search_form(SearchField::Hero, "", &Kept::default()))
                div class="loes-voorbeelden" {
                    p id="voorbeelden" { "Ouders vragen bijvoorbeeld" }
                    ul class="loes-kaal" aria-labelledby="voorbeelden" {
                        @for example in EXAMPLES {
                            li { a href=(search_url(example, &Kept::default())) { (example) } }
                        }
                    }
                }
            }
        }
    }
}

fn ages() -> Markup {
    html! {
        section class="loes-blok" aria-labelledby="leeftijden" {
            h2 class="utrecht-heading-2" id="leeftijden" { "Hoe oud is je kind?" }
            ul class="loes-kaal loes-leeftijden" {
                @for age in AgeBand::ALL {
                    li {
                        a class="loes-leeftijd" href={ "/leeftijd/" (age.slug()) } {
                            strong { (hyphenated(age)) } " " span { (age.years()) }
                        }
                    }
                }
            }
        }
    }
}

/// The longest name may break where the tile is narrow.
fn hyphenated(age: AgeBand) -> String {
    age.title()
        .replace("Jongvolwassene", "Jong\u{ad}volwassene")
}

fn themes(site: &Site<'_>) -> Markup {
    html! {
        section class="loes-blok" id="onderwerpen" aria-labelledby="themas" {
            h2 class="utrecht-heading-2" id="themas" { "Zoek op onderwerp" }
            ul class="loes-kaal loes-kaarten" {
                @for theme in site.library.themes() {
                    li {
                        div class="loes-kaart" {
                            (icon(theme.slug.as_str()))
                            h3 { a href={ "/thema/" (theme.slug) } { (theme.title) } }
                            p { (theme.sentence) }
                        }
                    }
                }
            }
        }
    }
}

//! The page with everybody who helps.

use maud::{Markup, html};

use super::Site;
use super::components::{HelpBox, ask_block, fact_item, help_box};
use super::layout::{Page, Section, render};
use crate::domain::{Audience, Fact, Reach};

/// Facts that stand first, as urgent.
const FIRST: [&str; 4] = ["alarmnummer", "veilig-thuis", "113", "huisartsenpost"];

/// The page with everybody who helps: the urgent first, then who can be reached now, then the rest.
#[must_use]
pub fn page(site: &Site<'_>) -> Markup {
    let urgent = HelpBox {
        id: "nu",
        title: "Nu hulp nodig?",
        intro: "Is iemand in gevaar? Bel het alarmnummer. Je mag ook bellen als je twijfelt.",
        facts: FIRST
            .iter()
            .filter_map(|key| site.library.fact(key))
            .collect(),
        urgent: true,
    };
    let is_for_professionals = |fact: &&Fact| fact.audience == [Audience::Professional];
    let others = site
        .library
        .facts()
        .iter()
        .filter(|fact| !FIRST.contains(&fact.key.as_str()));
    let (work, others): (Vec<&Fact>, Vec<&Fact>) = others.partition(is_for_professionals);
    let (now, later): (Vec<&Fact>, Vec<&Fact>) = others
        .into_iter()
        .partition(|fact| matches!(fact.reach(site.now), Reach::Always | Reach::Now(_)));
    let main = html! {
        div class="loes-breed loes-pagina" {
            h1 class="utrecht-heading-1" { "Wie kan je helpen?" }
            p class="loes-lead" { "Je hoeft het niet alleen te doen. Deze mensen luisteren en denken mee." }
            div class="loes-stuk" { (help_box(site, &urgent)) }
            (list(site, "bereikbaar", "Nu bereikbaar", &now))
            (list(site, "meer", "Meer hulp", &later))
            (list(site, "werk", "Voor wie met kinderen werkt", &work))
            (ask_block("Weet je niet bij wie je moet zijn?", ""))
        }
    };
    let frame = Page {
        title: "Hulp",
        description: "Telefoonnummers en plekken waar ouders en jongeren hulp krijgen, met tijden.",
        canonical: Some("/hulp"),
        section: Some(Section::Help),
        quick_exit: true,
        ..Page::default()
    };
    render(site, &frame, &main)
}

fn list(site: &Site<'_>, id: &str, title: &str, facts: &[&Fact]) -> Markup {
    html! {
        @if !facts.is_empty() {
            section class="loes-blok loes-hulp" aria-labelledby=(id) {
                div class="loes-hulp__kop" { (super::icons::icon("telefoon")) div { h2 id=(id) { (title) } } }
                ul class="loes-kaal" { @for fact in facts { (fact_item(site, fact)) } }
            }
        }
    }
}

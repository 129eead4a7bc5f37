//! The answer page.

use maud::{Markup, PreEscaped, html};

use super::components::{
    HelpBox, article_cards, ask_block, breadcrumb, fact_inline, facts, help_box,
};
use super::dates::date_text;
use super::icons::icon;
use super::layout::{Page, Section as MenuSection, render};
use super::{Site, json_ld};
use crate::domain::{Article, Piece, Review, Section, SourceRef, Topic};

/// Whether only "In het kort" is shown: a sensitive text that nobody approved, on a real loket.
#[must_use]
pub fn is_held_back(site: &Site<'_>, article: &Article) -> bool {
    !site.settings.demo && article.review == Review::Concept && is_sensitive(site, article)
}

/// Whether the article is about a sensitive topic, first or also.
#[must_use]
pub fn is_sensitive(site: &Site<'_>, article: &Article) -> bool {
    std::iter::once(&article.topic)
        .chain(&article.also)
        .any(|slug| {
            site.library
                .topic(slug.as_str())
                .is_some_and(|topic| topic.sensitive)
        })
}

/// The answer page of `article`.
#[must_use]
pub fn page(site: &Site<'_>, article: &Article) -> Markup {
    let topic = site.library.topic(article.topic.as_str());
    let steps = steps(site, topic);
    let urgent = is_sensitive(site, article);
    let held_back = is_held_back(site, article);
    let shown: Vec<&Section> = if held_back {
        article.body.in_short().into_iter().collect()
    } else {
        article.body.sections.iter().collect()
    };
    let main = html! {
        div class="loes-breed" {
            (breadcrumb(&steps))
            article class="loes-antwoord" {
                (heading(article))
                @if urgent { (beside(site, article)) }
                (review_label(article))
                @if !held_back { (contents(&shown)) }
                div class="loes-tekst" {
                    @for section in &shown { (text_section(site, section)) }
                    @if held_back { (held_back_note()) }
                }
                @if !urgent { (beside(site, article)) }
                (sources(article))
            }
            (related(site, article))
            (ask_block("Helpt dit niet?", ""))
        }
    };
    let path = format!("/antwoord/{}", article.slug);
    let frame = Page {
        title: &article.title,
        description: &article.summary,
        canonical: Some(&path),
        section: Some(MenuSection::Topics),
        quick_exit: urgent,
        json_ld: Some(json_ld::article(site, article, &steps)),
        ..Page::default()
    };
    render(site, &frame, &main)
}

fn steps<'a>(site: &Site<'a>, topic: Option<&'a Topic>) -> Vec<(&'a str, String)> {
    let mut steps = vec![("Home", "/".to_owned())];
    let theme = topic.and_then(|topic| site.library.theme(topic.theme.as_str()));
    steps.extend(theme.map(|theme| (theme.title.as_str(), format!("/thema/{}", theme.slug))));
    steps.extend(topic.map(|topic| (topic.title.as_str(), format!("/onderwerp/{}", topic.slug))));
    steps
}

fn heading(article: &Article) -> Markup {
    html! {
        header class="loes-antwoord__kop" {
            h1 class="utrecht-heading-1" { (article.title) }
            @if let Some(reader) = article.speaks_to() { p { span class="loes-lezer" { "Voor " (reader.title()) } } }
            p class="loes-lead" { (article.summary) }
        }
    }
}

fn review_label(article: &Article) -> Markup {
    html! {
        p class="loes-merkje" {
            (icon("info"))
            span {
                @match &article.review {
                    Review::Concept => "Deze tekst is nog niet beoordeeld door een professional van het Loesloket.",
                    Review::Approved { by, on } => { "Beoordeeld door " (by) " op " (date_text(*on)) "." }
                }
            }
        }
    }
}

fn beside(site: &Site<'_>, article: &Article) -> Markup {
    let urgent = is_sensitive(site, article);
    let found = facts(site, &article.help);
    let has_number = found.iter().any(|fact| fact.phone.is_some());
    let help = HelpBox {
        id: "hulp",
        title: if urgent {
            "Nu hulp nodig?"
        } else {
            "Wil je iemand spreken?"
        },
        intro: if has_number {
            "Bellen mag ook als je twijfelt."
        } else {
            "Je hoeft het niet alleen te doen."
        },
        facts: found,
        urgent,
    };
    html! {
        @if !help.facts.is_empty() {
            div class="loes-antwoord__naast" { (help_box(site, &help)) }
        }
    }
}

fn contents(sections: &[&Section]) -> Markup {
    html! {
        details class="loes-inhoud" {
            summary { "Op deze pagina" }
            nav aria-label="Op deze pagina" {
                ul class="loes-kaal" {
                    @for section in sections.iter().filter(|section| !section.title.is_empty()) {
                        li { a href={ "#" (section.anchor) } { (section.title) } }
                    }
                }
            }
        }
    }
}

fn text_section(site: &Site<'_>, section: &Section) -> Markup {
    html! {
        @if !section.title.is_empty() { h2 id=(section.anchor) { (section.title) } }
        @for piece in &section.pieces {
            @match piece {
                // Sanitised by `content`.
                Piece::Html(sanitised) => (PreEscaped(sanitised.as_str())),
                Piece::Fact(key) => (fact_inline(site, key)),
            }
        }
    }
}

fn held_back_note() -> Markup {
    html! {
        p {
            "De rest van deze tekst staat hier zodra een professional hem heeft beoordeeld. "
            "De bronnen hieronder kun je nu al lezen."
        }
    }
}

fn sources(article: &Article) -> Markup {
    html! {
        footer class="loes-bronnen" {
            h2 id="bronnen" { "Bronnen" }
            ul { @for source in &article.sources { li { (source_line(source)) } } }
            p {
                "Bijgewerkt op " (date_text(article.updated)) ". We kijken deze tekst opnieuw na vóór "
                (date_text(article.review_before)) "."
            }
            button class="utrecht-button utrecht-button--secondary-action" type="button" data-print hidden {
                (icon("print")) "Print deze tekst"
            }
        }
    }
}

fn source_line(source: &SourceRef) -> Markup {
    html! {
        a href=(source.url) { (source.name) } ", bekeken op " (date_text(source.read_on))
    }
}

fn related(site: &Site<'_>, article: &Article) -> Markup {
    let slugs = article.related.iter();
    let found: Vec<&Article> = slugs
        .filter_map(|slug| site.library.article(slug.as_str()))
        .collect();
    html! {
        @if !found.is_empty() {
            section class="loes-blok loes-verwant" aria-labelledby="verwant" {
                h2 class="utrecht-heading-2" id="verwant" { "Hier gaat het ook over" }
                (article_cards(site, &found))
            }
        }
    }
}

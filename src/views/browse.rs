//! Pages to browse by: theme, topic and age.

use maud::{Markup, html};

use super::Site;
use super::components::{
    SearchField, article_links, article_meta, ask_block, breadcrumb, notice, search_form,
};
use super::layout::{Page, Section, render};
use super::search_link::Kept;
use crate::content::Library;
use crate::domain::{AgeBand, Article, Theme, Topic};

/// The page of a theme: its topics, each with its articles.
#[must_use]
pub fn theme_page(site: &Site<'_>, theme: &Theme) -> Markup {
    let topics: Vec<&Topic> = site.library.topics_of(theme.slug.as_str()).collect();
    let main = html! {
        div class="loes-breed" {
            (breadcrumb(&[("Home", "/".to_owned())]))
            h1 class="utrecht-heading-1" { (theme.title) }
            p class="loes-lead" { (lead(&theme.introduction, &theme.sentence)) }
            @for topic in topics { (topic_section(site, topic)) }
            (ask_block("Staat je antwoord er niet bij?", ""))
        }
    };
    let path = format!("/thema/{}", theme.slug);
    let frame = Page {
        title: &theme.title,
        description: &theme.sentence,
        canonical: Some(&path),
        section: Some(Section::Topics),
        ..Page::default()
    };
    render(site, &frame, &main)
}

/// What stands at the head of a page: its introduction, or the one sentence that lists show.
fn lead<'a>(introduction: &'a str, sentence: &'a str) -> &'a str {
    if introduction.is_empty() {
        sentence
    } else {
        introduction
    }
}

fn topic_section(site: &Site<'_>, topic: &Topic) -> Markup {
    // On this page each answer stands once, below its first topic.
    let mut articles = site.library.articles_about(topic.slug.as_str());
    articles.retain(|article| article.topic == topic.slug);
    html! {
        section class="loes-stuk" aria-labelledby={ "onderwerp-" (topic.slug) } {
            h2 class="utrecht-heading-3" id={ "onderwerp-" (topic.slug) } {
                a class="utrecht-link utrecht-link--html-a" href={ "/onderwerp/" (topic.slug) } { (topic.title) }
            }
            @if !topic.sentence.is_empty() { p { (topic.sentence) } }
            @if !articles.is_empty() {
                (article_links(&articles))
            }
        }
    }
}

/// The page of a topic.
#[must_use]
pub fn topic_page(site: &Site<'_>, topic: &Topic) -> Markup {
    let theme = site.library.theme(topic.theme.as_str());
    let mut steps = vec![("Home", "/".to_owned())];
    steps.extend(theme.map(|theme| (theme.title.as_str(), format!("/thema/{}", theme.slug))));
    let kept = Kept {
        age: None,
        topic: Some(topic.slug.as_str()),
    };
    let articles = site.library.articles_about(topic.slug.as_str());
    let main = html! {
        div class="loes-breed" {
            (breadcrumb(&steps))
            h1 class="utrecht-heading-1" { (topic.title) }
            @let lead = lead(&topic.introduction, &topic.sentence);
            @if !lead.is_empty() { p class="loes-lead" { (lead) } }
            (article_list(&articles))
            div class="loes-blok" { (search_form(SearchField::Plain, "", &kept)) }
            (ask_block("Staat je antwoord er niet bij?", ""))
        }
    };
    let path = format!("/onderwerp/{}", topic.slug);
    let frame = Page {
        title: &topic.title,
        description: &topic.sentence,
        canonical: (!articles.is_empty()).then_some(path.as_str()),
        section: Some(Section::Topics),
        quick_exit: topic.sensitive,
        ..Page::default()
    };
    render(site, &frame, &main)
}

/// The page of an age.
#[must_use]
pub fn age_page(site: &Site<'_>, age: AgeBand) -> Markup {
    let groups = by_theme(site.library, age);
    let kept = Kept {
        age: Some(age),
        topic: None,
    };
    let lead = age_lead(age);
    let main = html! {
        div class="loes-breed" {
            (breadcrumb(&[("Home", "/".to_owned())]))
            h1 class="utrecht-heading-1" { (age.title()) }
            p class="loes-lead" { (lead) }
            div class="loes-stuk" { (search_form(SearchField::Plain, "", &kept)) }
            nav class="loes-stuk" aria-label="Onderwerpen op deze pagina" {
                ul class="loes-kaal loes-chips" {
                    @for (theme, _) in &groups { li { a class="loes-chip" href={ "#" (theme.slug) } { (theme.title) } } }
                }
            }
            @for (theme, articles) in &groups {
                section class="loes-stuk" aria-labelledby=(theme.slug) {
                    h2 class="utrecht-heading-3" id=(theme.slug) { (theme.title) }
                    (article_links(articles))
                }
            }
            (ask_block("Staat je antwoord er niet bij?", ""))
        }
    };
    let path = format!("/leeftijd/{}", age.slug());
    let frame = Page {
        title: age.title(),
        description: &lead,
        canonical: Some(&path),
        section: Some(Section::Topics),
        ..Page::default()
    };
    render(site, &frame, &main)
}

fn age_lead(age: AgeBand) -> String {
    match age {
        AgeBand::Zwanger => "Antwoorden voor de maanden voor de geboorte.".to_owned(),
        _ => format!(
            "Antwoorden voor wie een kind heeft in deze leeftijd: {}.",
            age.years()
        ),
    }
}

/// The articles about an age below their themes, in the order of the file and of their topics.
fn by_theme(library: &Library, age: AgeBand) -> Vec<(&Theme, Vec<&Article>)> {
    let of_theme = |theme: &'_ Theme| -> Vec<_> {
        let topics = library.topics_of(theme.slug.as_str());
        let articles = topics.flat_map(|topic| {
            let mut found = library.articles_about(topic.slug.as_str());
            found.retain(|article| article.topic == topic.slug && article.ages.contains(&age));
            found
        });
        articles.collect()
    };
    let groups = library
        .themes()
        .iter()
        .map(|theme| (theme, of_theme(theme)));
    groups
        .filter(|(_, articles)| !articles.is_empty())
        .collect()
}

fn article_list(articles: &[&Article]) -> Markup {
    if articles.is_empty() {
        let body = html! {
            p { "We schrijven er nog aan. Zoek hieronder met je eigen woorden, of stel je vraag aan het Loesloket." }
        };
        return notice("info", "Hierover is nog geen antwoord", &body);
    }
    html! {
        ol class="loes-kaal loes-resultaten" aria-label="Antwoorden" {
            @for article in articles {
                li {
                    div class="loes-resultaat" {
                        h2 class="utrecht-heading-3" {
                            a class="utrecht-link utrecht-link--html-a" href={ "/antwoord/" (article.slug) } { (article.title) }
                        }
                        p { (article.summary) }
                        div class="loes-meta" {
                            (article_meta(article))
                        }
                    }
                }
            }
        }
    }
}

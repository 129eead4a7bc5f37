//! The page of results.

use maud::{Markup, html};

use super::Site;
use super::components::{
    HelpBox, SearchField, article_meta, ask_block, facts, help_box, notice, search_form,
};
use super::layout::{Page, render};
use super::search_link::{Kept, search_url};
use crate::domain::{AgeBand, SafetyRule};
use crate::search::{FragmentPart, Hit, Outcome, SearchQuery, help_keys};

/// What the page shows.
#[derive(Debug)]
pub struct Results<'a> {
    /// What was searched.
    pub query: &'a SearchQuery,
    /// What it kept to.
    pub kept: Kept<'a>,
    /// What was found.
    pub outcome: &'a Outcome,
    /// The rules by which the words call for a help box.
    pub safety: &'a [&'a SafetyRule],
}

/// The page of results.
#[must_use]
pub fn page(site: &Site<'_>, results: &Results<'_>) -> Markup {
    let words = results.query.as_str();
    let title = if words.is_empty() {
        "Zoeken".to_owned()
    } else {
        format!("Zoeken: {}", shortened(words))
    };
    let main = html! {
        div class="loes-breed loes-pagina" {
            h1 class="utrecht-heading-1 loes-alleen-lezer" { (title) }
            @if !results.safety.is_empty() { div class="loes-stuk" { (safety_box(site, results.safety)) } }
            div class="loes-stuk" { (search_form(SearchField::Plain, words, &results.kept)) }
            @if results.query.was_cut() { (cut_notice()) }
            @if words.is_empty() {
                (nothing_asked())
            } @else {
                (answers(site, results))
                (ask_block("Staat je antwoord er niet bij?", words))
            }
        }
    };
    let frame = Page {
        title: &title,
        quick_exit: !results.safety.is_empty(),
        ..Page::default()
    };
    render(site, &frame, &main)
}

/// The first words of a long question, for a title.
fn shortened(words: &str) -> String {
    const LIMIT: usize = 80;
    if words.chars().count() <= LIMIT {
        return words.to_owned();
    }
    let kept: String = words.chars().take(LIMIT).collect();
    format!("{}…", kept.trim_end())
}

fn cut_notice() -> Markup {
    let body = html! {
        p { "Je vraag is heel lang. We hebben gezocht met het eerste deel. Met een paar woorden vind je meer." }
    };
    html! { div class="loes-stuk" { (notice("info", "We lezen alleen het begin", &body)) } }
}

/// The help that the words call for: the advice of the most urgent rule, and everybody whom one of
/// the rules names.
#[must_use]
pub fn safety_box(site: &Site<'_>, safety: &[&SafetyRule]) -> Markup {
    let help = HelpBox {
        id: "hulp",
        title: "Nu hulp nodig?",
        intro: safety.first().map_or("", |rule| rule.advice.as_str()),
        facts: facts(site, &help_keys(safety)),
        urgent: true,
    };
    help_box(site, &help)
}

fn nothing_asked() -> Markup {
    html! {
        p class="loes-stuk" {
            "Typ hierboven je vraag, of kijk bij de "
            a class="utrecht-link utrecht-link--html-a" href="/#onderwerpen" { "onderwerpen" } "."
        }
    }
}

fn answers(site: &Site<'_>, results: &Results<'_>) -> Markup {
    let outcome = results.outcome;
    html! {
        @if !outcome.hits.is_empty() || results.kept.age.is_some() { (age_chips(results)) }
        @if let Some(meant) = &outcome.meant {
            p class="loes-stuk" {
                "Bedoelde je: "
                a class="utrecht-link utrecht-link--html-a" href=(search_url(meant, &results.kept)) { (meant) } "?"
            }
        }
        @if !outcome.sure { (unsure(site, outcome)) }
        @if !outcome.hits.is_empty() {
            h2 class="utrecht-heading-3" id="resultaten" { (count_text(outcome)) }
            ol class="loes-kaal loes-resultaten" aria-labelledby="resultaten" {
                @for hit in &outcome.hits { (result(site, hit)) }
            }
        }
    }
}

fn count_text(outcome: &Outcome) -> String {
    match (outcome.total, outcome.hits.len()) {
        (1, _) => "1 antwoord".to_owned(),
        (total, shown) if total > shown => format!("De beste {shown} van {total} antwoorden"),
        (total, _) => format!("{total} antwoorden"),
    }
}

fn age_chips(results: &Results<'_>) -> Markup {
    let url = |age| {
        search_url(
            results.query.as_str(),
            &Kept {
                age,
                ..results.kept
            },
        )
    };
    let current = |age| (results.kept.age == age).then_some("true");
    html! {
        nav class="loes-stuk" aria-label="Kies een leeftijd" {
            ul class="loes-kaal loes-chips" {
                li { a class="loes-chip" href=(url(None)) aria-current=[current(None)] { "Alle leeftijden" } }
                @for age in AgeBand::ALL {
                    li { a class="loes-chip" href=(url(Some(age))) aria-current=[current(Some(age))] { (age.title()) } }
                }
            }
        }
        @if let Some(topic) = results.kept.topic {
            p class="loes-stuk" {
                "Alleen over: " (topic) ". "
                a class="utrecht-link utrecht-link--html-a"
                    href=(search_url(results.query.as_str(), &Kept { topic: None, ..results.kept })) {
                    "Zoek in alle onderwerpen"
                }
            }
        }
    }
}

/// Nothing found, or nothing that is sure: said so, with another way.
fn unsure(site: &Site<'_>, outcome: &Outcome) -> Markup {
    let title = if outcome.hits.is_empty() {
        "Daar hebben we nog geen antwoord op"
    } else {
        "We weten niet zeker of dit je antwoord is"
    };
    let body = html! {
        p {
            "Probeer het met andere woorden, of kijk bij een onderwerp. "
            "Je kunt je vraag ook aan het Loesloket stellen: die mensen helpen je verder."
        }
        ul {
            @for theme in site.library.themes() {
                li { a class="utrecht-link utrecht-link--html-a" href={ "/thema/" (theme.slug) } { (theme.title) } }
            }
        }
    };
    let hits = !outcome.hits.is_empty();
    html! {
        @if hits {
            p class="loes-stuk" { strong { (title) "." } " Stel je vraag anders, of vraag het aan het Loesloket." }
        } @else {
            div class="loes-stuk" { (notice("info", title, &body)) }
        }
    }
}

fn result(site: &Site<'_>, hit: &Hit) -> Markup {
    let Some(article) = site.library.article(&hit.slug) else {
        return Markup::default();
    };
    html! {
        li {
            article class="loes-resultaat" {
                h3 { a class="utrecht-link utrecht-link--html-a" href={ "/antwoord/" (article.slug) } { (article.title) } }
                p { (article.summary) }
                @if let Some(fragment) = hit.fragment.as_ref().filter(|fragment| says_more(fragment, &article.summary)) {
                    p class="loes-resultaat__fragment" { @for part in fragment { (fragment_part(part)) } }
                }
                div class="loes-meta" {
                    @if let Some(topic) = site.library.topic(article.topic.as_str()) {
                        span {
                            span class="loes-alleen-lezer" { "Onderwerp: " }
                            a href={ "/onderwerp/" (topic.slug) } { (topic.title) }
                        }
                    }
                    (article_meta(article))
                }
            }
        }
    }
}

/// Whether a fragment says what the summary above it does not: read aloud, twice is a hindrance.
fn says_more(fragment: &[FragmentPart], summary: &str) -> bool {
    let text: String = fragment.iter().map(|part| part.text.as_str()).collect();
    !summary.contains(text.trim_matches(['…', ' ']))
}

fn fragment_part(part: &FragmentPart) -> Markup {
    html! { @if part.marked { mark { (part.text) } } @else { (part.text) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_of_the_summary_itself_says_no_more() {
        let part = |text: &str, marked| FragmentPart {
            text: text.to_owned(),
            marked,
        };
        let summary = "Rust helpt. En jij hebt ook slaap nodig.";
        let of_it = [
            part("… jij hebt ook ", false),
            part("slaap", true),
            part(" nodig.", false),
        ];
        assert!(!says_more(&of_it, summary));
        assert!(says_more(&[part("Hij slaapt …", false)], summary));
    }
}

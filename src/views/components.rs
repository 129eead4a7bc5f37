//! Pieces that several pages are made of.

use maud::{Markup, html};

use super::Site;
use super::dates::{capitalised, date_text, from_text};
use super::icons::icon;
use super::search_link::Kept;
use crate::domain::hours::time_text;
use crate::domain::{AgeBand, Article, Fact, FactKey, Reach};

/// The way back: each step its name and its address.
#[must_use]
pub fn breadcrumb(steps: &[(&str, String)]) -> Markup {
    html! {
        nav class="utrecht-breadcrumb-nav" aria-label="Kruimelpad" {
            ol class="utrecht-breadcrumb-nav__list utrecht-breadcrumb-nav__list--html-ol" {
                @for (name, href) in steps {
                    li class="utrecht-breadcrumb-nav__item" {
                        a class="utrecht-breadcrumb-nav__link utrecht-link utrecht-link--html-a" href=(href) { (name) }
                    }
                }
            }
        }
    }
}

/// How long copies in backups outlive what was erased; `docs/beheer.md` holds to it.
pub const BACKUPS: &str = "Reservekopieën worden binnen 30 dagen overschreven.";

/// What kind of search field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchField {
    /// In the dark band at the top of the home page.
    Hero,
    /// On a page of its own colour.
    Plain,
}

/// The search form, with `words` in it.
#[must_use]
pub fn search_form(field: SearchField, words: &str, keep: &Kept<'_>) -> Markup {
    let loose = (field == SearchField::Plain).then_some("loes-zoek--los");
    html! {
        form class={ "loes-zoek " (loose.unwrap_or_default()) } action="/zoeken" method="get" role="search" {
            label class="utrecht-form-label loes-zoek__label" for="q" { "Wat is je vraag?" }
            @if words.is_empty() {
                p class="loes-zoek__uitleg" id="q-uitleg" {
                    "Typ het in je eigen woorden. Spelfouten zijn niet erg."
                }
            }
            div class="loes-zoek__rij" {
                div class="loes-zoek__veld" {
                    input class="utrecht-textbox utrecht-textbox--html-input loes-zoek__invoer" id="q" name="q"
                        type="search" enterkeyhint="search" data-suggesties
                        aria-describedby=[words.is_empty().then_some("q-uitleg")]
                        value=[(!words.is_empty()).then_some(words)];
                }
                @if let Some(age) = keep.age { input type="hidden" name="leeftijd" value=(age.slug()); }
                @if let Some(topic) = keep.topic { input type="hidden" name="onderwerp" value=(topic); }
                button class="utrecht-button utrecht-button--primary-action utrecht-button--submit loes-zoek__knop" type="submit" {
                    (icon("zoek")) "Zoek"
                }
            }
        }
    }
}

/// A box with whom to call.
#[derive(Debug, Clone)]
pub struct HelpBox<'a> {
    /// The anchor of the box; unique on the page.
    pub id: &'a str,
    /// Its heading.
    pub title: &'a str,
    /// What it says first.
    pub intro: &'a str,
    /// Whom to call, the most urgent first.
    pub facts: Vec<&'a Fact>,
    /// Whether it stands out as urgent.
    pub urgent: bool,
}

/// The facts with these keys, in order; unknown ones are passed over.
#[must_use]
pub fn facts<'a>(site: &Site<'a>, keys: &[FactKey]) -> Vec<&'a Fact> {
    keys.iter()
        .filter_map(|key| site.library.fact(key.as_str()))
        .collect()
}

/// A box with whom to call.
#[must_use]
pub fn help_box(site: &Site<'_>, help: &HelpBox<'_>) -> Markup {
    let heading = format!("{}-kop", help.id);
    let class = if help.urgent {
        "loes-hulp loes-hulp--dringend"
    } else {
        "loes-hulp"
    };
    let sign = if help.urgent {
        "veilig-thuis"
    } else {
        "telefoon"
    };
    html! {
        section class=(class) id=(help.id) aria-labelledby=(heading) {
            div class="loes-hulp__kop" {
                (icon(sign))
                div { h2 id=(heading) { (help.title) } p { (help.intro) } }
            }
            @if !help.facts.is_empty() {
                ul class="loes-kaal" { @for fact in &help.facts { (fact_item(site, fact)) } }
            }
        }
    }
}

/// One service in a help box.
#[must_use]
pub fn fact_item(site: &Site<'_>, fact: &Fact) -> Markup {
    let name = capitalised(&fact.name);
    html! {
        li class="loes-feit" id={ "feit-" (fact.key) } {
            div class="loes-feit__tekst" {
                strong class="loes-feit__naam" {
                    @match fact_link(fact) {
                        Some(href) => a class="utrecht-link utrecht-link--html-a" href=(href) { (name) },
                        None => (name),
                    }
                }
                " " (reach_badge(site, fact))
                p {
                    (fact.what)
                    @if let (Some(note), false) = (&fact.note, is_emergency(fact)) { " " (note) }
                }
                (expiry_note(site, fact))
            }
            @if let Some(phone) = &fact.phone {
                a class="loes-bel" href=(phone.href()) aria-label={ "Bel " (name) ": " (phone.as_str()) } {
                    (icon("telefoon")) (phone.as_str())
                }
            } @else if let Some(chat) = &fact.chat {
                a class="loes-bel" href=(chat) aria-label={ "Chat met " (name) } { "Chat" }
            }
        }
    }
}

/// A number of three digits: who needs it has no time to read on.
fn is_emergency(fact: &Fact) -> bool {
    fact.phone
        .as_ref()
        .is_some_and(|phone| phone.as_str().len() == 3)
}

/// Where the name of a service leads. The name of an emergency number leads nowhere: who is in panic
/// taps the number. The loket is on this site.
fn fact_link(fact: &Fact) -> Option<&str> {
    match fact.key.as_str() {
        "loesloket" => Some("/loket"),
        _ => fact.website.as_deref().filter(|_| !is_emergency(fact)),
    }
}

fn reach_badge(site: &Site<'_>, fact: &Fact) -> Markup {
    let safe = "utrecht-badge-status utrecht-badge-status--safe";
    let neutral = "utrecht-badge-status utrecht-badge-status--neutral";
    html! {
        @match fact.reach(site.now) {
            Reach::Always => span class=(safe) { "Nu bereikbaar, dag en nacht" },
            Reach::Now(until) => span class=(safe) { "Nu bereikbaar" (until_text(until)) },
            Reach::Later(next) => span class=(neutral) { (capitalised(&from_text(&next, site.now))) },
            Reach::Unknown => "",
        }
    }
}

fn until_text(until: jiff::civil::Time) -> String {
    if until == jiff::civil::Time::midnight() {
        String::new()
    } else {
        format!(" tot {} uur", time_text(until))
    }
}

/// A fact that is due for a check is shown with the date of its last.
fn expiry_note(site: &Site<'_>, fact: &Fact) -> Markup {
    html! {
        @if fact.is_expired(site.today()) {
            p class="loes-zacht" { "Voor het laatst gecontroleerd op " (date_text(fact.checked)) "." }
        }
    }
}

/// A fact inside a sentence: its name, and its number as a link.
#[must_use]
pub fn fact_inline(site: &Site<'_>, key: &FactKey) -> Markup {
    let Some(fact) = site.library.fact(key.as_str()) else {
        let name = key.as_str().replace('-', " ");
        return html! { a href="/hulp" { (name) } };
    };
    let checked = fact
        .is_expired(site.today())
        .then(|| format!(", gecontroleerd op {}", date_text(fact.checked)));
    html! {
        @match &fact.phone {
            Some(phone) if phone.as_str() == fact.name => a href=(phone.href()) { (fact.name) },
            Some(phone) => { (fact.name) " (" a href=(phone.href()) { (phone.as_str()) } (checked.unwrap_or_default()) ")" }
            None => a href={ "/hulp#feit-" (fact.key) } { (fact.name) },
        }
    }
}

/// The names of ages: "Peuter, basisschool".
#[must_use]
fn ages_text(ages: &[AgeBand]) -> String {
    let names: Vec<String> = ages.iter().map(|age| age.title().to_lowercase()).collect();
    capitalised(&names.join(", "))
}

/// The age an article is about, and whom it speaks to when that is not parents.
#[must_use]
pub fn article_meta(article: &Article) -> Markup {
    html! {
        span { span class="loes-alleen-lezer" { "Leeftijd: " } (ages_text(&article.ages)) }
        @if let Some(reader) = article.speaks_to() { span class="loes-lezer" { "Voor " (reader.title()) } }
    }
}

/// A list of links to articles, one line each.
#[must_use]
pub fn article_links(articles: &[&Article]) -> Markup {
    html! {
        ul class="loes-antwoordlinks" {
            @for article in articles {
                li {
                    a class="utrecht-link utrecht-link--html-a" href={ "/antwoord/" (article.slug) } { (article.title) }
                    @if let Some(reader) = article.speaks_to() { " " span class="loes-lezer" { "Voor " (reader.title()) } }
                }
            }
        }
    }
}

/// Cards that lead to articles.
#[must_use]
pub fn article_cards(site: &Site<'_>, articles: &[&Article]) -> Markup {
    html! {
        ul class="loes-kaal loes-kaarten" {
            @for article in articles {
                @let topic = site.library.topic(article.topic.as_str());
                li {
                    div class="loes-kaart" {
                        (icon(topic.map_or("info", |topic| topic.theme.as_str())))
                        h3 { a href={ "/antwoord/" (article.slug) } { (article.title) } }
                        p {
                            (ages_text(&article.ages))
                            @if let Some(reader) = article.speaks_to() { ", voor " (reader.title()) }
                        }
                    }
                }
            }
        }
    }
}

/// "Stel je vraag aan het Loesloket", which carries `words` on by POST: they are in no address.
#[must_use]
pub fn ask_block(title: &str, words: &str) -> Markup {
    html! {
        section class="loes-blok loes-vraag" aria-labelledby="vraag-kop" {
            h2 class="utrecht-heading-3" id="vraag-kop" { (title) }
            p {
                "Achter Loes zit het Loesloket van je gemeente. Daar denkt iemand met je mee. "
                "Je naam hoeft niet."
            }
            form method="post" action="/vraag" {
                @if !words.is_empty() { input type="hidden" name="vraag" value=(words); }
                button class="utrecht-button utrecht-button--primary-action utrecht-button--submit" type="submit" {
                    "Stel je vraag aan het Loesloket"
                }
            }
        }
    }
}

/// A notice with an icon; `kind` is `info`, `ok`, `warning` or `error`.
#[must_use]
pub fn notice(kind: &str, title: &str, body: &Markup) -> Markup {
    let sign = match kind {
        "info" => "info",
        "ok" => "goed",
        _ => "let-op",
    };
    html! {
        div class={ "utrecht-alert utrecht-alert--" (kind) } {
            div class="utrecht-alert__icon" { (icon(sign)) }
            div class="utrecht-alert__content" {
                div class="utrecht-alert__message" { h2 { (title) } (body) }
            }
        }
    }
}

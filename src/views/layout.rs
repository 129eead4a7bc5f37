//! The frame around every page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::icons::icon;
use super::{Site, assets};

/// Where "Verlaat deze site snel" leads: a page that anybody may be looking at.
const ELSEWHERE: &str = "https://www.buienradar.nl";

/// What the frame says of a page.
#[derive(Debug, Clone, Default)]
pub struct Page<'a> {
    /// The title, without the name of the site.
    pub title: &'a str,
    /// A sentence for search engines.
    pub description: &'a str,
    /// Its one address; nothing for a page that no search engine should keep.
    pub canonical: Option<&'a str>,
    /// Which entry of the menu it belongs to.
    pub section: Option<Section>,
    /// Whether it carries the quick exit.
    pub quick_exit: bool,
    /// Data for search engines (JSON-LD).
    pub json_ld: Option<String>,
    /// Addresses of a style and a script that only some pages need.
    pub extra: Option<(&'a str, &'a str)>,
}

/// The entries of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Topics.
    Topics,
    /// Urgent help.
    Help,
    /// The lokets.
    Loket,
}

const MENU: [(Section, &str, &str); 3] = [
    (Section::Topics, "/#onderwerpen", "Onderwerpen"),
    (Section::Help, "/hulp", "Hulp nu"),
    (Section::Loket, "/loket", "Loesloket"),
];

const FOOTER: [(&str, &str); 5] = [
    ("/mijn-vraag", "Mijn vraag"),
    ("/over", "Over Loes"),
    ("/privacy", "Privacy"),
    ("/toegankelijkheid", "Toegankelijkheid"),
    ("/hulp", "Hulp nu"),
];

/// A whole page: `main` in its frame.
#[must_use]
pub fn render(site: &Site<'_>, page: &Page<'_>, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="nl" {
            (head(site, page))
            body class="utrecht-document utrecht-document--surface" {
                a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud" {
                    "Naar de inhoud"
                }
                @if site.settings.demo { (demo_banner()) }
                (header(page))
                main id="inhoud" tabindex="-1" { (main) }
                (footer())
            }
        }
    }
}

fn head(site: &Site<'_>, page: &Page<'_>) -> Markup {
    let title = if page.title.is_empty() {
        "Loes: antwoord op vragen over opgroeien en opvoeden".to_owned()
    } else {
        format!("{} - Loes", page.title)
    };
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) }
            @if !page.description.is_empty() { meta name="description" content=(page.description); }
            @match page.canonical {
                Some(path) => link rel="canonical" href=(site.url(path));,
                None => meta name="robots" content="noindex";,
            }
            meta name="color-scheme" content="light dark";
            meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)";
            meta name="theme-color" content="#16222a" media="(prefers-color-scheme: dark)";
            link rel="preload" href=(assets::url("fonts/nunito.woff2")) as="font" type="font/woff2" crossorigin;
            link rel="stylesheet" href=(assets::url("loes.css"));
            link rel="icon" href=(assets::url("icons/favicon.svg")) type="image/svg+xml";
            link rel="manifest" href="/site.webmanifest";
            link rel="search" href="/opensearch.xml" type="application/opensearchdescription+xml" title="Loes";
            link rel="alternate" href="/antwoorden.atom" type="application/atom+xml" title="Nieuwe antwoorden";
            script src=(assets::url("loes.js")) defer {}
            @if let Some((style, script)) = page.extra {
                link rel="stylesheet" href=(style);
                script src=(script) defer {}
            }
            @if let Some(json) = &page.json_ld {
                script type="application/ld+json" { (PreEscaped(json.replace('<', "\\u003c"))) }
            }
        }
    }
}

fn demo_banner() -> Markup {
    html! {
        div class="loes-proef" role="region" aria-label="Proefversie" {
            p class="loes-breed" {
                strong { "Dit is een proef: niemand leest dit." } " "
                "Heb je nu hulp nodig? Kijk bij " a href="/hulp" { "Hulp nu" } "."
            }
        }
    }
}

fn header(page: &Page<'_>) -> Markup {
    html! {
        header class="loes-kop" {
            div class="loes-breed loes-kop__rij" {
                a class="loes-merk" href="/" {
                    (icon("loes"))
                    span {
                        span class="loes-merk__naam" { "Loes" } " "
                        span class="loes-merk__zin" { "Antwoord op vragen over opgroeien en opvoeden" }
                    }
                }
                nav class="loes-nav" aria-label="Hoofdmenu" {
                    ul class="loes-kaal" {
                        @for (section, href, name) in MENU {
                            li {
                                a href=(href) aria-current=[(page.section == Some(section)).then_some("page")] {
                                    (name)
                                }
                            }
                        }
                    }
                }
            }
            @if page.quick_exit {
                a class="loes-verlaat" href=(ELSEWHERE) rel="noreferrer" data-verlaat {
                    (icon("verlaat")) "Verlaat deze site snel"
                }
            }
        }
    }
}

fn footer() -> Markup {
    html! {
        footer class="loes-voet" {
            div class="loes-breed" {
                p {
                    "Loes is er voor ouders, opvoeders en jongeren tot 23 jaar. "
                    "Achter Loes zit het Loesloket van je gemeente. "
                    // The one number in the code: it must be there when all content is broken.
                    "Bij levensgevaar bel je " a href="tel:112" { "112" } "."
                }
                nav aria-label="Over deze site" {
                    ul class="loes-kaal" {
                        @for (href, name) in FOOTER { li { a href=(href) { (name) } } }
                    }
                }
            }
        }
    }
}

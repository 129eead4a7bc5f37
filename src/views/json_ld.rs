//! What a page says to search engines (schema.org, JSON-LD).

use serde_json::{Value, json};

use super::Site;
use crate::domain::hours::day_name;
use crate::domain::{Article, HourSlot, Loket, Review, Spreekuur};

const CONTEXT: &str = "https://schema.org";

/// The site and its search.
#[must_use]
pub fn website(site: &Site<'_>) -> String {
    json!({
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Loes",
        "inLanguage": "nl",
        "url": site.url("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": format!("{}?q={{search_term_string}}", site.url("/zoeken")),
            "query-input": "required name=search_term_string",
        },
    })
    .to_string()
}

/// An article with its question and the way back.
#[must_use]
pub fn article(site: &Site<'_>, article: &Article, steps: &[(&str, String)]) -> String {
    let url = site.url(&format!("/antwoord/{}", article.slug));
    let mut node = json!({
        "@type": "Article",
        "@id": url,
        "headline": article.title,
        "description": article.summary,
        "inLanguage": "nl",
        "dateModified": article.updated,
        "citation": article.sources.iter().map(|source| &source.url).collect::<Vec<_>>(),
        "isAccessibleForFree": true,
    });
    if let (Review::Approved { by, .. }, Some(fields)) = (&article.review, node.as_object_mut()) {
        fields.insert(
            "reviewedBy".into(),
            json!({ "@type": "Person", "name": by }),
        );
    }
    let question = json!({
        "@type": "FAQPage",
        "mainEntity": [{
            "@type": "Question",
            "name": article.title,
            "acceptedAnswer": { "@type": "Answer", "text": article.summary, "url": url },
        }],
    });
    json!({ "@context": CONTEXT, "@graph": [node, question, breadcrumbs(site, steps)] }).to_string()
}

fn breadcrumbs(site: &Site<'_>, steps: &[(&str, String)]) -> Value {
    let items = steps.iter().enumerate().map(|(at, (name, path))| {
        json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": site.url(path) })
    });
    json!({ "@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>() })
}

/// A loket as a service of its municipality.
#[must_use]
pub fn loket(site: &Site<'_>, loket: &Loket) -> String {
    let hours = loket.hours.0.iter().flat_map(slot_hours);
    let walk_in = loket.spreekuren.iter().map(spreekuur_hours);
    json!({
        "@context": CONTEXT,
        "@type": "GovernmentService",
        "name": loket.name,
        "serviceType": "Vragen over opgroeien en opvoeden",
        "url": site.url(&format!("/loket/{}", loket.slug)),
        "areaServed": { "@type": "AdministrativeArea", "name": loket.municipality, "identifier": loket.cbs_code },
        "provider": { "@type": "GovernmentOrganization", "name": format!("Gemeente {}", loket.municipality) },
        "hoursAvailable": hours.chain(walk_in).collect::<Vec<_>>(),
    })
    .to_string()
}

fn slot_hours(slot: &HourSlot) -> Vec<Value> {
    slot.days
        .iter()
        .map(|day| opening(&day_url(day), slot.from, slot.to))
        .collect()
}

fn spreekuur_hours(spreekuur: &Spreekuur) -> Value {
    let mut hours = opening(&day_url(spreekuur.day), spreekuur.from, spreekuur.to);
    if let Some(fields) = hours.as_object_mut() {
        let day = day_name(spreekuur.day);
        fields.insert(
            "name".into(),
            json!(format!("Spreekuur {} ({day})", spreekuur.place)),
        );
    }
    hours
}

fn opening(day: &str, from: jiff::civil::Time, to: jiff::civil::Time) -> Value {
    json!({
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": day,
        "opens": from.strftime("%H:%M").to_string(),
        "closes": to.strftime("%H:%M").to_string(),
    })
}

fn day_url(day: jiff::civil::Weekday) -> String {
    format!("{CONTEXT}/{day:?}")
}

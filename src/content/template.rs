//! The file of a new article, for an editor to fill in.

use jiff::Span;
use jiff::civil::Date;

use crate::domain::Topic;

/// The text of a new article with this title. It does not pass the check until it is filled in.
#[must_use]
pub fn new_article(topic: &Topic, title: &str, today: Date) -> String {
    let review = today.checked_add(Span::new().years(2)).unwrap_or(today);
    let title = title.replace(['"', '\\', '\n'], " ");
    format!(
        r#"---
titel: "{title}"
samenvatting: ""                 # één of twee zinnen die al helpen, hooguit 200 tekens
onderwerp: {topic}
ook: []
leeftijd: []                     # zwanger, baby, peuter, basisschool, tiener, jongvolwassene
voor: [ouder]                    # ouder, jongere, professional
vragen: []                       # 5 tot 12 manieren waarop ouders dit vragen
zoekwoorden: []
bronnen: []                      # minstens twee: - {{naam: "..", url: "https://..", bekeken: {today}}}
bijgewerkt: {today}
herzien_voor: {review}
beoordeling: concept
verwant: []
oude_adressen: []
hulp: []
---

## In het kort

- 

## Wat is er aan de hand?

## Wat kun je doen?

## Wat kun je beter niet doen?

## Wanneer zoek je hulp?
"#,
        topic = topic.slug,
    )
}

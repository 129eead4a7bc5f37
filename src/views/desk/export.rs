//! A copy of all that is kept of one question: a file that needs nothing besides itself.

use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};

use super::Frame;
use super::question::who;
use super::sheet::Sheet;
use crate::clock::{dutch_day, dutch_zone};
use crate::domain::hours::time_text;
use crate::domain::offer::loket_at;
use crate::domain::{AnswerWay, Author, Contact, Message, Question, QuestionState, Slug};
use crate::store::Entry;
use crate::views::Site;
use crate::views::dates::date_text;
use crate::views::term::erased_on;

/// The page that asks what goes into it; `notes` is how many there are.
#[must_use]
pub fn page(frame: &Frame<'_>, sheet: &Sheet<'_>, notes: usize) -> Markup {
    let fields = html! {
        @if notes > 0 {
            label class="loes-keuze" for="notities" {
                input type="checkbox" id="notities" name="notities" value="ja";
                span { "Zet ook de notities van collega's erin (" (notes) ")" }
            }
            p class="loes-zacht" { "Of iemand die mag zien, beslist de gemeente. Vraag het bij twijfel aan de functionaris gegevensbescherming." }
        }
    };
    let main = html! {
        p class="loes-lead" { "Je krijgt een bestand met alles wat Loes van deze vraag bewaart. Daarmee geef je iemand inzage (AVG, artikel 15)." }
        p { "Stel eerst vast dat de vraag van die persoon is. Bewaar het bestand niet langer dan nodig, en mail het niet onbeveiligd." }
        (sheet.form(frame, ("kopie", "Download de kopie"), &fields))
    };
    sheet.page(frame, "Maak een kopie voor inzage", &main)
}

/// The file.
#[must_use]
pub fn document(site: &Site<'_>, entry: &Entry, with_notes: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang="nl" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Kopie van een vraag" }
                style { "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif}dt{font-weight:bold}dd{margin:0 0 .5rem}.tekst{white-space:pre-wrap;overflow-wrap:anywhere}" }
            }
            body {
                h1 { "Kopie van een vraag aan het Loesloket" }
                p { "Gemaakt op " (moment(site.now.timestamp())) "." }
                (facts(site, entry))
                (contact(&entry.thread.contact))
                h2 { "Wat er geschreven is" }
                @for message in &entry.thread.messages { (said(site, entry, message)) }
                @if with_notes { (notes(entry)) }
            }
        }
    }
}

fn moment(at: Timestamp) -> String {
    let at = at.to_zoned(dutch_zone());
    format!("{} om {} uur", date_text(at.date()), time_text(at.time()))
}

fn loket_name<'a>(site: &Site<'a>, slug: &'a Slug) -> &'a str {
    let loket = site.library.loket(slug.as_str());
    loket.map_or(slug.as_str(), |loket| loket.name.as_str())
}

fn facts(site: &Site<'_>, entry: &Entry) -> Markup {
    let question = &entry.thread.question;
    html! {
        dl {
            dt { "Nummer" } dd { (question.id) }
            dt { "Vraag" } dd { (who(question)) ", " (question.channel.title()) }
            dt { "Ontvangen" } dd { (moment(question.created)) }
            dt { "Loket" } dd { (loket_name(site, &question.loket)) }
            @for one in &entry.thread.transfers {
                dt { "Doorgegeven" } dd { (moment(one.at)) ", van " (loket_name(site, &one.giver)) " aan " (loket_name(site, &one.taker)) }
            }
            @if let Some(marked) = question.marked { dt { "Soort" } dd { (marked.formal.title()) ", vastgelegd op " (moment(marked.at)) } }
            @if question.urgent { dt { "Veiligheid" } dd { "Woorden in de vraag wijzen op mogelijk gevaar. Daarom stond hij bovenaan." } }
            @if let Some(helped) = question.helped { dt { "Heeft het geholpen?" } dd { (if helped { "ja" } else { "nee" }) } }
            dt { "Stand" } dd { (state(question)) }
            dt { "Wordt gewist" } dd { (erased(site, question)) }
        }
    }
}

const fn state(question: &Question) -> &'static str {
    match question.progress.state() {
        QuestionState::Open => "wacht op een antwoord",
        QuestionState::Answered => "beantwoord",
        QuestionState::Closed => "gesloten",
    }
}

fn erased(site: &Site<'_>, question: &Question) -> String {
    let loket = site.library.loket(question.loket.as_str());
    let held = question.held_until(site.now.timestamp());
    let held = held.map_or_else(String::new, |until| {
        format!(
            " Moet bewaard blijven tot en met {}.",
            date_text(dutch_day(until))
        )
    });
    match (erased_on(question, loket), loket) {
        (Some(day), _) => format!("op {}.{held}", date_text(day)),
        (None, Some(loket)) => {
            format!("{} dagen na het sluiten.{held}", loket.retention_days)
        }
        (None, None) => format!("na het sluiten.{held}"),
    }
}

fn contact(contact: &Contact) -> Markup {
    html! {
        h2 { "Wat de vrager over zichzelf vertelde" }
        dl {
            dt { "Naam" } dd { (contact.name.as_deref().unwrap_or("niet gegeven")) }
            dt { "Postcode" } dd { @match contact.postcode { Some(postcode) => (postcode), None => "niet gegeven" } }
            dt { "Antwoord" }
            @match &contact.way {
                AnswerWay::Site => dd { "op de site, met de code" },
                AnswerWay::Mail(mail) => dd { "mail aan " (mail.as_str()) },
                AnswerWay::Phone { number, times, message } => dd {
                    "bellen: " (number.as_str())
                    @if !times.is_empty() { "; veilig: " (times) }
                    "; inspreken mag " (if *message { "wel" } else { "niet" })
                },
            }
        }
    }
}

fn said(site: &Site<'_>, entry: &Entry, message: &Message) -> Markup {
    let thread = &entry.thread;
    let loket = loket_at(&thread.transfers, &thread.question.loket, message.at);
    html! {
        h3 { @match &message.author {
            Author::Parent => "De vrager",
            Author::Desk { name, .. } => { (name) " van " (loket_name(site, loket)) },
        } ", " (moment(message.at)) }
        p class="tekst" { (message.text) }
    }
}

/// What colleagues wrote to each other, apart from all that the parent sees.
fn notes(entry: &Entry) -> Markup {
    html! {
        h2 { "Notities van medewerkers" }
        @for note in &entry.notes {
            h3 { (note.name) ", " (moment(note.at)) }
            p class="tekst" { (note.text) }
        }
    }
}

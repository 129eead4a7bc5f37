//! The inbox of a loket.

use maud::{Markup, html};

use super::find::search_form;
use super::{Frame, Place, moment_text, received};
use crate::clock::dutch_day;
use crate::domain::QuestionState;
use crate::store::{Inbox, InboxFilter, Listed, Offered, Undelivered};
use crate::views::components::notice;
use crate::views::dates::{capitalised, date_text, weekday_text};

/// What the page shows.
#[derive(Debug)]
pub struct Shown<'a> {
    /// A page of questions.
    pub inbox: &'a Inbox,
    /// What other lokets offer.
    pub offers: &'a [Offered],
    /// Which.
    pub filter: InboxFilter,
    /// The number of the page, from 0.
    pub page: u32,
    /// Mail that could not be delivered.
    pub undelivered: &'a [Undelivered],
}

/// The page.
#[must_use]
pub fn page(frame: &Frame<'_>, shown: &Shown<'_>) -> Markup {
    let counts = shown.inbox.counts;
    let main = html! {
        h1 class="utrecht-heading-1" { "Postvak" }
        @if counts.overdue > 0 {
            p class="loes-te-laat" { strong { (counts.overdue) " te laat." } " Deze vragen hadden al een antwoord moeten hebben." }
        }
        (undelivered(shown.undelivered))
        (received::offers(frame, shown.offers))
        (tabs(shown))
        @if shown.inbox.listed.is_empty() {
            p class="loes-lead" { (nothing(shown.filter)) }
        } @else {
            ol class="loes-kaal loes-lijst" start=[(shown.page > 0).then(|| shown.page * 25 + 1)] {
                @for listed in &shown.inbox.listed { (item(frame, listed)) }
            }
        }
        (pages(shown))
        (search_form(frame, "", None))
    };
    frame.page("Postvak", Place::Inbox, &main)
}

const fn nothing(filter: InboxFilter) -> &'static str {
    match filter {
        InboxFilter::Open => "Er wacht geen vraag. Alles is beantwoord.",
        InboxFilter::Mine => "Je hebt nu geen vraag opgepakt.",
        InboxFilter::Answered => "Er is geen vraag die op de ouder wacht.",
        InboxFilter::Closed => "Er is nog geen vraag gesloten.",
    }
}

fn tabs(shown: &Shown<'_>) -> Markup {
    let counts = shown.inbox.counts;
    let name = |filter| match filter {
        InboxFilter::Open => format!("Wacht op ons ({})", counts.open),
        InboxFilter::Mine => format!("Door mij opgepakt ({})", counts.mine),
        InboxFilter::Answered => format!("Wacht op de ouder ({})", counts.answered),
        InboxFilter::Closed => "Gesloten".to_owned(),
    };
    html! {
        nav class="loes-stuk" aria-label="Welke vragen" {
            ul class="loes-kaal loes-chips" {
                @for filter in InboxFilter::ALL {
                    li {
                        a class="loes-chip" href={ "/loket-werk?toon=" (filter.slug()) }
                            aria-current=[(filter == shown.filter).then_some("true")] { (name(filter)) }
                    }
                }
            }
        }
    }
}

/// A question in a list.
pub(super) fn item(frame: &Frame<'_>, listed: &Listed) -> Markup {
    let question = &listed.question;
    let now = frame.site.now;
    let overdue = question.is_overdue(now.timestamp());
    html! {
        li class={ "loes-rij" @if question.urgent { " loes-rij--dringend" } } {
            h2 class="loes-rij__kop" { a href={ "/loket-werk/vraag/" (question.id) } { (listed.beginning) } }
            p class="loes-rij__merken" {
                @if question.urgent { strong class="loes-merk-dringend" { "Let op: veiligheid" } " " }
                @if overdue { strong class="loes-merk-laat" { "Te laat" } " " }
                @if let Some(owner) = &listed.owner { span class="loes-merk-wie" { "Opgepakt door " (owner) } " " }
                @if let Some(marked) = question.marked { strong class="loes-merk-wie" { (capitalised(marked.formal.title())) } " " }
                @if let Some(to) = &listed.offered { span class="loes-merk-wie" { "Aangeboden aan " (frame.loket_name(to)) } " " }
                @if let Some(until) = question.held_until(now.timestamp()) { span class="loes-merk-wie" { "Bewaard tot en met " (date_text(dutch_day(until))) } " " }
            }
            p class="loes-zacht" {
                (super::question::who(question)) ", " (question.channel.title()) ", " (moment_text(question.created, now))
                @if question.progress.state() == QuestionState::Open { ". Antwoord uiterlijk " (weekday_text(dutch_day(question.due))) }
            }
        }
    }
}

fn pages(shown: &Shown<'_>) -> Markup {
    let at = |page: u32| format!("/loket-werk?toon={}&pagina={page}", shown.filter.slug());
    html! {
        @if shown.page > 0 || shown.inbox.more {
            nav class="loes-knoppen loes-stuk" aria-label="Bladeren" {
                @if let Some(before) = shown.page.checked_sub(1) { a class="utrecht-button utrecht-button--secondary-action" href=(at(before)) rel="prev" { "Vorige" } }
                @if shown.inbox.more { a class="utrecht-button utrecht-button--secondary-action" href=(at(shown.page + 1)) rel="next" { "Volgende" } }
            }
        }
    }
}

fn undelivered(mails: &[Undelivered]) -> Markup {
    let body = html! {
        ul {
            @for mail in mails {
                li {
                    (mail.problem)
                    @if let Some(id) = mail.question { " " a href={ "/loket-werk/vraag/" (id) } { "Bekijk de vraag" } }
                }
            }
        }
    };
    html! {
        @if !mails.is_empty() {
            div class="loes-stuk" { (notice("warning", "Deze mail kwam niet aan", &body)) }
        }
    }
}

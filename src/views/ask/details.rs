//! Last step: how she wants her answer, and what happens with her question.

use jiff::Zoned;
use maud::{Markup, html};

use super::place::place_fields;
use super::words::words_field;
use super::{Again, Asking, TRAP, beside, form, own_words, step_button, step_page};
use crate::domain::{AnswerWay, Field, Loket, Reach, working_days};
use crate::views::Site;
use crate::views::components::{BACKUPS, fact_inline, notice};
use crate::views::dates::weekday_text;
use crate::views::form::{TextField, error_message, radio, text_field};
use crate::views::unavailable::phone;

/// From this hour on the desk reads no more that day.
const LAST_HOUR: i8 = 16;

/// Facts of people who may be there now.
const REACHABLE: [&str; 4] = ["alarmnummer", "kindertelefoon", "veilig-thuis", "113"];

/// The step that asks how to answer. Without a loket, or with words that do not do, those are asked
/// here too: every mistake is told at once.
#[must_use]
pub fn details_page(site: &Site<'_>, asking: &Asking<'_>, loket: Option<&Loket>) -> Markup {
    let bad_words = asking.errors.of(Field::Text).is_some();
    let mut names = vec!["antwoord", "mail", "telefoon", "tijden", "bericht", "naam"];
    if loket.is_none() {
        names.extend(["postcode", "loket"]);
    }
    if bad_words {
        names.push("vraag");
    }
    let fields = html! {
        // Enter in a field presses the first button of a form: that one must send.
        button class="loes-alleen-lezer" type="submit" name="stap" value="versturen" tabindex="-1" aria-hidden="true" { "Verstuur" }
        @if matches!(asking.again, Some(Again::TooMany { .. })) { (instead(site, loket)) }
        @match loket {
            Some(loket) => (destination(loket)),
            None => (place_fields(site, asking)),
        }
        @if bad_words { (words_field(asking)) } @else { (words_again(asking)) }
        (ways(asking))
        (name_field(asking))
        @if let Some(loket) = loket { (promises(site, loket)) }
        (trap())
        div class="loes-knoppen" {
            (step_button("primary", "versturen", "Verstuur mijn vraag"))
            (step_button("secondary", "woorden", "Terug"))
        }
    };
    let step = form(asking, &names, &fields);
    step_page(site, asking, "Hoe wil je het antwoord krijgen?", &step)
}

/// What to do instead of waiting.
fn instead(site: &Site<'_>, loket: Option<&Loket>) -> Markup {
    html! {
        p { "Kun je niet wachten? Kijk bij " (beside("/hulp", "Hulp nu")) "." (phone(site, loket)) }
    }
}

fn destination(loket: &Loket) -> Markup {
    html! {
        div class="loes-bestemming" {
            p { "Je vraag gaat naar " strong { (loket.name) } "." }
            (step_button("secondary", "plaats", "Andere gemeente kiezen"))
        }
    }
}

fn words_again(asking: &Asking<'_>) -> Markup {
    html! {
        h2 class="utrecht-heading-3" { "Je vraag" }
        (own_words(asking.raw))
    }
}

fn ways(asking: &Asking<'_>) -> Markup {
    let raw = asking.raw;
    let error = asking.error(Field::Way);
    let described = error.as_ref().map(|_| "antwoord-fout");
    let invalid = error.as_ref().map(|_| "utrecht-form-fieldset--invalid");
    html! {
        fieldset class={ "utrecht-form-fieldset utrecht-form-fieldset--html-fieldset " (invalid.unwrap_or_default()) }
            aria-describedby=[described] {
            legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend" { "Kies wat bij je past" }
            (error_message("antwoord", error.as_deref()))
            div class="loes-keuzes" {
                (radio("antwoord", "antwoord", "site", "Op deze site, met een code. Niemand hoeft te weten wie je bent.", raw.way == "site"))
                div class="loes-bij" {
                    (radio("antwoord-mail", "antwoord", "mail", "Op deze site, en ik krijg een mail als er antwoord is.", raw.way == "mail"))
                    div class="loes-bij__velden" { (mail_field(asking)) }
                }
                div class="loes-bij" {
                    (radio("antwoord-bellen", "antwoord", "bellen", "Bel mij.", raw.way == "bellen"))
                    div class="loes-bij__velden" { (phone_fields(asking)) }
                }
            }
        }
    }
}

fn mail_field(asking: &Asking<'_>) -> Markup {
    text_field(&TextField {
        name: "mail",
        label: "Je mailadres",
        hint: "In de mail staat alleen dat er iets te lezen is. Niet waarover.",
        value: &asking.raw.mail,
        error: asking.error(Field::Mail),
        kind: "email",
        autocomplete: "email",
        ..TextField::default()
    })
}

fn phone_fields(asking: &Asking<'_>) -> Markup {
    let raw = asking.raw;
    html! {
        (text_field(&TextField {
            name: "telefoon",
            label: "Je telefoonnummer",
            value: &raw.phone,
            error: asking.error(Field::Phone),
            kind: "tel",
            autocomplete: "tel",
            ..TextField::default()
        }))
        (text_field(&TextField {
            name: "tijden",
            label: "Wanneer kunnen we veilig bellen? (mag je overslaan)",
            hint: "Bijvoorbeeld: doordeweeks voor twee uur ’s middags.",
            value: &raw.times,
            error: asking.error(Field::Times),
            ..TextField::default()
        }))
        label class="loes-keuze" for="bericht" {
            input type="checkbox" id="bericht" name="bericht" value="ja" checked[!raw.message.is_empty()];
            span { "Jullie mogen een bericht achterlaten. Daarin staat alleen wie er belde." }
        }
    }
}

fn name_field(asking: &Asking<'_>) -> Markup {
    text_field(&TextField {
        name: "naam",
        label: "Je naam (mag je overslaan)",
        hint: "Een voornaam of een verzonnen naam is ook goed.",
        value: &asking.raw.name,
        error: asking.error(Field::Name),
        autocomplete: "name",
        ..TextField::default()
    })
}

/// Far out of sight, and nothing to a screen reader: only a machine fills it in.
fn trap() -> Markup {
    html! {
        div class="loes-val" aria-hidden="true" {
            label for=(TRAP) { "Laat dit veld leeg" }
            input type="text" id=(TRAP) name=(TRAP) tabindex="-1" autocomplete="off";
        }
    }
}

/// What happens with her question, said before she sends it.
fn promises(site: &Site<'_>, loket: &Loket) -> Markup {
    let due = working_days::due(site.now, loket.answer_days, loket.working_days);
    let days = match loket.working_days.describe() {
        days if days.is_empty() => "op werkdagen".to_owned(),
        days => format!("op {days}"),
    };
    html! {
        section class="loes-stuk" aria-labelledby="afspraken" {
            h2 class="utrecht-heading-3" id="afspraken" { "Wat gebeurt er met je vraag?" }
            @if site.settings.demo { (trial()) }
            dl class="loes-gegevens loes-afspraken" {
                div {
                    dt { "Wie ziet je vraag?" }
                    dd { "Alleen medewerkers van " (loket.name) ". Hoort je vraag bij een ander Loesloket? Dan kan dat loket hem overnemen; dat zie je bij je vraag. Van elke keer dat iemand je vraag leest, houden we bij wie dat was. "
                        "Op deze site kan alleen iemand met de code je vraag terugzien." }
                }
                div {
                    dt { "Wanneer krijg je antwoord?" }
                    dd { "Uiterlijk " strong { (weekday_text(due.date())) } ". Het loket leest vragen " (days)
                        ", niet op feestdagen. De eerste keer is " (next_reading(site.now, loket)) "." }
                }
                div {
                    dt { "Hoelang bewaren we je vraag?" }
                    dd { "Tot " (loket.retention_days) " dagen nadat je vraag is afgerond. Daarna wissen we alles. "
                        (BACKUPS) " Je kunt je vraag ook zelf intrekken: dan wissen we haar meteen. Alleen als we haar moeten bewaren, bijvoorbeeld bij een klacht, wissen we haar later. "
                        (beside("/privacy", "Meer over je gegevens")) "." }
                }
                div {
                    dt { "Weten we wie je bent?" }
                    dd { "Zonder naam, mailadres of telefoonnummer weten we niet wie je bent. "
                        "Weten we dat wel, en is een kind in ernstig gevaar? Dan kan het zijn dat we iets moeten doen. "
                        "Eerst met jou, als dat veilig is." }
                }
                div { dt { "Kun je niet wachten?" } dd { (reachable(site, loket)) } }
            }
        }
    }
}

fn trial() -> Markup {
    let body = html! { p { "Niemand leest je vraag. Wat hieronder staat, geldt pas als Loes echt open is." } };
    html! { div class="loes-stuk" { (notice("warning", "Dit is een proef", &body)) } }
}

/// The day on which the desk reads next: "vandaag", or "maandag 23 november".
fn next_reading(now: &Zoned, loket: &Loket) -> String {
    let today = now.date();
    let works = loket.working_days.contains(now.weekday()) && !working_days::is_holiday(today);
    if works && now.hour() < LAST_HOUR {
        return "vandaag".to_owned();
    }
    weekday_text(working_days::due(now, 1, loket.working_days).date())
}

/// Who can be reached at this moment.
fn reachable(site: &Site<'_>, loket: &Loket) -> Markup {
    let now = REACHABLE
        .iter()
        .filter_map(|key| site.library.fact(key))
        .filter(|fact| matches!(fact.reach(site.now), Reach::Always | Reach::Now(_)));
    let made_up = loket.example && !site.settings.demo;
    let open = loket
        .phone
        .as_ref()
        .filter(|_| !made_up && loket.hours.open_slot(site.now).is_some());
    html! {
        "Nu bereikbaar: "
        @if let Some(phone) = open { (loket.name) " (" a href=(phone.href()) { (phone.as_str()) } "), " }
        @for (at, fact) in now.enumerate() { @if at > 0 { ", " } (fact_inline(site, &fact.key)) }
        ". Meer mensen vind je bij " (beside("/hulp", "Hulp nu")) "."
    }
}

/// How the answer comes, told after sending.
pub(super) fn way_text(way: &AnswerWay) -> &'static str {
    match way {
        AnswerWay::Site => "Je leest het antwoord bij Mijn vraag, met je code.",
        AnswerWay::Mail(_) => {
            "Je krijgt een mail als er antwoord is. Het antwoord lees je bij Mijn vraag, met je code."
        }
        AnswerWay::Phone { message: true, .. } => {
            "Het loket belt je. Neem je niet op? Dan laat het een bericht achter zonder te zeggen waarover. Het antwoord staat ook bij Mijn vraag."
        }
        AnswerWay::Phone { message: false, .. } => {
            "Het loket belt je en laat geen bericht achter. Het antwoord staat ook bij Mijn vraag."
        }
    }
}

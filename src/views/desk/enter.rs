//! Where staff write down a question that came in another way.

use maud::{Markup, html};

use super::{Frame, Place};
use crate::domain::{AgeBand, Audience, Channel, Field, FormErrors, QuestionId, RawAsk};
use crate::views::components::notice;
use crate::views::form::{TextField, error_summary, select_field, submit, text_area, text_field};

/// What the page shows.
#[derive(Debug)]
pub struct Enter<'a> {
    /// What was typed.
    pub raw: &'a RawAsk,
    /// How it came in.
    pub channel: Channel,
    /// What is wrong.
    pub errors: &'a FormErrors,
    /// The form token.
    pub key: &'a str,
    /// She was signed out while she typed, and is back.
    pub back: bool,
}

/// The form.
#[must_use]
pub fn page(frame: &Frame<'_>, enter: &Enter<'_>) -> Markup {
    let mistakes: Vec<_> = enter
        .errors
        .iter()
        .map(|(field, error)| (field.name(), error.to_string()))
        .collect();
    let main = html! {
        (error_summary(&mistakes))
        @if enter.back {
            div class="loes-stuk" role="alert" { (notice("warning", "Je bent weer ingelogd", &html! { p { (super::BACK) } })) }
        }
        h1 class="utrecht-heading-1" { "Een vraag opschrijven" }
        p class="loes-lead" { "Voor een vraag aan de telefoon, op het spreekuur of via een collega. De ouder krijgt ook een code." }
        form class="loes-formulier loes-stuk" method="post" action="/loket-werk/nieuw" novalidate {
            (frame.hidden())
            input type="hidden" name="sleutel" value=(enter.key);
            (about_question(enter))
            (about_answer(enter))
            (submit("primary", "", "", "Bewaar de vraag"))
        }
    };
    let title = if mistakes.is_empty() {
        "Een vraag opschrijven"
    } else {
        "Fout: Een vraag opschrijven"
    };
    frame.page(title, Place::Enter, &main)
}

/// A field whose mistake is that of the form.
fn field<'a>(enter: &Enter<'_>, of: Field, label: &'a str, value: &'a str) -> TextField<'a> {
    TextField {
        name: of.name(),
        label,
        value,
        error: enter.errors.of(of).map(|error| error.to_string()),
        ..TextField::default()
    }
}

fn choice<'a>(name: &'a str, label: &'a str, value: &'a str) -> TextField<'a> {
    TextField {
        name,
        label,
        value,
        ..TextField::default()
    }
}

fn about_question(enter: &Enter<'_>) -> Markup {
    let raw = enter.raw;
    let channels = Channel::BY_STAFF.map(|channel| (channel.slug(), channel.title()));
    let mut ages = vec![("", "Weet ik niet")];
    ages.extend(AgeBand::ALL.map(|age| (age.slug(), age.title())));
    let askers = [
        (Audience::Ouder.slug(), "Een ouder"),
        (Audience::Jongere.slug(), "Een jongere"),
        (
            Audience::Professional.slug(),
            "Iemand die met kinderen werkt",
        ),
    ];
    let words = TextField {
        hint: "Zo veel mogelijk in de woorden van de ouder.",
        ..field(enter, Field::Text, "De vraag", &raw.text)
    };
    html! {
        (select_field(&choice("kanaal", "Hoe kwam de vraag binnen?", enter.channel.slug()), &channels))
        (text_area(&words))
        (select_field(&choice("wie", "Van wie is de vraag?", &raw.audience), &askers))
        (select_field(&choice("leeftijd", "Hoe oud is het kind?", &raw.age), &ages))
        (text_field(&field(enter, Field::Name, "Naam (mag leeg blijven)", &raw.name)))
    }
}

fn about_answer(enter: &Enter<'_>) -> Markup {
    let raw = enter.raw;
    let ways = [
        ("site", "Op de site, met de code"),
        ("mail", "Met een mail als er een antwoord is"),
        ("bellen", "Bellen"),
    ];
    let mail = TextField {
        kind: "email",
        ..field(enter, Field::Mail, "Mailadres (alleen bij mail)", &raw.mail)
    };
    let phone = TextField {
        kind: "tel",
        ..field(
            enter,
            Field::Phone,
            "Telefoonnummer (alleen bij bellen)",
            &raw.phone,
        )
    };
    html! {
        (select_field(&field(enter, Field::Way, "Hoe wil de ouder het antwoord?", &raw.way), &ways))
        (text_field(&mail))
        (text_field(&phone))
        (text_field(&field(enter, Field::Times, "Wanneer kan bellen veilig?", &raw.times)))
        label class="loes-keuze loes-stuk" {
            input type="checkbox" name="bericht" value="ja" checked[!raw.message.is_empty()];
            "Een neutraal bericht inspreken mag"
        }
    }
}

/// A question that was written down.
#[derive(Debug, Clone, Copy)]
pub struct Entered<'a> {
    /// Its id.
    pub id: QuestionId,
    /// The code for the parent.
    pub code: &'a str,
}

/// The code for the parent.
#[must_use]
pub fn entered(frame: &Frame<'_>, entered: &Entered<'_>) -> Markup {
    let main = html! {
        h1 class="utrecht-heading-1" { "De vraag is bewaard" }
        p class="loes-lead" { "Geef de ouder deze code. Daarmee leest zij het antwoord op " (frame.site.url("/mijn-vraag")) "." }
        p class="loes-code" { code { (entered.code) } }
        p class="loes-zacht" { "Hierna is de code niet meer te zien, ook niet voor jou." }
        button class="utrecht-button utrecht-button--secondary-action" type="button" hidden data-print { "Print" }
        p class="loes-stuk" { a class="utrecht-link utrecht-link--html-a" href={ "/loket-werk/vraag/" (entered.id) } { "Naar de vraag" } }
    };
    frame.page("De vraag is bewaard", Place::Enter, &main)
}

//! What the form of a question sends.

use serde::Deserialize;

use crate::domain::RawAsk;

/// The fields of every step.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    vraag: String,
    leeftijd: String,
    wie: String,
    /// Not there at all until the step that asks for it.
    postcode: Option<String>,
    loket: String,
    antwoord: String,
    mail: String,
    telefoon: String,
    tijden: String,
    bericht: String,
    naam: String,
    /// The token of the form.
    pub(super) sleutel: String,
    stap: String,
    /// The field that people leave empty.
    pub(super) website: String,
}

/// Which step is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Words,
    Answers,
    Place,
    Details,
    Send,
}

impl Sent {
    /// What was typed.
    pub(super) fn raw(&self) -> RawAsk {
        RawAsk {
            text: self.vraag.clone(),
            age: self.leeftijd.clone(),
            audience: self.wie.clone(),
            postcode: self.postcode.clone().unwrap_or_default(),
            loket: self.loket.clone(),
            way: self.antwoord.clone(),
            mail: self.mail.clone(),
            phone: self.telefoon.clone(),
            times: self.tijden.clone(),
            message: self.bericht.clone(),
            name: self.naam.clone(),
        }
    }

    /// Whether she was asked where she lives.
    pub(super) const fn was_asked_place(&self) -> bool {
        self.postcode.is_some()
    }

    /// The step that is asked for: the first when nothing is said.
    pub(super) fn step(&self) -> Step {
        match self.stap.as_str() {
            "antwoorden" => Step::Answers,
            "plaats" => Step::Place,
            "gegevens" => Step::Details,
            "versturen" => Step::Send,
            _ => Step::Words,
        }
    }

    /// All fields, to send them once more.
    pub(super) fn fields(&self) -> [(&str, &str); 13] {
        [
            ("vraag", &self.vraag),
            ("leeftijd", &self.leeftijd),
            ("wie", &self.wie),
            ("postcode", self.postcode.as_deref().unwrap_or("")),
            ("loket", &self.loket),
            ("antwoord", &self.antwoord),
            ("mail", &self.mail),
            ("telefoon", &self.telefoon),
            ("tijden", &self.tijden),
            ("bericht", &self.bericht),
            ("naam", &self.naam),
            ("sleutel", &self.sleutel),
            ("stap", &self.stap),
        ]
    }
}

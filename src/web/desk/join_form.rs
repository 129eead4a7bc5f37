//! The form with which an invitation becomes an account: read whole, every mistake told at once.

use jiff::Timestamp;
use serde::Deserialize;

use crate::content::Library;
use crate::domain::{MailAddress, Slug};
use crate::secrets::{Password, TotpSecret};
use crate::store::Invitation;
use crate::views::desk::join::JoinErrors;

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) sleutel: String,
    pub(super) geheim: String,
    pub(super) naam: String,
    pub(super) mail: String,
    pub(super) loket: String,
    pub(super) wachtwoord: String,
    pub(super) code: String,
}

/// What was typed, all of it right.
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) mail: MailAddress,
    pub(super) loket: Slug,
    pub(super) password: Password,
    /// The step of the code of the app, when there is one.
    pub(super) step: Option<i64>,
}

impl Typed {
    /// Reads the whole form.
    pub(super) fn read(
        &self,
        invitation: &Invitation,
        library: &Library,
        secret: &TotpSecret,
        now: Timestamp,
    ) -> Result<Wanted, JoinErrors> {
        let mut errors = JoinErrors::default();
        let name = self.naam.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            errors.name = Some("Vul je naam in, zoals ouders die zien. Een voornaam is genoeg.");
        }
        let mail = MailAddress::parse(&self.mail);
        if mail.is_none() {
            errors.mail = Some("Vul een mailadres in, zoals naam@gemeente.nl.");
        }
        let chosen = invitation
            .loket
            .clone()
            .or_else(|| Slug::parse(&self.loket).ok());
        let loket = chosen.filter(|slug| library.loket(slug.as_str()).is_some());
        if loket.is_none() {
            errors.loket = Some("Kies je loket.");
        }
        let step = self.step(secret, now, &mut errors);
        let password = Password::parse(&self.wachtwoord, step.is_some());
        let password = password.map_err(|error| errors.password = Some(error.to_string()));
        match (mail, loket, password) {
            (Some(mail), Some(loket), Ok(password)) if errors.is_empty() => Ok(Wanted {
                name,
                mail,
                loket,
                password,
                step,
            }),
            _ => Err(errors),
        }
    }

    fn step(&self, secret: &TotpSecret, now: Timestamp, errors: &mut JoinErrors) -> Option<i64> {
        let code = self.code.trim();
        let step = secret.check(code, now, 0);
        if !code.is_empty() && step.is_none() {
            errors.code = Some("Deze code klopt niet. Neem de code die de app nu laat zien.");
        }
        step
    }
}

//! The form with which a parent asks: read whole, every mistake told at once.

use super::contact::{AnswerWay, Contact, MailAddress};
use super::postcode::PostcodeError;
use super::{AgeBand, Audience, Loket, PhoneNumber, Postcode4, Slug, route_postcode};

/// The longest question or message, in characters.
pub const LONGEST_TEXT: usize = 5_000;

/// The longest name and the longest line on when to call, in characters.
const LONGEST_LINE: usize = 200;

/// The fields of the form, as they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawAsk {
    /// Her words.
    pub text: String,
    /// The age of the child: a slug, or nothing.
    pub age: String,
    /// Who asks: a slug, or nothing for a parent.
    pub audience: String,
    /// Where she lives.
    pub postcode: String,
    /// The municipality she chose.
    pub loket: String,
    /// How she wants her answer.
    pub way: String,
    /// Her mail address.
    pub mail: String,
    /// Her phone number.
    pub phone: String,
    /// When it is safe to call.
    pub times: String,
    /// Whether a neutral message may be left: not empty for yes.
    pub message: String,
    /// Her name.
    pub name: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Her words.
    Text,
    /// Postcode or municipality.
    Place,
    /// How she wants her answer.
    Way,
    /// Her mail address.
    Mail,
    /// Her phone number.
    Phone,
    /// When it is safe to call.
    Times,
    /// Her name.
    Name,
}

impl Field {
    /// The name of the field in the form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "vraag",
            Self::Place => "postcode",
            Self::Way => "antwoord",
            Self::Mail => "mail",
            Self::Phone => "telefoon",
            Self::Times => "tijden",
            Self::Name => "naam",
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// No words.
    #[error("Schrijf je vraag op. Een paar woorden is genoeg.")]
    NoText,
    /// Too many words.
    #[error("Je vraag is te lang: maak er hoogstens 5000 tekens van.")]
    LongText,
    /// Neither postcode nor municipality.
    #[error("Vul je postcode in, of kies je gemeente.")]
    NoPlace,
    /// No postcode.
    #[error(
        "Dit is geen postcode. Een postcode is bijvoorbeeld 7651 AB; de vier cijfers zijn genoeg."
    )]
    BadPostcode,
    /// Nobody of Loes serves that postcode.
    #[error(
        "Bij deze postcode hoort geen Loesloket. Kies een gemeente uit de lijst, of kijk hieronder wie je wel kan helpen."
    )]
    Nobody,
    /// More than one loket serves that postcode.
    #[error("Bij deze postcode horen meer gemeenten. Kies die van jou.")]
    Several,
    /// No choice made.
    #[error("Kies hoe je het antwoord wilt krijgen.")]
    NoWay,
    /// No mail address.
    #[error("Dit is geen mailadres. Een mailadres is bijvoorbeeld naam@voorbeeld.nl.")]
    BadMail,
    /// No phone number.
    #[error("Dit is geen telefoonnummer. Een nummer is bijvoorbeeld 06 12345678.")]
    BadPhone,
    /// A line that is too long.
    #[error("Dit is te lang: maak er hoogstens 200 tekens van.")]
    LongLine,
}

/// What is wrong with a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<(Field, FieldError)>);

impl FormErrors {
    /// Notes a mistake.
    pub fn add(&mut self, field: Field, error: FieldError) {
        self.0.push((field, error));
    }

    /// What is wrong with `field`.
    #[must_use]
    pub fn of(&self, field: Field) -> Option<FieldError> {
        self.iter()
            .find(|(one, _)| *one == field)
            .map(|(_, error)| error)
    }

    /// All mistakes.
    pub fn iter(&self) -> impl Iterator<Item = (Field, FieldError)> {
        self.0.iter().copied()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a parent asks, all of it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuestion {
    /// Her words.
    pub text: String,
    /// The age of the child.
    pub age: Option<AgeBand>,
    /// Who asks.
    pub audience: Audience,
    /// The municipality that answers.
    pub loket: Slug,
    /// What she tells about herself.
    pub contact: Contact,
}

/// The loket of a postcode or choice.
///
/// # Errors
/// [`FieldError`] says why there is none.
pub fn choose_loket<'a>(
    postcode: &str,
    chosen: &str,
    lokets: impl Iterator<Item = &'a Loket> + Clone,
) -> Result<&'a Loket, FieldError> {
    // A choice is more than a postcode: a child may live with its other parent.
    if let Some(loket) = lokets.clone().find(|loket| loket.slug.as_str() == chosen) {
        return Ok(loket);
    }
    let postcode = match Postcode4::parse(postcode) {
        Err(PostcodeError::Empty) => return Err(FieldError::NoPlace),
        Err(PostcodeError::Malformed) => return Err(FieldError::BadPostcode),
        Ok(postcode) => postcode,
    };
    match route_postcode(postcode, lokets).as_slice() {
        [] => Err(FieldError::Nobody),
        [loket] => Ok(loket),
        _ => Err(FieldError::Several),
    }
}

/// Her words, without what no text needs.
///
/// # Errors
/// When nothing is left, or it is too long.
pub fn parse_text(text: &str) -> Result<String, FieldError> {
    let text = text.replace("\r\n", "\n");
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
        .collect();
    let text = text.trim();
    if !text.chars().any(char::is_alphanumeric) {
        Err(FieldError::NoText)
    } else if text.chars().count() > LONGEST_TEXT {
        Err(FieldError::LongText)
    } else {
        Ok(text.to_owned())
    }
}

impl RawAsk {
    /// Reads the whole form.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse<'a>(
        &self,
        lokets: impl Iterator<Item = &'a Loket> + Clone,
    ) -> Result<NewQuestion, FormErrors> {
        let mut errors = FormErrors::default();
        let text = noted(Field::Text, parse_text(&self.text), &mut errors);
        let loket = choose_loket(&self.postcode, &self.loket, lokets);
        let loket = noted(Field::Place, loket, &mut errors);
        let way = self.way(&mut errors);
        let name = noted(Field::Name, line(&self.name), &mut errors);
        match (text, loket, way, name) {
            (Some(text), Some(loket), Some(way), Some(name)) if errors.is_empty() => {
                Ok(NewQuestion {
                    text,
                    age: AgeBand::from_slug(&self.age),
                    audience: Audience::parse(&self.audience).unwrap_or(Audience::Ouder),
                    loket: loket.slug.clone(),
                    contact: Contact {
                        name: Some(name).filter(|name| !name.is_empty()),
                        way,
                        postcode: Postcode4::parse(&self.postcode).ok(),
                    },
                })
            }
            _ => Err(errors),
        }
    }

    fn way(&self, errors: &mut FormErrors) -> Option<AnswerWay> {
        match self.way.as_str() {
            "site" => Some(AnswerWay::Site),
            "mail" => {
                let mail = MailAddress::parse(&self.mail).ok_or(FieldError::BadMail);
                noted(Field::Mail, mail, errors).map(AnswerWay::Mail)
            }
            "bellen" => {
                let digits = |number: &PhoneNumber| number.href().len() >= "tel:".len() + 10;
                let number = PhoneNumber::parse(self.phone.trim()).filter(digits);
                let number = noted(Field::Phone, number.ok_or(FieldError::BadPhone), errors);
                let times = noted(Field::Times, line(&self.times), errors);
                Some(AnswerWay::Phone {
                    number: number?,
                    times: times?,
                    message: !self.message.is_empty(),
                })
            }
            _ => {
                errors.add(Field::Way, FieldError::NoWay);
                None
            }
        }
    }
}

fn noted<T>(field: Field, value: Result<T, FieldError>, errors: &mut FormErrors) -> Option<T> {
    value.map_err(|error| errors.add(field, error)).ok()
}

fn line(text: &str) -> Result<String, FieldError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    if line.chars().count() > LONGEST_LINE {
        Err(FieldError::LongLine)
    } else {
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DaySet, OpeningHours, PostcodeRange};

    fn loket(slug: &str, postcodes: &str) -> Loket {
        Loket {
            slug: Slug::parse(slug).expect("a slug"),
            name: format!("Loesloket {slug}"),
            municipality: slug.to_owned(),
            cbs_code: String::new(),
            postcodes: postcodes
                .split(' ')
                .filter_map(PostcodeRange::parse)
                .collect(),
            example: true,
            working_days: DaySet::default(),
            hours: OpeningHours::default(),
            answer_days: 2,
            retention_days: 90,
            retention_rule: String::new(),
            phone: None,
            mail: String::new(),
            controller: String::new(),
            privacy_officer: String::new(),
            safety_officer: String::new(),
            accent: None,
            spreekuren: Vec::new(),
            partners: Vec::new(),
        }
    }

    fn lokets() -> Vec<Loket> {
        vec![loket("oost", "7000-7099"), loket("west", "7099-7199")]
    }

    fn raw() -> RawAsk {
        RawAsk {
            text: "Mijn zoon slaapt niet".into(),
            postcode: "7001 AB".into(),
            way: "site".into(),
            ..RawAsk::default()
        }
    }

    fn wrong(raw: &RawAsk) -> Vec<(Field, FieldError)> {
        let errors = raw.parse(lokets().iter()).expect_err("wrong");
        errors.iter().collect()
    }

    #[test]
    fn a_form_without_mistakes_becomes_a_question_for_the_right_loket() {
        let asked = raw().parse(lokets().iter()).expect("right");
        assert_eq!(asked.loket.as_str(), "oost");
        assert_eq!(asked.contact.way, AnswerWay::Site);
        assert_eq!(
            (asked.contact.name, asked.audience),
            (None, Audience::Ouder)
        );
    }

    #[test]
    fn every_mistake_is_told_at_once_in_the_order_of_the_form() {
        let all = RawAsk {
            text: " \u{0}\n ".into(),
            postcode: "76".into(),
            way: "bellen".into(),
            phone: "112".into(),
            times: "x".repeat(201),
            name: "n".repeat(201),
            ..RawAsk::default()
        };
        assert_eq!(
            wrong(&all),
            [
                (Field::Text, FieldError::NoText),
                (Field::Place, FieldError::BadPostcode),
                (Field::Phone, FieldError::BadPhone),
                (Field::Times, FieldError::LongLine),
                (Field::Name, FieldError::LongLine),
            ]
        );
        let mail = RawAsk {
            way: "mail".into(),
            mail: "anna".into(),
            ..raw()
        };
        assert_eq!(wrong(&mail), [(Field::Mail, FieldError::BadMail)]);
        let long = RawAsk {
            text: "a".repeat(LONGEST_TEXT + 1),
            way: String::new(),
            ..raw()
        };
        assert_eq!(
            wrong(&long),
            [
                (Field::Text, FieldError::LongText),
                (Field::Way, FieldError::NoWay)
            ]
        );
    }

    #[test]
    fn a_choice_goes_before_a_postcode_and_nobody_stands_before_a_closed_door() {
        let lokets = lokets();
        let choose = |postcode, chosen| {
            choose_loket(postcode, chosen, lokets.iter()).map(|loket| loket.slug.as_str())
        };
        assert_eq!(choose("7001", "west"), Ok("west"));
        assert_eq!(choose("7099", ""), Err(FieldError::Several));
        assert_eq!(choose("7099", "oost"), Ok("oost"));
        assert_eq!(choose("1011", ""), Err(FieldError::Nobody));
        assert_eq!(choose("", ""), Err(FieldError::NoPlace));
        assert_eq!(choose("", "elders"), Err(FieldError::NoPlace));
    }

    #[test]
    fn every_postcode_leads_to_its_lokets_alone() {
        let lokets = lokets();
        for number in 1000..=9999 {
            let found = choose_loket(&number.to_string(), "", lokets.iter());
            let wanted = match number {
                7099 => Err(FieldError::Several),
                7000..=7098 => Ok("oost"),
                7100..=7199 => Ok("west"),
                _ => Err(FieldError::Nobody),
            };
            assert_eq!(found.map(|loket| loket.slug.as_str()), wanted, "{number}");
        }
    }
}

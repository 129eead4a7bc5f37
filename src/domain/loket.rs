//! Lokets: the desk of each municipality, and the way from a postcode to one.

use super::{DaySet, OpeningHours, PhoneNumber, Postcode4, PostcodeRange, Slug, Spreekuur};
use serde::{Deserialize, Serialize};

/// The desk of one municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loket {
    /// The municipality in addresses.
    pub slug: Slug,
    /// Its name on screen: "Loesloket Tubbergen".
    pub name: String,
    /// The name of the municipality.
    pub municipality: String,
    /// Its code at Statistics Netherlands (CBS): `GM0183`.
    pub cbs_code: String,
    /// The postcodes it serves.
    pub postcodes: Vec<PostcodeRange>,
    /// Made up for the demonstration: contact details, rooms and hours are examples.
    pub example: bool,
    /// The days on which it works.
    pub working_days: DaySet,
    /// The hours in which its phone is answered.
    pub hours: OpeningHours,
    /// Within how many working days it answers.
    pub answer_days: u8,
    /// How many days a closed question is kept.
    pub retention_days: u16,
    /// The category of the selectielijst that this term follows.
    pub retention_rule: String,
    /// Its phone number.
    pub phone: Option<PhoneNumber>,
    /// Its mail address.
    pub mail: String,
    /// Who is responsible for the personal data (verwerkingsverantwoordelijke).
    pub controller: String,
    /// How to reach the data protection officer (functionaris gegevensbescherming).
    pub privacy_officer: String,
    /// Who keeps an eye on signals of child abuse (aandachtsfunctionaris).
    pub safety_officer: String,
    /// Its accent colour, `#rrggbb`.
    pub accent: Option<String>,
    /// Its walk-in hours.
    pub spreekuren: Vec<Spreekuur>,
    /// Keys of the partners it refers to.
    pub partners: Vec<Slug>,
}

/// The lokets that serve `postcode`; more than one where it straddles a border, none where nobody does.
pub fn route_postcode<'a>(
    postcode: Postcode4,
    lokets: impl IntoIterator<Item = &'a Loket>,
) -> Vec<&'a Loket> {
    lokets
        .into_iter()
        .filter(|loket| loket.postcodes.iter().any(|range| range.contains(postcode)))
        .collect()
}

//! Ages of children: a number of months, and the six bands that Loes speaks of.

use serde::{Deserialize, Serialize};

/// An age in whole months since birth; before birth there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeInMonths(pub u16);

/// The six ages by which answers are sorted (leeftijd).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AgeBand {
    /// Before the birth.
    Zwanger,
    /// 0 to 1 year.
    Baby,
    /// 1 to 4 years.
    Peuter,
    /// 4 to 12 years.
    Basisschool,
    /// 12 to 18 years.
    Tiener,
    /// 18 to 23 years.
    Jongvolwassene,
}

impl AgeBand {
    /// All bands, youngest first.
    pub const ALL: [Self; 6] = [
        Self::Zwanger,
        Self::Baby,
        Self::Peuter,
        Self::Basisschool,
        Self::Tiener,
        Self::Jongvolwassene,
    ];

    /// The name in addresses, in files and in the index.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Zwanger => "zwanger",
            Self::Baby => "baby",
            Self::Peuter => "peuter",
            Self::Basisschool => "basisschool",
            Self::Tiener => "tiener",
            Self::Jongvolwassene => "jongvolwassene",
        }
    }

    /// The name on screen.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Zwanger => "Zwanger",
            Self::Baby => "Baby",
            Self::Peuter => "Peuter",
            Self::Basisschool => "Basisschool",
            Self::Tiener => "Tiener",
            Self::Jongvolwassene => "Jongvolwassene",
        }
    }

    /// The years it covers, for on screen.
    #[must_use]
    pub const fn years(self) -> &'static str {
        match self {
            Self::Zwanger => "voor de geboorte",
            Self::Baby => "0 tot 1 jaar",
            Self::Peuter => "1 tot 4 jaar",
            Self::Basisschool => "4 tot 12 jaar",
            Self::Tiener => "12 tot 18 jaar",
            Self::Jongvolwassene => "18 tot 23 jaar",
        }
    }

    /// The band with this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.slug() == slug)
    }

    /// The band that a child of this age falls in; none from 23 years on.
    #[must_use]
    pub const fn of(age: AgeInMonths) -> Option<Self> {
        match age.0 {
            0..=11 => Some(Self::Baby),
            12..=47 => Some(Self::Peuter),
            48..=143 => Some(Self::Basisschool),
            144..=215 => Some(Self::Tiener),
            216..=275 => Some(Self::Jongvolwassene),
            _ => None,
        }
    }

    /// The months it covers, first and last included; none before birth.
    #[must_use]
    pub const fn months(self) -> Option<(u16, u16)> {
        match self {
            Self::Zwanger => None,
            Self::Baby => Some((0, 11)),
            Self::Peuter => Some((12, 47)),
            Self::Basisschool => Some((48, 143)),
            Self::Tiener => Some((144, 215)),
            Self::Jongvolwassene => Some((216, 275)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_up_to_23_years_has_the_band_that_covers_it() {
        for month in 0..276 {
            let band = AgeBand::of(AgeInMonths(month)).expect("a band");
            let (first, last) = band.months().expect("months");
            assert!((first..=last).contains(&month), "{month}");
        }
        assert_eq!(AgeBand::of(AgeInMonths(276)), None);
    }

    #[test]
    fn slugs_lead_back_to_their_band() {
        for band in AgeBand::ALL {
            assert_eq!(AgeBand::from_slug(band.slug()), Some(band));
        }
        assert_eq!(AgeBand::from_slug("Baby"), None);
    }
}

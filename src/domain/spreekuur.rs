//! Walk-in hours (spreekuren) of a loket at a place.

use jiff::civil::{Date, Time, Weekday};
use jiff::{Span, Zoned};
use serde::{Deserialize, Serialize};

/// A weekly walk-in hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spreekuur {
    /// The name of the place.
    pub place: String,
    /// Street, number, postcode and town.
    pub address: String,
    /// The day of the week.
    #[serde(with = "super::hours::weekday_number")]
    pub day: Weekday,
    /// It begins.
    pub from: Time,
    /// It ends.
    pub to: Time,
    /// Days on which it is otherwise.
    pub exceptions: Vec<SpreekuurException>,
}

/// A day on which a spreekuur does not take place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpreekuurException {
    /// That day.
    pub date: Date,
    /// Why, for on screen: "Tweede Kerstdag".
    pub reason: String,
}

/// What a spreekuur is at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpreekuurState {
    /// Open until this time.
    OpenUntil(Time),
    /// Closed; next on this day.
    Next(Date),
    /// Not in the next ten weeks.
    NotPlanned,
}

impl Spreekuur {
    /// What it is at `now`.
    #[must_use]
    pub fn state(&self, now: &Zoned) -> SpreekuurState {
        let (today, time) = (now.date(), now.time());
        if self.takes_place(today) && self.from <= time && time < self.to {
            return SpreekuurState::OpenUntil(self.to);
        }
        let begins_later = |date: &Date| *date > today || time < self.from;
        self.dates_from(today)
            .filter(begins_later)
            .find(|date| self.takes_place(*date))
            .map_or(SpreekuurState::NotPlanned, SpreekuurState::Next)
    }

    /// Whether it takes place on `date`.
    #[must_use]
    pub fn takes_place(&self, date: Date) -> bool {
        date.weekday() == self.day && self.exceptions.iter().all(|e| e.date != date)
    }

    /// Its days in the ten weeks from `date` on, exceptions included.
    pub fn dates_from(&self, date: Date) -> impl Iterator<Item = Date> {
        let day = self.day;
        (0..70)
            .filter_map(move |ahead| date.checked_add(Span::new().days(ahead)).ok())
            .filter(move |date| date.weekday() == day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuesday() -> Spreekuur {
        Spreekuur {
            place: "Kulturhus".into(),
            address: "Dorpsstraat 1, Tubbergen".into(),
            day: Weekday::Tuesday,
            from: Time::constant(9, 0, 0, 0),
            to: Time::constant(11, 0, 0, 0),
            exceptions: vec![SpreekuurException {
                date: Date::constant(2026, 12, 1),
                reason: "Studiedag".into(),
            }],
        }
    }

    fn at(text: &str) -> Zoned {
        format!("{text}[Europe/Amsterdam]")
            .parse()
            .expect("a moment")
    }

    #[test]
    fn it_is_open_from_the_first_minute_to_the_last() {
        let open = SpreekuurState::OpenUntil(Time::constant(11, 0, 0, 0));
        assert_eq!(tuesday().state(&at("2026-11-24T09:00:00")), open);
        assert_eq!(tuesday().state(&at("2026-11-24T10:59:59")), open);
    }

    #[test]
    fn before_it_opens_today_counts_and_after_it_closed_the_next_week_does() {
        let next = |y, m, d| SpreekuurState::Next(Date::constant(y, m, d));
        assert_eq!(
            tuesday().state(&at("2026-11-24T08:59:00")),
            next(2026, 11, 24)
        );
        assert_eq!(
            tuesday().state(&at("2026-11-22T12:00:00")),
            next(2026, 11, 24)
        );
    }

    #[test]
    fn an_exception_is_skipped() {
        let after = tuesday().state(&at("2026-11-24T11:00:00"));
        assert_eq!(after, SpreekuurState::Next(Date::constant(2026, 12, 8)));
    }
}

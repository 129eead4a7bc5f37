//! Hours of the week: when a service can be reached, when a loket works.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, Zoned};
use serde::{Deserialize, Serialize};

/// A set of days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DaySet(u8);

const DAY_NAMES: [(&str, &str, Weekday); 7] = [
    ("ma", "maandag", Weekday::Monday),
    ("di", "dinsdag", Weekday::Tuesday),
    ("wo", "woensdag", Weekday::Wednesday),
    ("do", "donderdag", Weekday::Thursday),
    ("vr", "vrijdag", Weekday::Friday),
    ("za", "zaterdag", Weekday::Saturday),
    ("zo", "zondag", Weekday::Sunday),
];

/// The Dutch name of a day of the week.
#[must_use]
pub fn day_name(day: Weekday) -> &'static str {
    DAY_NAMES
        .iter()
        .find(|(_, _, weekday)| *weekday == day)
        .map_or("", |(_, name, _)| name)
}

/// Reads a day by its short (`ma`) or full (`maandag`) Dutch name.
#[must_use]
pub fn parse_day(text: &str) -> Option<Weekday> {
    DAY_NAMES
        .iter()
        .find(|(short, name, _)| *short == text || *name == text)
        .map(|(_, _, day)| *day)
}

/// For serde: a day of the week as a number, 1 for Monday.
pub(super) mod weekday_number {
    use jiff::civil::Weekday;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub(in crate::domain) fn serialize<S: Serializer>(
        day: &Weekday,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_i8(day.to_monday_one_offset())
    }

    pub(in crate::domain) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Weekday, D::Error> {
        let number = i8::deserialize(from)?;
        Weekday::from_monday_one_offset(number).map_err(D::Error::custom)
    }
}

impl DaySet {
    /// Reads `ma-vr`, `za`, `ma,wo,vr`, or `vr-ma` (which runs over the weekend).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut days = Self::default();
        for part in text.split(',') {
            let (first, last) = part
                .trim()
                .split_once('-')
                .unwrap_or((part.trim(), part.trim()));
            let last = parse_day(last)?;
            let mut day = parse_day(first)?;
            days.insert(day);
            while day != last {
                day = day.next();
                days.insert(day);
            }
        }
        Some(days)
    }

    /// Whether no day is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn insert(&mut self, day: Weekday) {
        self.0 |= 1 << day.to_monday_zero_offset();
    }

    /// Whether `day` is in it.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.to_monday_zero_offset()) != 0
    }

    /// The days in it, Monday first.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        DAY_NAMES
            .into_iter()
            .map(|(_, _, day)| day)
            .filter(move |day| self.contains(*day))
    }

    /// The days as a Dutch text: "elke dag", "maandag tot en met vrijdag", "dinsdag en donderdag".
    #[must_use]
    pub fn describe(self) -> String {
        let days: Vec<_> = self.iter().collect();
        match days.as_slice() {
            [] => String::new(),
            [one] => day_name(*one).to_owned(),
            [_, _, _, _, _, _, _] => "elke dag".to_owned(),
            [first, _, .., last] if are_in_a_row(&days) => {
                format!("{} tot en met {}", day_name(*first), day_name(*last))
            }
            [head @ .., last] => {
                let head: Vec<_> = head.iter().map(|day| day_name(*day)).collect();
                format!("{} en {}", head.join(", "), day_name(*last))
            }
        }
    }
}

fn are_in_a_row(days: &[Weekday]) -> bool {
    days.windows(2)
        .all(|pair| matches!(pair, [day, next] if day.next() == *next))
}

/// One stretch of the day on some days of the week; `to` at midnight means the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourSlot {
    /// On which days.
    pub days: DaySet,
    /// From this time on.
    pub from: Time,
    /// Until this time, not included.
    pub to: Time,
}

/// Reads `9:00`, `09:00` or `24:00` (which is midnight) as a time of day.
#[must_use]
pub fn parse_time(text: &str) -> Option<Time> {
    if text == "24:00" {
        return Some(Time::midnight());
    }
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// A time of day as Dutch people write it: `9.00`, `17.30`.
#[must_use]
pub fn time_text(time: Time) -> String {
    format!("{}.{:02}", time.hour(), time.minute())
}

impl HourSlot {
    /// Whether it lasts the whole day.
    #[must_use]
    pub fn is_whole_day(&self) -> bool {
        self.from == Time::midnight() && self.to == Time::midnight()
    }

    /// Whether the wall-clock moment `now` falls in it.
    #[must_use]
    pub fn covers(&self, now: &Zoned) -> bool {
        let time = now.time();
        self.days.contains(now.weekday())
            && self.from <= time
            && (time < self.to || self.to == Time::midnight())
    }

    /// "maandag tot en met vrijdag, 9.00 tot 17.00 uur"
    #[must_use]
    pub fn describe(&self) -> String {
        let days = self.days.describe();
        if self.is_whole_day() {
            return format!("{days}, dag en nacht");
        }
        let to = if self.to == Time::midnight() {
            "24.00".to_owned()
        } else {
            time_text(self.to)
        };
        format!("{days}, {} tot {to} uur", time_text(self.from))
    }
}

/// The hours of a week; empty means unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OpeningHours(pub Vec<HourSlot>);

impl OpeningHours {
    /// Whether it is day and night, all week.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.0
            .iter()
            .any(|slot| slot.is_whole_day() && slot.days.iter().count() == 7)
    }

    /// The slot that covers `now`.
    #[must_use]
    pub fn open_slot(&self, now: &Zoned) -> Option<&HourSlot> {
        self.0.iter().find(|slot| slot.covers(now))
    }

    /// The first moment after `now`, within eight days, at which a slot begins.
    #[must_use]
    pub fn next_opening(&self, now: &Zoned) -> Option<Zoned> {
        (0..8)
            .filter_map(|ahead| now.date().checked_add(Span::new().days(ahead)).ok())
            .flat_map(|date| self.starts_on(date))
            .filter_map(|start| start.to_zoned(now.time_zone().clone()).ok())
            .filter(|start| start > now)
            .min()
    }

    fn starts_on(&self, date: Date) -> impl Iterator<Item = DateTime> {
        self.0
            .iter()
            .filter(move |slot| slot.days.contains(date.weekday()))
            .map(move |slot| date.to_datetime(slot.from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Zoned {
        format!("{text}[Europe/Amsterdam]")
            .parse()
            .expect("a moment")
    }

    fn office() -> OpeningHours {
        OpeningHours(vec![HourSlot {
            days: DaySet::parse("ma-vr").expect("days"),
            from: parse_time("09:00").expect("a time"),
            to: parse_time("17:00").expect("a time"),
        }])
    }

    #[test]
    fn days_are_read_and_told_in_dutch() {
        for (text, told) in [
            ("ma-zo", "elke dag"),
            ("ma-vr", "maandag tot en met vrijdag"),
            ("di,do", "dinsdag en donderdag"),
            ("ma,wo,vr", "maandag, woensdag en vrijdag"),
            ("za", "zaterdag"),
        ] {
            assert_eq!(
                DaySet::parse(text).map(DaySet::describe).as_deref(),
                Some(told)
            );
        }
        assert_eq!(DaySet::parse("ma-xx"), None);
    }

    #[test]
    fn office_hours_open_and_close_on_the_minute() {
        let hours = office();
        assert!(hours.open_slot(&at("2026-11-23T09:00:00")).is_some());
        assert!(hours.open_slot(&at("2026-11-23T16:59:59")).is_some());
        assert!(hours.open_slot(&at("2026-11-23T17:00:00")).is_none());
        assert!(
            hours.open_slot(&at("2026-11-22T12:00:00")).is_none(),
            "Sunday"
        );
    }

    #[test]
    fn the_next_opening_skips_the_weekend() {
        let next = office().next_opening(&at("2026-11-20T18:00:00"));
        assert_eq!(next, Some(at("2026-11-23T09:00:00")));
        let same_day = office().next_opening(&at("2026-11-23T08:00:00"));
        assert_eq!(same_day, Some(at("2026-11-23T09:00:00")));
    }

    #[test]
    fn midnight_ends_the_day() {
        let always = OpeningHours(vec![HourSlot {
            days: DaySet::parse("ma-zo").expect("days"),
            from: Time::midnight(),
            to: parse_time("24:00").expect("a time"),
        }]);
        assert!(always.is_always());
        assert!(always.open_slot(&at("2026-11-22T23:59:59")).is_some());
        assert_eq!(always.0[0].describe(), "elke dag, dag en nacht");
    }
}

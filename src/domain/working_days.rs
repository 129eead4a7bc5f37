//! Working days: when a desk has to answer.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _, Zoned};

use super::DaySet;

/// The day on which `days` working days after the day of `from` are over, at its end. A question
/// that comes on a day off, counts from the next working day on.
#[must_use]
pub fn due(from: &Zoned, days: u8, working: DaySet) -> Zoned {
    let day = later_on(from.date(), days, working);
    let end = day.at(23, 59, 59, 0).to_zoned(from.time_zone().clone());
    end.unwrap_or_else(|_| from.clone())
}

/// The last of the first `days` working days after `from`, at least one.
#[must_use]
pub fn later_on(from: Date, days: u8, working: DaySet) -> Date {
    let mut day = from;
    let mut left = u32::from(days.max(1));
    while left > 0 {
        day = later(day, 1.day());
        if works(day, working) {
            left -= 1;
        }
    }
    day
}

/// Whether a desk that works on `working` works on `day`.
#[must_use]
pub fn works(day: Date, working: DaySet) -> bool {
    // A desk without any working day would never answer: then every weekday counts.
    let on = if working.is_empty() {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    } else {
        working.contains(day.weekday())
    };
    on && !is_holiday(day)
}

/// How many full days lie between two moments; for "wacht al ... dagen".
#[must_use]
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Whether municipal desks are closed in the whole of the Netherlands: the days of the Algemene
/// termijnenwet, article 3, without Good Friday; Liberation Day in lustrum years.
#[must_use]
pub fn is_holiday(day: Date) -> bool {
    let easter = easter(day.year());
    let moving = [1, 39, 50].map(|after| later(easter, i64::from(after).days()));
    let fixed = match (day.month(), day.day()) {
        (1, 1) | (12, 25 | 26) => true,
        (5, 5) => day.year() % 5 == 0,
        _ => false,
    };
    fixed || moving.contains(&day) || day == easter || day == kings_day(day.year())
}

/// 27 April, or the day before when that is a Sunday.
fn kings_day(year: i16) -> Date {
    let day = Date::new(year, 4, 27).unwrap_or(Date::MAX);
    if day.weekday() == Weekday::Sunday {
        later(day, (-1).days())
    } else {
        day
    }
}

/// Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher.
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (golden, century, in_century) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let leap = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * leap + 114;
    let small = |number: i32| i8::try_from(number).unwrap_or(1);
    let year = i16::try_from(year).unwrap_or(0);
    Date::new(year, small(days / 31), small(days % 31 + 1)).unwrap_or(Date::MAX)
}

fn later(day: Date, span: Span) -> Date {
    day.checked_add(span).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn the_days_off_of_2026_and_of_a_lustrum_year() {
        for day in [
            "2026-01-01",
            "2026-04-05",
            "2026-04-06",
            "2026-04-27",
            "2026-05-14",
            "2026-05-25",
            "2026-12-25",
            "2026-12-26",
            "2030-05-05",
            "2025-04-26",
        ] {
            assert!(is_holiday(date(day)), "{day}");
        }
        for day in [
            "2026-05-05",
            "2026-04-03",
            "2026-12-24",
            "2025-04-27",
            "2026-12-31",
        ] {
            assert!(!is_holiday(date(day)), "{day}");
        }
    }

    #[test]
    fn weekends_days_off_and_days_on_which_the_desk_is_closed_do_not_count() {
        let week = DaySet::parse("ma-vr").expect("days");
        let some = DaySet::parse("di,do").expect("days");
        let due_on = |from: &str, days, working| {
            let from: Zoned = from.parse().expect("a moment");
            due(&from, days, working).date()
        };
        let noon = |day: &str| format!("{day}T12:00[Europe/Amsterdam]");
        assert_eq!(
            due_on(&noon("2026-11-20"), 2, week),
            date("2026-11-24"),
            "over a weekend"
        );
        assert_eq!(
            due_on(&noon("2026-11-22"), 2, week),
            date("2026-11-24"),
            "on a Sunday"
        );
        assert_eq!(
            due_on(&noon("2026-12-24"), 2, week),
            date("2026-12-29"),
            "over Christmas"
        );
        assert_eq!(due_on(&noon("2026-11-20"), 2, some), date("2026-11-26"));
        assert_eq!(
            due_on(&noon("2026-11-20"), 1, DaySet::default()),
            date("2026-11-23")
        );
    }
}

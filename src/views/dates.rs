//! Dates and times as Dutch people write them.

use jiff::Zoned;
use jiff::civil::Date;

use crate::domain::hours::{day_name, time_text};

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

fn month(date: Date) -> &'static str {
    let at = usize::try_from(date.month() - 1).unwrap_or(0);
    MONTHS.get(at).copied().unwrap_or("")
}

/// "22 november 2026"
#[must_use]
pub fn date_text(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "dinsdag 24 november"
#[must_use]
pub fn weekday_text(date: Date) -> String {
    format!(
        "{} {} {}",
        day_name(date.weekday()),
        date.day(),
        month(date)
    )
}

/// When something begins again, seen from `now`: "vandaag vanaf 11.00 uur", "maandag vanaf 9.00 uur".
#[must_use]
pub fn from_text(next: &Zoned, now: &Zoned) -> String {
    let days = now
        .date()
        .until(next.date())
        .map_or(0, |span| span.get_days());
    let day = match days {
        0 => "vandaag",
        1 => "morgen",
        _ => day_name(next.weekday()),
    };
    format!("{day} vanaf {} uur", time_text(next.time()))
}

/// `text` with its first letter as a capital.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_dutch() {
        let date = Date::constant(2026, 11, 22);
        assert_eq!(date_text(date), "22 november 2026");
        assert_eq!(weekday_text(date), "zondag 22 november");
        let now: Zoned = "2026-11-22T20:00:00[Europe/Amsterdam]"
            .parse()
            .expect("a moment");
        let next: Zoned = "2026-11-23T09:00:00[Europe/Amsterdam]"
            .parse()
            .expect("a moment");
        assert_eq!(from_text(&next, &now), "morgen vanaf 9.00 uur");
        assert_eq!(capitalised("huisarts"), "Huisarts");
    }
}

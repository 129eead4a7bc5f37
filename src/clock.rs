//! The only source of time: everything else is handed a [`Clock`].

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Tells what time it is.
pub trait Clock: Send + Sync {
    /// The present moment, UTC, to the microsecond or better.
    fn now(&self) -> Timestamp;

    /// The present moment on a Dutch wall clock; opening hours and dates are judged by this.
    fn now_here(&self) -> Zoned {
        self.now().to_zoned(dutch_zone())
    }
}

/// The time zone of the Netherlands; it ships with the binary.
#[must_use]
pub fn dutch_zone() -> TimeZone {
    // Looked up once: a clone is a pointer.
    static ZONE: LazyLock<TimeZone> =
        LazyLock::new(|| TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC));
    ZONE.clone()
}

/// The day of a moment on a Dutch calendar.
#[must_use]
pub fn dutch_day(at: Timestamp) -> Date {
    at.to_zoned(dutch_zone()).date()
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still, for tests and for rendering a page as of a given moment.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_and_winter_time_come_with_the_binary() {
        let july = FixedClock("2026-07-01T10:00:00Z".parse().expect("a timestamp"));
        let january = FixedClock("2026-01-01T10:00:00Z".parse().expect("a timestamp"));
        assert_eq!(july.now_here().hour(), 12);
        assert_eq!(january.now_here().hour(), 11);
    }
}

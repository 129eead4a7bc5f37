//! Keeping a question that has to be kept: until a day, with a reason, and no longer.

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Why a question is kept, as colleagues who look after the loket read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Until when.
    pub until: Timestamp,
    /// The name of who saw to it.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Why a day is not one until which a question can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UntilError {
    /// No day.
    #[error("Vul een dag in, zoals 31-12-2027.")]
    NoDay,
    /// Over already, or today.
    #[error("Kies een dag na vandaag.")]
    Passed,
    /// More than a year on: then it is looked at again.
    #[error("Kies een dag binnen een jaar. Daarna kun je opnieuw bewaren.")]
    TooFar,
}

/// Reads the last day on which a question is kept: after `today`, at most a year on. Takes what a date
/// field sends (2027-12-31) and what people write (31-12-2027).
///
/// # Errors
/// When it is no such day.
pub fn parse_until(text: &str, today: Date) -> Result<Date, UntilError> {
    let day = parse_day(text.trim()).ok_or(UntilError::NoDay)?;
    let last = today.checked_add(1.year()).unwrap_or(Date::MAX);
    if day <= today {
        Err(UntilError::Passed)
    } else if day > last {
        Err(UntilError::TooFar)
    } else {
        Ok(day)
    }
}

fn parse_day(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/', '.']);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    let whole = parts.next().is_none() && year.len() == 4;
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.ok().filter(|_| whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_kept_until_a_day_within_a_year() {
        let today = Date::constant(2026, 11, 22);
        let until = |text| parse_until(text, today);
        for good in ["2027-01-31", "31-1-2027", " 31/01/2027 ", "31.1.2027"] {
            assert_eq!(until(good), Ok(Date::constant(2027, 1, 31)), "{good}");
        }
        assert_eq!(until("2026-11-23"), Ok(Date::constant(2026, 11, 23)));
        assert_eq!(until("2027-11-22"), Ok(Date::constant(2027, 11, 22)));
        for (bad, error) in [
            ("2026-11-22", UntilError::Passed),
            ("2025-12-01", UntilError::Passed),
            ("2027-11-23", UntilError::TooFar),
            ("", UntilError::NoDay),
            ("morgen", UntilError::NoDay),
            ("2027-02-30", UntilError::NoDay),
            ("31-1-27", UntilError::NoDay),
            ("2027-01-31-5", UntilError::NoDay),
        ] {
            assert_eq!(until(bad), Err(error), "{bad}");
        }
    }
}

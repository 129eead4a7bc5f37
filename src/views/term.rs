//! When a question is erased.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::clock::dutch_day;
use crate::domain::{Loket, Question};

/// The day on which a closed question is erased by itself: when its term is over, and not before it may
/// be. Nothing while it is open.
#[must_use]
pub fn erased_on(question: &Question, loket: Option<&Loket>) -> Option<Date> {
    let closed = dutch_day(question.closed?);
    let days = match question.withdrawn {
        Some(_) => 0,
        None => i64::from(loket?.retention_days),
    };
    let term = closed.checked_add(days.days()).ok()?;
    let held = question
        .held
        .map(|held| dutch_day(held).saturating_add(1.day()));
    Some(held.map_or(term, |held| held.max(term)))
}

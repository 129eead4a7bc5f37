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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::{Audience, Channel, Progress, QuestionId, QuestionState, Slug};

    fn closed(held: Option<&str>, withdrawn: bool) -> Question {
        let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
        let closed = at("2026-11-22T11:00:00Z");
        Question {
            id: QuestionId::new(closed, [0; 10]),
            loket: Slug::parse("tubbergen").expect("a slug"),
            progress: Progress::stored(QuestionState::Closed, None),
            channel: Channel::Site,
            audience: Audience::Ouder,
            age: None,
            urgent: false,
            created: closed,
            due: closed,
            closed: Some(closed),
            helped: None,
            held: held.map(at),
            withdrawn: withdrawn.then_some(closed),
            marked: None,
            version: 0,
        }
    }

    #[test]
    fn what_is_withdrawn_goes_the_day_after_it_had_to_be_kept() {
        let held = closed(Some("2026-12-31T22:59:59Z"), true);
        assert_eq!(erased_on(&held, None), Some(Date::constant(2027, 1, 1)));
        assert_eq!(erased_on(&closed(None, false), None), None, "no term known");
        let open = Question {
            closed: None,
            ..held
        };
        assert_eq!(erased_on(&open, None), None);
    }
}

//! From one loket to another: offered first, and passed on only when that accepts.

use jiff::Timestamp;

use super::{Illegal, OfferId, Question, QuestionState, Slug, StaffId};

/// A question that is offered to another loket. Until that accepts it, it stays whole with its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// To which loket.
    pub to: Slug,
    /// Who offers it.
    pub staff: StaffId,
    /// The name of who offers it.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// Why, for colleagues.
    pub reason: String,
}

/// That a question went from one loket to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// When.
    pub at: Timestamp,
    /// Who had it before.
    pub giver: Slug,
    /// Who has it since.
    pub taker: Slug,
}

impl Question {
    /// Whether it can be offered to another loket, given the offer that stands.
    ///
    /// # Errors
    /// When it is closed, or offered already.
    pub fn may_be_offered(&self, standing: Option<&Offer>) -> Result<(), Illegal> {
        if self.progress.state() == QuestionState::Closed {
            Err(Illegal::Closed)
        } else if standing.is_some() {
            Err(Illegal::Offered)
        } else {
            Ok(())
        }
    }
}

/// Which loket a question was of at a moment: of who passed it on next, or else of who has it `now`.
#[must_use]
pub fn loket_at<'a>(transfers: &'a [Transfer], now: &'a Slug, at: Timestamp) -> &'a Slug {
    let next = transfers.iter().find(|transfer| transfer.at >= at);
    next.map_or(now, |transfer| &transfer.giver)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_before_a_question_was_passed_on_is_of_the_loket_before() {
        let at = |second| Timestamp::from_second(second).expect("a moment");
        let slug = |text| Slug::parse(text).expect("a slug");
        let passed = |second, giver, taker| Transfer {
            at: at(second),
            giver: slug(giver),
            taker: slug(taker),
        };
        let transfers = [passed(10, "a", "b"), passed(20, "b", "c")];
        let now = slug("c");
        for (second, wanted) in [(5, "a"), (10, "a"), (15, "b"), (25, "c")] {
            assert_eq!(loket_at(&transfers, &now, at(second)).as_str(), wanted);
        }
        assert_eq!(loket_at(&[], &now, at(5)).as_str(), "c");
    }
}

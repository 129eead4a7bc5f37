//! Questions to a loket: what is said, and how far they are.

use jiff::Timestamp;

use super::{AgeBand, Audience, Marked, Slug, StaffId};
use super::{MessageId, QuestionId};

/// How a question came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By the form on this site.
    Site,
    /// By another system.
    Api,
    /// By telephone; staff wrote it down.
    Phone,
    /// At a walk-in hour; staff wrote it down.
    Spreekuur,
    /// By a colleague; staff wrote it down.
    Colleague,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 5] = [
        Self::Site,
        Self::Api,
        Self::Phone,
        Self::Spreekuur,
        Self::Colleague,
    ];

    /// Those of which staff write a question down.
    pub const BY_STAFF: [Self; 3] = [Self::Phone, Self::Spreekuur, Self::Colleague];

    /// The word for it, in forms and in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Api => "api",
            Self::Phone => "telefoon",
            Self::Spreekuur => "spreekuur",
            Self::Colleague => "collega",
        }
    }

    /// The words for it on screen.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Site => "via de site",
            Self::Api => "via een ander systeem",
            Self::Phone => "aan de telefoon",
            Self::Spreekuur => "op het spreekuur",
            Self::Colleague => "via een collega",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == text)
    }
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionState {
    /// The loket's.
    Open,
    /// The parent's: the last word is the loket's.
    Answered,
    /// Nobody's.
    Closed,
}

impl QuestionState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Closed];

    /// The word for it, in addresses and in the database.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "beantwoord",
            Self::Closed => "gesloten",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == text)
    }
}

/// A step that the state of a question does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Illegal {
    /// It is closed.
    #[error("deze vraag is gesloten")]
    Closed,
    /// It is not closed.
    #[error("deze vraag is niet gesloten")]
    NotClosed,
    /// A colleague has it, not you.
    #[error("deze vraag heb jij niet opgepakt")]
    NotYours,
    /// It is offered to another loket already.
    #[error("deze vraag is al aangeboden aan een ander loket")]
    Offered,
    /// It is not offered (any more).
    #[error("deze vraag is niet (meer) aangeboden aan een ander loket")]
    NotOffered,
    /// The parent withdrew it.
    #[error("de vrager heeft deze vraag ingetrokken")]
    Withdrawn,
    /// It has to be kept.
    #[error("deze vraag moet bewaard blijven")]
    Held,
}

/// How far a question is, and who is at it. A question always belongs to its loket; that a colleague
/// has taken it up only says so to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    state: QuestionState,
    owner: Option<StaffId>,
}

impl Progress {
    /// A question that just came in.
    #[must_use]
    pub const fn new() -> Self {
        Self::stored(QuestionState::Open, None)
    }

    /// As it was kept.
    #[must_use]
    pub const fn stored(state: QuestionState, owner: Option<StaffId>) -> Self {
        Self { state, owner }
    }

    /// Whose turn it is.
    #[must_use]
    pub const fn state(self) -> QuestionState {
        self.state
    }

    /// Who has taken it up.
    #[must_use]
    pub const fn owner(self) -> Option<StaffId> {
        self.owner
    }

    /// `by` takes it up, or takes it over.
    ///
    /// # Errors
    /// When it is closed.
    pub fn claim(self, by: StaffId) -> Result<Self, Illegal> {
        match self.state {
            QuestionState::Closed => Err(Illegal::Closed),
            state => Ok(Self::stored(state, Some(by))),
        }
    }

    /// `by` puts it back for the others.
    ///
    /// # Errors
    /// When somebody else has it.
    pub fn release(self, by: StaffId) -> Result<Self, Illegal> {
        if self.owner == Some(by) {
            Ok(Self::stored(self.state, None))
        } else {
            Err(Illegal::NotYours)
        }
    }

    /// `by` answers, and has it from now on.
    ///
    /// # Errors
    /// When it is closed.
    pub fn answer(self, by: StaffId) -> Result<Self, Illegal> {
        self.claim(by)?;
        Ok(Self::stored(QuestionState::Answered, Some(by)))
    }

    /// The parent writes again: it is the loket's turn, also when it was closed.
    #[must_use]
    pub const fn ask_on(self) -> Self {
        Self::stored(QuestionState::Open, self.owner)
    }

    /// It is done.
    ///
    /// # Errors
    /// When it was closed already.
    pub fn close(self) -> Result<Self, Illegal> {
        match self.state {
            QuestionState::Closed => Err(Illegal::Closed),
            _ => Ok(Self::stored(QuestionState::Closed, None)),
        }
    }

    /// It was not done after all.
    ///
    /// # Errors
    /// When it is not closed.
    pub fn reopen(self) -> Result<Self, Illegal> {
        match self.state {
            QuestionState::Closed => Ok(Self::stored(QuestionState::Open, None)),
            _ => Err(Illegal::NotClosed),
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

/// What is kept clear of a question; its words are sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The loket that answers it.
    pub loket: Slug,
    /// How far it is.
    pub progress: Progress,
    /// How it came in.
    pub channel: Channel,
    /// Who asks.
    pub audience: Audience,
    /// The age of the child.
    pub age: Option<AgeBand>,
    /// Its words call for help at once.
    pub urgent: bool,
    /// When it came in.
    pub created: Timestamp,
    /// By when the loket answers what is asked last.
    pub due: Timestamp,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// Whether the answer helped, as the parent says.
    pub helped: Option<bool>,
    /// Until when it has to be kept, whoever wants it erased.
    pub held: Option<Timestamp>,
    /// When the parent asked to erase it while it had to be kept.
    pub withdrawn: Option<Timestamp>,
    /// What it is by law, besides a question.
    pub marked: Option<Marked>,
    /// Raised by each change: a change based on an older one is refused.
    pub version: i64,
}

impl Question {
    /// Whether the loket should have answered.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.progress.state() == QuestionState::Open && now > self.due
    }

    /// Until when it has to be kept, when it still has to.
    #[must_use]
    pub fn held_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.held.filter(|held| *held >= now)
    }

    /// Staff open it again.
    ///
    /// # Errors
    /// When it is not closed, or the parent withdrew it.
    pub fn reopen(&self) -> Result<Progress, Illegal> {
        match self.withdrawn {
            Some(_) => Err(Illegal::Withdrawn),
            None => self.progress.reopen(),
        }
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// Who asks.
    Parent,
    /// The loket; the name is that of the member of staff at the time.
    Desk {
        /// Who it was.
        staff: StaffId,
        /// The name the parent sees.
        name: String,
    },
}

/// What a parent and a loket write to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

/// What colleagues write to each other on a question. A type of its own: a note can never stand where
/// a [`Message`] to a parent is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub staff: StaffId,
    /// The name of who wrote it.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff(number: u8) -> StaffId {
        StaffId::new(Timestamp::UNIX_EPOCH, [number; 10])
    }

    #[test]
    fn a_question_goes_to_and_fro_and_is_reopened_by_the_parent() {
        let (anna, bo) = (staff(1), staff(2));
        let taken = Progress::new().claim(anna).expect("taken");
        let over = taken.claim(bo).expect("taken over");
        assert_eq!(over.owner(), Some(bo));
        assert_eq!(over.release(anna), Err(Illegal::NotYours));
        let answered = over.answer(bo).expect("answered");
        assert_eq!(answered.state(), QuestionState::Answered);
        let closed = answered.close().expect("closed");
        assert_eq!(closed.answer(bo), Err(Illegal::Closed));
        assert_eq!(closed.claim(bo), Err(Illegal::Closed));
        assert_eq!(closed.close(), Err(Illegal::Closed));
        assert_eq!(closed.ask_on().state(), QuestionState::Open);
        assert_eq!(
            closed.reopen().map(Progress::state),
            Ok(QuestionState::Open)
        );
        assert_eq!(answered.reopen(), Err(Illegal::NotClosed));
    }

    #[test]
    fn words_for_channels_and_states_are_read_back() {
        assert!(
            Channel::ALL
                .iter()
                .all(|one| Channel::parse(one.slug()) == Some(*one))
        );
        assert!(
            QuestionState::ALL
                .iter()
                .all(|one| QuestionState::parse(one.slug()) == Some(*one))
        );
    }
}

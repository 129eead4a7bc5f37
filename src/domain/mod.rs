//! Pure types and rules. Imports nothing of the house; every value is parsed once and then right.

pub mod age;
pub mod article;
pub mod ask;
pub mod contact;
pub mod fact;
pub mod hours;
pub mod ids;
pub mod loket;
pub mod partner;
pub mod phrase;
pub mod postcode;
pub mod question;
pub mod safety;
pub mod slug;
pub mod spreekuur;
pub mod staff;
pub mod topic;
pub mod working_days;

pub use age::{AgeBand, AgeInMonths};
pub use article::{Article, Audience, Body, Heading, IN_SHORT, Piece, Review, Section, SourceRef};
pub use ask::{Field, FieldError, FormErrors, NewQuestion, RawAsk};
pub use contact::{AnswerWay, Contact, MailAddress};
pub use fact::{Fact, FactKey, PhoneNumber, Reach};
pub use hours::{DaySet, HourSlot, OpeningHours};
pub use ids::{MailId, MessageId, PhraseId, QuestionId, StaffId};
pub use loket::{Loket, route_postcode};
pub use partner::Partner;
pub use postcode::{Postcode4, PostcodeRange};
pub use question::{Author, Channel, Illegal, Message, Note, Progress, Question, QuestionState};
pub use safety::{SafetyKind, SafetyRule};
pub use slug::Slug;
pub use spreekuur::{Spreekuur, SpreekuurException, SpreekuurState};
pub use staff::{Role, Staff};
pub use topic::{Theme, Topic};

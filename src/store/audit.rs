//! The log of what staff read and did: one chain per loket, each row bound to the one before by a
//! keyed MAC, so that a row that is changed, added or left out shows (BIO2 8.15).

use jiff::Timestamp;
use sqlx::any::AnyRow;

use super::open::micros;
use super::row::Columns as _;
use super::{Store, StoreError, Tx};
use crate::domain::{QuestionId, Slug, Staff, StaffId};
use crate::secrets::Keys;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Signed in.
    SignIn,
    /// Did not get in.
    SignInRefused,
    /// Signed out.
    SignOut,
    /// Made an account of an invitation.
    Join,
    /// Saw a page of the inbox.
    List,
    /// Read a question.
    Read,
    /// Took a question up.
    Claim,
    /// Put a question back.
    Release,
    /// Answered.
    Answer,
    /// Wrote a note.
    Note,
    /// Kept a draft.
    Draft,
    /// Closed a question.
    Close,
    /// Opened a closed question again.
    Reopen,
    /// Wrote a question down.
    Enter,
    /// Offered a question to another loket.
    Offer,
    /// Took such an offer back.
    TakeBack,
    /// Saw what other lokets offer.
    ListOffers,
    /// Read an offer and its reason.
    ReadOffer,
    /// Accepted an offer: the question is theirs from then on.
    Accept,
    /// Accepted by another loket: in the log of the one that had it.
    PassOn,
    /// Did not accept an offer.
    Decline,
    /// Saw to it that a question is kept.
    Hold,
    /// Ended that.
    LiftHold,
    /// Erased a question.
    Erase,
    /// Took a copy of all that is kept of a question.
    Export,
    /// Said what a question is by law.
    Mark,
    /// Read the log.
    ReadLog,
    /// Chose another password.
    Password,
    /// Asked for a link to choose one, or somebody did in her name.
    PasswordLink,
    /// Set up an app for codes.
    App,
    /// Made new recovery codes.
    RecoveryCodes,
    /// Looked for questions by their words.
    Search,
    /// Changed the texts that colleagues use often.
    Phrases,
    /// Said until when somebody is away.
    Away,
    /// Ended an account.
    Disable,
    /// Invited a colleague.
    Invite,
}

impl Action {
    /// The word for it.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::SignIn => "ingelogd",
            Self::SignInRefused => "niet binnengelaten",
            Self::SignOut => "uitgelogd",
            Self::Join => "account gemaakt",
            Self::List => "lijst gezien",
            Self::Read => "vraag gelezen",
            Self::Claim => "opgepakt",
            Self::Release => "teruggelegd",
            Self::Answer => "geantwoord",
            Self::Note => "notitie geschreven",
            Self::Draft => "concept bewaard",
            Self::Close => "gesloten",
            Self::Reopen => "heropend",
            Self::Enter => "vraag ingevoerd",
            Self::Offer => "aangeboden aan ander loket",
            Self::TakeBack => "aanbod teruggenomen",
            Self::ListOffers => "aanbod gezien",
            Self::ReadOffer => "aanbod gelezen",
            Self::Accept => "aangenomen",
            Self::PassOn => "overgedragen",
            Self::Decline => "niet aangenomen",
            Self::Hold => "bewaren ingesteld",
            Self::LiftHold => "bewaren beëindigd",
            Self::Erase => "gewist",
            Self::Export => "kopie gemaakt",
            Self::Mark => "soort vastgelegd",
            Self::ReadLog => "logboek gelezen",
            Self::Password => "wachtwoord veranderd",
            Self::PasswordLink => "link voor nieuw wachtwoord",
            Self::App => "app ingesteld",
            Self::RecoveryCodes => "nieuwe herstelcodes",
            Self::Search => "gezocht",
            Self::Phrases => "zinnen veranderd",
            Self::Away => "afwezigheid veranderd",
            Self::Disable => "account afgesloten",
            Self::Invite => "uitgenodigd",
        }
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number in the chain of its loket, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The id of who did it.
    pub staff: String,
    /// What was done.
    pub action: String,
    /// The ids of the questions, with spaces; or that of the colleague whose account it is about.
    pub question: String,
    /// Whether it was allowed.
    pub result: String,
    /// From where: the address of the computer.
    pub origin: String,
    pub(super) mac: String,
}

impl AuditRow {
    pub(super) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row.number("seq")?,
            at: row.moment("at")?,
            staff: row.text("staff")?,
            action: row.text("action")?,
            question: row.text("question")?,
            result: row.text("result")?,
            origin: row.text("origin")?,
            mac: row.text("mac")?,
        })
    }

    /// Its link in the chain, after the row with the link `before`.
    pub(super) fn mac_after(&self, keys: &Keys, loket: &str, before: &str) -> String {
        let (seq, at) = (self.seq.to_string(), micros(self.at).to_string());
        let fields = [
            seq.as_str(),
            at.as_str(),
            &self.staff,
            &self.action,
            &self.question,
            &self.result,
            &self.origin,
        ];
        keys.chain(loket, before, &fields)
    }
}

impl Tx<'_> {
    /// Adds a row to the chain of `staff`'s loket.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn log(
        &mut self,
        staff: &Staff,
        action: Action,
        questions: &[QuestionId],
        allowed: bool,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let ids: Vec<_> = questions.iter().map(ToString::to_string).collect();
        self.log_ids(staff, action, ids.join(" "), allowed, origin, now)
            .await
    }

    /// Adds a row about the account of a colleague.
    pub(super) async fn log_about(
        &mut self,
        staff: &Staff,
        action: Action,
        about: StaffId,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.log_ids(staff, action, about.to_string(), true, origin, now)
            .await
    }

    async fn log_ids(
        &mut self,
        staff: &Staff,
        action: Action,
        ids: String,
        allowed: bool,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let loket = staff.loket.as_str();
        let (seq, before) = self.next_link(loket).await?;
        let mut row = AuditRow {
            seq,
            at: now,
            staff: staff.id.to_string(),
            action: action.slug().to_owned(),
            question: ids,
            result: if allowed { "gelukt" } else { "geweigerd" }.to_owned(),
            origin: origin.to_owned(),
            mac: String::new(),
        };
        row.mac = row.mac_after(&self.store.keys, loket, &before);
        self.keep_head(loket, seq, &row.mac).await?;
        let sql = "INSERT INTO audit (loket, seq, at, staff, action, question, result, origin, mac) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        sqlx::query(sql)
            .bind(loket)
            .bind(row.seq)
            .bind(micros(row.at))
            .bind(row.staff)
            .bind(row.action)
            .bind(row.question)
            .bind(row.result)
            .bind(row.origin)
            .bind(row.mac)
            .execute(self.on())
            .await?;
        Ok(())
    }
}

impl Store {
    /// The last rows of the chain of a loket, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit(&self, loket: &Slug, most: u32) -> Result<Vec<AuditRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM audit WHERE loket = $1 ORDER BY seq DESC LIMIT $2")
            .bind(loket.as_str())
            .bind(i64::from(most))
            .fetch_all(&self.read)
            .await?;
        rows.iter().map(AuditRow::read).collect()
    }
}

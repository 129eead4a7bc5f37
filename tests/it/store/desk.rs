//! The vocabulary: a desk with a database of its own, its staff, and questions to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use loes::clock::Clock;
use loes::domain::{
    AgeBand, AnswerWay, Audience, Channel, Contact, MailAddress, NewQuestion, PhoneNumber,
    QuestionId, Role, Slug, Staff,
};
use loes::random::{Random, SystemRandom};
use loes::secrets::{Keys, ReceiptCode, TotpSecret};
use loes::store::{
    Action, Added, Asked, Entry, Inbox, InboxFilter, NewStaff, Store, StoreError, Thread,
};
use sqlx::{AssertSqlSafe, Executor as _, Row as _};

use super::Place;

/// A Sunday noon in the Netherlands.
pub(crate) fn noon() -> Timestamp {
    crate::support::NOON.parse().expect("a moment")
}

pub(crate) fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

/// The name of a form that was not sent before.
pub(crate) fn form() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("form-{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// A clock that a test sets forward.
pub(crate) struct Watch(AtomicI64);

impl Watch {
    fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.as_microsecond()))
    }

    pub(crate) fn forward(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).expect("a wait");
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for Watch {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

/// A desk, and where it keeps things.
pub(crate) struct Desk {
    // Closed before its place goes.
    pub(crate) store: Store,
    pub(crate) keys: Arc<Keys>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) watch: Arc<Watch>,
    pub(crate) place: Place,
}

impl Desk {
    pub(crate) async fn open(place: Place) -> Self {
        let random: Arc<dyn Random> = Arc::new(SystemRandom::open().expect("random bytes"));
        let keys = Arc::new(Keys::generate(&*random));
        let store = Store::open(&place.url(), Arc::clone(&keys), random).await;
        Self {
            place,
            ..Self::over(store.expect("a store"), keys)
        }
    }

    /// A desk over a store that others look after.
    pub(crate) fn over(store: Store, keys: Arc<Keys>) -> Self {
        Self {
            store,
            keys,
            random: Arc::new(SystemRandom::open().expect("random bytes")),
            watch: Arc::new(Watch::new(noon())),
            place: Place::Elsewhere,
        }
    }

    /// Opens the same database once more.
    pub(crate) async fn open_again(&self, keys: &Arc<Keys>) -> Result<Store, StoreError> {
        Self::open_at(&self.place, keys).await
    }

    pub(crate) async fn open_at(place: &Place, keys: &Arc<Keys>) -> Result<Store, StoreError> {
        let random = Arc::new(SystemRandom::open().expect("random bytes"));
        Store::open(&place.url(), Arc::clone(keys), random).await
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.watch.now()
    }

    pub(crate) fn later(&self, wait: SignedDuration) -> Timestamp {
        self.watch.forward(wait);
        self.now()
    }

    /// A code that nobody got before.
    pub(crate) fn code(&self) -> ReceiptCode {
        let mut form = [0; 16];
        self.random.fill(&mut form);
        self.keys.receipt_code(&form)
    }

    pub(crate) fn question(&self, text: &str) -> QuestionUnderway<'_> {
        QuestionUnderway {
            desk: self,
            code: self.code(),
            body: text.to_owned(),
            urgent: false,
            due: minutes(2 * 24 * 60),
            new: NewQuestion {
                text: text.to_owned(),
                age: Some(AgeBand::Peuter),
                audience: Audience::Ouder,
                loket: slug("tubbergen"),
                contact: Contact {
                    name: None,
                    way: AnswerWay::Site,
                    postcode: None,
                },
            },
        }
    }

    /// A member of staff of Tubbergen.
    pub(crate) async fn staff(&self, name: &str) -> Staff {
        self.member(name, Role::Medewerker, "tubbergen").await
    }

    pub(crate) async fn member(&self, name: &str, role: Role, loket: &str) -> Staff {
        let mut tx = self.store.write().await.expect("a change");
        let mail = format!("{name}@voorbeeld.nl");
        let new = NewStaff {
            name,
            mail: &MailAddress::parse(&mail).expect("an address"),
            role,
            loket: &slug(loket),
            password: "$argon2id$none",
            totp: Some(&TotpSecret::generate(&*self.random)),
            totp_step: 0,
            recovery: &[format!("recovery of {name}")],
        };
        let made = tx.add_staff(&new, self.now()).await.expect("an account");
        tx.commit().await.expect("committed");
        made.expect("a new account")
    }

    pub(crate) async fn thread(&self, code: &ReceiptCode) -> Thread {
        let found = self.store.thread_by_code(code).await.expect("a thread");
        found.expect("a thread")
    }

    pub(crate) async fn read(&self, staff: &Staff, id: QuestionId) -> Option<Entry> {
        let mut tx = self.store.write().await.expect("a change");
        let entry = tx
            .entry(staff, id, Action::Read, "192.0.2.1", self.now())
            .await
            .expect("an answer");
        tx.commit().await.expect("committed");
        entry
    }

    pub(crate) async fn entry(&self, staff: &Staff, id: QuestionId) -> Entry {
        self.read(staff, id).await.expect("an entry")
    }

    pub(crate) async fn answer(
        &self,
        staff: &Staff,
        thread: &Thread,
        form: &str,
        text: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.store.write().await?;
        tx.answer(staff, thread, form, text, self.now()).await?;
        tx.commit().await
    }

    /// `staff` reads the question with this id and answers it.
    pub(crate) async fn answered(&self, staff: &Staff, id: QuestionId, text: &str) {
        let entry = self.entry(staff, id).await;
        let answered = self.answer(staff, &entry.thread, &form(), text).await;
        answered.expect("an answer");
    }

    pub(crate) async fn ask_on(&self, thread: &Thread, form: &str, text: &str) {
        let mut tx = self.store.write().await.expect("a change");
        let (now, due) = (self.now(), self.now() + minutes(60));
        tx.ask_on(&thread.question, form, text, due, now)
            .await
            .expect("a message");
        tx.commit().await.expect("committed");
    }

    pub(crate) async fn note(&self, staff: &Staff, id: QuestionId, text: &str) {
        let mut tx = self.store.write().await.expect("a change");
        tx.add_note(staff, id, text, self.now())
            .await
            .expect("a note");
        tx.commit().await.expect("committed");
    }

    pub(crate) async fn draft(&self, staff: &Staff, id: QuestionId, text: &str) {
        let mut tx = self.store.write().await.expect("a change");
        tx.keep_draft(staff, id, text, self.now())
            .await
            .expect("a draft");
        tx.commit().await.expect("committed");
    }

    pub(crate) async fn close(&self, staff: &Staff, id: QuestionId) {
        let question = self.entry(staff, id).await.thread.question;
        let closed = question.progress.close().expect("not closed");
        let mut tx = self.store.write().await.expect("a change");
        tx.set_progress(&question, closed, question.due, self.now())
            .await
            .expect("closed");
        tx.commit().await.expect("committed");
    }

    pub(crate) async fn erase(&self, code: &ReceiptCode) {
        let thread = self.thread(code).await;
        let mut tx = self.store.write().await.expect("a change");
        tx.erase(&thread.question, "ouder", self.now())
            .await
            .expect("erased");
        tx.commit().await.expect("committed");
    }

    pub(crate) async fn inbox(&self, staff: &Staff, filter: InboxFilter, page: u32) -> Inbox {
        let mut tx = self.store.write().await.expect("a change");
        let inbox = tx
            .inbox(staff, filter, page, "192.0.2.1", self.now())
            .await
            .expect("an inbox");
        tx.commit().await.expect("committed");
        inbox
    }

    /// Past the store: runs a statement.
    pub(crate) async fn run(&self, sql: &str) {
        let done = self.try_run(sql).await;
        assert!(done.expect(sql) > 0, "{sql} changed nothing");
    }

    pub(crate) async fn try_run(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let mut raw = self.place.raw().await;
        let done = raw.execute(AssertSqlSafe(sql.to_owned())).await?;
        Ok(done.rows_affected())
    }

    /// Past the store: one number.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let mut raw = self.place.raw().await;
        let row = raw.fetch_one(AssertSqlSafe(sql.to_owned())).await;
        row.expect(sql).try_get(0).expect("a number")
    }

    /// Past the store: the texts of one column.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let mut raw = self.place.raw().await;
        let rows = raw.fetch_all(AssertSqlSafe(sql.to_owned())).await;
        let rows = rows.expect(sql);
        rows.iter()
            .map(|row| row.try_get(0).expect("a text"))
            .collect()
    }

    /// The names of all tables but that of the migrations.
    pub(crate) async fn tables(&self) -> Vec<String> {
        let sql = if self.place.is_sqlite() {
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        } else {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        };
        let mut tables = self.texts(sql).await;
        tables.retain(|name| !name.starts_with('_') && !name.starts_with("sqlite_"));
        tables
    }

    /// Every text in every table.
    pub(crate) async fn all_texts(&self) -> Vec<String> {
        let mut raw = self.place.raw().await;
        let mut texts = Vec::new();
        for table in self.tables().await {
            let sql = AssertSqlSafe(format!("SELECT * FROM {table}"));
            for row in raw.fetch_all(sql).await.expect("rows") {
                let values = (0..row.len()).filter_map(|at| row.try_get::<String, _>(at).ok());
                texts.extend(values);
            }
        }
        texts
    }
}

pub(crate) fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

/// A question that is about to be asked.
#[derive(Clone)]
pub(crate) struct QuestionUnderway<'d> {
    desk: &'d Desk,
    code: ReceiptCode,
    body: String,
    urgent: bool,
    due: SignedDuration,
    new: NewQuestion,
}

/// A question that was asked.
pub(crate) struct Posed {
    pub(crate) id: QuestionId,
    pub(crate) code: ReceiptCode,
    pub(crate) added: Added,
}

impl QuestionUnderway<'_> {
    pub(crate) fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }

    pub(crate) fn due_in(mut self, wait: SignedDuration) -> Self {
        self.due = wait;
        self
    }

    pub(crate) fn for_loket(mut self, loket: &str) -> Self {
        self.new.loket = slug(loket);
        self
    }

    pub(crate) fn with_code(mut self, code: &ReceiptCode) -> Self {
        self.code = code.clone();
        self
    }

    pub(crate) fn of_nobody(mut self) -> Self {
        self.new.age = None;
        self
    }

    pub(crate) fn named(mut self, name: &str) -> Self {
        self.new.contact.name = Some(name.to_owned());
        self
    }

    pub(crate) fn by_mail(mut self, address: &str) -> Self {
        let address = MailAddress::parse(address).expect("an address");
        self.new.contact.way = AnswerWay::Mail(address);
        self
    }

    pub(crate) fn by_phone(mut self, number: &str, times: &str) -> Self {
        self.new.contact.way = AnswerWay::Phone {
            number: PhoneNumber::parse(number).expect("a number"),
            times: times.to_owned(),
            message: false,
        };
        self
    }

    pub(crate) async fn create(self) -> Posed {
        self.try_create().await.expect("asked")
    }

    pub(crate) async fn try_create(self) -> Result<Posed, StoreError> {
        let added = self.try_ask().await?;
        let (Added::New(id) | Added::Same(id) | Added::Other(id)) = added else {
            panic!("{added:?}");
        };
        Ok(Posed {
            id,
            code: self.code,
            added,
        })
    }

    pub(crate) async fn try_ask(&self) -> Result<Added, StoreError> {
        let now = self.desk.now();
        let mut tx = self.desk.store.write().await?;
        let asked = Asked {
            question: &self.new,
            code: &self.code,
            body: &self.body,
            channel: Channel::Site,
            urgent: self.urgent,
            due: now + self.due,
            now,
        };
        let added = tx.ask(&asked).await?;
        tx.commit().await?;
        Ok(added)
    }
}

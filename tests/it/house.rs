//! The vocabulary of tests of what is kept: a site with a store, staff, questions, and a clock that
//! can be moved.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::test::TestRequest;
use jiff::{SignedDuration, Timestamp};
use loes::clock::Clock as _;
use loes::config::DatabaseUrl;
use loes::content::Sources;
use loes::domain::{
    AnswerWay, Audience, Channel, Contact, MailAddress, NewQuestion, QuestionId, Role, Slug, Staff,
};
use loes::random::{Random, SeededRandom, array};
use loes::secrets::{BearerToken, Keys, Password, ReceiptCode};
use loes::store::{Action, Added, Asked, NewStaff, Store};
use tempfile::TempDir;

use crate::store::Place;
use crate::support::{NOON, Seen, TestSite, small_library};

/// A site with a store of its own.
pub(crate) struct House {
    site: TestSite,
    // Closed before its place goes.
    pub(crate) store: Store,
    place: Place,
    folder: TempDir,
}

impl Deref for House {
    type Target = TestSite;

    fn deref(&self) -> &TestSite {
        &self.site
    }
}

/// Words that must never stand where they do not belong.
pub(crate) const CANARY: &str = "Kanariepietje";

/// The small library, with a second loket: dinkelland.
fn two_lokets() -> Sources {
    let mut sources = small_library();
    let other = include_str!("../data/tubbergen.toml")
        .replace("Tubbergen", "Dinkelland")
        .replace("7651", "7591");
    sources.insert("loketten/dinkelland.toml", &other);
    sources
}

impl House {
    /// In a new place of this run, with two lokets: tubbergen and dinkelland.
    pub(crate) async fn new() -> Self {
        Self::at(Place::of_this_run().await).await
    }

    /// The same at another place.
    pub(crate) async fn at(place: Place) -> Self {
        Self::of(place, 7, TestSite::with(&two_lokets(), "", NOON)).await
    }

    /// Another seed is another installation, with other keys.
    pub(crate) async fn with_seed(seed: u64) -> Self {
        let site = TestSite::with(&two_lokets(), "", NOON);
        Self::of(Place::of_this_run().await, seed, site).await
    }

    /// A site that is no demonstration, with lokets that are no example.
    pub(crate) async fn for_real() -> Self {
        let mut sources = two_lokets();
        for path in ["loketten/tubbergen.toml", "loketten/dinkelland.toml"] {
            let text = sources.get(path).expect("a loket").to_owned();
            sources.insert(path, &text.replace("voorbeeld = true", "voorbeeld = false"));
        }
        Self::keeping(&sources, "demo = 'uit'").await
    }

    /// A demonstration with one loket: tubbergen.
    pub(crate) async fn demo() -> Self {
        Self::keeping(&small_library(), "demo = 'aan'").await
    }

    /// The same at another place.
    pub(crate) async fn demo_at(place: Place) -> Self {
        let site = TestSite::with(&small_library(), "demo = 'aan'", NOON);
        Self::of(place, 7, site).await
    }

    /// With this library and the settings of `toml`.
    pub(crate) async fn keeping(sources: &Sources, toml: &str) -> Self {
        let site = TestSite::with(sources, toml, NOON);
        Self::of(Place::of_this_run().await, 7, site).await
    }

    async fn of(place: Place, seed: u64, site: TestSite) -> Self {
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(seed));
        let keys = Arc::new(Keys::generate(&*random));
        let store = Store::open(&place.url(), keys, random)
            .await
            .expect("a store");
        site.app.open_store(store.clone());
        Self {
            site,
            store,
            place,
            folder: TempDir::new().expect("a folder"),
        }
    }

    pub(crate) const fn is_sqlite(&self) -> bool {
        self.place.is_sqlite()
    }

    /// Where its database is.
    pub(crate) fn url(&self) -> DatabaseUrl {
        self.place.url()
    }

    /// A file in a folder of the house.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the log of a loket tells, the first first; it holds.
    pub(crate) async fn actions(&self, loket: &str) -> Vec<String> {
        let slug = Slug::parse(loket).expect("a slug");
        let rows = self.store.audit(&slug, 100).await.expect("a log");
        let breaks = self.store.verify_audit().await.expect("a log");
        assert!(breaks.is_empty(), "{breaks:?}");
        rows.into_iter().rev().map(|row| row.action).collect()
    }

    /// A store of the same keys with nothing in it.
    pub(crate) async fn empty_store(&self) -> Store {
        let path = self.folder.path().join("leeg.db");
        let keys = Arc::new(self.store.keys().clone());
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(99));
        let url = DatabaseUrl::Sqlite(path);
        Store::open(&url, keys, random).await.expect("a store")
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn wait(&self, time: SignedDuration) {
        self.clock.pass(time.as_secs());
    }

    /// An account that can sign in with `PASSWORD`.
    pub(crate) async fn staff(&self, name: &str, role: Role, loket: &str) -> Staff {
        let password = Password::parse(PASSWORD, false).expect("a password");
        let mail = MailAddress::parse(&format!("{}@{loket}.example.org", name.to_lowercase()));
        let mut tx = self.store.write().await.expect("a change");
        let new = NewStaff {
            name,
            mail: &mail.expect("an address"),
            role,
            loket: &Slug::parse(loket).expect("a slug"),
            password: &password.hash(self.store.random()),
            totp: None,
            totp_step: 0,
            recovery: &[],
        };
        let staff = tx
            .add_staff(&new, self.now())
            .await
            .expect("kept")
            .expect("new");
        tx.commit().await.expect("kept");
        staff
    }

    /// A browser in which `staff` is signed in.
    pub(crate) async fn signed_in(&self, staff: &Staff) -> Browser<'_> {
        let token = BearerToken::generate(self.store.random());
        let mut tx = self.store.write().await.expect("a change");
        tx.begin_session(&token.digest(), staff.id, self.now())
            .await
            .expect("kept");
        tx.commit().await.expect("kept");
        self.browser(token.as_str())
    }

    /// The browser that holds this token of a session.
    pub(crate) fn browser(&self, token: &str) -> Browser<'_> {
        let digest = BearerToken::parse(token).expect("a token").digest();
        Browser {
            house: self,
            cookie: Some(token.to_owned()),
            token: self.store.keys().sign("form of the desk", &[&digest]),
        }
    }

    /// A question for `loket`; returns its id and code.
    pub(crate) async fn question(&self, loket: &str, text: &str) -> (QuestionId, ReceiptCode) {
        self.question_of(loket, text, AnswerWay::Site).await
    }

    /// The same, of who wants the answer in another way.
    pub(crate) async fn question_of(
        &self,
        loket: &str,
        text: &str,
        way: AnswerWay,
    ) -> (QuestionId, ReceiptCode) {
        let form: [u8; 16] = array(self.store.random());
        let code = self.store.keys().receipt_code(&form);
        let question = NewQuestion {
            text: text.to_owned(),
            age: None,
            audience: Audience::Ouder,
            loket: Slug::parse(loket).expect("a slug"),
            contact: Contact {
                name: None,
                way,
                postcode: None,
            },
        };
        let asked = Asked {
            question: &question,
            code: &code,
            body: text,
            channel: Channel::Site,
            urgent: false,
            due: self.now() + SignedDuration::from_hours(48),
            now: self.now(),
        };
        let mut tx = self.store.write().await.expect("a change");
        let added = tx.ask(&asked).await.expect("kept");
        tx.commit().await.expect("kept");
        let Added::New(id) = added else {
            panic!("{added:?}")
        };
        (id, code)
    }

    /// `staff` reads a question and answers it.
    pub(crate) async fn answer(&self, staff: &Staff, id: QuestionId, text: &str) {
        let mut tx = self.store.write().await.expect("a change");
        let entry = tx.entry(staff, id, Action::Answer, "", self.now()).await;
        let thread = entry.expect("read").expect("an entry").thread;
        let form = format!("{id}/{}", thread.messages.len());
        tx.answer(staff, &thread, &form, text, self.now())
            .await
            .expect("kept");
        tx.commit().await.expect("kept");
    }
}

/// A password that is good enough.
pub(crate) const PASSWORD: &str = "vier paarse olifanten";

/// A browser of a member of staff.
pub(crate) struct Browser<'h> {
    house: &'h House,
    pub(crate) cookie: Option<String>,
    pub(crate) token: String,
}

pub(crate) fn form(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

impl Browser<'_> {
    fn with_cookie(&self, request: TestRequest) -> TestRequest {
        match &self.cookie {
            Some(cookie) => request.insert_header(("Cookie", format!("__Host-loes-werk={cookie}"))),
            None => request,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.house
            .send(self.with_cookie(TestRequest::get().uri(path)))
            .await
    }

    /// Sends a form as a page of the desk would, the token of the session included.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let mut fields = form(fields);
        fields
            .entry("teken".to_owned())
            .or_insert_with(|| self.token.clone());
        let request = TestRequest::post().uri(path).set_form(fields);
        self.house.send(self.with_cookie(request)).await
    }
}

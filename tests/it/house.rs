//! The vocabulary of tests of what is kept: a site with a store, staff, questions, and a clock that
//! can be moved.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::body::to_bytes;
use actix_web::test::{self, TestRequest};
use actix_web::web::Data;
use jiff::{SignedDuration, Timestamp};
use loes::clock::Clock;
use loes::config::DatabaseUrl;
use loes::domain::{
    AnswerWay, Audience, Channel, Contact, MailAddress, NewQuestion, QuestionId, Role, Slug, Staff,
};
use loes::jobs::Shelf;
use loes::random::{Random, SeededRandom, array};
use loes::search::Snapshot;
use loes::secrets::{BearerToken, Keys, Password, ReceiptCode};
use loes::store::{Added, Asked, NewStaff, Store};
use loes::web::{App, Limits, wrapped};
use tempfile::TempDir;

use crate::support::{NOON, Seen, settings, small_library};

/// A clock that tests move.
pub(crate) struct MovedClock(AtomicI64);

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

/// A site with a store of its own. There are two lokets: tubbergen and dinkelland.
pub(crate) struct House {
    pub(crate) app: Data<App>,
    pub(crate) store: Store,
    pub(crate) clock: Arc<MovedClock>,
    folder: TempDir,
}

/// Words that must never stand where they do not belong.
pub(crate) const CANARY: &str = "Kanariepietje";

impl House {
    pub(crate) async fn new() -> Self {
        Self::with_seed(7).await
    }

    /// Another seed is another installation, with other keys.
    pub(crate) async fn with_seed(seed: u64) -> Self {
        let folder = TempDir::new().expect("a folder");
        let noon: Timestamp = NOON.parse().expect("a moment");
        let clock = Arc::new(MovedClock(AtomicI64::new(noon.as_second())));
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(seed));
        let keys = Arc::new(Keys::generate(&*random));
        let url = DatabaseUrl::Sqlite(folder.path().join("loes.db"));
        let store = Store::open(&url, keys, random).await.expect("a store");
        let mut sources = small_library();
        let other = include_str!("../data/tubbergen.toml")
            .replace("Tubbergen", "Dinkelland")
            .replace("7651", "7591");
        sources.insert("loketten/dinkelland.toml", &other);
        let snapshot = Snapshot::in_memory(&sources, clock.now_here().date()).expect("an index");
        let shelf = Arc::new(Shelf::new(snapshot, Vec::new()));
        let shared: Arc<dyn Clock> = clock.clone();
        let app = App::new(settings("").site, shelf, shared, Limits::new(Vec::new()));
        app.open_store(store.clone());
        Self {
            app: Data::new(app),
            store,
            clock,
            folder,
        }
    }

    /// A file in the folder of the house.
    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
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
        self.clock.0.fetch_add(time.as_secs(), Ordering::SeqCst);
    }

    pub(crate) async fn send(&self, request: TestRequest) -> Seen {
        let service = test::init_service(wrapped(self.app.clone(), loes::web::all_routes)).await;
        let request = request.peer_addr("127.0.0.1:5000".parse().expect("an address"));
        let response = test::call_service(&service, request.to_request()).await;
        let (_, body) = response.into_parts();
        let (status, headers) = (body.status(), body.headers().clone());
        let body = to_bytes(body.into_body())
            .await
            .unwrap_or_default()
            .to_vec();
        Seen {
            status,
            headers,
            body,
        }
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
        let form: [u8; 16] = array(self.store.random());
        let code = self.store.keys().receipt_code(&form);
        let question = NewQuestion {
            text: text.to_owned(),
            age: None,
            audience: Audience::Ouder,
            loket: Slug::parse(loket).expect("a slug"),
            contact: Contact {
                name: None,
                way: AnswerWay::Site,
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

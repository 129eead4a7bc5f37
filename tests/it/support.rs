//! The vocabulary of the tests: a library that is made up, and a site that shows it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode};
use actix_web::test;
use actix_web::web::Data;
use jiff::Timestamp;
use loes::clock::Clock;
use loes::config::{GivenSettings, Settings};
use loes::content::Sources;
use loes::jobs::Shelf;
use loes::search::Snapshot;
use loes::web::{App, Limits, wrapped};
use scraper::{Html, Selector};

/// A Sunday noon in the Netherlands.
pub(crate) const NOON: &str = "2026-11-22T11:00:00Z";

/// The content that ships with the product.
pub(crate) fn real_sources() -> Sources {
    Sources::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"))).expect("content")
}

/// Writes the files of `sources` below `folder`.
pub(crate) fn write_content(sources: &Sources, folder: &Path) {
    let value = serde_json::to_value(sources).expect("JSON");
    for (path, text) in value["files"].as_object().expect("files") {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text.as_str().expect("text")).expect("written");
    }
}

/// An article file under making.
#[derive(Clone)]
pub(crate) struct Article {
    pub(crate) topic: &'static str,
    pub(crate) slug: &'static str,
    pub(crate) title: &'static str,
    front: String,
    body: String,
}

impl Article {
    pub(crate) fn new(topic: &'static str, slug: &'static str, title: &'static str) -> Self {
        let body = "## In het kort\n\n- Blijf rustig.\n\n## Wat is er aan de hand?\n\nDit komt vaak voor.\n\n\
            ## Wat kun je doen?\n\n1. Wacht even.\n\n## Wanneer zoek je hulp?\n\nBel [[feit:huisarts]].\n";
        Self {
            topic,
            slug,
            title,
            front: String::new(),
            body: body.to_owned(),
        }
    }

    /// Adds lines to the front matter.
    pub(crate) fn with(mut self, lines: &str) -> Self {
        self.front.push_str(lines);
        self.front.push('\n');
        self
    }

    /// Adds Markdown at the end.
    pub(crate) fn saying(mut self, markdown: &str) -> Self {
        self.body.push_str(markdown);
        self
    }

    pub(crate) fn path(&self) -> String {
        format!("antwoorden/{}/{}.md", self.topic, self.slug)
    }

    pub(crate) fn text(&self) -> String {
        let Self {
            topic,
            slug,
            title,
            front,
            body,
        } = self;
        format!(
            "---\ntitel: {title}\nsamenvatting: Kort antwoord op {slug}.\nonderwerp: {topic}\n\
             leeftijd: [peuter]\nvoor: [ouder]\n\
             vragen: [een {slug}, twee {slug}, drie {slug}, vier {slug}, vijf {slug}]\n\
             zoekwoorden: []\nbronnen:\n\
             \x20 - {{naam: NJi, url: \"https://www.nji.nl/a\", bekeken: 2026-11-01}}\n\
             \x20 - {{naam: NCJ, url: \"https://www.ncj.nl/b\", bekeken: 2026-11-01}}\n\
             bijgewerkt: 2026-11-01\nherzien_voor: 2028-11-01\nbeoordeling: concept\n{front}---\n\n{body}"
        )
    }
}

/// A small library that is made up.
pub(crate) fn small_library() -> Sources {
    let mut sources = Sources::default();
    sources.insert("onderwerpen.toml", include_str!("../data/onderwerpen.toml"));
    sources.insert("feiten.toml", include_str!("../data/feiten.toml"));
    sources.insert("veiligheid.toml", include_str!("../data/veiligheid.toml"));
    sources.insert(
        "woorden.toml",
        "[[woord]]\nouders = [\"krijsen\"]\nvak = [\"driftbui\"]\n",
    );
    sources.insert("partners.toml", "");
    sources.insert(
        "loketten/tubbergen.toml",
        include_str!("../data/tubbergen.toml"),
    );
    for article in [
        Article::new("slapen", "niet-slapen", "Mijn peuter wil niet slapen")
            .with("verwant: [driftbui]\nhulp: [huisarts]"),
        Article::new("driftbuien", "driftbui", "Mijn peuter heeft driftbuien")
            .with("oude_adressen: [woedebui]"),
        Article::new("kindermishandeling", "onveilig", "Is een kind onveilig?")
            .with("hulp: [veilig-thuis]"),
    ] {
        sources.insert(article.path(), &article.text());
    }
    sources
}

/// A clock that stands still until it is moved.
pub(crate) struct MovedClock(AtomicI64);

impl MovedClock {
    pub(crate) fn at(moment: &str) -> Self {
        let moment: Timestamp = moment.parse().expect("a moment");
        Self(AtomicI64::new(moment.as_second()))
    }

    /// Moves it by so many seconds.
    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

/// A site that shows a library at a moment. Without more it keeps nothing: see [`House`].
///
/// [`House`]: crate::house::House
pub(crate) struct TestSite {
    pub(crate) app: Data<App>,
    pub(crate) clock: Arc<MovedClock>,
}

/// A response, read whole.
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl TestSite {
    pub(crate) fn new(sources: &Sources) -> Self {
        Self::with(sources, "", NOON)
    }

    /// A site with the settings of `toml`, at a moment.
    pub(crate) fn with(sources: &Sources, toml: &str, moment: &str) -> Self {
        let clock = Arc::new(MovedClock::at(moment));
        let snapshot = Snapshot::in_memory(sources, clock.now_here().date()).expect("an index");
        let shelf = Arc::new(Shelf::new(snapshot, Vec::new()));
        let limits = Limits::new(Vec::new());
        let site = settings(toml).site;
        let app = Data::new(App::new(site, shelf, clock.clone(), limits));
        Self { app, clock }
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        self.send(test::TestRequest::post().uri(path).set_form(fields))
            .await
    }

    /// Sends the form `css` of a page with what a browser would send of it, after `typed` was filled in
    /// and the button in it pressed.
    pub(crate) async fn submit(&self, page: &Seen, css: &str, typed: &[(&str, &str)]) -> Seen {
        let action = page.attributes(css, "action");
        assert_eq!(action.len(), 1, "{css}: {}", page.text());
        let fields = page.filled_in(css, typed);
        let request = test::TestRequest::post().uri(&action[0]);
        self.send(request.set_form(&fields)).await
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.app.shelf
    }

    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.send(test::TestRequest::get().uri(path)).await
    }

    /// Sends a request, from this machine when it does not say from where.
    pub(crate) async fn send(&self, request: test::TestRequest) -> Seen {
        let service = test::init_service(wrapped(self.app.clone(), loes::web::all_routes)).await;
        let mut request = request.to_request();
        let from = "127.0.0.1:5000".parse().expect("an address");
        request.head_mut().peer_addr.get_or_insert(from);
        let response = test::call_service(&service, request).await;
        let (head, body) = response.into_parts();
        drop(head);
        let status = body.status();
        let headers = body.headers().clone();
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

    pub(crate) async fn ask(&self, method: Method, path: &str) -> Seen {
        self.send(test::TestRequest::default().method(method).uri(path))
            .await
    }
}

pub(crate) fn settings(toml: &str) -> Settings {
    let given: GivenSettings = toml::from_str(toml).expect("settings");
    given.check().expect("right settings")
}

impl Seen {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// The texts of the elements that `css` selects, white space folded.
    pub(crate) fn all(&self, css: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(css).expect("a selector");
        page.select(&selector)
            .map(|element| {
                let text: String = element.text().collect();
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    /// The values of an attribute of the elements that `css` selects.
    pub(crate) fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(css).expect("a selector");
        page.select(&selector)
            .filter_map(|element| element.value().attr(name).map(str::to_owned))
            .collect()
    }

    /// What a browser sends of the form `css`, buttons aside.
    pub(crate) fn fields(&self, css: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(&self.text());
        let form = Selector::parse(css).expect("a selector");
        let control = Selector::parse("input, textarea, select").expect("a selector");
        let chosen = Selector::parse("option[selected]").expect("a selector");
        let form = page.select(&form).next().expect("a form");
        let mut fields = Vec::new();
        for one in form.select(&control) {
            let element = one.value();
            let value = element.attr("value").unwrap_or("");
            let value = match (element.name(), element.attr("type")) {
                ("textarea", _) => one.text().collect(),
                ("select", _) => {
                    let option = one.select(&chosen).next();
                    option
                        .and_then(|one| one.attr("value"))
                        .unwrap_or("")
                        .into()
                }
                (_, Some("radio" | "checkbox")) if element.attr("checked").is_none() => continue,
                _ => value.to_owned(),
            };
            let name = element.attr("name").expect("a name");
            fields.push((name.to_owned(), value));
        }
        fields
    }

    /// What a browser sends of the form `css` after `typed` was filled in.
    pub(crate) fn filled_in(&self, css: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut fields = self.fields(css);
        fields.retain(|(name, _)| typed.iter().all(|(other, _)| name != other));
        let typed = typed.iter();
        fields.extend(typed.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields
    }

    pub(crate) fn one(&self, css: &str) -> String {
        let found = self.all(css);
        assert_eq!(found.len(), 1, "{css}: {found:?}");
        found[0].clone()
    }
}

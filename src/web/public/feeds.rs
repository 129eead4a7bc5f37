//! What other programs read: the list of pages, news of answers, walk-in hours for an agenda.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Text};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use sitemap_rs::url::Url;
use sitemap_rs::url_set::UrlSet;

use crate::clock::dutch_zone;
use crate::domain::{AgeBand, Article, Loket, Spreekuur};
use crate::views::Site;
use crate::web::app::App;
use crate::web::errors::PageError;
use crate::web::respond::kept;

/// How many answers the feed names.
const FEED_LENGTH: usize = 30;

/// Pages that always are.
const FIXED_PAGES: [&str; 6] = [
    "/",
    "/hulp",
    "/loket",
    "/over",
    "/privacy",
    "/toegankelijkheid",
];

pub(super) async fn sitemap(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, PageError> {
    kept(
        &request,
        &app,
        "application/xml; charset=utf-8",
        |present| sitemap_text(&present.site()),
    )
}

fn sitemap_text(site: &Site<'_>) -> Result<String, PageError> {
    let library = site.library;
    let mut pages: Vec<(String, Option<Date>)> = Vec::new();
    pages.extend(FIXED_PAGES.map(|path| (path.to_owned(), None)));
    pages.extend(
        library
            .themes()
            .iter()
            .map(|theme| (format!("/thema/{}", theme.slug), None)),
    );
    pages.extend(AgeBand::ALL.map(|age| (format!("/leeftijd/{}", age.slug()), None)));
    let filled = library.topics().iter().filter(|topic| {
        library
            .articles()
            .any(|article| article.is_about(topic.slug.as_str()))
    });
    pages.extend(filled.map(|topic| (format!("/onderwerp/{}", topic.slug), None)));
    let real = library.lokets().filter(|loket| !loket.example);
    pages.extend(real.map(|loket| (format!("/loket/{}", loket.slug), None)));
    let articles = library.articles();
    pages.extend(articles.map(|one| (format!("/antwoord/{}", one.slug), Some(one.updated))));
    let urls = pages.into_iter().filter_map(|(path, changed)| {
        let mut url = Url::builder(site.url(&path));
        if let Some(moment) = changed.and_then(|date| date.to_zoned(TimeZone::UTC).ok()) {
            url.last_modified(moment);
        }
        url.build().ok()
    });
    let mut out = Vec::new();
    let set =
        UrlSet::new(urls.collect()).map_err(|error| PageError::Internal(error.to_string()))?;
    set.write(&mut out)
        .map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

pub(super) async fn atom(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, PageError> {
    kept(
        &request,
        &app,
        "application/atom+xml; charset=utf-8",
        |present| Ok(atom_text(&present.site())),
    )
}

fn atom_text(site: &Site<'_>) -> String {
    let mut articles: Vec<&Article> = site.library.articles().collect();
    articles.sort_by(|a, b| b.updated.cmp(&a.updated).then(a.slug.cmp(&b.slug)));
    let updated = articles
        .first()
        .map_or_else(|| site.today(), |article| article.updated);
    let link = |rel: &str, path: &str| Link {
        href: site.url(path),
        rel: rel.to_owned(),
        ..Link::default()
    };
    let entries = articles.into_iter().take(FEED_LENGTH).map(|article| {
        let path = format!("/antwoord/{}", article.slug);
        Entry {
            id: site.url(&path),
            title: article.title.as_str().into(),
            summary: Some(Text::plain(article.summary.clone())),
            updated: moment(article.updated),
            links: vec![link("alternate", &path)],
            ..Entry::default()
        }
    });
    let feed = Feed {
        id: site.url("/"),
        title: "Loes: nieuwe en veranderde antwoorden".into(),
        lang: Some("nl".into()),
        updated: moment(updated),
        links: vec![link("self", "/antwoorden.atom"), link("alternate", "/")],
        authors: vec![atom_syndication::Person {
            name: "Loes".into(),
            ..Default::default()
        }],
        entries: entries.collect(),
        ..Feed::default()
    };
    feed.to_string()
}

fn moment(date: Date) -> FixedDateTime {
    format!("{date}T00:00:00+00:00").parse().unwrap_or_default()
}

pub(super) async fn spreekuren(
    request: HttpRequest,
    app: Data<App>,
    gemeente: Path<String>,
) -> Result<HttpResponse, PageError> {
    kept(&request, &app, "text/calendar; charset=utf-8", |present| {
        let site = present.site();
        let loket = site.library.loket(&gemeente).ok_or(PageError::NotFound)?;
        if loket.example && !site.settings.demo {
            return Err(PageError::NotFound);
        }
        Ok(calendar(&site, loket).to_string())
    })
}

/// The walk-in hours of the coming ten weeks, each as an appointment of its own, in UTC.
fn calendar(site: &Site<'_>, loket: &Loket) -> Calendar {
    let mut calendar = Calendar::new();
    let example = if loket.example { " (voorbeeld)" } else { "" };
    calendar.name(&format!("Spreekuren {}{example}", loket.name));
    for (number, spreekuur) in loket.spreekuren.iter().enumerate() {
        let dates = spreekuur.dates_from(site.today());
        for date in dates.filter(|date| spreekuur.takes_place(*date)) {
            if let Some(event) = event(site, loket, spreekuur, number, date) {
                calendar.push(event);
            }
        }
    }
    calendar
}

fn event(
    site: &Site<'_>,
    loket: &Loket,
    spreekuur: &Spreekuur,
    number: usize,
    date: Date,
) -> Option<Event> {
    let example = if loket.example { " (voorbeeld)" } else { "" };
    let host = site.settings.base_url.host_str().unwrap_or("loes");
    let stamp = site.now.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut event = Event::new();
    event
        .uid(&format!("{}-{number}-{date}@{host}", loket.slug))
        .summary(&format!("Spreekuur {}{example}", loket.name))
        .location(&format!("{}, {}", spreekuur.place, spreekuur.address))
        .add_property("DTSTAMP", stamp)
        .add_property("DTSTART", utc(date, spreekuur.from)?)
        .add_property("DTEND", utc(date, spreekuur.to)?);
    Some(event.done())
}

fn utc(date: Date, time: Time) -> Option<String> {
    let here = date.to_datetime(time).to_zoned(dutch_zone()).ok()?;
    Some(here.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string())
}

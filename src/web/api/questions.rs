//! `POST /api/v1/vragen`: a question from another system, server to server, or from a page of a site that
//! the settings list.

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE, ALLOW,
    CACHE_CONTROL, HeaderValue, RETRY_AFTER,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, Json};
use actix_web::{Error, HttpRequest, HttpResponse, Resource};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{JSON, Mistake, VERSION, json_text, problem};
use crate::clock::dutch_day;
use crate::content::Library;
use crate::domain::{AgeBand, Audience, Channel, NewQuestion, RawAsk};
use crate::secrets::{Keys, ReceiptCode};
use crate::store::Store;
use crate::web::app::{App, Present};
use crate::web::asking::{keep, must_wait, takes_questions};
use crate::web::cache::CachePolicy;
use crate::web::errors::PageError;
use crate::web::origin::from_listed_sites;
use crate::web::resource::not_allowed;
use crate::web::respond::own;

/// The header by which a question that is sent again is seen to be the same.
const KEY_HEADER: &str = "Idempotency-Key";

/// How long that may be, in symbols.
const KEY_LENGTH: std::ops::RangeInclusive<usize> = 16..=200;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The route: other servers may use it, and pages of the sites that the settings list.
pub(super) fn resource() -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    web::resource("/api/v1/vragen")
        .route(web::post().to(ask))
        .route(web::method(Method::OPTIONS).to(preflight))
        .default_service(web::to(|| async { not_allowed("POST") }))
        .wrap(from_fn(from_listed_sites))
}

/// What a browser asks before it sends a question of a listed site (Fetch, CORS-preflight request);
/// whether that site is listed was judged before.
async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((ALLOW, "OPTIONS, POST"))
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((
            ACCESS_CONTROL_ALLOW_HEADERS,
            "Content-Type, Idempotency-Key",
        ))
        .insert_header((ACCESS_CONTROL_MAX_AGE, "600"))
        .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
        .finish()
}

/// A question as another system sends it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NieuweVraag)]
pub(super) struct Sent {
    /// De vraag, in eigen woorden; hoogstens 5000 tekens.
    vraag: String,
    /// Om welke leeftijd het gaat: zwanger, baby, peuter, basisschool, tiener of jongvolwassene.
    leeftijd: Option<String>,
    /// Wie vraagt: ouder (als er niets staat), jongere of professional.
    wie: Option<String>,
    /// De postcode; alleen de vier cijfers worden bewaard.
    postcode: Option<String>,
    /// Het loket; gaat voor de postcode.
    loket: Option<String>,
    /// Hoe het antwoord komt.
    antwoord: Way,
    /// De naam; hoeft niet.
    naam: Option<String>,
}

/// How the answer comes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Antwoordwijze)]
struct Way {
    /// site, mail of bellen.
    soort: String,
    /// Bij mail: het adres waar staat dat er iets te lezen is.
    mail: Option<String>,
    /// Bij bellen: het nummer.
    telefoon: Option<String>,
    /// Bij bellen: wanneer dat veilig kan.
    tijden: Option<String>,
    /// Bij bellen: of er een bericht achtergelaten mag worden zonder te zeggen waarover.
    #[serde(default)]
    bericht: bool,
}

/// What is given back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ontvangst)]
pub(super) struct Receipt {
    /// De code waarmee de vrager het antwoord leest.
    code: String,
    /// Waar dat kan.
    adres: String,
    /// Het loket dat antwoordt.
    loket: String,
    /// De laatste dag waarop het loket antwoordt.
    #[schema(format = "date")]
    antwoord_uiterlijk: String,
}

impl Sent {
    fn raw(&self) -> RawAsk {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        RawAsk {
            text: self.vraag.clone(),
            age: text(&self.leeftijd),
            audience: text(&self.wie),
            postcode: text(&self.postcode),
            loket: text(&self.loket),
            way: self.antwoord.soort.clone(),
            mail: text(&self.antwoord.mail),
            phone: text(&self.antwoord.telefoon),
            times: text(&self.antwoord.tijden),
            message: if self.antwoord.bericht { "ja" } else { "" }.to_owned(),
            name: text(&self.naam),
        }
    }
}

/// Stel een vraag aan een loket.
///
/// Van server naar server, of van een webpagina van een site die de beheerder noemt. Dezelfde vraag nog eens sturen met dezelfde sleutel is veilig: er komt één
/// vraag, met dezelfde code.
#[utoipa::path(
    post,
    path = "/api/v1/vragen",
    params(("Idempotency-Key" = String, Header, description = "Een eigen naam voor deze vraag, 16 tot 200 zichtbare ASCII-tekens")),
    request_body = Sent,
    responses(
        (status = 201, body = Receipt),
        (status = 400, description = "Geen goede JSON, of geen goede Idempotency-Key"),
        (status = 403, description = "Van een webpagina van een site die de beheerder niet noemt"),
        (status = 422, description = "Er klopt iets niet (`fouten`), of de sleutel hoort bij een andere vraag"),
        (status = 429, description = "Er kwamen net veel vragen van dit adres, of van iedereen samen; zie Retry-After"),
        (status = 503, description = "De database is nu niet bereikbaar; stuur dezelfde vraag later nog eens")
    )
)]
pub(super) async fn ask(
    request: HttpRequest,
    app: Data<App>,
    sent: Json<Sent>,
) -> Result<HttpResponse, PageError> {
    let Some(key) = key_of(&request) else {
        let detail = "Geef in Idempotency-Key een eigen naam voor deze vraag, van 16 tot 200 zichtbare ASCII-tekens.";
        return Ok(problem(&request, StatusCode::BAD_REQUEST, detail, &[]));
    };
    let (present, store) = (app.present(), app.store()?);
    let question = match read(&app, &present, &store, &sent).await? {
        Ok(question) => question,
        Err(mistakes) => {
            return Ok(problem(&request, WRONG, "Er klopt iets niet.", &mistakes));
        }
    };
    let code = code_of(store.keys(), key);
    if let Some(wait) = must_wait(&app, &store, app.asker(&request), &code).await? {
        return Ok(too_many(&request, wait));
    }
    let kept = keep(&present, &store, &question, &code, Channel::Api).await?;
    let Some(kept) = kept else {
        let detail = "De vraag met deze Idempotency-Key is gewist.";
        return Ok(problem(&request, WRONG, detail, &[]));
    };
    if kept.other {
        let detail = "Met deze Idempotency-Key is al een andere vraag gesteld.";
        return Ok(problem(&request, WRONG, detail, &[]));
    }
    let receipt = Receipt {
        code: code.to_text(),
        adres: present.site().url("/mijn-vraag"),
        loket: kept.loket.to_string(),
        antwoord_uiterlijk: dutch_day(kept.due).to_string(),
    };
    Ok(created(&request, &receipt))
}

fn too_many(request: &HttpRequest, wait: Duration) -> HttpResponse {
    let detail = "Er kwamen net veel vragen binnen. Stuur deze later nog eens, met dezelfde Idempotency-Key.";
    let mut response = problem(request, StatusCode::TOO_MANY_REQUESTS, detail, &[]);
    // A part of a second more, rounded up: then it is really over.
    let seconds = HeaderValue::from(wait.as_secs() + 1);
    response.headers_mut().insert(RETRY_AFTER, seconds);
    response
}

fn created(request: &HttpRequest, receipt: &Receipt) -> HttpResponse {
    let text = json_text(receipt);
    let (status, policy) = (StatusCode::CREATED, CachePolicy::NoStore);
    let mut response = own(request, status, policy, JSON, text);
    let version = HeaderValue::from_static(VERSION);
    let name = actix_web::http::header::HeaderName::from_static("api-version");
    response.headers_mut().insert(name, version);
    response
}

fn key_of(request: &HttpRequest) -> Option<&str> {
    let mut keys = request.headers().get_all(KEY_HEADER);
    let key = keys.next()?.to_str().ok()?;
    let fits = KEY_LENGTH.contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    (fits && keys.next().is_none()).then_some(key)
}

/// The code of the question with this key: always the same, and not to be guessed from the key.
fn code_of(keys: &Keys, key: &str) -> ReceiptCode {
    let mark = keys.sign("idempotency", &[key]);
    let start = mark.get(..32).unwrap_or("");
    // 64 hexadecimal symbols always begin with 32.
    let id = u128::from_str_radix(start, 16).unwrap_or_default();
    keys.receipt_code(&id.to_be_bytes())
}

/// Reads the question, for a loket where somebody reads it; or all that is wrong with it.
async fn read(
    app: &App,
    present: &Present<'_>,
    store: &Store,
    sent: &Sent,
) -> Result<Result<NewQuestion, Vec<Mistake>>, PageError> {
    let library = present.snapshot.library();
    let raw = sent.raw();
    let mut mistakes = unknown_words(&raw, library);
    let question = match raw.parse(library.lokets()) {
        Ok(question) => question,
        Err(errors) => {
            let told = errors.iter().map(|(field, error)| Mistake {
                veld: field.name(),
                melding: error.to_string(),
            });
            mistakes.extend(told);
            return Ok(Err(mistakes));
        }
    };
    let loket = library.loket(question.loket.as_str());
    if !takes_questions(app, store, loket.ok_or(PageError::NotFound)?).await? {
        mistakes.push(mistake(
            "loket",
            "Dit loket neemt hier nog geen vragen aan.",
        ));
    }
    Ok(if mistakes.is_empty() {
        Ok(question)
    } else {
        Err(mistakes)
    })
}

/// Words that we do not know. Unlike on a page they are mistakes: a program sent them.
fn unknown_words(raw: &RawAsk, library: &Library) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if !raw.age.is_empty() && AgeBand::from_slug(&raw.age).is_none() {
        mistakes.push(mistake("leeftijd", "Deze leeftijd kennen we niet."));
    }
    if !raw.audience.is_empty() && Audience::parse(&raw.audience).is_none() {
        mistakes.push(mistake("wie", "Kies ouder, jongere of professional."));
    }
    if !raw.loket.is_empty() && library.loket(&raw.loket).is_none() {
        mistakes.push(mistake("loket", "Dit loket kennen we niet."));
    }
    mistakes
}

fn mistake(veld: &'static str, melding: &str) -> Mistake {
    Mistake {
        veld,
        melding: melding.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_key_always_leads_to_the_same_code_and_another_key_to_another() {
        let keys = Keys::generate(&SeededRandom::new(1));
        let code = code_of(&keys, "een-eigen-sleutel-1");
        assert!(code == code_of(&keys, "een-eigen-sleutel-1"));
        assert!(code != code_of(&keys, "een-eigen-sleutel-2"));
        let other = Keys::generate(&SeededRandom::new(2));
        assert!(code != code_of(&other, "een-eigen-sleutel-1"));
    }
}

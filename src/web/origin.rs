//! Whether a form was sent by a page of this site.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HOST, HeaderMap, HeaderName,
    HeaderValue, ORIGIN, VARY,
};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest, ResponseError as _};
use url::Url;

use super::app::App;
use super::errors::PageError;

/// What a browser says of where a request comes from (W3C Fetch Metadata). Not sent over plain http.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what a page of another site sent.
///
/// # Errors
/// [`PageError::CrossSite`] when one did.
pub(super) fn refuse_other_sites(request: &HttpRequest) -> Result<(), PageError> {
    let base_url = request
        .app_data::<Data<App>>()
        .map(|app| &app.settings.base_url);
    if is_ours(request.headers(), base_url) {
        Ok(())
    } else {
        Err(PageError::CrossSite)
    }
}

fn is_ours(headers: &HeaderMap, base_url: Option<&Url>) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(ORIGIN) else {
        // No browser: those say where they come from.
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    // Over plain http a browser sends no Sec-Fetch-Site, and because our pages ask for no referrer, its
    // Origin is "null" for our own forms too (Fetch, "append a request Origin header"). Refusing that
    // would close the forms of a site without https.
    if origin == "null" {
        return true;
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_base = base_url.is_some_and(|url| url.origin().ascii_serialization() == origin);
    let is_host = origin
        .split_once("://")
        .is_some_and(|(_, authority)| Some(authority) == host);
    is_base || is_host
}

/// What a page of a listed site may read of an answer, besides what every page may.
const READABLE: HeaderValue = HeaderValue::from_static("API-Version, Retry-After");

/// Lets through what a server sends, a page of this site, or a page of a site that the settings list;
/// only the last is told in so many words that it may read the answer (Fetch, CORS protocol). Never
/// with cookies: there are none to be sent.
pub(super) async fn from_listed_sites(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Ok(listed) = listed_origin(request.request()) else {
        let refused = PageError::CrossSite.error_response();
        return Ok(request.into_response(refused));
    };
    let mut response = next.call(request).await?.map_into_boxed_body();
    if let Some(origin) = listed {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, READABLE);
        headers.append(VARY, HeaderValue::from_static("Origin"));
    }
    Ok(response)
}

/// The origin of a request when it is one that the settings list; nothing for a server or our own pages.
fn listed_origin(request: &HttpRequest) -> Result<Option<HeaderValue>, PageError> {
    let app = request.app_data::<Data<App>>();
    let listed = app.map_or(&[][..], |app| &app.settings.api_origins);
    match request.headers().get(ORIGIN) {
        Some(origin) if is_listed(origin, listed) => Ok(Some(origin.clone())),
        // A page without an origin (a file, a frame in a sandbox) is not ours: ours use no script here.
        Some(origin) if origin == "null" => Err(PageError::CrossSite),
        _ => refuse_other_sites(request).map(|()| None),
    }
}

fn is_listed(origin: &HeaderValue, listed: &[Url]) -> bool {
    let is = |url: &Url| url.origin().ascii_serialization().as_bytes() == origin.as_bytes();
    listed.iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn judge(headers: &[(HeaderName, &'static str)]) -> bool {
        let base = Url::parse("https://loes.example.org/").expect("an address");
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name.clone(), HeaderValue::from_static(value));
        }
        is_ours(&map, Some(&base))
    }

    #[test]
    fn what_the_browser_says_of_the_site_goes_before_the_origin() {
        for (said, ours) in [
            ("same-origin", true),
            ("none", true),
            ("same-site", false),
            ("cross-site", false),
            ("", false),
        ] {
            assert_eq!(judge(&[(FETCH_SITE, said)]), ours, "{said}");
        }
        let both = [
            (FETCH_SITE, "cross-site"),
            (ORIGIN, "https://loes.example.org"),
        ];
        assert!(!judge(&both));
    }

    #[test]
    fn a_listed_site_is_that_and_no_other() {
        let urls = ["https://www.gemeente.example/", "https://x.example:8443/"];
        let listed = urls.map(|url| Url::parse(url).expect("an address"));
        for (origin, fits) in [
            ("https://www.gemeente.example", true),
            ("https://x.example:8443", true),
            ("https://gemeente.example", false),
            ("http://www.gemeente.example", false),
            ("https://x.example", false),
            ("https://www.gemeente.example.kwaad.example", false),
            ("https://www.gemeente.example/", false),
            ("null", false),
            ("", false),
        ] {
            let origin = HeaderValue::from_static(origin);
            assert_eq!(is_listed(&origin, &listed), fits, "{origin:?}");
        }
    }

    #[test]
    fn an_origin_is_ours_when_it_is_the_site_or_the_host() {
        for (origin, ours) in [
            ("https://loes.example.org", true),
            ("http://127.0.0.1:8080", true),
            ("null", true),
            ("https://kwaad.example", false),
            ("https://loes.example.org.kwaad.example", false),
            ("https://loes.example.org:444", false),
            ("127.0.0.1:8080", false),
            ("", false),
        ] {
            assert_eq!(
                judge(&[(ORIGIN, origin), (HOST, "127.0.0.1:8080")]),
                ours,
                "{origin}"
            );
        }
        assert!(judge(&[]), "no browser");
    }
}

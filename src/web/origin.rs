//! Whether a form was sent by a page of this site.

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use actix_web::web::Data;
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

//! Files that browsers, search engines and security researchers look for.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use maud::{PreEscaped, html};

use crate::views::assets;
use crate::web::app::App;
use crate::web::errors::PageError;
use crate::web::respond::kept;

const TEXT: &str = "text/plain; charset=utf-8";

pub(super) async fn robots(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, PageError> {
    kept(&request, &app, TEXT, |present| {
        let sitemap = present.site().url("/sitemap.xml");
        Ok(format!(
            "User-agent: *\nDisallow: /zoeken\nDisallow: /suggesties\n\nSitemap: {sitemap}\n"
        ))
    })
}

/// So that a browser can search Loes from its address bar (OpenSearch 1.1).
pub(super) async fn open_search(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, PageError> {
    let form = "application/opensearchdescription+xml; charset=utf-8";
    kept(&request, &app, form, |present| {
        let site = present.site();
        let search = format!("{}?q={{searchTerms}}", site.url("/zoeken"));
        let suggest = format!("{}?q={{searchTerms}}", site.url("/suggesties"));
        let description = html! {
            OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
                ShortName { "Loes" }
                Description { "Antwoord op vragen over opgroeien en opvoeden" }
                InputEncoding { "UTF-8" }
                Language { "nl" }
                Url type="text/html" template=(search) {}
                Url type="application/x-suggestions+json" template=(suggest) {}
            }
        };
        let declared = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Ok(html! { (declared) (description) }.into_string())
    })
}

pub(super) async fn manifest(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, PageError> {
    kept(
        &request,
        &app,
        "application/manifest+json; charset=utf-8",
        |_| {
            let icon = |name: &str, purpose: &str| {
                serde_json::json!({
                    "src": assets::url(name), "type": "image/svg+xml", "sizes": "any", "purpose": purpose,
                })
            };
            let manifest = serde_json::json!({
                "name": "Loes",
                "short_name": "Loes",
                "description": "Antwoord op vragen over opgroeien en opvoeden",
                "lang": "nl",
                "start_url": "/",
                "display": "browser",
                "background_color": "#ffffff",
                "theme_color": "#0f4c5c",
                "icons": [icon("icons/favicon.svg", "any"), icon("icons/maskable.svg", "maskable")],
            });
            Ok(manifest.to_string())
        },
    )
}

/// Where to report a leak (RFC 9116); there when the settings say where.
pub(super) async fn security(
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, PageError> {
    kept(&request, &app, TEXT, |present| {
        let site = present.site();
        let security = site.settings.security.as_ref().ok_or(PageError::NotFound)?;
        Ok(format!(
            "Contact: {}\nExpires: {}T23:59:59Z\nPreferred-Languages: nl, en\nCanonical: {}\n",
            security.contact,
            security.expires,
            site.url("/.well-known/security.txt"),
        ))
    })
}

//! Headers that every response carries (internet.nl, MDN HTTP Observatory).

use actix_web::middleware::DefaultHeaders;

use crate::config::SiteSettings;

/// What a page may load: only what comes from here.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a page may ask of the browser: nothing.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    usb=(), browsing-topics=()";

/// Two years, as the preload list asks.
const STRICT_TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// The headers; over https also that it stays https.
pub(super) fn security(settings: &SiteSettings) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("Content-Security-Policy", CONTENT_SECURITY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        .add(("Referrer-Policy", "no-referrer"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        .add(("Cross-Origin-Resource-Policy", "same-origin"))
        .add(("Permissions-Policy", PERMISSIONS));
    if settings.base_url.scheme() == "https" {
        headers.add(("Strict-Transport-Security", STRICT_TRANSPORT))
    } else {
        headers
    }
}

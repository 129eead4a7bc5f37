//! Why there is no page.

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, ResponseError};

use super::cache::CachePolicy;
use super::respond::{HTML, see_other};
use crate::store::StoreError;

/// A sign-in page that carries something sealed.
pub struct SignInPage(pub(super) String);

impl std::fmt::Debug for SignInPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInPage(..)")
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing is at this address.
    #[error("niet gevonden")]
    NotFound,
    /// The request cannot be read.
    #[error("niet te lezen: {0}")]
    BadRequest(&'static str),
    /// This is not done here.
    #[error("deze methode kan hier niet")]
    MethodNotAllowed,
    /// The body took too long.
    #[error("te traag")]
    Timeout,
    /// The body is too large.
    #[error("te groot")]
    TooLarge,
    /// The body is compressed or of a strange type.
    #[error("deze vorm kan hier niet")]
    Unsupported,
    /// Staff who are not signed in are led to where they can.
    #[error("niet ingelogd")]
    SignIn,
    /// Who is not signed in any more can do so here, and loses nothing of what she typed.
    #[error("niet ingelogd")]
    SignInAgain(SignInPage),
    /// Not for this account.
    #[error("niet voor dit account")]
    Forbidden,
    /// Another site sent this form.
    #[error("van een andere site")]
    CrossSite,
    /// The database cannot be reached now.
    #[error("de database is nu niet bereikbaar")]
    Unavailable,
    /// Something of ours refused; the text goes to the log.
    #[error("{0}")]
    Internal(String),
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        if error.is_passing() {
            tracing::error!(target: "loes", "{error}");
            Self::Unavailable
        } else {
            Self::Internal(error.to_string())
        }
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::SignIn => StatusCode::SEE_OTHER,
            // 401 would want a way of signing in that browsers know (RFC 9110, 15.5.2).
            Self::SignInAgain(_) => StatusCode::OK,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        // The page itself is made by `error_pages`, which knows the site.
        match self {
            Self::SignIn => see_other("/loket-werk/inloggen").finish(),
            Self::SignInAgain(page) => HttpResponse::Ok()
                .content_type(HTML)
                .insert_header((CACHE_CONTROL, CachePolicy::NoStore.header()))
                .body(page.0.clone()),
            error => HttpResponse::new(error.status_code()),
        }
    }
}

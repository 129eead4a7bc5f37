//! Why there is no page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

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
    /// Something of ours refused; the text goes to the log.
    #[error("{0}")]
    Internal(String),
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
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        // The page itself is made by `error_pages`, which knows the site.
        HttpResponse::new(self.status_code())
    }
}

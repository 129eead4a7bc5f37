//! One line in the log for each request: which kind of page, how it went, how long it took. No
//! address of a visitor, no words of a query.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage as _};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// Makes the span of a request.
pub(super) struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request
            .extensions()
            .get::<RequestId>()
            .map(ToString::to_string);
        tracing::info_span!(
            target: "loes",
            "verzoek",
            id = id.unwrap_or_default(),
            methode = request.method().as_str(),
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let _in_span = span.enter();
        match outcome {
            Ok(response) => {
                let pattern = response.request().match_pattern();
                tracing::info!(
                    target: "loes",
                    pagina = pattern.as_deref().unwrap_or("onbekend"),
                    status = response.status().as_u16(),
                );
            }
            Err(error) => tracing::error!(target: "loes", "verzoek afgebroken: {error}"),
        }
    }
}

//! What answers at one address, by method.

use actix_web::http::header::ALLOW;
use actix_web::{Handler, HttpResponse, Resource, Responder, guard, web};

/// A resource that answers GET and HEAD.
pub(super) fn get<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let reading = guard::Any(guard::Get()).or(guard::Head());
    web::resource(path)
        .route(web::route().guard(reading).to(handler))
        .default_service(web::to(|| async { not_allowed("GET, HEAD") }))
}

/// 405 with the methods that are allowed.
pub(super) fn not_allowed(allow: &'static str) -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((ALLOW, allow))
        .finish()
}

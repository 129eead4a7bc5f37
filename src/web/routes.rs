//! Which address leads where.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{Error, web};
use tracing_actix_web::TracingLogger;

use super::app::App;
use super::trace::RequestSpan;
use super::{api, desk, error_pages, headers, public};

/// What stands inside the wrapping that every response passes: the routes.
pub type Inner = fn(&mut web::ServiceConfig);

/// The site: `routes` with all that every request passes on its way.
pub fn wrapped(
    app: web::Data<App>,
    routes: Inner,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let security = headers::security(&app.settings);
    actix_web::App::new()
        .app_data(app)
        .app_data(web::FormConfig::default().limit(super::guard::BODY_LIMIT))
        .configure(routes)
        .wrap(from_fn(super::guard::limit))
        .wrap(from_fn(super::guard::guard))
        .wrap(from_fn(error_pages::told))
        .wrap(security)
        .wrap(from_fn(super::metrics::measured))
        .wrap(TracingLogger::<RequestSpan>::new())
}

/// Every route of the site.
pub fn all(config: &mut web::ServiceConfig) {
    config
        .configure(public::routes)
        .configure(api::routes)
        .configure(desk::routes)
        .default_service(web::to(|| async {
            Err::<actix_web::HttpResponse, _>(super::PageError::NotFound)
        }));
}

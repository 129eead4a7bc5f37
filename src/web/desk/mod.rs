//! The desk of a loket (`/loket-werk`): for staff who are signed in. Whoever is not, is led to the
//! sign-in page; what belongs to another loket is not there.

mod attempts;
mod enter;
mod erase;
mod export;
mod hold;
mod inbox;
mod join;
mod join_form;
mod log;
mod offer;
mod question;
mod received;
mod sheet;
mod sign_in;
mod signed;
mod steps;

pub(super) use attempts::Attempts;

use actix_web::web;

/// The routes of this room.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(sign_in::resource())
        .route("/loket-werk/uitloggen", web::post().to(sign_in::sign_out))
        .route("/loket-werk/blijf", web::post().to(sign_in::stay))
        .service(join::resource())
        .route("/loket-werk", web::get().to(inbox::inbox))
        .service(enter::resource())
        .route("/loket-werk/logboek", web::get().to(log::log))
        .service(received::scope())
        .service(question::scope());
}

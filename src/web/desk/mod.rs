//! The desk of a loket (`/loket-werk`): for staff who are signed in. Whoever is not, is led to the
//! sign-in page; what belongs to another loket is not there.

mod account;
mod attempts;
mod colleagues;
mod confirm;
mod enter;
mod erase;
mod export;
mod find;
mod hold;
mod inbox;
mod interrupted;
mod join;
mod join_form;
mod log;
mod offer;
mod phrases;
mod question;
mod received;
mod reset;
mod second_factor;
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
        .service(reset::forgotten())
        .service(reset::chosen())
        .route("/loket-werk/account", web::get().to(account::account))
        .route(
            "/loket-werk/account/wachtwoord",
            web::post().to(account::password),
        )
        .route(
            "/loket-werk/account/afwezig",
            web::post().to(colleagues::set_own_away),
        )
        .service(second_factor::resource())
        .route(
            "/loket-werk/account/herstelcodes",
            web::post().to(second_factor::recovery),
        )
        .route("/loket-werk", web::get().to(inbox::inbox))
        .service(find::resource())
        .service(enter::resource())
        .service(phrases::scope())
        .service(colleagues::scope())
        .route("/loket-werk/logboek", web::get().to(log::log))
        .service(received::scope())
        .service(question::scope());
}

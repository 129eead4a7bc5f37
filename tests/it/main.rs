//! The integration tests: the very app that the server runs, asked in process; the program itself,
//! run as a visitor of the terminal runs it; and a few over a real socket. Files mirror `src/`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says where"
)]

mod account;
mod api;
mod ask;
mod backup;
mod canary;
mod checkpoints;
mod colleagues;
mod commands;
mod content;
mod course;
mod desk;
mod doors;
mod faults;
mod generations;
mod house;
mod inputs;
mod interrupted;
mod keys;
mod mail_server;
mod mine;
mod pages;
mod phrases;
mod post;
mod program;
mod reminders;
mod retention;
mod return_link;
mod safety;
mod search;
mod socket;
mod store;
mod support;
mod web;

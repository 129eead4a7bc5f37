#![doc = include_str!("ARCHITECTURE.md")]

pub mod clock;
pub mod domain;
pub mod dutch;
pub mod random;

pub mod config;
pub mod secrets;

pub mod content;
pub mod mail;
pub mod store;

pub mod search;

pub mod jobs;
pub mod views;

pub mod web;

pub mod commands;

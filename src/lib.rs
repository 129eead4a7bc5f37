#![doc = include_str!("ARCHITECTURE.md")]

pub mod clock;
pub mod domain;
pub mod dutch;

pub mod config;

pub mod content;

pub mod search;

pub mod jobs;
pub mod views;

pub mod web;

pub mod commands;

//! The one test binary: house rules over the source text, and cases that run the built program.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests own the disk, the clock and processes, and fail by panicking"
)]

mod arbitrary;
mod assurance;
mod cases;
mod change;
mod commands;
mod comply;
mod concurrent;
mod expect;
mod generation;
mod github;
mod history;
mod host;
mod house;
mod identity;
mod jira;
mod language;
mod lifecycle;
mod markdown;
mod merge;
mod outputs;
mod pages;
mod pictures;
mod play;
mod rating;
mod reader;
mod rules;
mod schema;
mod scratch;
mod spoken;
mod tier;
mod track;
mod words;
mod writer;

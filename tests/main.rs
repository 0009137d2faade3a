//! The one test binary: house rules over the source text, and cases that run the built program.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests own the disk, the clock and processes, and fail by panicking"
)]

mod assurance;
mod cases;
mod expect;
mod house;
mod markdown;
mod play;
mod rating;
mod scratch;
mod tier;

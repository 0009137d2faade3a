//! The one test binary: house rules over the source text, and cases that run the built program.

mod cases;
mod expect;
mod house;
mod markdown;
mod play;
mod scratch;
mod tier;

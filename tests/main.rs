//! The one test binary: house rules over the source text, and cases that run the built program.

mod house;

//! What makes an entity itself, and whether new words still speak of the same one.
//!
//! Never: I/O, clock, network, model types; everything here is a pure function of the texts it is given.

mod judge;

pub use judge::{Fields, Judgement, Subject, VERSION, Verdict, judge};

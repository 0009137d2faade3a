//! Answering `/redan …` in a comment: what was typed, who may have it done, what becomes of it. The commands themselves
//! are run by whoever has the command line; here is everything before and after.

mod admit;
mod answer;
mod deliver;
mod typed;

pub use admit::{Admitted, admit};
pub use answer::{Answer, Ran, marker};
pub use deliver::{Delivered, changed, clean, deliver, reply};
pub use typed::{Typed, about, typed};

//! Pure functions on text: words, stems, slugs, edits, near misses, look-alikes, safe printing.
//!
//! Never: I/O, locale, any knowledge of threat models. The same bytes give the same answer on every host.

mod edits;
mod lookalike;
mod nearest;
mod plain;
mod singular;
mod slug;
mod stem;
mod words;

pub use edits::{Edit, edits};
pub use lookalike::lookalike;
pub use nearest::nearest;
pub use plain::{one_line, plain};
pub use singular::singular;
pub use slug::slug;
pub use stem::stem;
pub use words::{Pause, Word, normal, words};

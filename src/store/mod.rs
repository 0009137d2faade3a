//! TOML files and the models in them: reading that never fails on a wrong model, edits that touch
//! nothing they did not have to, places as bytes. Never here: Git, rules about what may change, words
//! for people beyond the findings of syntax.

mod root;
mod schema;
mod source;
mod trace;
mod workspace;

pub use root::{inside, on_the_way};
pub use schema::{schemas, text as schema_text};
pub use trace::{Told, Trace, Traced, Tracer};
pub use source::{Content, Source};
pub use workspace::{Settings, Spot, Workspace, Write};

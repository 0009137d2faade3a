//! TOML files and the models in them: reading that never fails on a wrong model, edits that touch
//! nothing they did not have to, places as bytes. Never here: Git, rules about what may change, words
//! for people beyond the findings of syntax.

pub mod disk;
mod edit;
pub mod foreign;
mod framework;
mod locate;
mod read;
mod root;
mod schema;
mod settings;
mod source;
mod trace;
mod tree;
mod workspace;
mod yaml;

pub use disk::DiskError;
pub use edit::{Refused, patched, plan, plan_like};
pub use framework::{
    Asked, Fault, Imported, LARGEST, Written, built_in, import, lock_of, lock_path, lock_text, pack_files, succession,
};
pub use locate::Locator;
pub use read::{MAX_BYTES, active, read, read_beside};
pub use root::{belongs, inside, on_the_way};
pub use schema::{schemas, text as schema_text};
pub use settings::{Deployment, Engine, Hub, Part, Price, Service, Sites, Tracking, Which, settings};
pub use source::{Content, Source};
pub use trace::{Trace, Traced, Tracer, recalled};
pub use workspace::{Recording, Settings, Spot, Workspace, Write};
pub use yaml::yaml;

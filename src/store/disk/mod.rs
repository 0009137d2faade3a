//! The only place that touches files: gathering them, a lock, and writes that are made all or not at
//! all. Never here: what a file means, Git, the clock.
#![expect(clippy::disallowed_methods, reason = "this is the home of the file system")]

mod commit;
mod error;
mod files;
mod gather;
mod journal;
mod lock;
mod path;
mod recover;
#[cfg(test)]
mod tests;

pub use commit::commit;
pub use error::DiskError;
pub use gather::{gather, source};
pub use lock::Lock;
pub use recover::{Recovered, recover};

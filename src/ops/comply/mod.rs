//! Compliance: the frameworks there are, and how a model stands to them.

mod lock;

pub use lock::lock;

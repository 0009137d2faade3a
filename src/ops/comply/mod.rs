//! Compliance: the frameworks there are, and how a model stands to them.

mod coverage;
mod import;
mod lock;
mod migrate;
mod propose;
mod remediate;
mod rerank;

pub use coverage::{Asked, Chosen, Looked, chosen, covered, of, regain, remedied};
pub use import::{Bringing, Brought, Replaced, bring};
pub use lock::{Locked, lock};
pub use migrate::{Way, way};
pub use propose::{Measure, Suggested, proposals, propose};
pub use remediate::{Build, Near, New, Out, Remedies, meets};
pub use rerank::{DEEPEST, rerank, shortlists};

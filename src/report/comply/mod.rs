//! What the commands of compliance answer.

pub mod export;
pub mod frameworks;
pub mod gaps;
pub mod mapping;
pub mod migration;
pub mod remedies;
pub mod soa;

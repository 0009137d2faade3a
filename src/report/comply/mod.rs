//! What the commands of compliance answer.

pub mod frameworks;

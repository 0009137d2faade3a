//! One comment of ours on a pull request, kept up to date: what to do is worked out from what is there, then done.

mod plan;
mod post;

pub use plan::{Act, Mine, Plan, ours, plan};
pub use post::{Posted, post};

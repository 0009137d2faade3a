//! The acts of the lifecycle, planned on a small payment model.

mod act;
mod controls;
mod folding;
mod parsing;
mod rating;
mod refusals;
mod reverting;
mod sequences;
mod world;

//! What a model implies, against a second and slower formulation of it (`naive`), over every small world.

mod groups;
mod memory;
mod naive;

mod reachability;
mod standing;
mod statuses;
mod world;

//! What a model implies: factors at a moment, bands and tiers.
//! Never here: findings, files, the clock (a moment is an argument), anything a language model said.

mod overlay;
mod rating;
mod revised;

pub use overlay::{asset_levels, attacker_levels};
pub use rating::{Band, Rated, Rating, Tier, impact, likelihood, tier};
pub use revised::{Revised, Shift, revised};

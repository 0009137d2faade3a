//! What a model implies: factors at a moment, tiers, reachability, groups, statuses, and what would help.
//! Never here: findings, files, the clock (a moment is an argument), anything a language model said.

mod assessment;
mod exclude;
mod gate;
mod group;
mod leverage;
mod mask;
mod narrate;
mod outcome;
mod overlay;
mod plan;
mod predicate;
pub mod query;
mod rating;
mod reach;
mod revised;
mod standing;
mod structure;
mod tally;
mod term;
mod view;

pub use assessment::{Assessment, assess};
pub use gate::{Gate, Minimum, Named};
pub use group::Hold;
pub use leverage::{DesignLeverage, Leverage, Weight};
pub use mask::Mask;
pub use narrate::{Badge, GroupState, Member};
pub use outcome::{MitigatedBy, Outcome, Reason, Status};
pub use overlay::{asset_levels, attacker_levels};
pub use plan::Step;
pub use predicate::says_nothing;
pub use rating::{Band, Rated, Rating, Tier, impact, likelihood, tier};
pub use reach::{Cause, Reach, Verdict};
pub use revised::{Revised, Shift, revised};
pub use standing::{Ledger, Standing, State};
pub use tally::{Tally, tally};
pub use term::{NOTICE, ending, in_days};
pub use view::{Row, View};

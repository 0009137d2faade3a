//! Two states of a model side by side: what changed, thing by thing, and what followed from it: objectives, risk,
//! statuses, controls, mappings. Everything rests on [`crate::change::diff`], the one comparison there is.
//! Never here: files, Git, the clock, words for people.

mod arrival;
mod between;
mod coverage;
mod follow;
mod mapping;
mod part;
mod reopening;
mod rows;
mod thing;

use jiff::civil::Date;

use crate::model::ModelId;

pub use arrival::{Arrival, Like};
pub use between::{Difference, Fate, Named, Side, between};
pub use coverage::{Coverage, Standing};
pub use follow::{Bearing, Moved, Objectives, Open, Turnover, turnover};
pub use mapping::Mapping;
pub use part::{Part, Shift};
pub use reopening::Reopening;
pub use thing::{FieldChange, Kind, Thing};

/// Two states of a workspace, compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub from: State,
    pub to: State,
    /// The day that statuses on both sides are of.
    pub as_of: Date,
    /// There is one model, so that commands need not name it.
    pub alone: bool,
    /// Only what differs, by model ID.
    pub models: Vec<Difference>,
}

/// What people call a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// `HEAD~2`, `payments@v3`, `working tree`, `index`, a path.
    pub name: String,
    /// Full hex id, where the state is a commit's.
    pub commit: Option<String>,
}

impl Compared {
    /// The model's difference, if there is any.
    pub fn model(&self, id: &ModelId) -> Option<&Difference> {
        self.models.iter().find(|difference| difference.model == *id)
    }
}

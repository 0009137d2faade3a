//! The lifecycle of a model and its entities, planned: what an act changes, what it brings about, and
//! why it is refused. Values in, values out; performing the changes is the caller's.
//! Never here: files, Git, the clock, flags of a command line, the wording of a page.

mod add;
mod aftermath;
mod changeset;
mod command;
mod cover;
mod decide;
mod draft;
mod edit;
mod fields;
mod fold;
mod fresh;
mod group;
mod grouping;
mod grow;
mod literal;
mod mapping;
mod migrate;
mod near;
mod note;
mod overlay;
mod parse;
mod pattern;
mod properties;
mod rate;
mod reasoned;
mod redact;
mod refusal;
mod remove;
mod rename;
mod requirements;
mod restore;
mod revert;
mod same;
mod select;
mod sentence;
mod uncover;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::change::Change;
use crate::identity::Words;
use crate::model::{Id, Model, Value, When};

pub use add::add;
pub use aftermath::Standing;
pub use changeset::{Deed, changeset};
pub use cover::{GroupChoice, cover, cover_like};
pub use decide::{
    About, Ruling, Vouching, accept, accept_history, attest, confirm, convert_to_control, not_applicable, revoke,
    withdraw,
};
pub use edit::{Voucher, doubt, edit, vouched};
pub use fold::fold;
pub use fresh::{next_id, number_all, renumber};
pub use group::{group, status};
pub use grow::grow;
pub use mapping::{Proposal, Ruled, decide, map, propose, remedy, unmap};
pub use migrate::migrate;
pub use note::{Difference, Note, Shift};
pub use parse::{parse_factors, parse_field, parse_sets};
pub use pattern::expand;
pub use rate::rate;
pub use reasoned::reasoned;
pub use redact::{Written, redact};
pub use refusal::{Refusal, Why};
pub use remove::{remove, remove_model};
pub use rename::{free_name, rename};
pub use restore::{restore, restore_model};
pub use revert::revert;
pub use select::{Excusing, deselect, exclude, include, select};
pub use uncover::{remap, uncover};

/// Who acts, and when: stamped by the caller.
#[derive(Debug, Clone)]
pub struct Now {
    pub at: When,
    /// The day that consequences are told for: that of `at`, or today in UTC where `at` is still to come.
    pub today: Date,
    /// An e-mail address or `@handle`.
    pub by: String,
}

/// What an act is planned on.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'a> {
    pub model: &'a Model,
    /// Published states of this model, most binding first. An entity's identity is judged against the
    /// first that has it; an entity in none is freely editable.
    pub published: &'a [&'a Model],
    /// IDs of this model seen anywhere else: other refs, history, the index.
    pub taken: &'a BTreeSet<Id>,
    /// What rows in doubt were about.
    pub words: &'a Words,
    pub now: &'a Now,
    /// More acts follow: what only the end can tell is not judged yet.
    pub unfinished: bool,
}

/// A planned act: `apply(model, changes)` of the stage's model gives `model`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub changes: Vec<Change>,
    pub model: Model,
    /// What to tell, the most urgent first.
    pub notes: Vec<Note>,
}

/// Fields with their new values; `None` clears one.
pub type Sets = BTreeMap<String, Option<Value>>;

type Plan = Result<Outcome, Refusal>;

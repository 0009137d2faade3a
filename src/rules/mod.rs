//! The validator: one file a rule, each with its page `docs/rules/<code>.md`, whose `toml fails` and
//! `toml passes` blocks are its test. Never here: TOML, Git, files; a rule sees values only.

mod last_live_entity;
mod registry;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Code, Finding};
use crate::identity::Past;
use crate::model::{Model, ModelId};

pub use registry::page;

/// What a rule may look at.
pub struct Context<'a> {
    /// The candidate: every model that could be read, retired ones included.
    pub models: &'a BTreeMap<ModelId, Model>,
    pub past: &'a Past,
    /// The day the question is asked, in UTC.
    pub today: Date,
}

/// A rule: what it may say, and the function that says it.
pub struct Rule {
    pub codes: &'static [&'static Code],
    pub check: fn(&Context<'_>, &mut Vec<Finding>),
}

/// Everything every rule has to say about the candidate, in the order of the catalogue.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in registry::RULES {
        (rule.check)(context, &mut findings);
    }
    findings
}

impl<'a> Context<'a> {
    /// Models that count: those that are not retired.
    fn active(&self) -> impl Iterator<Item = &'a Model> + use<'a> {
        self.models.values().filter(|model| !model.retired())
    }
}

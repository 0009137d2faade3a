//! The validator: one file a rule, each with its page `docs/rules/<code>.md`, whose `toml fails` and
//! `toml passes` blocks are its test. Never here: TOML, Git, files; a rule sees values only.

mod abreast;
mod accepted;
mod attestation_expired;
mod attestation_incomplete;
mod attestation_refused;
mod breaks;
mod by_unproven;
mod coherence;
mod control_without_objectives;
mod coverage_short;
mod decision_incomplete;
mod decision_overdue;
mod decision_without_objectives;
mod ending_soon;
mod evidence_incomplete;
mod exclusion_empty;
mod excuse_incomplete;
mod excuse_overdue;
mod excuse_refuted;
mod excuse_stale;
mod filling;
mod framework_malformed;
mod framework_unknown;
mod fresh;
mod gates;
mod history_incomplete;
mod history_unreadable;
mod history_vantage;
mod id_collided;
mod id_gone;
mod id_reused;
mod id_rewritten;
mod id_unnumbered;
mod last_live_entity;
mod ledger;
mod limits;
mod mapping_incomplete;
mod mapping_stale;
mod memory;
mod model_gone;
mod model_name_clash;
mod model_reused;
mod name_duplicate;
mod objective_covered_twice;
mod path_outside;
mod properties_empty;
mod protects_unlisted;
mod published_rows;
mod rating_in_place;
mod rating_partial;
mod reference_unknown;
mod references;
mod registry;
mod renamed_incomplete;
mod renumbering;
mod replaced_by_unknown;
mod repo_credentials;
mod requirement_malformed;
mod requirement_unknown;
mod revision_incomplete;
mod revision_out_of_order;
mod revision_property_unlisted;
mod revision_rewritten;
mod revision_without_effect;
mod revisions;
mod stamp_missing;
mod step;
mod tombstone_edited;
mod tombstone_incomplete;
mod unrated;
mod wording;
mod words_redacted;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::assess::{Assessment, Gate, View, assess};
use crate::comply::Library;
use crate::finding::{Code, Finding};
use crate::identity::Past;
use crate::model::{Entity, Id, Model, ModelId, Models};

pub use accepted::acceptable;
pub use coherence::CODES as COHERENCE;
pub use filling::filled;
pub use memory::Memory;
pub use registry::page;
pub use renumbering::{Others, renumbering};
pub use step::{breaches, mends};
pub use wording::wording;

/// What a rule may look at.
pub struct Context<'a> {
    /// The candidate: every model that could be read, retired ones included.
    pub models: &'a Models,
    /// IDs whose tables are in the candidate but could not be read. They are neither gone nor unknown.
    pub unread: &'a BTreeMap<ModelId, BTreeSet<Id>>,
    pub past: &'a Past,
    /// What the workspace chose to let pass, where it did.
    pub gate: Option<&'a Gate>,
    /// The packs of frameworks, where they are known; without them nothing is said about what they hold.
    pub library: Option<&'a Library>,
    /// The day the question is asked, in UTC.
    pub today: Date,
    /// By model, once a rule has asked.
    assessed: OnceLock<Vec<Assessment<'a>>>,
}

/// A rule: what it may say, and the function that says it.
pub struct Rule {
    pub codes: &'static [&'static Code],
    pub check: fn(&Context<'_>, &mut Vec<Finding>),
}

/// Everything every rule has to say about the candidate, in the order of the catalogue.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    abreast::check(context, registry::RULES)
}

/// Every code a rule emits; the others of the catalogue come from the store's reader.
pub fn emitted() -> impl Iterator<Item = &'static Code> {
    registry::RULES.iter().flat_map(|rule| rule.codes.iter().copied())
}

impl<'a> Context<'a> {
    pub fn new(
        models: &'a Models,
        unread: &'a BTreeMap<ModelId, BTreeSet<Id>>,
        past: &'a Past,
        today: Date,
    ) -> Context<'a> {
        Context { models, unread, past, gate: None, library: None, today, assessed: OnceLock::new() }
    }

    /// The same, with the gates of the workspace.
    #[must_use]
    pub fn gated(self, gate: &'a Gate) -> Context<'a> {
        Context { gate: Some(gate), ..self }
    }

    /// The same, with the packs of frameworks.
    #[must_use]
    pub fn knowing(self, library: &'a Library) -> Context<'a> {
        Context { library: Some(library), ..self }
    }

    /// What the models that count imply today, with what became of the rows they rest on.
    fn assessed(&self) -> &[Assessment<'a>] {
        self.assessed.get_or_init(|| self.active().map(|model| self.assess(model)).collect())
    }

    /// As [`Context::assessed`], of any model, also one of another state.
    fn assess<'m>(&self, model: &'m Model) -> Assessment<'m> {
        let memory = Memory::new(model, &self.past.words);
        assess(model, View::on(self.today).judged_by(&|row| memory.changed(row)))
    }

    /// Models that count: those that are not retired.
    fn active(&self) -> impl Iterator<Item = &'a Model> + use<'a> {
        self.models.values().filter(|model| !model.retired())
    }

    /// Live entities of the models that count.
    fn live(&self) -> impl Iterator<Item = (&'a Model, &'a Entity)> + use<'a> {
        let live = |model: &'a Model| model.entities.values().filter(|entity| entity.live());
        self.active().flat_map(move |model| live(model).map(move |entity| (model, entity)))
    }

    /// Whether the file has a table with this ID that could not be read.
    fn is_unread(&self, model: &ModelId, id: Id) -> bool {
        self.unread.get(model).is_some_and(|ids| ids.contains(&id))
    }

    /// What a command on this model's entities has to add where the workspace has several models.
    fn flag(&self, model: &Model) -> String {
        if self.models.len() > 1 { format!(" -m {}", model.id) } else { String::new() }
    }
}

/// `A2 (Settlement report)`, on one line and short enough to read in a sentence.
fn named(entity: &Entity) -> String {
    const LONGEST: usize = 48;
    let title = flat(entity.title());
    match title.char_indices().nth(LONGEST) {
        _ if title.is_empty() => entity.id.to_string(),
        None => format!("{} ({title})", entity.id),
        Some((end, _)) => {
            let words = title[..end].rsplit_once(' ').map_or(&title[..end], |(words, _)| words);
            format!("{} ({words} …)", entity.id)
        }
    }
}

/// A text on one line. Most are: those are left as they are.
fn flat(text: &str) -> Cow<'_, str> {
    let even = text.trim() == text && !text.contains("  ") && !text.contains(|c: char| c.is_whitespace() && c != ' ');
    if even { Cow::Borrowed(text) } else { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

/// `a`, `a and b`, `a, b and c`.
fn listed<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(T::to_string).collect();
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

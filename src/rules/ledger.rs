//! Comparing the candidate with everything it owes to the world. A rule holds against every base; what
//! several bases show is one finding with several pieces of evidence.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, breaks};
use crate::change::Subject;
use crate::finding::{Evidence, Finding, Target};
use crate::identity::Base;
use crate::model::{Entity, Id, Kind, Model, ModelId};

/// A published model and what the candidate makes of it.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Model,
    pub(super) new: &'a Model,
    /// IDs that get an earlier meaning back: what the old model says of them is another thing.
    given_back: BTreeSet<Id>,
}

impl<'a> Pair<'a> {
    /// Entities that are in both and not alike. Unnumbered ones have no identity to keep yet.
    pub(super) fn edited(&self) -> impl Iterator<Item = (&'a Entity, &'a Entity)> + use<'a> {
        let (old, new) = (self.old, self.new);
        let numbered = old.entities.values().filter(|entity| entity.id.number().is_some());
        let both = numbered.filter_map(move |entity| Some((entity, new.entities.get(&entity.id)?)));
        let given_back = self.given_back.clone();
        both.filter(move |(old, new)| old != new && !given_back.contains(&new.id))
    }
}

/// Runs `compare` on every published model the candidate still has, retired or not, base by base; those it
/// shares with the base are none of its changes.
pub(super) fn models(context: &Context<'_>, findings: &mut Vec<Finding>, compare: impl Fn(&Pair<'_>) -> Vec<Finding>) {
    bases(context, findings, |base| {
        let pairs = base.models.iter().filter_map(|(id, old)| Some((old, context.models.get(id)?)));
        let changed = pairs.filter(|(old, new)| !std::ptr::eq(*old, *new));
        let pair = changed.map(|(old, new)| Pair { old, new, given_back: given_back(context, old, new) });
        pair.flat_map(|pair| compare(&pair)).collect()
    });
}

fn given_back(context: &Context<'_>, old: &Model, new: &Model) -> BTreeSet<Id> {
    if breaks::all(context).next().is_none() {
        return BTreeSet::new();
    }
    let changed = new.entities.values().filter(|now| old.entities.get(&now.id).is_some_and(|old| old != *now));
    changed.filter(|now| breaks::gives_back(context, &new.id, now)).map(|now| now.id).collect()
}

/// Runs `compare` on every base; the same subject in several bases is one finding.
pub(super) fn bases(context: &Context<'_>, findings: &mut Vec<Finding>, compare: impl Fn(&Base) -> Vec<Finding>) {
    let mut seen: BTreeMap<(ModelId, Subject), usize> = BTreeMap::new();
    for base in &context.past.bases {
        for mut finding in compare(base) {
            let Target::Model { model, subject } = finding.place.target.clone() else { continue };
            let evidence = evidence(base, &model, &subject);
            if let Some(earlier) = seen.get(&(model.clone(), subject.clone())).and_then(|&at| findings.get_mut(at)) {
                earlier.evidence.push(evidence);
                continue;
            }
            finding.evidence.push(evidence);
            seen.insert((model, subject), findings.len());
            findings.push(finding);
        }
    }
}

pub(super) fn evidence(base: &Base, model: &ModelId, subject: &Subject) -> Evidence {
    let file = match subject {
        Subject::Entity(Id { kind: Kind::Control, .. }) => "controls.toml".to_owned(),
        Subject::Head | Subject::Entity(_) => "model.toml".to_owned(),
        Subject::Compliance => "compliance.toml".to_owned(),
        Subject::Decision(name) => format!("decisions/{name}.toml"),
        Subject::Session(name) => format!("sessions/{name}.toml"),
        Subject::Tickets => "tickets.toml".to_owned(),
    };
    let folder = base.folders.get(model).map_or(model.as_str(), String::as_str);
    Evidence { commit: base.commit.clone(), path: format!("{folder}/{file}"), line: 0 }
}

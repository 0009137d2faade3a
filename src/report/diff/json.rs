//! `diff/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::facts::{Arrived, Covered, Mapped, Model, Opened, Reopened};
use crate::difference::{Compared, Difference, FieldChange, Moved, Named, Thing};
use crate::model::{Objective, Value};
use crate::report::json::value;

/// `diff/1`: what differs between two states. Entities, controls and objectives read `model/ID`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Diff {
    pub from: State,
    pub to: State,
    /// The day that statuses on both sides are of.
    pub as_of: String,
    /// By model, in the order of its files.
    pub changes: Vec<Changed>,
    pub objectives: Objectives,
    pub controls: Controls,
    /// Models that differ, each as a whole.
    pub models: Vec<Model>,
}

/// A state that was compared.
#[derive(Debug, Serialize, JsonSchema)]
pub struct State {
    /// `HEAD~2`, `payments@v3`, `working tree`, `index`, a path.
    pub name: String,
    /// Absent where it is no commit's.
    pub commit: Option<String>,
}

/// One thing that differs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changed {
    /// added, removed, restored, changed or moved.
    pub kind: &'static str,
    /// `model/ID`, `model/model` for the head, `model/decisions/NAME`.
    pub entity: String,
    /// What people call it.
    pub title: String,
    /// Its table or file is gone, and no tombstone says why.
    pub dropped: bool,
    pub fields: Vec<Field>,
}

/// One field of it, as the file writes it; of append-only rows, one entry a row.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Field {
    pub name: String,
    pub from: Option<serde_json::Value>,
    pub to: Option<serde_json::Value>,
}

/// Control objectives that opened, closed or changed: `model/CO-A1-T1`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Objectives {
    pub added: Vec<String>,
    pub tombstoned: Vec<String>,
    pub revived: Vec<String>,
    pub tier_changed: Vec<Shifted>,
    pub status_changed: Vec<Shifted>,
}

/// An objective that is live on both sides.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Shifted {
    pub id: String,
    /// Absent = not rated.
    pub from: Option<&'static str>,
    pub to: Option<&'static str>,
}

/// Controls that lost their last objective, or found one again.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Controls {
    pub orphaned: Vec<String>,
    pub reattached: Vec<String>,
}

/// The comparison as an answer.
pub fn diff(compared: &Compared) -> Diff {
    let state = |state: &crate::difference::State| State { name: state.name.clone(), commit: state.commit.clone() };
    let mut diff = Diff {
        from: state(&compared.from),
        to: state(&compared.to),
        as_of: compared.as_of.to_string(),
        changes: Vec::new(),
        objectives: Objectives::default(),
        controls: Controls::default(),
        models: compared.models.iter().map(model).collect(),
    };
    for difference in &compared.models {
        diff.changes.extend(folder(difference));
        diff.changes.extend(difference.things.iter().map(|thing| changed(difference, thing)));
        diff.objectives.take(difference);
        let named = |named: &Named| format!("{}/{}", difference.model, named.id);
        diff.controls.orphaned.extend(difference.orphaned.iter().map(named));
        diff.controls.reattached.extend(difference.reattached.iter().map(named));
    }
    diff
}

fn folder(difference: &Difference) -> Option<Changed> {
    let (from, to) = difference.moved.clone()?;
    Some(Changed {
        kind: "moved",
        entity: format!("{}/model", difference.model),
        title: difference.name.clone(),
        dropped: false,
        fields: vec![Field { name: "folder".to_owned(), from: Some(from.into()), to: Some(to.into()) }],
    })
}

fn changed(difference: &Difference, thing: &Thing) -> Changed {
    Changed {
        kind: thing.kind.word(),
        entity: format!("{}/{}", difference.model, thing.subject),
        title: thing.title.clone(),
        dropped: thing.dropped,
        fields: thing.fields.iter().map(field).collect(),
    }
}

fn field(change: &FieldChange) -> Field {
    let json = |side: &Option<Value>| side.as_ref().map(value);
    Field { name: change.name.to_owned(), from: json(&change.from), to: json(&change.to) }
}

impl Objectives {
    fn take(&mut self, difference: &Difference) {
        let id = |objective: Objective| format!("{}/{objective}", difference.model);
        let all = &difference.objectives;
        self.added.extend(all.added.iter().map(|bearing| id(bearing.objective)));
        self.revived.extend(all.revived.iter().map(|bearing| id(bearing.objective)));
        self.tombstoned.extend(all.tombstoned.iter().map(|one| id(*one)));
        let tier = |moved: &Moved<Option<crate::assess::Tier>>| Shifted {
            id: id(moved.objective),
            from: moved.from.map(crate::assess::Tier::word),
            to: moved.to.map(crate::assess::Tier::word),
        };
        self.tier_changed.extend(all.tiers.iter().map(tier));
        let status = |moved: &Moved<crate::assess::Status>| Shifted {
            id: id(moved.objective),
            from: Some(moved.from.word()),
            to: Some(moved.to.word()),
        };
        self.status_changed.extend(all.statuses.iter().map(status));
    }
}

fn model(difference: &Difference) -> Model {
    let digest = |digest: Option<crate::identity::Digest>| digest.map(|digest| digest.short());
    Model {
        id: difference.model.to_string(),
        name: difference.name.clone(),
        fate: super::facts::fate(difference.fate),
        from: digest(difference.digests.0),
        to: digest(difference.digests.1),
        reopened: difference.reopened.iter().map(|one| Reopened::new(&difference.model, one)).collect(),
        arrivals: difference.arrivals.iter().map(|one| Arrived::new(&difference.model, one)).collect(),
        open: difference.open.iter().map(Opened::new).collect(),
        mappings: difference.mappings.iter().map(Mapped::new).collect(),
        coverage: difference.coverage.iter().map(Covered::new).collect(),
        rewritten: difference.rewritten.clone(),
        unread: difference.unread,
    }
}

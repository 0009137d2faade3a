//! What happened in a commit, an event an entity: the feed of a model.

use std::collections::BTreeMap;

use super::{Sight, Step};
use crate::assess::{Revised, Shift, revised};
use crate::change::{Act, Change, Subject, diff};
use crate::difference::turnover;
use crate::identity::{REDACTED, hashed};
use crate::model::{Body, Decision, DecisionKind, Entity, Kind, Model, Part, Redaction, Role, Status, Value};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// `asset_added`, `rating_revised`, `control_orphaned`, …
    pub name: String,
    /// `A1`, `CO-A1-T1`; nothing for the model itself.
    pub entity: Option<String>,
    /// What people call it.
    pub title: String,
    /// More words: fields, levels, reasons.
    pub detail: String,
}

/// Everything a commit did to a model, in the order of the file; what followed from it comes last. A
/// state that cannot be read has no events: they show with the next one that can.
pub fn events(step: &Step<'_>) -> Vec<Event> {
    let mut feed = Feed::default();
    match (step.before, step.now) {
        (None, Sight::Read(after)) => feed.model_added(after),
        (Some(before), Sight::Read(after)) => feed.between(before, after),
        (Some(before), Sight::Gone) => feed.model("model_hard_deleted", before, String::new()),
        _ => {}
    }
    step.decided.iter().for_each(|(name, decision)| feed.decided(name, decision));
    feed.events
}

#[derive(Default)]
struct Feed {
    events: Vec<Event>,
}

impl Feed {
    fn push(&mut self, name: impl Into<String>, entity: impl ToString, title: &str, detail: impl Into<String>) {
        let title = title.lines().next().unwrap_or_default().to_owned();
        self.events.push(Event { name: name.into(), entity: Some(entity.to_string()), title, detail: detail.into() });
    }

    fn model(&mut self, name: &str, model: &Model, detail: String) {
        let title = model.head.name.clone();
        self.events.push(Event { name: name.to_owned(), entity: None, title, detail });
    }

    fn model_added(&mut self, after: &Model) {
        self.model("model_added", after, String::new());
        after.entities.values().for_each(|entity| self.came(entity));
        self.standing(&Model::default(), after);
    }

    fn between(&mut self, before: &Model, after: &Model) {
        let mut changes: BTreeMap<Subject, Vec<Change>> = BTreeMap::new();
        for change in diff(before, after) {
            changes.entry(change.subject.clone()).or_default().push(change);
        }
        for (subject, changes) in &changes {
            match subject {
                Subject::Head => self.head(before, after, changes),
                Subject::Entity(id) => match (before.entities.get(id), after.entities.get(id)) {
                    (None, Some(new)) => self.came(new),
                    (Some(old), None) => {
                        let name = format!("{}_hard_deleted", noun(id.kind));
                        self.push(name, id, old.title(), "its table is gone");
                    }
                    (Some(old), Some(new)) => self.entity(old, new, changes),
                    (None, None) => {}
                },
                _ => {}
            }
        }
        self.standing(before, after);
    }

    fn head(&mut self, before: &Model, after: &Model, changes: &[Change]) {
        for change in changes {
            match &change.act {
                Act::Set { field: "name", .. } => {
                    let detail = format!("{} → {}", before.head.name, after.head.name);
                    self.model("model_renamed", after, detail);
                }
                Act::Set { field: "removed", from: None, to } => self.model("model_soft_deleted", after, reason(to)),
                Act::Set { field: "removed", to: None, .. } => self.model("model_restored", after, String::new()),
                Act::Set { field: "description", .. } => {
                    self.model("model_edited", after, "description".to_owned());
                }
                _ => {}
            }
        }
    }

    /// An entity that was not there: one that came with its tombstone was made and removed between two
    /// commits of the line.
    fn came(&mut self, entity: &Entity) {
        let verb = if entity.live() { "added" } else { "soft_deleted" };
        let detail = if entity.live() { String::new() } else { reason(&entity.value("removed")) };
        self.push(format!("{}_{verb}", noun(entity.id.kind)), entity.id, entity.title(), detail);
        self.rated(None, entity);
        self.attested(None, entity);
    }

    fn entity(&mut self, old: &Entity, new: &Entity, changes: &[Change]) {
        let noun = noun(new.id.kind);
        let fields: Vec<&str> = changes.iter().filter_map(|change| edited(new.id.kind, &change.act)).collect();
        match (old.live(), new.live()) {
            (true, false) => {
                self.push(format!("{noun}_soft_deleted"), new.id, new.title(), reason(&new.value("removed")));
            }
            (false, true) => self.push(format!("{noun}_restored"), new.id, new.title(), ""),
            _ if !fields.is_empty() => self.push(format!("{noun}_edited"), new.id, new.title(), fields.join(", ")),
            _ => {}
        }
        self.rated(Some(old), new);
        self.attested(Some(old), new);
        for gone in fresh(&redactions(old), redactions(new), PartialEq::eq) {
            self.push("words_redacted", new.id, new.title(), format!("{}: {}", gone.by, gone.reason.trim()));
        }
        if let (Body::Control(was), Body::Control(is)) = (&old.body, &new.body)
            && was.implemented() != is.implemented()
        {
            let detail = format!("{} → {}", status(was.status), status(is.status));
            self.push("control_status_changed", new.id, new.title(), detail);
        }
    }

    fn rated(&mut self, old: Option<&Entity>, new: &Entity) {
        let known = old.map(revised).unwrap_or_default();
        let rows: Vec<String> = fresh(&known, revised(new), same_row).iter().map(in_words).collect();
        if !rows.is_empty() {
            self.push("rating_revised", new.id, new.title(), rows.join("; "));
        }
    }

    fn attested(&mut self, old: Option<&Entity>, new: &Entity) {
        let rows = |entity: &Entity| match &entity.body {
            Body::Assumption(assumption) => assumption.attestations.clone(),
            _ => Vec::new(),
        };
        let known = old.map(rows).unwrap_or_default();
        let new_rows = fresh(&known, rows(new), |known, row| {
            (known.at, &known.by) == (row.at, &row.by) && same_words(&known.statement, &row.statement)
        });
        let said: Vec<String> = new_rows.iter().map(|row| format!("{}: {}", row.by, row.statement.trim())).collect();
        if !said.is_empty() {
            self.push("assumption_attested", new.id, new.title(), said.join("; "));
        }
    }

    fn decided(&mut self, name: &str, decision: &Decision) {
        if decision.kind != Some(DecisionKind::RiskAccepted) {
            return;
        }
        for objective in decision.objectives.iter() {
            let detail = format!("{} ({name})", decision.reason.trim());
            self.push("risk_accepted", objective, &decision.owner, detail);
        }
    }

    /// What followed: objectives that closed or came back, controls that lost or found one.
    fn standing(&mut self, before: &Model, after: &Model) {
        let turnover = turnover(before, after);
        for objective in turnover.tombstoned {
            self.push("objective_tombstoned", objective, "", "");
        }
        for objective in turnover.revived {
            self.push("objective_revived", objective, "", "");
        }
        let named = [("control_orphaned", turnover.orphaned), ("control_reattached", turnover.reattached)];
        for (name, id) in named.into_iter().flat_map(|(name, ids)| ids.into_iter().map(move |id| (name, id))) {
            self.push(name, id, after.entities.get(&id).map_or("", Entity::title), "");
        }
    }
}

/// What an event calls a kind.
fn noun(kind: Kind) -> &'static str {
    if kind == Kind::Boundary { "trust_boundary" } else { kind.noun() }
}

/// The field of a change that makes an edit; what has an event of its own makes none.
fn edited(kind: Kind, act: &Act) -> Option<&'static str> {
    match act {
        Act::Set { field: "removed" | "attest_after", .. } => None,
        Act::Set { field: "status", .. } if kind == Kind::Control => None,
        Act::Set { field, .. } => Some(field),
        _ => None,
    }
}

fn reason(tombstone: &Option<Value>) -> String {
    let table = tombstone.as_ref().and_then(Value::as_table);
    let text = |key: &str| table.and_then(|table| table.get(key)).and_then(Value::as_text).map(str::trim);
    let reason = text("reason").unwrap_or_default();
    match text("replaced_by") {
        Some(by) => format!("{reason} (replaced by {by})").trim().to_owned(),
        None => reason.to_owned(),
    }
}

/// Rows that were not there: merges may put them anywhere.
pub(super) fn fresh<T>(known: &[T], rows: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut rest: Vec<&T> = known.iter().collect();
    let new = |row: &T| match rest.iter().position(|known| same(known, row)) {
        Some(at) => {
            rest.remove(at);
            false
        }
        None => true,
    };
    rows.into_iter().filter(new).collect()
}

/// What a row says; what it changed depends on the rows before it.
pub(super) fn same_row(a: &Revised<'_>, b: &Revised<'_>) -> bool {
    let set = |row: &Revised<'_>| row.shifts.iter().map(|shift| (shift.factor, shift.to)).collect::<Vec<_>>();
    (a.at, a.by) == (b.at, b.by) && same_words(a.reason, b.reason) && set(a) == set(b)
}

/// The same words, or the hash that took their place.
fn same_words(known: &str, now: &str) -> bool {
    known == now || (now.starts_with("sha256:") && now == hashed(known))
}

/// Who took words out of rows of an entity, in their order.
fn redactions(entity: &Entity) -> Vec<Redaction> {
    let lists = entity.id.kind.fields().filter(|field| field.role == Role::Rows).filter_map(|f| entity.value(f.name));
    let rows = lists.flat_map(|list| list.as_list().unwrap_or_default().to_vec());
    rows.filter_map(|row| Option::<Redaction>::read(row.as_table()?.get(REDACTED)).flatten()).collect()
}

fn in_words(row: &Revised<'_>) -> String {
    let shift = |shift: &Shift| {
        format!("{} {} → {}", shift.factor.name(), shift.from.map_or("nothing", |from| from.name), shift.to.name)
    };
    let shifts: Vec<String> = row.shifts.iter().map(shift).collect();
    format!("{}: {}", shifts.join(", "), row.reason.trim())
}

fn status(status: Option<Status>) -> &'static str {
    status.unwrap_or(Status::NotImplemented).word()
}

//! Another number for an entity, with everything that speaks of it: references, the stamps of decisions about it, and
//! what redan itself wrote into sessions.

use super::Memory;
use crate::change::{Act, Change, Subject, apply};
use crate::merge;
use crate::model::{Decision, Id, Model, Part, Record, Session, Turn, Value};

/// What others have.
#[derive(Debug, Clone, Copy, Default)]
pub struct Others<'a> {
    /// Published states of the model.
    pub published: &'a [&'a Model],
    /// Those among them that the model has to keep.
    pub owed: &'a [&'a Model],
}

/// What gives the unpublished entity `from` the number `to`. Where the model owes another meaning of the number, as
/// after a merge, that one comes back, and what published files say of it stays as it is.
pub fn renumbering(before: &Model, (from, to): (Id, Id), others: Others<'_>) -> Vec<Change> {
    let renumber = Change::new(&before.id, Subject::Entity(from), Act::Renumber { to });
    let mut after = before.clone();
    let mut changes = vec![renumber];
    if apply(&mut after, &changes).is_err() {
        return changes;
    }
    let step = Step { before, after: &after, ids: (from, to), published: others.published };
    changes.extend(step.references(others.owed));
    changes.extend(before.decisions.iter().flat_map(|(name, decision)| step.decision(name, decision)));
    changes.extend(before.sessions.iter().filter_map(|(name, session)| step.session(name, session)));
    let owed = others.owed.iter().find_map(|state| state.entities.get(&from));
    changes.extend(owed.map(|entity| Change::put(&before.id, entity.clone())));
    changes
}

/// The model before, and as the bare renumbering leaves it.
struct Step<'a> {
    before: &'a Model,
    after: &'a Model,
    ids: (Id, Id),
    published: &'a [&'a Model],
}

impl Step<'_> {
    fn set(&self, subject: Subject, field: &'static str, (from, to): (Option<Value>, Option<Value>)) -> Change {
        Change::new(&self.before.id, subject, Act::Set { field, from, to })
    }

    /// Gives back to the entity that is owed what published entities say of it.
    fn references(&self, owed: &[&Model]) -> Vec<Change> {
        let (from, to) = self.ids;
        let mut changes = Vec::new();
        let mut model = self.after.clone();
        for state in owed.iter().filter(|state| state.entities.contains_key(&from)) {
            let mut moved = (*state).clone();
            let renumber = Change::new(&state.id, Subject::Entity(from), Act::Renumber { to });
            if apply(&mut moved, &[renumber]).is_err() {
                continue;
            }
            for (id, said) in state.entities.iter().filter(|(id, said)| moved.entities.get(id) != Some(said)) {
                let (Some(base), Some(ours)) = (moved.entities.get(id), model.entities.get_mut(id)) else { continue };
                for field in id.kind.fields() {
                    let [base, our, their] = [base.value(field.name), ours.value(field.name), said.value(field.name)];
                    let merged = merge::value(field, [base.as_ref(), our.as_ref(), their.as_ref()]);
                    if let Some(merged) = merged.filter(|merged| *merged != our && base != their) {
                        ours.set(field.name, merged.as_ref());
                        changes.push(self.set(Subject::Entity(*id), field.name, (our, merged)));
                    }
                }
            }
        }
        changes
    }

    /// A published decision stays; any other one is about what it was about, under the new number.
    fn decision(&self, name: &str, decision: &Decision) -> Vec<Change> {
        let Some(after) = self.after.decisions.get(name).filter(|after| *after != decision) else { return Vec::new() };
        let subject = || Subject::Decision(name.to_owned());
        if self.published.iter().any(|state| state.decisions.get(name) == Some(decision)) {
            let turn = |field: &crate::model::Field| (after.value(field.name), decision.value(field.name));
            let moved = Decision::FIELDS.iter().map(|field| (field.name, turn(field)));
            return moved.filter(|(_, (now, was))| now != was).map(|(f, turn)| self.set(subject(), f, turn)).collect();
        }
        let stamp = Memory::alone(self.before).restamped(decision, (self.after, after), self.ids);
        let stamp = stamp.filter(|stamp| *stamp != decision.of);
        let set = |stamp| self.set(subject(), "of", (Some(Value::text(&decision.of)), Some(Value::Text(stamp))));
        stamp.map(set).into_iter().collect()
    }

    /// What was answered and done in a session names the entity by its new number; what people said stays.
    fn session(&self, name: &str, session: &Session) -> Option<Change> {
        let known = |turn: &Turn| {
            let sessions = self.published.iter().filter_map(|state| state.sessions.get(name));
            sessions.into_iter().any(|session| session.turns.contains(turn))
        };
        let turn = |turn: &Turn| if known(turn) { turn.clone() } else { self.turn(turn) };
        let turns: Vec<Turn> = session.turns.iter().map(turn).collect();
        let set = || self.set(Subject::Session(name.to_owned()), "turns", (session.turns.show(), turns.show()));
        (turns != session.turns).then(set)
    }

    fn turn(&self, turn: &Turn) -> Turn {
        let (from, to) = (self.ids.0.to_string(), self.ids.1.to_string());
        let anew = |text: &String| respelled(text, &from, &to);
        Turn { reply: anew(&turn.reply), changes: turn.changes.iter().map(anew).collect(), ..turn.clone() }
    }
}

/// The text with one ID for another, also within `CO-A1-T1`, and nowhere within a longer word.
fn respelled(text: &str, from: &str, to: &str) -> String {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut spelled = String::new();
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find(from) {
        let (head, tail) = (&rest[..at], &rest[at + from.len()..]);
        let alone = !word(head.chars().next_back().or(before)) && !word(tail.chars().next());
        spelled.push_str(head);
        spelled.push_str(if alone { to } else { from });
        (before, rest) = (from.chars().next_back(), tail);
    }
    spelled + rest
}

#[cfg(test)]
mod tests {
    use super::respelled;

    #[test]
    fn an_id_is_a_word() {
        for (text, spelled) in [
            ("added A3", "added A8"),
            ("A3: CO-A3-T1, A30, CA3, A3_x, (A3)", "A8: CO-A8-T1, A30, CA3, A3_x, (A8)"),
            ("A3A3 A3", "A3A3 A8"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(respelled(text, "A3", "A8"), spelled);
        }
    }
}

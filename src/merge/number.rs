//! IDs that two branches took at the same time, each for something else.

use std::collections::BTreeMap;

use super::{Conflict, Known, Renumbered, Side, Three};
use crate::change::Subject;
use crate::identity::{Verdict, akin, compare};
use crate::model::{Entity, Id, Kind};

const UNSURE: &str = "both sides added it, and whether they mean the same thing is not clear";
const PUBLISHED: &str = "both sides published it, each with a meaning of its own";
const UNNUMBERED: &str = "both sides wrote it, each for something else: give one of them another word";
const SPENT: &str = "both sides took it, and no number is left";

/// Which entities get fresh numbers. The same three states give the same answer, whichever file it is
/// asked for.
pub(super) fn plan(three: Three<'_>, known: &Known<'_>) -> (Vec<Renumbered>, Vec<Conflict>) {
    let mut next = highest(three, known);
    let (mut moves, mut conflicts) = (Vec::new(), Vec::new());
    for (&id, ours) in &three.ours.entities {
        let born_twice = !three.base.entities.contains_key(&id);
        let Some(theirs) = three.theirs.entities.get(&id).filter(|theirs| born_twice && *theirs != ours) else {
            continue;
        };
        let why = match judged(ours, theirs, known) {
            Ok(None) => continue,
            Ok(Some(side)) => {
                let number = next.entry(id.kind).or_default();
                match number.checked_add(1) {
                    Some(fresh) => {
                        *number = fresh;
                        moves.push(Renumbered { side, from: id, to: Id::new(id.kind, fresh) });
                        continue;
                    }
                    None => SPENT,
                }
            }
            Err(why) => why,
        };
        conflicts.push(Conflict { subject: Subject::Entity(id), field: None, why });
    }
    (moves, conflicts)
}

/// The side that has to move; none when both mean the same.
fn judged(ours: &Entity, theirs: &Entity, known: &Known<'_>) -> Result<Option<Side>, &'static str> {
    match compare(ours, theirs).verdict {
        Verdict::Same => return Ok(None),
        Verdict::Unsure if akin(ours, theirs) => return Err(UNSURE),
        Verdict::Unsure | Verdict::Different => {}
    }
    if ours.id.number().is_none() {
        return Err(UNNUMBERED);
    }
    match (is_published(ours, known), is_published(theirs, known)) {
        (true, true) => Err(PUBLISHED),
        (false, true) => Ok(Some(Side::Ours)),
        _ => Ok(Some(Side::Theirs)),
    }
}

fn is_published(entity: &Entity, known: &Known<'_>) -> bool {
    let mut published = known.published.iter().filter_map(|model| model.entities.get(&entity.id));
    published.any(|published| compare(published, entity).verdict == Verdict::Same)
}

/// The highest number of each kind that anybody uses.
fn highest(three: Three<'_>, known: &Known<'_>) -> BTreeMap<Kind, u32> {
    let states = [three.base, three.ours, three.theirs].into_iter().chain(known.published.iter().copied());
    let all = states.flat_map(|model| model.entities.keys()).chain(known.taken);
    let mut highest = BTreeMap::new();
    for id in all {
        let number = highest.entry(id.kind).or_insert(0);
        *number = id.number().unwrap_or(0).max(*number);
    }
    highest
}

//! The first line: what matters most, then how much of what changed.

use std::collections::BTreeMap;

use crate::change::Subject;
use crate::difference::{Compared, Difference, Fate, Kind, Reopening};
use crate::model::{Id, Kind as Sort};
use crate::render::{Line, Tone};

/// `C10 reopens 12 mitigated objectives; 1 asset added, 2 controls changed`
pub fn headline(compared: &Compared) -> Line {
    let mut line = Line::default();
    for reopening in compared.models.iter().flat_map(|difference| &difference.reopened) {
        line = line.and(Tone::Bad, reopened(reopening)).and(Tone::Plain, "; ");
    }
    line.and(Tone::Plain, counts(&compared.models))
}

fn reopened(reopening: &Reopening) -> String {
    let Reopening { controls, objectives } = reopening;
    let what = match objectives.len() {
        1 => "1 mitigated objective".to_owned(),
        count => format!("{count} mitigated objectives"),
    };
    let ids: Vec<String> = controls.iter().take(4).map(Id::to_string).collect();
    let more = controls.len() - ids.len();
    match ids.as_slice() {
        [] if objectives.len() == 1 => format!("{what} is open again"),
        [] => format!("{what} are open again"),
        [one] => format!("{one} reopens {what}"),
        _ if more > 0 => format!("{} and {more} more reopen {what}", ids.join(", ")),
        [first @ .., last] => format!("{} and {last} reopen {what}", first.join(", ")),
    }
}

/// What a thing is counted as, in the order of the files.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    Model,
    Entity(Sort),
    Compliance,
    Decision,
    Session,
    Tickets,
}

/// `1 asset added, 2 controls changed`; models that came or went count as one thing each.
pub(super) fn counts(differences: &[Difference]) -> String {
    let mut all: BTreeMap<(Kind, Counted), usize> = BTreeMap::new();
    for difference in differences {
        let mut count = |kind, counted| *all.entry((kind, counted)).or_default() += 1;
        match difference.fate {
            Fate::Added => count(Kind::Added, Counted::Model),
            Fate::Gone => count(Kind::Removed, Counted::Model),
            _ => difference.things.iter().for_each(|thing| count(thing.kind, counted(&thing.subject))),
        }
        if difference.moved.is_some() {
            count(Kind::Moved, Counted::Model);
        }
    }
    let said: Vec<String> = all.iter().map(|((kind, what), count)| said(*kind, what, *count)).collect();
    match said.is_empty() {
        false => said.join(", "),
        true if differences.iter().any(|one| one.unread) => "nothing changed as far as it can be read".to_owned(),
        true if differences.iter().any(|one| !one.objectives.statuses.is_empty()) => "statuses changed".to_owned(),
        true if differences.iter().any(|one| !one.coverage.is_empty()) => "coverage changed".to_owned(),
        true if differences.iter().any(|one| !one.rewritten.is_empty()) => "only comments and order changed".to_owned(),
        true => "nothing changed".to_owned(),
    }
}

fn counted(subject: &Subject) -> Counted {
    match subject {
        Subject::Head => Counted::Model,
        Subject::Entity(id) => Counted::Entity(id.kind),
        Subject::Compliance => Counted::Compliance,
        Subject::Decision(_) => Counted::Decision,
        Subject::Session(_) => Counted::Session,
        Subject::Tickets => Counted::Tickets,
    }
}

fn said(kind: Kind, what: &Counted, count: usize) -> String {
    let (one, many) = match what {
        Counted::Model => ("model", "models"),
        Counted::Entity(sort) => (sort.noun(), sort.table()),
        Counted::Compliance => ("compliance file", "compliance files"),
        Counted::Decision => ("decision", "decisions"),
        Counted::Session => ("session", "sessions"),
        Counted::Tickets => ("ticket file", "ticket files"),
    };
    format!("{count} {} {}", if count == 1 { one } else { many }, kind.word())
}

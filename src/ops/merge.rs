//! The merge driver: three versions of one file become one, or nothing is decided. It reads what it wrote
//! before anybody else does.

mod remarks;
mod states;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::check::{findings, fingerprint};
use super::{Desk, Trouble};
use crate::change::{Change, Subject};
use crate::finding::{Finding, Severity, codes};
use crate::history::{Trio, merged_lines};
use crate::identity::{Base, Past};
use crate::merge::{Conflict, Known, Merged, Side, Three, edits, merge, renumbered_on, renumberings};
use crate::model::{Id, Kind, Model, Models};
use crate::store::{self, Content, Source, Workspace, Write};
use states::{State, States};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Driven {
    /// The merged file, and what was renumbered in words.
    Merged { text: Vec<u8>, notes: Vec<String> },
    /// Only a person can decide; why, a line each.
    Undecided(Vec<String>),
}

/// Merges one file of a model. Where the commits behind the versions are known, its sibling files are looked
/// at as well: an ID that both sides took is told apart in all of them in the same way, or in none.
pub fn drive(desk: &Desk, trio: &Trio<'_>, today: Date) -> Result<Driven, Trouble> {
    let states = match States::read(desk, trio)? {
        Ok(states) => states,
        Err(why) => return Ok(Driven::Undecided(vec![why])),
    };
    let published: Vec<&Model> = states.published.iter().map(|state| &state.model).collect();
    let three = states.three();
    let mut taken = BTreeSet::new();
    let mut merged = merge(three, &Known { published: &published, taken: &taken });
    if !merged.renumbered.is_empty() {
        taken = desk.standing(&states.settings, &three.ours.id)?;
        merged = merge(three, &Known { published: &published, taken: &taken });
    }
    Ok(match finish(&states, trio, (&merged, today)) {
        Ok(text) => Driven::Merged { text, notes: notes(three, &merged) },
        Err(why) => Driven::Undecided(why),
    })
}

fn notes(three: Three<'_>, merged: &Merged) -> Vec<String> {
    let note = |moved: &crate::merge::Renumbered| {
        let (model, whose) = match moved.side {
            Side::Ours => (three.ours, "our"),
            Side::Theirs => (three.theirs, "their"),
        };
        let title = model.entities.get(&moved.from).map_or("", |entity| entity.title());
        format!("both sides added {}: {whose} `{title}` is {} now, with every reference to it", moved.from, moved.to)
    };
    merged.renumbered.iter().map(note).collect()
}

type Undecided = Vec<String>;

/// The text of the file, once everything about it has been looked at again.
fn finish(states: &States, trio: &Trio<'_>, (merged, today): (&Merged, Date)) -> Result<Vec<u8>, Undecided> {
    let moving = !merged.renumbered.is_empty();
    if moving && !states.whole {
        let ids: Vec<String> = merged.renumbered.iter().map(|moved| moved.from.to_string()).collect();
        return Err(vec![format!(
            "both sides added {}, and the commits behind the files are not known: number one of them anew with redan renumber, then merge again",
            ids.join(", ")
        )]);
    }
    let concerns = |conflict: &&Conflict| moving || file(&conflict.subject) == states.name;
    let undecided: Vec<&Conflict> = merged.conflicts.iter().filter(concerns).collect();
    if !undecided.is_empty() {
        let deleted = !moving && undecided.iter().all(|conflict| conflict.is_deletion());
        let picked = if deleted { picked(states, trio, today) } else { None };
        return picked.ok_or_else(|| undecided.into_iter().map(Conflict::to_string).collect());
    }
    let lines = if moving { None } else { by_lines(states, trio, merged) };
    let (text, after) = lines.map_or_else(|| by_fields(states, trio, merged), Ok)?;
    let broken = broken(states, merged, &after, today);
    if !broken.is_empty() {
        return Err(broken);
    }
    Ok(text)
}

/// The file as Git merges it line by line, where that says what was decided: it keeps every word of both sides.
fn by_lines(states: &States, trio: &Trio<'_>, merged: &Merged) -> Option<(Vec<u8>, State)> {
    let text = merged_lines([trio.base, trio.ours, trio.theirs])?;
    let write = Write { path: states.path.clone(), before: Some(trio.ours.to_vec()), after: text.clone() };
    let after = states.after(&[write]).ok()?;
    (after.model == merged.model).then_some((text, after))
}

/// Where one commit is applied or undone, tables around it that the other line does not have, and what the commit itself had
/// added, are no deletions of anybody. Git's own merge of the lines is taken then, where the result has all that ours owes.
fn picked(states: &States, trio: &Trio<'_>, today: Date) -> Option<Vec<u8>> {
    let owed = states.owed.as_ref()?;
    let text = merged_lines([trio.base, trio.ours, trio.theirs])?;
    let write = Write { path: states.path.clone(), before: Some(trio.ours.to_vec()), after: text.clone() };
    let after = states.after(&[write]).ok()?;
    let base = |state: &State| Base { models: alone(&state.model), ..Base::default() };
    let past = Past { bases: owed.iter().map(base).collect(), ..Past::default() };
    let known: BTreeSet<String> = errors(states, &states.ours.model, &past, today).iter().map(fingerprint).collect();
    let new =
        errors(states, &after.model, &past, today).into_iter().any(|finding| !known.contains(&fingerprint(&finding)));
    (!new).then_some(text)
}

/// Our file with everything the merge brings, field by field.
fn by_fields(states: &States, trio: &Trio<'_>, merged: &Merged) -> Result<(Vec<u8>, State), Undecided> {
    let mut written = written(states, merged).map_err(|refused| vec![refused.to_string()])?;
    let own = written.iter().position(|write| write.path == states.path);
    let text = own.map_or_else(|| states.ours.bytes(&states.path), |own| written.swap_remove(own).after);
    let text = remarks::brought(trio, &text)
        .map_err(|lost| lost.iter().map(|remark| remarks::why(remark)).collect::<Undecided>())?;
    written.push(Write { path: states.path.clone(), before: Some(trio.ours.to_vec()), after: text.clone() });
    let after = states.after(&written)?;
    if after.model != merged.model {
        return Err(vec![match merged.renumbered.is_empty() {
            false => "an ID that both sides added is also named in a file that Git takes from one side as it is: number it anew with redan renumber on the branch that is not published, then merge again".to_owned(),
            true => "the merged file would not read as what was decided".to_owned(),
        }]);
    }
    Ok((text, after))
}

/// Our files with everything the merge brings, new tables in their words.
fn written(states: &States, merged: &Merged) -> Result<Vec<Write>, store::Refused> {
    let theirs = renumberings(Side::Theirs, &states.theirs.model, &merged.renumbered);
    let donor = states.theirs.with(&store::plan(&states.theirs.workspace, "", &theirs)?, &states.settings);
    let driven = |change: &Change| !matches!(change.subject, Subject::Decision(_) | Subject::Session(_));
    let changes: Vec<Change> = edits(&states.ours.model, merged).into_iter().filter(driven).collect();
    store::plan_like(&states.ours.workspace, &donor, &changes)
}

/// Errors that the merge has and neither side had.
fn broken(states: &States, merged: &Merged, after: &State, today: Date) -> Undecided {
    let mut past = Past::default();
    if states.whole
        && let Some(base) = &states.base
    {
        past.bases.push(Base { name: "base".to_owned(), models: alone(&base.model), ..Base::default() });
    }
    let errors = |model: &Model| errors(states, model, &past, today);
    let sides = [(Side::Ours, &states.ours), (Side::Theirs, &states.theirs)];
    let sides = sides.map(|(side, state)| errors(&renumbered_on(side, &state.model, &merged.renumbered)));
    let known: BTreeSet<String> = sides.iter().flatten().map(fingerprint).collect();
    let new = errors(&after.model).into_iter().filter(|finding| !known.contains(&fingerprint(finding)));
    // A file alone does not know what its siblings hold.
    let new = new.filter(|_| states.whole);
    new.map(|finding| format!("together the sides would break {}: {}", finding.code.name, finding.message)).collect()
}

fn alone(model: &Model) -> Models {
    Models::from([(model.id.clone(), model.clone())])
}

fn errors(states: &States, model: &Model, past: &Past, today: Date) -> Vec<Finding> {
    let folders = states.ours.workspace.folders.clone();
    let workspace = Workspace { models: alone(model), folders, ..Workspace::default() };
    let mut found = findings(&workspace, past, today, &states.settings);
    // A mitigation that only the combination loses is for the reviewer, not for the driver.
    found.retain(|finding| finding.severity == Severity::Error && finding.code != &codes::MITIGATION_LOST);
    found
}

/// The file a subject stands in.
pub(super) fn file(subject: &Subject) -> String {
    match subject {
        Subject::Entity(Id { kind: Kind::Control, .. }) => "controls.toml".to_owned(),
        Subject::Head | Subject::Entity(_) => "model.toml".to_owned(),
        Subject::Compliance => "compliance.toml".to_owned(),
        Subject::Decision(name) => format!("decisions/{name}.toml"),
        Subject::Session(name) => format!("sessions/{name}.toml"),
        Subject::Tickets => "tickets.toml".to_owned(),
    }
}

fn source(path: &str, bytes: &[u8]) -> Source {
    Source { path: path.to_owned(), content: Content::Bytes(bytes.into()) }
}

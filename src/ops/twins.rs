//! IDs that were born on both sides of a merge that has not happened yet.

use std::collections::BTreeSet;

use super::reading::Read;
use super::{Desk, Trouble};
use crate::change::Subject;
use crate::finding::{Evidence, Finding, Place, Target, codes};
use crate::history::Commit;
use crate::identity::{Verdict, compare};
use crate::model::{Entity, Id, Kind, Model, ModelId};
use crate::store::Workspace;

/// Tells about every ID that means one thing on `head` and another on `with`, and stands in no common
/// ancestor of the two. The branch that is not merged yet is the one to give way, so `head` is.
pub(super) fn tell(
    desk: &Desk,
    (head, with): (&str, &str),
    read: &Read,
    found: &mut Vec<Finding>,
) -> Result<(), Trouble> {
    let repo = desk.repo()?;
    let (head, with) = (repo.commit(head)?, repo.commit(with)?);
    let bases = repo.bases(&head.id, &with.id)?.into_iter().map(|id| Commit { name: "base".to_owned(), id });
    let bases = bases.map(|base| desk.read_commit(&base, read)).collect::<Result<Vec<_>, _>>()?;
    let (here, there) = (desk.read_commit(&head, read)?, desk.read_commit(&with, read)?);
    let mut twins = BTreeSet::new();
    for Twin { model, mine, other, why } in born_apart(&here, &there, &bases) {
        twins.insert((model.clone(), mine.id));
        let seen = [(&head, &here), (&with, &there)].map(|(commit, state)| evidence(commit, state, model, mine.id));
        let mut finding = finding(model, (mine, other), &with.name, &why);
        finding.evidence.extend(seen);
        found.push(finding);
    }
    // The other rules' words on the same IDs say less.
    found.retain(|finding| !is_said(finding, &twins));
    found.iter_mut().for_each(|finding| reword(finding, &with.name));
    Ok(())
}

/// One ID with two meanings.
pub(super) struct Twin<'a> {
    pub(super) model: &'a ModelId,
    pub(super) mine: &'a Entity,
    pub(super) other: &'a Entity,
    pub(super) why: String,
}

/// The IDs that mean one thing here and another there, and stand in none of the common ancestors.
pub(super) fn born_apart<'a>(here: &'a Workspace, there: &'a Workspace, bases: &[Workspace]) -> Vec<Twin<'a>> {
    let known = |model: &Model, id: Id| {
        let mut bases = bases.iter().filter_map(|base| base.models.get(&model.id));
        bases.any(|base| base.entities.contains_key(&id))
    };
    let born = pairs(here, there).filter(|(model, mine, _)| !known(model, mine.id));
    let twin = |(model, mine, other): (&'a Model, &'a Entity, &'a Entity)| {
        let judgement = compare(other, mine);
        let apart = judgement.verdict != Verdict::Same;
        apart.then_some(Twin { model: &model.id, mine, other, why: judgement.why })
    };
    born.filter_map(twin).collect()
}

/// Nobody committed these conflicts: they are what the merge would meet.
fn reword(finding: &mut Finding, with: &str) {
    if let Some(lines) = finding.message.strip_prefix("a merge conflict was committed: ") {
        finding.message = format!("this does not merge with {with} line by line: {lines}");
        finding.help =
            Some(format!("merge {with} into the branch, with the merge driver (redan init --merge-driver) or by hand"));
    }
}

fn pairs<'a>(here: &'a Workspace, there: &'a Workspace) -> impl Iterator<Item = (&'a Model, &'a Entity, &'a Entity)> {
    let both = here.models.iter().filter_map(|(id, model)| Some((model, there.models.get(id)?)));
    both.flat_map(|(mine, other)| {
        let shared = mine.entities.values().filter(|entity| entity.id.number().is_some());
        shared.filter_map(move |entity| Some((mine, entity, other.entities.get(&entity.id)?)))
    })
}

fn finding(model: &ModelId, (mine, other): (&Entity, &Entity), with: &str, why: &str) -> Finding {
    let id = mine.id;
    let message = format!(
        "{id} would be two {}: `{}` here, and `{}` on {with}, which was first ({why})",
        id.kind.table(),
        mine.title(),
        other.title()
    );
    Finding::new(&codes::ID_DUPLICATE, Place::entity(model, id), message).help(format!(
        "on this branch: redan renumber {id} -m {model}, which takes its references along; then merge {with}"
    ))
}

fn evidence(commit: &Commit, state: &Workspace, model: &ModelId, id: Id) -> Evidence {
    let folder = state.folders.get(model).map_or(model.as_str(), String::as_str);
    let file = if id.kind == Kind::Control { "controls.toml" } else { "model.toml" };
    Evidence { commit: commit.id.clone(), path: format!("{folder}/{file}"), line: 0 }
}

fn is_said(finding: &Finding, twins: &BTreeSet<(ModelId, Id)>) -> bool {
    match &finding.place.target {
        Target::Model { model, subject: Subject::Entity(id) } => {
            [&codes::ID_REWRITTEN, &codes::ID_REUSED, &codes::ID_COLLIDED].contains(&finding.code)
                && twins.contains(&(model.clone(), *id))
        }
        Target::Bytes { .. } if finding.code == &codes::ID_DUPLICATE => {
            twins.iter().any(|(_, id)| finding.message.starts_with(&format!("{id} ")))
        }
        _ => false,
    }
}

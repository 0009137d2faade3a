//! IDs that were born with different meanings on two sides of a merge, whatever the merge kept.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use git2::Oid;

use super::Question;
use super::spoken::{Folders, read};
use super::state::{Seen, find as traced};
use crate::history::walk::{Delta, Edge, Walked, files, folder};
use crate::history::{GitError, Repo};
use crate::identity::{Verdict, compare};
use crate::model::{Id, ModelId};
use crate::store::{Told, Traced, Tracer};

/// One ID, two meanings, one merge.
#[derive(Debug, Clone)]
pub(super) struct Collision {
    pub model: ModelId,
    pub id: Id,
    /// The side that was there first in the order of the parents.
    pub from: Arc<Told>,
    pub to: Arc<Told>,
    pub why: String,
    /// The merge.
    pub at: Seen,
    /// The parent that had the other meaning.
    pub before: Seen,
}

type Named = (ModelId, Id);

/// What each parent and the merge say about an ID that differs between them.
#[derive(Default)]
struct Sides {
    /// By the place of the parent; a parent that is not here says what the merge says.
    parents: BTreeMap<usize, Option<(Arc<Told>, Seen)>>,
    child: Option<(Arc<Told>, Seen)>,
}

/// Every collision in the merges of a walk.
pub(super) fn find(
    repo: &Repo,
    question: &Question<'_>,
    walked: &Walked,
    folders: &Folders,
    tracer: &mut Tracer,
) -> Result<Vec<Collision>, GitError> {
    let mut merges: HashMap<Oid, Vec<&Edge>> = HashMap::new();
    let mut order = Vec::new();
    for edge in &walked.edges {
        if walked.graph.parents(edge.child).nth(1).is_some() {
            let edges = merges.entry(edge.child).or_default();
            if edges.is_empty() {
                order.push(edge.child);
            }
            edges.push(edge);
        }
    }
    let mut found = Vec::new();
    for merge in order {
        let parents: Vec<Oid> = walked.graph.parents(merge).collect();
        let mut sides: BTreeMap<Named, Sides> = BTreeMap::new();
        for edge in &merges[&merge] {
            let Some(nth) = parents.iter().position(|parent| Some(*parent) == edge.parent) else { continue };
            for delta in &edge.deltas {
                let looked = Looked { repo, question, walked, folders };
                looked.side(edge, nth, delta, (&mut sides, tracer))?;
            }
        }
        for (named, sides) in sides {
            found.extend(collision(repo, question, (merge, &parents), (named, sides), tracer)?);
        }
    }
    Ok(found)
}

struct Looked<'a> {
    repo: &'a Repo,
    question: &'a Question<'a>,
    walked: &'a Walked,
    folders: &'a Folders,
}

impl Looked<'_> {
    fn side(
        &self,
        edge: &Edge,
        nth: usize,
        delta: &Delta,
        (sides, tracer): (&mut BTreeMap<Named, Sides>, &mut Tracer),
    ) -> Result<(), GitError> {
        let none = Vec::new();
        let old = delta.old.map(|version| self.walked.versions.trace(version));
        let new = delta.new.map(|version| self.walked.versions.trace(version));
        let (was, is) = (old.as_ref().map_or(&none, |old| &old.entities), new.as_ref().map_or(&none, |new| &new.entities));
        let changed = |other: &[Traced], traced: &Traced| !self::traced(other, traced.id).is_some_and(|other| Arc::ptr_eq(&other.told, &traced.told));
        let parent = edge.parent.unwrap_or(edge.child);
        for (commit, mine, other) in [(parent, was, is), (edge.child, is, was)] {
            if !mine.iter().any(|traced| changed(other, traced)) {
                continue;
            }
            let Some(model) = self.folders.model(self.repo, self.question.roots, (commit, &delta.path), tracer)? else { continue };
            for traced in mine.iter().filter(|traced| changed(other, traced)) {
                let seen = Seen { commit, path: Arc::clone(&delta.path), line: traced.line };
                let told = Some((Arc::clone(&traced.told), seen));
                let side = sides.entry((model.clone(), traced.id)).or_default();
                match commit == parent {
                    true => drop(side.parents.insert(nth, told)),
                    false => {
                        side.parents.entry(nth).or_insert(None);
                        side.child = told;
                    }
                }
            }
        }
        Ok(())
    }
}

fn collision(
    repo: &Repo,
    question: &Question<'_>,
    (merge, parents): (Oid, &[Oid]),
    ((model, id), sides): (Named, Sides),
    tracer: &mut Tracer,
) -> Result<Option<Collision>, GitError> {
    let said = |nth: usize| sides.parents.get(&nth).unwrap_or(&sides.child).as_ref();
    for second in 1..parents.len() {
        for first in 0..second {
            let (Some((from, before)), Some((to, after))) = (said(first), said(second)) else { continue };
            let Some(why) = apart(from, to) else { continue };
            if born_before(repo, question, (parents[first], parents[second]), (&model, id), tracer)? {
                continue;
            }
            let at = match &sides.child {
                Some((_, seen)) => Seen { commit: merge, ..seen.clone() },
                None => Seen { commit: merge, path: Arc::clone(&after.path), line: 0 },
            };
            let (from, to, before) = (Arc::clone(from), Arc::clone(to), before.clone());
            return Ok(Some(Collision { model, id, from, to, why, at, before }));
        }
    }
    Ok(None)
}

/// Why two meanings are not one.
fn apart(from: &Arc<Told>, to: &Arc<Told>) -> Option<String> {
    if from.identity == to.identity {
        return None;
    }
    let judgement = compare(from.entity.as_ref()?, to.entity.as_ref()?);
    (judgement.verdict != Verdict::Same).then_some(judgement.why)
}

/// Whether the ID is in a commit that both sides descend from: then one side rewrote it, and none of them
/// gave birth to it.
fn born_before(
    repo: &Repo,
    question: &Question<'_>,
    (one, other): (Oid, Oid),
    (model, id): (&ModelId, Id),
    tracer: &mut Tracer,
) -> Result<bool, GitError> {
    let Ok(bases) = repo.git.merge_bases(one, other) else { return Ok(false) };
    for base in bases.iter() {
        let files = files(repo, question.roots, *base)?;
        let traces: Vec<_> = files.iter().filter_map(|(path, version)| Some((path, read(repo, *version, tracer)?))).collect();
        let heads = traces.iter().filter(|(_, trace)| trace.model.as_ref() == Some(model));
        let folders: Vec<&str> = heads.map(|(path, _)| folder(path)).collect();
        let mut own = traces.iter().filter(|(path, _)| folders.contains(&folder(path)));
        if own.any(|(_, trace)| find_id(&trace.entities, id)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn find_id(entities: &[Traced], id: Id) -> bool {
    traced(entities, id).is_some()
}

//! IDs that were born with different meanings on two sides of a merge, whatever the merge kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use git2::Oid;

use super::Question;
use super::spoken::{Folders, read};
use super::state::{Seen, find as traced};
use crate::history::walk::{Delta, Edge, Version, Walked, files, folder};
use crate::history::{GitError, Repo};
use crate::identity::Told;
use crate::identity::{Verdict, compare};
use crate::model::{Id, ModelId};
use crate::store::{Trace, Traced, Tracer};

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

/// What one commit says about an ID, by path.
type Sayings = Vec<(Arc<Told>, Seen)>;

/// Every collision in the merges of a walk.
pub(super) fn find(
    repo: &Repo,
    question: &Question<'_>,
    walked: &Walked,
    folders: &Folders,
    tracer: &mut Tracer,
) -> Result<Vec<Collision>, GitError> {
    let mut merges: BTreeMap<Oid, Vec<&Edge>> = BTreeMap::new();
    for edge in &walked.edges {
        if walked.graph.parents(edge.child).nth(1).is_some() {
            merges.entry(edge.child).or_default().push(edge);
        }
    }
    let mut looked = Looked { repo, question, walked, folders, tracer };
    let mut found = Vec::new();
    for (merge, edges) in merges {
        let parents: Vec<Oid> = walked.graph.parents(merge).collect();
        for (named, told) in looked.differing(&edges)? {
            if pairs(&told).any(|(one, other)| apart(one, other).is_some()) {
                found.extend(looked.collision(merge, &parents, named)?);
            }
        }
    }
    Ok(found)
}

fn pairs<T>(items: &[T]) -> impl Iterator<Item = (&T, &T)> {
    items.iter().enumerate().flat_map(|(nth, other)| items[..nth].iter().map(move |one| (one, other)))
}

struct Looked<'a> {
    repo: &'a Repo,
    question: &'a Question<'a>,
    walked: &'a Walked,
    folders: &'a Folders,
    tracer: &'a mut Tracer,
}

impl Looked<'_> {
    /// Everything that is said, on any side of a merge, about the IDs on which the sides differ.
    fn differing(&mut self, edges: &[&Edge]) -> Result<BTreeMap<Named, Vec<Arc<Told>>>, GitError> {
        let mut found: BTreeMap<Named, Vec<Arc<Told>>> = BTreeMap::new();
        for edge in edges {
            for delta in &edge.deltas {
                let sides =
                    [(edge.parent.unwrap_or(edge.child), delta.old, delta.new), (edge.child, delta.new, delta.old)];
                for (commit, mine, other) in sides {
                    self.changed((commit, delta, mine, other), &mut found)?;
                    if self.folders.disputed(&delta.path) {
                        self.everything(commit, folder(&delta.path), &mut found)?;
                    }
                }
            }
        }
        Ok(found)
    }

    fn changed(
        &mut self,
        (commit, delta, mine, other): (Oid, &Delta, Option<Version>, Option<Version>),
        found: &mut BTreeMap<Named, Vec<Arc<Told>>>,
    ) -> Result<(), GitError> {
        let Some(mine) = mine.map(|version| self.walked.versions.trace(version)) else { return Ok(()) };
        let other = other.map(|version| self.walked.versions.trace(version)).unwrap_or_default();
        let changed = |mine: &&Traced| traced(&other.entities, mine.id).is_none_or(|other| other.told != mine.told);
        let changed: Vec<&Traced> = mine.entities.iter().filter(changed).collect();
        if changed.is_empty() {
            return Ok(());
        }
        let of = (commit, &*delta.path);
        let Some(model) = self.folders.model(self.repo, self.question.roots, of, self.tracer)? else { return Ok(()) };
        for traced in changed {
            let told = found.entry((model.clone(), traced.id)).or_default();
            if told.iter().all(|known| known.identity != traced.told.identity) {
                told.push(Arc::clone(&traced.told));
            }
        }
        Ok(())
    }

    /// All that the files of a folder say: its head changed its model, and theirs with it.
    fn everything(
        &mut self,
        commit: Oid,
        above: &str,
        found: &mut BTreeMap<Named, Vec<Arc<Told>>>,
    ) -> Result<(), GitError> {
        let files = files(self.repo, self.question.roots, commit)?;
        for (path, version) in files.into_iter().filter(|(path, _)| folder(path) == above) {
            let delta = Delta { path, old: None, new: Some(version) };
            self.changed((commit, &delta, Some(version), None), found)?;
        }
        Ok(())
    }

    fn collision(&mut self, merge: Oid, parents: &[Oid], (model, id): Named) -> Result<Option<Collision>, GitError> {
        let sides = parents.iter().map(|parent| self.sayings(*parent, &model, id)).collect::<Result<Vec<_>, _>>()?;
        for second in 1..parents.len() {
            for first in 0..second {
                let Some(why) = disjoint(&sides[first], &sides[second]) else { continue };
                if self.born_before((parents[first], parents[second]), &model, id)? {
                    continue;
                }
                let ((from, before), (to, after)) = (sides[first][0].clone(), sides[second][0].clone());
                let kept = self.sayings(merge, &model, id)?.into_iter().next();
                let at = kept.map_or(Seen { line: 0, ..after }, |(_, seen)| seen);
                return Ok(Some(Collision { model, id, from, to, why, at: Seen { commit: merge, ..at }, before }));
            }
        }
        Ok(None)
    }

    fn sayings(&mut self, commit: Oid, model: &ModelId, id: Id) -> Result<Sayings, GitError> {
        let mut found = Sayings::new();
        for (path, version) in files(self.repo, self.question.roots, commit)? {
            let Some(trace) = self.trace(version) else { continue };
            let Some(said) = traced(&trace.entities, id) else { continue };
            let own = self.folders.model(self.repo, self.question.roots, (commit, &path), self.tracer)?;
            if own.as_ref() == Some(model) {
                found.push((Arc::clone(&said.told), Seen { commit, path, line: said.line }));
            }
        }
        Ok(found)
    }

    fn trace(&mut self, version: Version) -> Option<Arc<Trace>> {
        match version {
            Version::File(id) if !self.walked.versions.traces.contains_key(&id) => {
                read(self.repo, version, self.tracer).map(Arc::new)
            }
            known => Some(self.walked.versions.trace(known)),
        }
    }

    /// Whether the ID is in a commit that both sides descend from: then one side rewrote it, and none of
    /// them gave birth to it.
    fn born_before(&mut self, (one, other): (Oid, Oid), model: &ModelId, id: Id) -> Result<bool, GitError> {
        let Ok(bases) = self.repo.git.merge_bases(one, other) else { return Ok(false) };
        for base in bases.iter() {
            if !self.sayings(*base, model, id)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Why no meaning of one side is a meaning of the other; nothing where they share one or a side has none.
fn disjoint(one: &Sayings, other: &Sayings) -> Option<String> {
    let mut why = None;
    for (from, _) in one {
        for (to, _) in other {
            let apart = apart(from, to)?;
            why.get_or_insert(apart);
        }
    }
    why
}

/// Why two meanings are not one.
fn apart(from: &Arc<Told>, to: &Arc<Told>) -> Option<String> {
    if from.identity == to.identity {
        return None;
    }
    let judgement = compare(from.entity()?, to.entity()?);
    (judgement.verdict != Verdict::Same).then_some(judgement.why)
}

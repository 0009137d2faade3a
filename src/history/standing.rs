//! Numbers that stand at the tip of any ref: somebody took them, published or not.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use git2::Oid;

use super::walk::{Version, files, folder, is_head};
use super::{GitError, Repo};
use crate::model::{Id, ModelId};
use crate::store::Tracer;

impl Repo {
    /// The IDs of every model at the tips of all branches, local and remote-tracking, and of all tags. States
    /// of the models that many refs share are read once. What is not in the clone is nobody's.
    pub fn standing(&self, roots: &[String]) -> Result<BTreeMap<ModelId, BTreeSet<Id>>, GitError> {
        let mut standing = Standing::default();
        for tip in self.states(roots)? {
            let all = files(self, roots, tip)?;
            let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
            for (path, version) in &all {
                let Version::File(blob) = version else { continue };
                let (model, ids) = standing.look(self, *blob);
                let found = folders.entry(folder(path)).or_default();
                found.ids.extend(ids);
                if is_head(path) {
                    found.model = model.clone();
                }
            }
            for Folder { model, ids } in folders.into_values() {
                if let Some(model) = model {
                    standing.models.entry(model).or_default().extend(ids);
                }
            }
        }
        Ok(standing.models)
    }

    /// One commit for every state of the roots that a ref points to.
    fn states(&self, roots: &[String]) -> Result<Vec<Oid>, GitError> {
        let failed = |error: git2::Error| GitError::other("listing refs", &error);
        let starts: Vec<&str> = roots.iter().map(|root| root.split('/').next().unwrap_or(root)).collect();
        let (mut commits, mut trees, mut states) = (HashSet::new(), HashSet::new(), Vec::new());
        for reference in self.git.references().map_err(failed)?.flatten() {
            let Ok(commit) = reference.peel_to_commit() else { continue };
            if !commits.insert(commit.id()) {
                continue;
            }
            let Ok(tree) = commit.tree() else { continue };
            let under = |start: &&str| tree.get_path(Path::new(start)).ok().map(|entry| entry.id());
            if trees.insert(starts.iter().map(under).collect::<Vec<Option<Oid>>>()) {
                states.push(commit.id());
            }
        }
        Ok(states)
    }
}

#[derive(Default)]
struct Standing {
    models: BTreeMap<ModelId, BTreeSet<Id>>,
    seen: HashMap<Oid, (Option<ModelId>, Vec<Id>)>,
    tracer: Tracer,
}

/// The files of one model in one state.
#[derive(Default)]
struct Folder {
    model: Option<ModelId>,
    ids: BTreeSet<Id>,
}

impl Standing {
    fn look(&mut self, repo: &Repo, blob: Oid) -> &(Option<ModelId>, Vec<Id>) {
        let tracer = &mut self.tracer;
        self.seen.entry(blob).or_insert_with(|| {
            let Ok(found) = repo.git.find_blob(blob) else { return (None, Vec::new()) };
            let trace = tracer.trace(found.content());
            (trace.model, trace.entities.iter().map(|traced| traced.id).collect())
        })
    }
}

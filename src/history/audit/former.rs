//! Models that came into the roots from a place that no root names: what their IDs meant there is not known.

use std::path::Path;

use git2::{Delta, DiffOptions, Oid};

use crate::history::Repo;
use crate::history::walk::{folder, is_head};
use crate::identity::{Gap, Ledger, Sighting};
use crate::model::ModelId;
use crate::store::{Tracer, inside};

impl Repo {
    /// Told of every model whose head was moved to where it is owed from outside the roots.
    pub fn strangers(&self, roots: &[String], ledger: &Ledger) -> Vec<Gap> {
        let owed = ledger.models.iter().filter_map(|(model, account)| Some((model, account.owed.as_ref()?)));
        owed.filter_map(|(model, seen)| {
            let from = self.came_from(roots, model, seen)?;
            let why = format!(
                "the model {model} came from {from} in {:.10}, where no root of redan.toml lies: what its IDs meant there is not known",
                seen.commit
            );
            let root = folder(folder(&from).trim_end_matches('/'));
            let root = if root.is_empty() { folder(&from) } else { root };
            Some(Gap { why, command: format!("name the former root in redan.toml: [history] paths = [\"{root}\"]") })
        })
        .collect()
    }

    /// The path outside the roots that the head had in the parent of the commit that brought it.
    fn came_from(&self, roots: &[String], model: &ModelId, seen: &Sighting) -> Option<String> {
        let commit = self.git.find_commit(Oid::from_str(&seen.commit).ok()?).ok()?;
        let before = commit.parent(0).ok()?.tree().ok()?;
        if before.get_path(Path::new(&*seen.path)).is_ok() {
            return None;
        }
        let mut options = DiffOptions::new();
        options.skip_binary_check(true).ignore_submodules(true);
        let diff = self.git.diff_tree_to_tree(Some(&before), Some(&commit.tree().ok()?), Some(&mut options)).ok()?;
        let mut tracer = Tracer::default();
        diff.deltas().filter(|delta| delta.status() == Delta::Deleted).find_map(|delta| {
            let path = delta.old_file().path()?.to_str()?.to_owned();
            let outside = is_head(&path) && !inside(roots, &path);
            let blob = self.git.find_blob(delta.old_file().id()).ok().filter(|_| outside)?;
            (tracer.trace(blob.content()).model.as_ref() == Some(model)).then_some(path)
        })
    }
}

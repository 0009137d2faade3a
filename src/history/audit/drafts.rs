//! Words of the candidate's own commits. They oblige nobody; decisions may have been made about them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Question;
use super::spoken::Folders;
use super::state::find;
use crate::history::walk::Walked;
use crate::history::{GitError, Repo};
use crate::identity::Told;
use crate::model::{Id, ModelId};
use crate::store::Tracer;

/// Each wording once.
pub(super) type Drafts = BTreeMap<(ModelId, Id), Vec<Arc<Told>>>;

pub(super) fn drafts(
    repo: &Repo,
    question: &Question<'_>,
    walked: &Walked,
    folders: &Folders,
    tracer: &mut Tracer,
) -> Result<Drafts, GitError> {
    let mut drafts = Drafts::new();
    for (edge, delta) in walked.edges.iter().flat_map(|edge| edge.deltas.iter().map(move |delta| (edge, delta))) {
        let Some(new) = delta.new else { continue };
        let Some(model) = folders.model(repo, question.roots, (edge.child, &delta.path), tracer)? else { continue };
        let old = delta.old.map(|old| walked.versions.trace(old)).unwrap_or_default();
        for traced in &walked.versions.trace(new).entities {
            let before = find(&old.entities, traced.id);
            if traced.told.sound && before.is_none_or(|before| before.told.identity != traced.told.identity) {
                let known = drafts.entry((model.clone(), traced.id)).or_default();
                if known.iter().all(|one| one.identity != traced.told.identity) {
                    known.push(Arc::clone(&traced.told));
                }
            }
        }
    }
    Ok(drafts)
}

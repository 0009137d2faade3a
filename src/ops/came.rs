//! How the decisions of a model came into its history.

use std::collections::BTreeMap;

use super::{Candidate, Desk, Trouble};
use crate::history::{Commit, Landed};

/// By the name of the decision; those that are not committed yet are left out.
pub fn came(desk: &Desk, candidate: &Candidate, model: &str) -> Result<BTreeMap<String, Landed>, Trouble> {
    let repo = desk.repo()?;
    let head: Option<Commit> = match candidate {
        Candidate::Revision(name) => Some(repo.commit(name)?),
        _ => repo.parents()?.into_iter().next(),
    };
    let read = desk.look(candidate)?;
    let model = desk.model(&read.workspace, Some(model))?;
    let (Some(head), Some(folder)) = (head, read.workspace.folders.get(&model.id)) else { return Ok(BTreeMap::new()) };
    let path = |name: &String| format!("{folder}/decisions/{name}.toml");
    let paths: Vec<String> = model.decisions.keys().map(path).collect();
    let mut landed = repo.landed(&head, &paths)?;
    Ok(model.decisions.keys().filter_map(|name| Some((name.clone(), landed.remove(&path(name))?))).collect())
}

//! What goes back comes in the bytes it was published in, comments and layout included.

use crate::finding::{Finding, codes};
use crate::identity::{Base, Past};
use crate::model::ModelId;
use crate::ops::reading::Read;
use crate::ops::{Desk, Trouble};
use crate::store::{self, Content, Source, Workspace, Write};

/// The folder of a model that is gone, as it was published last; `None` where something stands in its place.
pub(super) fn folder(desk: &Desk, read: &Read, past: &Past, finding: &Finding) -> Result<Option<Vec<Write>>, Trouble> {
    let Some(model) = finding.model().filter(|_| finding.code == &codes::MODEL_GONE) else { return Ok(None) };
    let Some((base, folder)) = published(past, model) else { return Ok(None) };
    let within = format!("{folder}/");
    if read.workspace.sources.keys().any(|path| path.starts_with(&within)) {
        return Ok(None);
    }
    let commit = desk.repo()?.commit(&base.commit)?;
    let files = desk.repo()?.files_at(&commit, std::slice::from_ref(folder))?;
    Ok(Some(files.into_iter().filter_map(|source| Some(write(source.path, bytes(source.content)?))).collect()))
}

fn published<'p>(past: &'p Past, model: &ModelId) -> Option<(&'p Base, &'p String)> {
    let bases = past.bases.iter().chain(&past.lost);
    bases.into_iter().find_map(|base| Some((base, base.folders.get(model)?)))
}

/// Files that the fix makes anew get their published bytes where those say the same.
pub(super) fn wording(desk: &Desk, read: &Read, past: &Past, writes: &mut [Write]) -> Result<(), Trouble> {
    for write in writes.iter_mut().filter(|write| write.before.is_none()) {
        for base in &past.bases {
            let repo = desk.repo()?;
            let then = repo.file_at(&repo.commit(&base.commit)?, &write.path)?;
            let Some(then) = then.and_then(|source| bytes(source.content)) else { continue };
            let said = |bytes: &[u8]| with(read, &write.path, bytes).models;
            if said(&then) == said(&write.after) {
                write.after = then;
                break;
            }
        }
    }
    Ok(())
}

/// The state with one file put in.
fn with(read: &Read, path: &str, bytes: &[u8]) -> Workspace {
    let mut sources = read.workspace.sources.clone();
    sources.insert(path.to_owned(), Source { path: path.to_owned(), content: Content::Bytes(bytes.into()) });
    store::read(sources.into_values().collect(), &read.settings)
}

fn write(path: String, after: Vec<u8>) -> Write {
    Write { path, before: None, after }
}

fn bytes(content: Content) -> Option<Vec<u8>> {
    match content {
        Content::Bytes(bytes) => Some(bytes.to_vec()),
        _ => None,
    }
}

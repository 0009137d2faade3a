//! Files become models. Reading never fails: what is wrong becomes a finding with its exact place, and
//! everything around it reads on. Never here: opinions about what may follow what; those are rules.

mod abreast;
mod active;
mod atom;
mod beside;
mod conflict;
mod cover;
mod duplicate;
mod entity;
mod factor;
mod file;
mod folder;
mod group;
mod hidden;
mod ident;
mod legal;
mod lower;
mod misplaced;
mod near;
mod outline;
mod salvage;
mod scan;
mod stranger;
mod syntax;
mod text;
mod top;
mod walk;
mod when;
mod words;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use toml::de::DeTable;

use super::{Settings, Source, Workspace, framework};
use crate::finding::Finding;

pub use active::active;
pub use beside::read_beside;
pub(super) use near::near;
pub use text::MAX_BYTES;
pub(super) use text::{columns, text, whole};
pub(super) use words::shown;

/// Reads every model that lies under a root of the settings.
pub fn read(sources: Vec<Source>, settings: &Settings) -> Workspace {
    let sources: BTreeMap<String, Source> = sources.into_iter().map(|source| (source.path.clone(), source)).collect();
    let mut space = Workspace::default();
    let folders = group::group(&sources, settings, &mut space.findings);
    let folders: Vec<&group::Folder<'_>> = folders.iter().collect();
    for (files, outcome) in folders.iter().zip(abreast::read(&folders, &mut space.findings)) {
        keep(&mut space, files.path, outcome);
    }
    space.library = framework::library(&sources, &settings.models, &mut space.findings);
    space.sources = sources;
    space
}

fn keep(space: &mut Workspace, path: &str, outcome: folder::Outcome) {
    let folder::Outcome { model, left_out, salvaged, lossy } = outcome;
    if left_out {
        return;
    }
    let id = &model.id;
    space.folders.insert(id.clone(), path.to_owned());
    if !salvaged.is_empty() {
        space.salvaged.insert(id.clone(), salvaged);
    }
    if lossy {
        space.lossy.insert(id.clone());
    }
    space.models.insert(id.clone(), model);
}

/// A file's table with the bytes before it and everything that is wrong with its syntax.
pub(super) fn open<'a>(source: &'a Source, spare: &'a OnceCell<String>) -> (usize, DeTable<'a>, Vec<Finding>) {
    let raw = match text::text(source) {
        Ok(raw) => raw,
        Err(finding) => return (0, DeTable::new(), vec![*finding]),
    };
    let (mut report, mut findings) = (file::Report::default(), Vec::new());
    let file = syntax::parse(raw, spare, &mut report);
    report.finish(raw.path, &mut findings);
    match file {
        Some(file) => (file.start, file.root, findings),
        None => (0, DeTable::new(), findings),
    }
}

/// The table of a file as far as it parses, and the bytes before it; the findings are another reader's.
pub(super) fn spans<'a>(source: &'a Source, spare: &'a OnceCell<String>) -> Option<(usize, DeTable<'a>)> {
    let raw = text::text(source).ok()?;
    let file = syntax::parse(raw, spare, &mut file::Report::default())?;
    Some((file.start, file.root))
}

//! Reading a second state next to one that is read already: a folder whose files are the same is not
//! parsed again, and its model is shared. The answer is that of [`read`], only sooner.

use std::collections::{BTreeMap, BTreeSet};

use super::group::{Folder, group};
use super::{abreast, keep, read};
use crate::finding::Target;
use crate::model::ModelId;
use crate::store::{Settings, Source, Workspace, framework};

/// Reads every model that lies under a root of the settings. `known` was read by the same ones, or by the
/// first of their roots.
pub fn read_beside(sources: Vec<Source>, settings: &Settings, known: &Workspace) -> Workspace {
    let by_path: BTreeMap<String, Source> = sources.into_iter().map(|source| (source.path.clone(), source)).collect();
    match attempt(&by_path, settings, known) {
        Some(mut space) => {
            space.library = framework::library(&by_path, &settings.models, &mut space.findings);
            Workspace { sources: by_path, ..space }
        }
        None => read(by_path.into_values().collect(), settings),
    }
}

/// `None` where two folders claim one ID: whoever had it first is told with the place of the claim, and a
/// folder that is not parsed has none.
fn attempt(sources: &BTreeMap<String, Source>, settings: &Settings, known: &Workspace) -> Option<Workspace> {
    let sound = sound(known, settings);
    let mut space = Workspace::default();
    let folders = group(sources, settings, &mut space.findings);
    let same = |files: &&Folder<'_>| sound.get(files.path).is_some_and(|(same, _)| same == *files);
    let (same, other): (Vec<_>, Vec<_>) = folders.iter().partition(same);
    for files in same {
        let (_, id) = &sound[files.path];
        space.folders.insert((*id).clone(), files.path.to_owned());
        space.models.insert((*id).clone(), known.models.share(id)?);
    }
    for (files, outcome) in other.iter().zip(abreast::read(&other, &mut space.findings)) {
        if space.models.contains_key(&outcome.model.id) {
            return None;
        }
        keep(&mut space, files.path, outcome);
    }
    Some(space)
}

/// Folders whose files say no more than their model does: nothing is wrong in them, and nothing is lost.
fn sound<'k>(known: &'k Workspace, settings: &Settings) -> BTreeMap<&'k str, (Folder<'k>, &'k ModelId)> {
    let (mut models, mut paths) = (BTreeSet::new(), BTreeSet::new());
    for finding in &known.findings {
        match &finding.place.target {
            Target::Model { model, .. } => drop(models.insert(model)),
            Target::Bytes { path, .. } => drop(paths.insert(path.as_str())),
        }
    }
    models.extend(known.salvaged.keys().chain(&known.lossy));
    let quiet = |folder: &str| {
        let beneath = format!("{folder}/");
        !paths.range(beneath.as_str()..).next().is_some_and(|path| path.starts_with(&beneath))
    };
    let folders = known.folders.iter().filter(|(id, folder)| !models.contains(id) && quiet(folder));
    let model: BTreeMap<&str, &ModelId> = folders.map(|(id, folder)| (folder.as_str(), id)).collect();
    let files = group(&known.sources, settings, &mut Vec::new()).into_iter();
    files.filter_map(|files| model.get(files.path).map(|id| (files.path, (files, *id)))).collect()
}

//! Packs of frameworks as files: the built-in ones, those of a workspace, and how one is written.
//! Never here: what a pack means; that is `comply`.

mod built_in;
mod folder;
mod import;
mod lock;
mod maps;
mod wire;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use super::Source;
use super::root::pack_file;
use crate::comply::Library;
use crate::finding::{Finding, Place, codes};

pub use built_in::built_in;
pub use import::{Asked, Fault, Imported, LARGEST, import, succession};
pub use lock::{lock_of, lock_path, lock_text};
pub use write::{Written, pack_files};

/// Every pack there is for these files. A pack with a flaw is left out whole, and told.
pub(super) fn library(sources: &BTreeMap<String, Source>, roots: &[String], findings: &mut Vec<Finding>) -> Library {
    let mut library = built_in();
    let mut taken: BTreeMap<_, String> = BTreeMap::new();
    let mut locks: BTreeSet<&str> = BTreeSet::new();
    for path in sources.keys() {
        let Some((root, inner)) = pack_file(roots, path) else { continue };
        locks.insert(root);
        let Some((folder, "pack.toml")) = inner.split_once('/') else { continue };
        let folder = format!("{}{folder}", &path[..path.len() - inner.len()]);
        let Some(pack) = folder::read(sources, &folder, findings) else { continue };
        match taken.get(&pack.name) {
            Some(first) => {
                let message = format!("the pack {} is there already, in {first}", pack.name);
                findings.push(Finding::new(&codes::PACK_INVALID, Place::bytes(path, 0..0), message));
            }
            None => {
                taken.insert(pack.name.clone(), folder.clone());
                library.import(pack, folder);
            }
        }
    }
    findings.extend(strays(sources, roots));
    for root in locks {
        lock::hold(sources, root, &library, findings).into_iter().for_each(|lost| library.miss(lost));
    }
    library
}

/// Folders where packs lie that have no pack.toml, and files beside the folders: nobody reads them, which would look like a pack that counts.
fn strays(sources: &BTreeMap<String, Source>, roots: &[String]) -> Vec<Finding> {
    let mut folders: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
    let mut findings = Vec::new();
    for path in sources.keys() {
        let Some((_, inner)) = pack_file(roots, path) else { continue };
        let Some((name, file)) = inner.split_once('/') else {
            if inner != "frameworks.lock" {
                let message = format!(
                    "{path} lies beside the packs, where nothing reads it: a pack is a folder with a pack.toml"
                );
                findings.push(Finding::new(&codes::PACK_INVALID, Place::bytes(path, 0..0), message));
            }
            continue;
        };
        let folder = &path[..path.len() - inner.len() + name.len()];
        folders.entry(folder).or_insert((path.as_str(), false)).1 |= file == "pack.toml";
    }
    let bare = folders.into_iter().filter(|(_, (_, headed))| !headed);
    findings.extend(bare.map(|(folder, (first, _))| {
        let message = format!("{folder} lies where packs do and has no pack.toml, so nothing in it counts");
        let help = "write its pack.toml (redan explain pack_invalid), or move the folder to another place";
        Finding::new(&codes::PACK_INVALID, Place::bytes(first, 0..0), message).help(help)
    }));
    findings
}

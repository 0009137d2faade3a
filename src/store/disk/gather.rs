//! The files of the workspace, as they lie in the working tree.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::DiskError;
use crate::store::{Content, Settings, Source, inside, on_the_way};

/// Files larger than this are not read; the bound of the format (docs/format.md).
const LARGEST: u64 = 8 << 20;
/// Folders below a root are looked into this deep; the format needs three.
const DEEPEST: usize = 32;
const MOST: usize = 200_000;

/// Every TOML file under the roots and every link on the way, by path. Links are never followed, files
/// over the bound are not read, hidden folders and framework packs are not looked into.
pub fn gather(root: &Path, settings: &Settings) -> Result<Vec<Source>, DiskError> {
    let roots: Vec<String> = settings.models.iter().map(|root| root.trim_end_matches('/').to_owned()).collect();
    let mut found = BTreeMap::new();
    let mut seen = 0;
    for top in tops(&roots) {
        if let Some(link) = link_on_the_way(root, &top) {
            found.insert(link.clone(), Source { path: link, content: Content::Symlink });
            continue;
        }
        let walk = WalkDir::new(root.join(&top)).max_depth(DEEPEST).follow_links(false).follow_root_links(false);
        for entry in walk.into_iter().filter_entry(|entry| wanted(root, &roots, entry)) {
            seen += 1;
            if seen > MOST {
                return Err(DiskError::TooMany { limit: MOST });
            }
            if let Some(source) = one(root, &roots, entry) {
                found.insert(source.path.clone(), source);
            }
        }
    }
    Ok(found.into_values().collect())
}

/// One file at a fixed place, such as `redan.toml`; `None` when nothing is there.
pub fn source(root: &Path, path: &str) -> Option<Source> {
    let place = root.join(path);
    let content = match fs::symlink_metadata(&place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => Content::Unreadable(error.to_string()),
        Ok(found) => content(&place, &found),
    };
    Some(Source { path: path.to_owned(), content })
}

/// The literal beginnings of the roots.
fn tops(roots: &[String]) -> Vec<String> {
    let literal = |root: &String| {
        let parts: Vec<&str> = root.split('/').take_while(|part| !part.contains('*')).collect();
        parts.join("/")
    };
    let mut tops: Vec<String> = roots.iter().map(literal).filter(|top| is_plain(top)).collect();
    tops.sort();
    tops.dedup();
    tops
}

/// Roots come from a file somebody wrote: none may lead out of the repository.
fn is_plain(top: &str) -> bool {
    top.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']))
}

fn link_on_the_way(root: &Path, top: &str) -> Option<String> {
    let ends = top.match_indices('/').map(|(end, _)| end).chain([top.len()]);
    ends.map(|end| &top[..end])
        .find(|part| fs::symlink_metadata(root.join(part)).is_ok_and(|found| found.is_symlink()))
        .map(str::to_owned)
}

fn wanted(root: &Path, roots: &[String], entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_dir() {
        return true;
    }
    let Some(path) = relative(root, entry.path()) else { return false };
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    let above = path.strip_suffix("/frameworks");
    let packs = inside(roots, &path) && above.is_some_and(|above| !inside(roots, above));
    !hidden && !packs && on_the_way(roots, &path)
}

fn one(root: &Path, roots: &[String], entry: walkdir::Result<DirEntry>) -> Option<Source> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => {
            let missing = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
            let path = relative(root, error.path()?).filter(|_| !missing)?;
            return Some(Source { path, content: Content::Unreadable(error.to_string()) });
        }
    };
    let path = relative(root, entry.path())?;
    let kind = entry.file_type();
    let wanted = path.ends_with(".toml") || kind.is_symlink();
    if !wanted || !inside(roots, &path) {
        return None;
    }
    let content = match entry.metadata() {
        Ok(found) => content(entry.path(), &found),
        Err(error) => Content::Unreadable(error.to_string()),
    };
    Some(Source { path, content })
}

fn content(place: &Path, found: &fs::Metadata) -> Content {
    match found.file_type() {
        kind if kind.is_symlink() => Content::Symlink,
        kind if kind.is_dir() => Content::Folder,
        kind if !kind.is_file() => Content::Unreadable("it is neither a file nor a folder".to_owned()),
        _ if found.len() > LARGEST => Content::Large(found.len()),
        _ => fs::read(place).map_or_else(|error| Content::Unreadable(error.to_string()), Content::Bytes),
    }
}

/// The path below the root with `/`; what is no UTF-8 is shown as far as it can be.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(parts.join("/"))
}

//! Reading the files of a working tree.

use std::fs::{self, FileType};
use std::path::{Component, Path};

use walkdir::{DirEntry, WalkDir};

use super::DiskError;
use crate::store::{Content, Settings, Source, inside, on_the_way};

/// Larger files are not read: the bound of the format.
const LARGEST: u64 = 8 << 20;
/// Folders below a root, at most: a model is two deep.
const DEEPEST: usize = 16;

/// Every TOML file under the roots of models, in the order of their paths. Links are not followed; what
/// cannot be read is there and says why.
pub fn gather(root: &Path, settings: &Settings) -> Result<Vec<Source>, DiskError> {
    let roots = &settings.models;
    let mut found = Vec::new();
    let mut starts: Vec<&str> = roots.iter().filter_map(|path| path.split('/').next()).collect();
    starts.sort_unstable();
    starts.dedup();
    for start in starts {
        let walk = WalkDir::new(root.join(start)).follow_links(false).max_depth(DEEPEST).sort_by_file_name();
        let leads = |entry: &DirEntry| {
            let path = relative(root, entry.path());
            !entry.file_type().is_dir() || (on_the_way(roots, &path) && entry.file_name() != ".git")
        };
        for entry in walk.into_iter().filter_entry(leads).filter_map(Result::ok) {
            let path = relative(root, entry.path());
            if path.ends_with(".toml") && inside(roots, &path) {
                found.push(Source { content: content(entry.path(), entry.file_type()), path });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// One file, when something is there.
pub fn source(root: &Path, path: &str) -> Result<Option<Source>, DiskError> {
    let there = root.join(path);
    match fs::symlink_metadata(&there) {
        Ok(metadata) => Ok(Some(Source { path: path.to_owned(), content: content(&there, metadata.file_type()) })),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::io("reading", &there, &error)),
    }
}

fn content(path: &Path, kind: FileType) -> Content {
    if kind.is_symlink() {
        return Content::Symlink;
    }
    if kind.is_dir() {
        return Content::Folder;
    }
    if !kind.is_file() {
        return Content::Unreadable("it is neither a file nor a folder".to_owned());
    }
    match fs::metadata(path).map(|metadata| metadata.len()) {
        Ok(size) if size > LARGEST => Content::Large(size),
        Ok(_) => fs::read(path).map_or_else(|error| Content::Unreadable(error.to_string()), Content::Bytes),
        Err(error) => Content::Unreadable(error.to_string()),
    }
}

/// The path below the root, with `/`; parts that are no text are shown with replacement characters.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts = below.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

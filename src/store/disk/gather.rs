//! Reading the files of a working tree.

use std::fs::{self, FileType};
use std::io;
use std::path::{Component, Path};

use walkdir::{DirEntry, WalkDir};

use super::DiskError;
use crate::store::{Content, Settings, Source, belongs, on_the_way};

/// Larger files are not read: the bound of the format.
const LARGEST: u64 = 8 << 20;
/// Folders below a root, at most: a model is two deep.
const DEEPEST: usize = 16;

/// Files and folders that are looked at, at most.
const MOST: usize = 200_000;

/// Every file of models and packs and every link under the roots, in the order of their paths. Links are not
/// followed; a file that cannot be read is there and says why, a folder that cannot be looked into is an error.
pub fn gather(root: &Path, settings: &Settings) -> Result<Vec<Source>, DiskError> {
    let roots = &settings.models;
    let mut found = Vec::new();
    let mut starts: Vec<&str> = roots.iter().filter_map(|path| path.split('/').next()).collect();
    starts.sort_unstable();
    starts.dedup();
    for start in starts.into_iter().filter(|start| !matches!(*start, "" | "." | "..")) {
        let walk = WalkDir::new(root.join(start)).follow_links(false).follow_root_links(false);
        let entries = walk.max_depth(DEEPEST).sort_by_file_name().into_iter();
        for (count, entry) in entries.filter_entry(|entry| leads(root, roots, entry)).enumerate() {
            if count >= MOST {
                let why = io::Error::other(format!("there are more than {MOST} files and folders"));
                return Err(DiskError::io("looking through", &root.join(start), &why));
            }
            found.extend(one(root, roots, entry)?);
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Whether a folder can hold models; files always pass.
fn leads(root: &Path, roots: &[String], entry: &DirEntry) -> bool {
    let path = relative(root, entry.path());
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    !entry.file_type().is_dir() || (on_the_way(roots, &path) && !hidden && !foreign(root, entry))
}

/// A submodule, or another repository that lies in this one: it has a history of its own and is checked there.
fn foreign(root: &Path, entry: &DirEntry) -> bool {
    entry.path() != root && entry.path().join(".git").symlink_metadata().is_ok()
}

fn one(root: &Path, roots: &[String], entry: walkdir::Result<DirEntry>) -> Result<Option<Source>, DiskError> {
    let Some(entry) = troubled(root, entry)? else { return Ok(None) };
    let path = relative(root, entry.path());
    let kind = entry.file_type();
    let ours = belongs(roots, &path);
    let link = kind.is_symlink() && on_the_way(roots, &path);
    Ok((ours || link).then(|| Source { content: content(entry.path(), kind), path }))
}

/// The entry, unless it went away while nobody looked.
pub(super) fn troubled(root: &Path, entry: walkdir::Result<DirEntry>) -> Result<Option<DirEntry>, DiskError> {
    entry.map(Some).or_else(|error| {
        let path = error.path().unwrap_or(root).to_path_buf();
        let why = io::Error::from(error);
        let gone = why.kind() == io::ErrorKind::NotFound;
        if gone { Ok(None) } else { Err(DiskError::io("looking into", &path, &why)) }
    })
}

/// One file, when something is there.
pub fn source(root: &Path, path: &str) -> Result<Option<Source>, DiskError> {
    let there = root.join(path);
    match fs::symlink_metadata(&there) {
        Ok(metadata) => Ok(Some(Source { path: path.to_owned(), content: content(&there, metadata.file_type()) })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::io("reading", &there, &error)),
    }
}

pub(super) fn content(path: &Path, kind: FileType) -> Content {
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
        Ok(_) => match fs::read(path) {
            Ok(bytes) => Content::Bytes(bytes.into()),
            Err(error) => Content::Unreadable(error.to_string()),
        },
        Err(error) => Content::Unreadable(error.to_string()),
    }
}

/// The path below the root, with `/`; parts that are no text are shown with replacement characters.
pub(super) fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts = below.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

//! Texts that are no part of a workspace: what a model is made from.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::DiskError;
use super::gather::{content, relative, troubled};
use crate::store::Source;

/// Folders that hold what others wrote, or what a tool made.
const SKIPPED: [&str; 9] =
    ["node_modules", "target", "vendor", "dist", "build", "third_party", "__pycache__", "venv", "coverage"];
const DEEPEST: usize = 12;
/// Files that are looked at, at most.
const MOST: usize = 50_000;

/// The file, or every file below the folder whose name `wanted` takes, by path. Hidden folders, links and what others wrote are passed
/// over; paths are relative to the folder.
pub fn texts(path: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<Source>, DiskError> {
    if !path.is_dir() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or(Path::new(""));
        return super::source(folder, &name).map(|source| source.into_iter().collect());
    }
    let walk = WalkDir::new(path).follow_links(false).max_depth(DEEPEST).sort_by_file_name();
    let mut found = Vec::new();
    for entry in walk.into_iter().filter_entry(leads).take(MOST) {
        let Some(entry) = troubled(path, entry)? else { continue };
        let name = relative(path, entry.path());
        if entry.file_type().is_file() && wanted(&name) {
            found.push(Source { content: content(entry.path(), entry.file_type()), path: name });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn leads(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let hidden = name.starts_with('.') && name != ".github";
    entry.depth() == 0 || !entry.file_type().is_dir() || !(hidden || SKIPPED.contains(&name.as_ref()))
}

//! Files and folders as what a model is made from.

use std::path::{Path, PathBuf};

use crate::model::Origin;
use crate::ops::{Desk, Trouble};
use crate::store::{Content, Source, disk};
use crate::suggest::{Brief, Text};

/// Where a description is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// A file, or a folder of which the texts count.
    Path(PathBuf),
    /// What came in through standard input.
    Words(String),
}

/// What rationales call standard input.
pub(super) const STDIN: &str = "standard input";

/// Files that describe a system in prose, by the end of their name.
const PROSE: [&str; 5] = [".md", ".markdown", ".txt", ".rst", ".adoc"];
/// Files that are prose about something else.
const BESIDE: [&str; 7] = ["license", "licence", "changelog", "contributing", "code_of_conduct", "authors", "robots"];
/// Texts of one folder, at most: what comes after the first of them tells little of the system.
const MOST: usize = 40;

/// The brief. A source that is not there, or is no text, is trouble.
pub fn brief(desk: &Desk, sources: &[From]) -> Result<Brief, Trouble> {
    let mut texts = Vec::new();
    for source in sources {
        match source {
            From::Words(content) => texts.push(Text { path: STDIN.to_owned(), content: content.clone() }),
            From::Path(path) => texts.extend(read(desk, path)?),
        }
    }
    Ok(Brief { origin: Some(Origin::Document), texts, ..Brief::default() })
}

fn read(desk: &Desk, path: &Path) -> Result<Vec<Text>, Trouble> {
    let there = desk.here.join(path);
    let folder = disk::is_folder(&there);
    let mut found = disk::texts(&there, |name| !folder || prose(name))?;
    if found.is_empty() {
        let what = if folder { "text (Markdown, plain text)" } else { "file" };
        return Err(Trouble::Unknown { what, asked: path.display().to_string(), known: Vec::new() });
    }
    found.sort_by_key(|source| (rank(&source.path), source.path.clone()));
    found.truncate(MOST);
    let base = if folder { there.as_path() } else { there.parent().unwrap_or(&there) };
    found.iter().map(|source| text(desk, base, source)).collect()
}

/// What describes the whole comes before what describes a part.
fn rank(path: &str) -> (usize, bool) {
    (path.matches('/').count(), !path.to_lowercase().contains("readme"))
}

fn prose(path: &str) -> bool {
    let lower = path.to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    PROSE.iter().any(|end| name.ends_with(end)) && !BESIDE.iter().any(|start| name.starts_with(start))
}

fn text(desk: &Desk, base: &Path, source: &Source) -> Result<Text, Trouble> {
    let place = base.join(&source.path);
    let real = disk::real(&place)?;
    let shown = real.strip_prefix(&desk.root).unwrap_or(&place);
    let shown: Vec<String> = shown.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let shown = shown.join("/");
    let refused = |what| Trouble::Unknown { what, asked: shown.clone(), known: Vec::new() };
    match &source.content {
        Content::Bytes(bytes) if bytes.contains(&0) => Err(refused("text in")),
        Content::Bytes(_) => Ok(Text { path: shown, content: source.text() }),
        Content::Large(_) => Err(refused("text of less than 8 MiB in")),
        _ => Err(refused("file that can be read at")),
    }
}

//! Files and folders as what a model is made from.

use std::path::{Path, PathBuf};

use crate::model;
use crate::ops::{Desk, Trouble};
use crate::remote::Origin;
use crate::store::{Content, Source, disk};
use crate::suggest::{Brief, Text, knowledge, structure};

/// Where a description is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// A file, or a folder of which the texts count and the files whose structure says something.
    Path(PathBuf),
    /// What came in through standard input.
    Words(String),
}

/// What rationales call standard input.
pub(super) const STDIN: &str = "standard input";

/// Files that describe a system in prose, by the end of their name.
const PROSE: [&str; 5] = [".md", ".markdown", ".txt", ".rst", ".adoc"];
/// Files that are prose about something else.
const BESIDE: [&str; 8] =
    ["license", "licence", "changelog", "contributing", "code_of_conduct", "authors", "robots", "requirements"];
/// Texts of one folder, at most: what comes after the first of them tells little of the system.
const MOST: usize = 40;
/// Files of one folder whose structure is read, at most, and the bytes of each.
const FILES: usize = 1_500;
const LARGEST: usize = 1 << 20;

/// What was found, by what it is good for.
#[derive(Default)]
struct Sources {
    texts: Vec<Text>,
    files: Vec<(structure::Format, Text)>,
    notes: Vec<String>,
    looked: Vec<String>,
    unread: Vec<String>,
}

/// The brief. A source that is not there, or is no text, is trouble; in a folder it is a note.
pub fn brief(desk: &Desk, sources: &[From]) -> Result<Brief, Trouble> {
    let mut found = Sources::default();
    for source in sources {
        match source {
            From::Words(content) => {
                found.looked.push(STDIN.to_owned());
                found.texts.push(Text { path: STDIN.to_owned(), content: content.clone() });
            }
            From::Path(path) => read(desk, path, &mut found)?,
        }
    }
    let Sources { texts, files, mut notes, looked, mut unread } = found;
    let read = structure::read(knowledge(), &own(desk), &texts, &files);
    notes.extend(read.notes);
    unread.extend(read.unread);
    let origin = match (texts.is_empty(), read.mentions.is_empty()) {
        (_, true) => model::Origin::Document,
        (true, false) => model::Origin::Code,
        (false, false) => model::Origin::Mixed,
    };
    Ok(Brief { origin: Some(origin), texts, mentions: read.mentions, notes, looked, unread, ..Brief::default() })
}

/// `owner/name` of the repository, as its remote calls it; empty where it has none or is a folder.
fn own(desk: &Desk) -> String {
    let address = desk.repo.as_ref().and_then(|repo| repo.configured("remote.origin.url")).unwrap_or_default();
    named(&address)
}

/// The last two parts of the path of an address; neither its host nor what stands before that, which may be a password.
fn named(address: &str) -> String {
    let path = Origin::parse(address).map(|origin| origin.path).unwrap_or_default();
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (Some(name), Some(owner)) => format!("{owner}/{name}"),
        _ => String::new(),
    }
}

fn read(desk: &Desk, path: &Path, into: &mut Sources) -> Result<(), Trouble> {
    let there = desk.here.join(path);
    let folder = disk::is_folder(&there);
    let mut found = disk::texts(&there, |name| !folder || prose(name) || structure::format(name).is_some())?;
    if found.is_empty() {
        let what = if folder { "text (Markdown, plain text, or files such as compose.yaml)" } else { "file" };
        return Err(Trouble::Unknown { what, asked: path.display().to_string(), known: Vec::new() });
    }
    found.sort_by_key(|source| (rank(&source.path), source.path.clone()));
    let base = if folder { there.as_path() } else { there.parent().unwrap_or(&there) };
    into.looked.push(shown(desk, &there)?);
    let (mut texts, mut files) = (0, 0);
    for source in &found {
        let format = structure::format(&source.path);
        let (count, most) = if format.is_some() { (&mut files, FILES) } else { (&mut texts, MOST) };
        *count += 1;
        if *count > most {
            continue;
        }
        match (text(desk, base, source)?, format) {
            (Ok(text), Some(_)) if text.content.len() > LARGEST => {
                into.notes.push(large(&text.path));
                into.unread.push(text.path);
            }
            (Ok(text), Some(format)) => into.files.push((format, text)),
            (Ok(text), None) => into.texts.push(text),
            (Err((_, shown)), _) if folder => {
                into.notes.push(format!("not read: {shown}"));
                into.unread.push(shown);
            }
            (Err((what, asked)), _) => return Err(Trouble::Unknown { what, asked, known: Vec::new() }),
        }
    }
    let over = |count: usize, most: usize| count.saturating_sub(most);
    let left = over(texts, MOST) + over(files, FILES);
    if left > 0 {
        into.notes.push(format!("not read: {left} more files of {}", path.display()));
    }
    Ok(())
}

fn large(path: &str) -> String {
    format!("not read: {path}, which is larger than {} KiB", LARGEST >> 10)
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

/// A text as the brief has it, or what is wrong with it and what it is called.
fn text(desk: &Desk, base: &Path, source: &Source) -> Result<Result<Text, (&'static str, String)>, Trouble> {
    let shown = shown(desk, &base.join(&source.path))?;
    Ok(match &source.content {
        Content::Bytes(bytes) if bytes.contains(&0) => Err(("text in", shown)),
        Content::Bytes(_) => Ok(Text { path: shown, content: source.text() }),
        Content::Large(_) => Err(("text of less than 8 MiB in", shown)),
        _ => Err(("file that can be read at", shown)),
    })
}

/// A path as rationales name it: from the top of the repository.
fn shown(desk: &Desk, place: &Path) -> Result<String, Trouble> {
    let real = disk::real(place)?;
    let shown = real.strip_prefix(&desk.root).unwrap_or(place);
    let parts: Vec<String> = shown.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_only_owner_and_name_are_taken() {
        for (address, name) in [
            ("https://ada:hunter2@github.com/acme/parcels.git", "acme/parcels"),
            ("https://ada:hunter2@git.example.org/parcels.git", ""),
            ("https://x-access-token:ghs_0123@github.com/acme/parcels", "acme/parcels"),
            ("git@github.com:acme/parcels.git", "acme/parcels"),
            ("ssh://git@git.example.org:2222/group/sub/parcels.git", "sub/parcels"),
            ("/srv/git/parcels.git", ""),
            ("", ""),
        ] {
            assert_eq!(named(address), name, "{address}");
        }
    }
}

//! Files and folders that are compared without asking Git.

use std::path::Path;

use jiff::civil::Date;

use super::read::{Sides, compare};
use crate::difference::{Compared, Difference, State};
use crate::identity::Words;
use crate::model::ModelId;
use crate::ops::Trouble;
use crate::store::{self, Content, Settings, Source, Workspace, disk};
use crate::text::slug;

/// The folder of a model that is not asked where it lies.
const FOLDER: &str = "model";
const HEAD: &str = "model.toml";

/// Compares two folders of models, or two files of a model. A file alone says nothing about statuses, so a comparison
/// of files does not either.
pub fn files(from: &Path, to: &Path, as_of: Date) -> Result<Compared, Trouble> {
    let state = |path: &Path| State { name: path.display().to_string(), commit: None };
    let states = (state(from), state(to));
    if disk::is_folder(from) && disk::is_folder(to) {
        let (before, after) = (folder(from)?, folder(to)?);
        return Ok(aligned(before, &after, states, as_of));
    }
    let named = [to, from].map(|path| Place::of(&path.display().to_string()));
    let place = named.into_iter().flatten().next().unwrap_or_default();
    Ok(alone((content(from)?, content(to)?), &place, states, as_of))
}

/// Compares two texts of one file; none = it is not there.
pub(super) fn alone(
    (before, after): (Option<Content>, Option<Content>),
    place: &Place,
    states: (State, State),
    as_of: Date,
) -> Compared {
    let read = |content: Option<Content>| single(place, content);
    let mut compared = aligned(read(before), &read(after), states, as_of);
    compared.models.iter_mut().for_each(narrow);
    compared
}

/// Folders that each hold one model are about the same one, whatever its ID there.
fn aligned(mut before: Workspace, after: &Workspace, states: (State, State), as_of: Date) -> Compared {
    let only = before.models.keys().next().cloned();
    if let (1, 1) = (before.models.len(), after.models.len())
        && let (Some(old), Some(new)) = (only, after.models.keys().next())
        && let Some(mut model) = before.models.remove(&old)
    {
        model.id = new.clone();
        before.models.insert(new.clone(), model);
        let folder = after.folders.get(new).cloned().unwrap_or_default();
        let was = before.folders.remove(&old).unwrap_or_default();
        let moved = |source: Source| match source.path.strip_prefix(&format!("{was}/")) {
            Some(rest) => Source { path: format!("{folder}/{rest}"), ..source },
            None => source,
        };
        let sources = std::mem::take(&mut before.sources).into_values().map(moved);
        before.sources = sources.map(|source| (source.path.clone(), source)).collect();
        before.folders.insert(new.clone(), folder);
        if before.lossy.remove(&old) {
            before.lossy.insert(new.clone());
        }
    }
    compare(Sides::new(before, after), states, &Words::default(), as_of)
}

/// Takes out what a file alone cannot say.
fn narrow(difference: &mut Difference) {
    difference.objectives.statuses.clear();
    difference.arrivals.clear();
    difference.reopened.clear();
    difference.open.clear();
    difference.orphaned.clear();
    difference.reattached.clear();
    difference.coverage.clear();
    difference.digests = (None, None);
}

fn folder(path: &Path) -> Result<Workspace, Trouble> {
    let path = disk::real(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let settings = Settings { models: vec![name], ..Settings::default() };
    let root = path.parent().unwrap_or(&path);
    Ok(store::read(disk::gather(root, &settings)?, &settings))
}

/// What stands at a path; nothing at the one place where nothing ever stands.
pub(super) fn content(path: &Path) -> Result<Option<Content>, Trouble> {
    if path == Path::new("/dev/null") {
        return Ok(None);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let found = disk::source(path.parent().unwrap_or(Path::new(".")), &name)?;
    let missing = || Trouble::Unknown { what: "file or folder", asked: path.display().to_string(), known: Vec::new() };
    found.map(|source| Some(source.content)).ok_or_else(missing)
}

/// Where a file belongs: the name of a model's folder, and the path in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    model: String,
    path: String,
}

impl Default for Place {
    fn default() -> Place {
        Place { model: FOLDER.to_owned(), path: HEAD.to_owned() }
    }
}

impl Place {
    /// By the names alone; none where the file has no name of a model's files.
    pub fn of(path: &str) -> Option<Place> {
        let mut parts: Vec<&str> = path.split(['/', '\\']).collect();
        let name = parts.pop()?;
        let list = parts.last().copied().filter(|list| ["decisions", "sessions"].contains(list));
        let path = match list {
            Some(list) if name.ends_with(".toml") => format!("{list}/{name}"),
            _ if [HEAD, "controls.toml", "compliance.toml", "tickets.toml"].contains(&name) => name.to_owned(),
            _ => return None,
        };
        parts.truncate(parts.len() - usize::from(list.is_some()));
        let model = parts.last().map(|folder| slug(folder)).filter(|slug| ModelId::parse(slug).is_some());
        Some(Place { model: model.unwrap_or(FOLDER.to_owned()), path })
    }
}

/// A file as a model of its own, with as little around it as makes it one.
fn single(place: &Place, content: Option<Content>) -> Workspace {
    let settings = Settings { models: vec![FOLDER.to_owned()], ..Settings::default() };
    let source = |path: &str, content| Source { path: format!("{FOLDER}/{path}"), content };
    let mut sources: Vec<Source> = content.into_iter().map(|content| source(&place.path, content)).collect();
    if place.path != HEAD {
        let head = format!("format = 1\nid = \"{0}\"\nname = \"{0}\"\n", place.model);
        sources.push(source(HEAD, Content::Bytes(head.into_bytes().into())));
    }
    store::read(sources, &settings)
}

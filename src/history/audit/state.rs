//! What stands at one commit of a published line, with what every ID meant last.

use std::collections::BTreeMap;
use std::sync::Arc;

use git2::Oid;

use super::shelf::Shelf;
use crate::identity::Told;
use crate::model::Id;
use crate::store::Traced;

/// A model by its number in the book, and an ID of it.
pub(super) type Key = (u32, Id);

/// Where something was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub commit: Oid,
    pub path: Arc<str>,
    pub line: u32,
}

/// The state of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub files: BTreeMap<Arc<str>, File>,
    /// The model a folder last belonged to.
    pub folders: BTreeMap<String, u32>,
    pub entities: BTreeMap<Key, Holding>,
    pub models: BTreeMap<u32, Head>,
}

/// A file that is there.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub model: Option<u32>,
    /// What it holds; where the version is broken, with what it held before.
    pub holds: Arc<Vec<Traced>>,
}

/// An ID that was there, and may still be.
#[derive(Debug, Clone)]
pub(super) struct Holding {
    /// In how many files it is now.
    pub files: u32,
    /// What it meant last, as far as that could be read.
    pub last: Option<Arc<Told>>,
    pub at: Seen,
    /// The line and the step along it at which it first stood there.
    pub first: (usize, u32),
    /// Meanings that a step replaced without right, by their place among the breaks.
    pub broken: Vec<usize>,
    /// Properties that it does not list any more.
    pub shelf: Shelf,
}

/// A model that was there, and may still be.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// In how many folders it is now.
    pub files: u32,
    pub at: Seen,
    pub first: (usize, u32),
}

impl State {
    /// The file that comes first by path among those of a model that hold an ID.
    pub fn current(&self, key: Key) -> Option<(&Arc<str>, &Traced)> {
        let own = self.files.iter().filter(|(_, file)| file.model == Some(key.0));
        own.filter_map(|(path, file)| Some((path, find(&file.holds, key.1)?))).next()
    }
}

pub(super) fn find(holds: &[Traced], id: Id) -> Option<&Traced> {
    let at = holds.partition_point(|traced| traced.id < id);
    holds.get(at).filter(|traced| traced.id == id)
}

/// Finds IDs that are asked for in their order.
pub(super) struct Along<'t>(pub &'t [Traced]);

impl<'t> Along<'t> {
    pub fn find(&mut self, id: Id) -> Option<&'t Traced> {
        while let Some((first, rest)) = self.0.split_first().filter(|(first, _)| first.id <= id) {
            if first.id == id {
                return Some(first);
            }
            self.0 = rest;
        }
        None
    }
}

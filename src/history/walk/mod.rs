//! Every version of the model files in a stretch of history: the commits with their parents, the files
//! that differ along each edge from parent to child, and what each version says. Read by the `git`
//! program; by libgit2 where that is over sooner, or no program is to be had. Both give the same.

mod blobs;
mod graph;
mod library;
mod program;
mod raw;
mod scope;

use std::collections::HashMap;
use std::sync::Arc;

use git2::Oid;

use super::{GitError, Repo};
use crate::store::{Trace, Tracer};

pub(super) use graph::{Graph, Labels, Way};
pub(super) use library::{between, files};
pub(super) use scope::{folder, is_head};

/// What to walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub tips: &'a [Oid],
    /// Commits whose history is known already.
    pub known: &'a [Oid],
    pub roots: &'a [String],
}

/// A version of a file: the blob, or why there is none to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    File(Oid),
    /// A symbolic link or a submodule.
    Other,
}

impl Version {
    fn file(self) -> Option<Oid> {
        match self {
            Version::File(id) => Some(id),
            Version::Other => None,
        }
    }
}

/// A file that differs between a commit and one of its parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delta {
    pub path: Arc<str>,
    pub old: Option<Version>,
    pub new: Option<Version>,
}

/// A parent and a child between which model files differ. A root's parent is nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub child: Oid,
    pub parent: Option<Oid>,
    /// In the order of the paths.
    pub deltas: Vec<Delta>,
}

/// What the versions say.
#[derive(Debug, Default)]
pub(super) struct Versions {
    pub traces: HashMap<Oid, Arc<Trace>>,
    /// Blobs that are not in the clone.
    pub missing: Vec<Oid>,
}

/// A stretch of history.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub graph: Graph,
    pub edges: Vec<Edge>,
    pub versions: Versions,
}

impl Versions {
    /// What a version says; a link says nothing and is a flaw.
    pub fn trace(&self, version: Version) -> Arc<Trace> {
        let flawed = |flaw: &str| Arc::new(Trace { flaw: Some(flaw.to_owned()), ..Trace::default() });
        match version {
            Version::Other => flawed("a link, not a file"),
            Version::File(id) => match self.traces.get(&id) {
                Some(trace) => Arc::clone(trace),
                None => flawed("not in this clone"),
            },
        }
    }
}

/// How history is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// libgit2 where the `git` program would not be done sooner, else the program.
    Sooner,
    /// The `git` program; libgit2 where none is to be had.
    Program,
    /// libgit2.
    Library,
}

impl Reader {
    /// Without the program, where it does not see what this process sees.
    pub fn of(repo: &Repo) -> Reader {
        if !repo.borrowed.is_empty() { Reader::Library } else { Reader::Sooner }
    }
}

pub(super) fn walk(repo: &Repo, reader: Reader, asked: Asked<'_>, tracer: &mut Tracer) -> Result<Walked, GitError> {
    if asked.tips.iter().all(|tip| asked.known.contains(tip)) {
        return Ok(Walked::default());
    }
    match reader {
        Reader::Sooner => match library::short(repo, asked, tracer) {
            Some(walked) => Ok(walked),
            None => walk(repo, Reader::Program, asked, tracer),
        },
        // Nobody asks beforehand whether there is one: that takes as long as a short walk.
        Reader::Program => match program::walk(repo.git.path(), asked, tracer) {
            Err(_) if !program::there() => library::walk(repo, asked, tracer),
            done => done,
        },
        Reader::Library => library::walk(repo, asked, tracer),
    }
}

//! A framework as data.

use std::collections::{BTreeMap, BTreeSet};

use super::{Clause, Name, Step, natural};

/// A framework: who published it, what may be done with it, and its requirements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pack {
    pub name: Name,
    pub title: String,
    pub publisher: String,
    /// An SPDX expression, or the name its publisher gives it.
    pub licence: String,
    /// What has to stand beside every copy.
    pub attribution: String,
    pub text_policy: TextPolicy,
    /// Regular expressions of the spellings people use, each with a group `id`.
    pub aliases: Vec<String>,
    pub levels: Levels,
    pub source: Source,
    /// What its readers should know: a known mistake of the publisher's file.
    pub notices: Vec<String>,
    /// What became of the requirements of earlier versions.
    pub maps: BTreeMap<Name, Vec<Step>>,
    clauses: Vec<Clause>,
    places: BTreeMap<String, usize>,
}

/// How much of the publisher's words the pack holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextPolicy {
    /// Everything.
    Full,
    /// Titles, which may be our own.
    #[default]
    Titles,
    /// Numbers.
    IdsOnly,
}

impl TextPolicy {
    pub const ALL: [TextPolicy; 3] = [TextPolicy::Full, TextPolicy::Titles, TextPolicy::IdsOnly];

    pub const fn word(self) -> &'static str {
        match self {
            TextPolicy::Full => "full",
            TextPolicy::Titles => "titles",
            TextPolicy::IdsOnly => "ids-only",
        }
    }
}

/// How the framework grades what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Levels {
    /// It does not.
    #[default]
    None,
    /// Each requirement names its lowest level; the names go from low to high.
    Minimum(Vec<String>),
    /// Profiles, each a list of requirements.
    Sets(BTreeMap<String, BTreeSet<String>>),
}

impl Levels {
    pub fn names(&self) -> Vec<&str> {
        match self {
            Levels::None => Vec::new(),
            Levels::Minimum(names) => names.iter().map(String::as_str).collect(),
            Levels::Sets(sets) => sets.keys().map(String::as_str).collect(),
        }
    }
}

/// The file it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    pub repository: String,
    pub commit: String,
    pub path: String,
    pub sha256: String,
}

impl Pack {
    /// A pack that says nothing yet.
    pub fn named(name: Name) -> Pack {
        Pack { name, ..Pack::default() }
    }

    /// Clauses in the order of their numbers. Of two with one ID the first is found by it.
    pub fn with(mut self, mut clauses: Vec<Clause>) -> Pack {
        clauses.sort_by(|a, b| natural(&a.id, &b.id));
        self.places.clear();
        for (at, clause) in clauses.iter().enumerate() {
            self.places.entry(clause.id.clone()).or_insert(at);
        }
        self.clauses = clauses;
        self
    }

    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.places.get(id).map(|&at| &self.clauses[at])
    }

    /// Requirements that are still asked for.
    pub fn active(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| clause.counts())
    }

    /// Headings above a clause, nearest first.
    pub fn above<'p>(&'p self, clause: &'p Clause) -> impl Iterator<Item = &'p Clause> {
        let up = |clause: &&'p Clause| clause.parent.as_deref().and_then(|parent| self.clause(parent));
        // A pack read from a file may hold a cycle until it is judged.
        std::iter::successors(up(&clause), move |clause| up(clause)).take(Self::DEEPEST)
    }

    /// Headings above a requirement at most.
    pub const DEEPEST: usize = 16;

    /// Whether a target level asks for a requirement; no target asks for everything. `None` = there is no
    /// such level.
    pub fn asks(&self, level: Option<&str>, clause: &Clause) -> Option<bool> {
        let Some(level) = level else { return Some(clause.counts()) };
        match &self.levels {
            Levels::None => None,
            Levels::Sets(sets) => sets.get(level).map(|set| clause.counts() && set.contains(&clause.id)),
            Levels::Minimum(names) => {
                let target = names.iter().position(|name| name == level)?;
                let own = clause.level.as_ref().and_then(|own| names.iter().position(|name| name == own));
                Some(clause.counts() && own.is_some_and(|own| own <= target))
            }
        }
    }

    /// The spelling of a level that the pack knows, whatever the case and a leading `level` or `L`.
    pub fn level(&self, said: &str) -> Option<&str> {
        let names = self.levels.names();
        let plain = said.trim().to_lowercase();
        let bare = plain.trim_start_matches("level").trim_start_matches('l').trim();
        let exact = names.iter().find(|name| **name == said);
        exact.or_else(|| names.iter().find(|name| name.to_lowercase() == plain || name.to_lowercase() == bare)).copied()
    }
}

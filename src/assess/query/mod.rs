//! The predicate language: which entities or objectives of a model something is true of
//! (docs/plain-words.md). `list --where`, `ask` and whatever else asks a model a yes-or-no question use it.
//! Never here: sentences, files, what an answer looks like.

mod bind;
mod compare;
mod field;
mod held;
mod lex;
mod parse;
mod related;
mod select;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use crate::model::{Id, Kind, Objective};

pub use select::{Scope, select};

/// What a query lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    Entity(Kind),
    Objective,
}

/// One thing that a query found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hit {
    Entity(Id),
    Objective(Objective),
}

/// A query whose every word is known.
#[derive(Debug, Clone)]
pub struct Query {
    pub row: Row,
    tree: Tree,
}

#[derive(Debug, Clone)]
enum Tree {
    Yes,
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Not(Box<Tree>),
    /// True when it is of the row itself, or of anything related of that kind.
    Test(Row, Test),
}

/// A field held against values.
#[derive(Debug, Clone)]
struct Test {
    field: field::Field,
    op: lex::Op,
    values: Vec<String>,
}

/// A text that is no query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub message: String,
    /// The bytes it is about.
    pub at: Range<usize>,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Query {
    /// Reads a query. `row` says what is listed; without it the fields say so: those of one kind list that kind,
    /// `tier`, `status` and what else only a pair has list objectives. An empty text is true of everything live.
    pub fn read(text: &str, row: Option<Row>) -> Result<Query, Wrong> {
        bind::bind(parse::parse(text)?, row, text.len())
    }
}

impl Row {
    pub const ALL: [Row; 7] = [
        Row::Entity(Kind::Asset),
        Row::Entity(Kind::Attacker),
        Row::Entity(Kind::Component),
        Row::Entity(Kind::Boundary),
        Row::Entity(Kind::Assumption),
        Row::Entity(Kind::Control),
        Row::Objective,
    ];

    /// The word before the dot: `asset`.
    pub const fn noun(self) -> &'static str {
        match self {
            Row::Entity(kind) => kind.noun(),
            Row::Objective => "objective",
        }
    }

    /// The word for many: `assets`.
    pub const fn plural(self) -> &'static str {
        match self {
            Row::Entity(kind) => kind.table(),
            Row::Objective => "objectives",
        }
    }

    /// Either word.
    pub fn parse(word: &str) -> Option<Row> {
        Row::ALL.into_iter().find(|row| row.noun() == word || row.plural() == word)
    }
}

impl fmt::Display for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hit::Entity(id) => id.fmt(f),
            Hit::Objective(objective) => objective.fmt(f),
        }
    }
}

impl Wrong {
    fn new(at: Range<usize>, message: impl Into<String>) -> Wrong {
        Wrong { message: message.into(), at, hint: None }
    }

    #[must_use]
    fn hint(mut self, hint: impl Into<String>) -> Wrong {
        self.hint = Some(hint.into());
        self
    }
}

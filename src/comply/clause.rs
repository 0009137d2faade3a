//! One numbered line of a framework.

use std::collections::{BTreeMap, BTreeSet};

/// A requirement, or a heading over requirements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clause {
    /// As the publisher writes it, never shortened: `V6.2.1`, `AC-2(1)`, `1.10`.
    pub id: String,
    pub kind: Kind,
    /// The ID of the heading above.
    pub parent: Option<String>,
    /// Where levels are minimal ones, the lowest that asks for it.
    pub level: Option<String>,
    pub title: String,
    /// The publisher's words, where the pack may hold them.
    pub text: String,
    pub tags: BTreeSet<String>,
    /// Numbers in other catalogues by catalogue: `cwe` = `79`.
    pub refs: BTreeMap<String, BTreeSet<String>>,
    pub state: State,
    pub scope: Scope,
    /// What has to be in a model for this, and everything below it, to be about anything there: `component where name
    /// has webrtc`. Empty = it may be about any model.
    pub only_if: String,
    /// The title by which the built-in pack knows it that an imported one takes the place of. No part of the pack.
    pub once: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    #[default]
    Requirement,
    /// A chapter, section, family, function or practice.
    Group,
}

impl Kind {
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Requirement => "requirement",
            Kind::Group => "group",
        }
    }
}

/// Whether its publisher still asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Active,
    /// Taken back, with what took its place.
    Withdrawn { replaced_by: Vec<String> },
    /// Taken out without a word about what took its place.
    Deleted,
}

impl State {
    pub const fn word(&self) -> &'static str {
        match self {
            State::Active => "active",
            State::Withdrawn { .. } => "withdrawn",
            State::Deleted => "deleted",
        }
    }
}

/// Who can meet it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Scope {
    /// A part of the system.
    #[default]
    Component,
    /// The system with how it is built and run.
    System,
    /// The organisation around it: out of a feature model's reach, and no gap of it by default.
    Organisation,
}

impl Scope {
    pub const ALL: [Scope; 3] = [Scope::Component, Scope::System, Scope::Organisation];

    pub const fn word(self) -> &'static str {
        match self {
            Scope::Component => "component",
            Scope::System => "system",
            Scope::Organisation => "organisation",
        }
    }
}

impl Clause {
    /// A requirement that its publisher still asks for.
    pub fn counts(&self) -> bool {
        self.kind == Kind::Requirement && self.state == State::Active
    }

    /// The best words there are for people: the title, else the text, else nothing.
    pub fn words(&self) -> &str {
        if self.title.is_empty() { &self.text } else { &self.title }
    }

    /// CWE numbers it is tagged with.
    pub fn cwes(&self) -> impl Iterator<Item = &str> {
        self.refs.get("cwe").into_iter().flatten().map(String::as_str)
    }
}

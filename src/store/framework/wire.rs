//! The shapes of `pack.toml` and of a requirement's line.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use crate::comply::{Clause, Kind, Levels, Scope, Source, State, TextPolicy};

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub format: Spanned<u32>,
    pub id: Spanned<String>,
    pub version: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub publisher: String,
    #[serde(default)]
    pub licence: String,
    #[serde(default)]
    pub attribution: String,
    #[serde(default)]
    text_policy: WireTextPolicy,
    #[serde(default)]
    pub aliases: Vec<Spanned<String>>,
    pub levels: Option<Spanned<WireLevels>>,
    pub source: Option<WireSource>,
    #[serde(default)]
    pub notices: Vec<String>,
}

#[derive(Debug, Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum WireTextPolicy {
    Full,
    #[default]
    Titles,
    IdsOnly,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, tag = "mode", rename_all = "lowercase")]
pub(super) enum WireLevels {
    Minimum { names: Vec<String> },
    Sets { sets: BTreeMap<String, BTreeSet<String>> },
}

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct WireSource {
    #[serde(default)]
    repository: String,
    #[serde(default)]
    commit: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    sha256: String,
}

/// A requirement: a line of `requirements.jsonl`, or a table of `requirements.toml` without its `id`.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    kind: WireKind,
    parent: Option<String>,
    level: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    tags: BTreeSet<String>,
    #[serde(default)]
    refs: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    status: WireState,
    #[serde(default)]
    replaced_by: Vec<String>,
    #[serde(default)]
    scope: WireScope,
    #[serde(default)]
    only_if: String,
}

#[derive(Debug, Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum WireKind {
    #[default]
    Requirement,
    Group,
}

#[derive(Debug, Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum WireState {
    #[default]
    Active,
    Withdrawn,
    Deleted,
}

#[derive(Debug, Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum WireScope {
    #[default]
    Component,
    System,
    Organisation,
}

/// `requirements.toml`: a table a requirement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tables {
    #[serde(default)]
    pub requirements: BTreeMap<Spanned<String>, Line>,
}

impl Head {
    pub(super) fn text_policy(&self) -> TextPolicy {
        match self.text_policy {
            WireTextPolicy::Full => TextPolicy::Full,
            WireTextPolicy::Titles => TextPolicy::Titles,
            WireTextPolicy::IdsOnly => TextPolicy::IdsOnly,
        }
    }
}

impl From<&WireLevels> for Levels {
    fn from(levels: &WireLevels) -> Levels {
        match levels {
            WireLevels::Minimum { names } => Levels::Minimum(names.clone()),
            WireLevels::Sets { sets } => Levels::Sets(sets.clone()),
        }
    }
}

impl From<&WireSource> for Source {
    fn from(source: &WireSource) -> Source {
        let WireSource { repository, commit, path, sha256 } = source.clone();
        Source { repository, commit, path, sha256 }
    }
}

impl From<Line> for Clause {
    fn from(line: Line) -> Clause {
        let Line { id, kind, parent, level, title, text, tags, refs, status, replaced_by, scope, only_if } = line;
        let kind = match kind {
            WireKind::Requirement => Kind::Requirement,
            WireKind::Group => Kind::Group,
        };
        let state = match status {
            WireState::Active => State::Active,
            WireState::Withdrawn => State::Withdrawn { replaced_by },
            WireState::Deleted => State::Deleted,
        };
        let scope = match scope {
            WireScope::Component => Scope::Component,
            WireScope::System => Scope::System,
            WireScope::Organisation => Scope::Organisation,
        };
        Clause { id, kind, parent, level, title, text, tags, refs, state, scope, only_if, once: String::new() }
    }
}

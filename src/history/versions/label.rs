//! What people call a version. Plain numbers belong to the published branch, so that a branch and the
//! published line never mean two things by one number.

use std::collections::BTreeSet;
use std::fmt;

use super::{Runs, Summary, Unread, Version};
use crate::history::Commit;
use crate::identity::{Digest, structural};
use crate::model::Model;

/// `v7`; `v7+1` for the first version of a branch that left the published line at `v7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub number: usize,
    pub beyond: usize,
}

impl Label {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Label> {
        let (number, beyond) = match text.strip_prefix('v')?.split_once('+') {
            Some((number, beyond)) => (number, Some(beyond)),
            None => (text.strip_prefix('v')?, None),
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        Some(Label { number: digits(number)?, beyond: beyond.map_or(Some(0), digits)? })
    }

    fn next(self) -> Label {
        match self.beyond {
            0 => Label { number: self.number + 1, ..self },
            beyond => Label { beyond: beyond + 1, ..self },
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.number)?;
        match self.beyond {
            0 => Ok(()),
            beyond => write!(f, "+{beyond}"),
        }
    }
}

/// The versions of a model as seen from one commit.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// The commit looked from; none before the first commit.
    pub tip: Option<Commit>,
    /// The branch that plain numbers belong to, where there is one.
    pub trunk: Option<Commit>,
    /// The oldest first.
    pub versions: Vec<(Label, Version)>,
    pub unread: Vec<Unread>,
    /// The model stands at the tip.
    pub current: bool,
    /// What the working tree adds.
    pub draft: Option<Draft>,
}

/// A version that is not committed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub label: Label,
    pub digest: Digest,
    pub summary: Summary,
}

impl Log {
    /// Numbers the versions. `published` are the commits of the trunk; none = every commit counts as
    /// published.
    pub fn number(runs: Runs, published: Option<&BTreeSet<String>>) -> Log {
        let current = runs.current().is_some();
        let counts = |version: &&Version| published.is_none_or(|commits| commits.contains(&version.first.commit));
        let shared = runs.versions.iter().take_while(counts).count();
        let label = |version: &Version| match version.number.checked_sub(shared) {
            None | Some(0) => Label { number: version.number, beyond: 0 },
            Some(beyond) => Label { number: shared, beyond },
        };
        let versions = runs.versions.into_iter().map(|version| (label(&version), version)).collect();
        Log { versions, unread: runs.unread, current, ..Log::default() }
    }

    /// Adds the working tree's state, where it is another one than the tip's. `before` is the tip's.
    #[must_use]
    pub fn with_draft(mut self, before: Option<&Model>, now: &Model) -> Log {
        let digest = structural(now);
        let last = self.versions.last();
        if !last.is_some_and(|(_, version)| self.current && version.digest == digest) {
            let label = last.map_or(Label { number: 1, beyond: 0 }, |(label, _)| label.next());
            let summary = Summary::of(before, now);
            self.draft = Some(Draft { label, digest, summary });
        }
        self
    }

    /// The version that a label names.
    pub fn version(&self, label: Label) -> Option<&Version> {
        self.versions.iter().find(|(known, _)| *known == label).map(|(_, version)| version)
    }

    /// The last version with a digest that begins like this.
    pub fn digest(&self, start: &str) -> Option<&Version> {
        let fits = |version: &&Version| version.digest.to_string().starts_with(start);
        self.versions.iter().rev().map(|(_, version)| version).find(fits)
    }

    /// What the state looked at is called: `v7`, or `v8 (uncommitted)`.
    pub fn name(&self) -> Option<String> {
        let committed = self.versions.last().filter(|_| self.current).map(|(label, _)| label.to_string());
        self.draft.as_ref().map(|draft| format!("{} (uncommitted)", draft.label)).or(committed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_they_are_written() {
        for text in ["v1", "v12", "v7+1", "v0+2"] {
            assert_eq!(Label::parse(text).map(|label| label.to_string()).as_deref(), Some(text));
        }
        for text in ["v", "7", "v1.2", "v-1", "v+1", "v7+", "main", "v7+x", "v 1"] {
            assert_eq!(Label::parse(text), None, "{text}");
        }
    }
}

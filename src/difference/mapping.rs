//! Requirements of frameworks that controls are mapped to, before and after.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{MappingState, Model};

/// How many requirements of a framework live controls are mapped to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// `asvs@5.0.0`.
    pub framework: String,
    /// Requirements with a mapping that somebody accepted, before and after.
    pub accepted: (usize, usize),
    /// Requirements with nothing but proposals.
    pub proposed: (usize, usize),
}

/// Frameworks whose counts differ, by name.
pub(super) fn mappings(before: &Model, after: &Model) -> Vec<Mapping> {
    let (before, after) = (Mapped::of(before), Mapped::of(after));
    let names: BTreeSet<&str> = before.frameworks.keys().chain(after.frameworks.keys()).copied().collect();
    let mapping = |name: &str| {
        let (was, is) = (before.counts(name), after.counts(name));
        Mapping { framework: name.to_owned(), accepted: (was.0, is.0), proposed: (was.1, is.1) }
    };
    let differs =
        |mapping: &Mapping| mapping.accepted.0 != mapping.accepted.1 || mapping.proposed.0 != mapping.proposed.1;
    names.into_iter().map(mapping).filter(differs).collect()
}

/// Requirements by framework, each with whether any mapping to it is accepted.
struct Mapped<'m> {
    frameworks: BTreeMap<&'m str, BTreeMap<&'m str, bool>>,
}

impl<'m> Mapped<'m> {
    fn of(model: &'m Model) -> Mapped<'m> {
        let mut frameworks: BTreeMap<&str, BTreeMap<&str, bool>> = BTreeMap::new();
        for (_, control) in model.controls().filter(|(entity, _)| entity.live() && !model.retired()) {
            for row in control.requirements.iter().filter(|row| row.state != Some(MappingState::Rejected)) {
                let (framework, requirement) = row.req.split_once(':').unwrap_or((&row.req, ""));
                let accepted = row.state == Some(MappingState::Accepted);
                *frameworks.entry(framework).or_default().entry(requirement).or_default() |= accepted;
            }
        }
        Mapped { frameworks }
    }

    /// Accepted, and only proposed.
    fn counts(&self, framework: &str) -> (usize, usize) {
        let Some(requirements) = self.frameworks.get(framework) else { return (0, 0) };
        let accepted = requirements.values().filter(|accepted| **accepted).count();
        (accepted, requirements.len() - accepted)
    }
}

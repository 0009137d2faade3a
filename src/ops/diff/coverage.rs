//! Where both sides of a comparison stand to the frameworks that they select.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{Assessment, View};
use crate::comply::{self, Library, Name, Origin, Status};
use crate::difference::{Coverage, Standing};
use crate::model::Model;
use crate::ops::comply::{Asked, chosen, of};
use crate::store::Workspace;

/// A side: what the model implies, how it was looked at, and the packs there.
pub(super) type Seen<'s> = (&'s Assessment<'s>, View<'s>, &'s Library);

/// What differs, by framework. A framework that no pack has is no number; a finding tells of it.
pub(super) fn coverages(before: Option<Seen<'_>>, after: Option<Seen<'_>>) -> Vec<Coverage> {
    let [mut before, mut after] = [before, after].map(|side| side.map(standings).unwrap_or_default());
    let names: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let coverage = |framework: String| {
        let (from, to) = (before.remove(&framework), after.remove(&framework));
        (from != to).then_some(Coverage { framework, from, to })
    };
    names.into_iter().filter_map(coverage).collect()
}

fn standings((assessment, view, library): Seen<'_>) -> BTreeMap<String, Standing> {
    let model = assessment.model();
    let standing = |name: &String| {
        let asked = Asked { framework: Some(name), ..Asked::default() };
        let chosen = chosen(model, library, &asked).ok()?.into_iter().next()?;
        Some((name.clone(), standing(&of(assessment, view, &chosen, false))))
    };
    let selected = model.compliance.frameworks.keys().filter(|_| !model.retired());
    selected.filter_map(standing).collect()
}

fn standing(coverage: &comply::Coverage<'_>) -> Standing {
    let covered = coverage.requirements.iter().filter(|one| one.status == Status::Covered);
    Standing {
        level: coverage.level.clone(),
        total: coverage.total(),
        partial: coverage.count(Status::Partial),
        uncovered: coverage.count(Status::Uncovered),
        unmapped: coverage.count(Status::Unmapped),
        excluded: coverage.count(Status::Excluded),
        covered: covered.map(|one| one.clause.id.clone()).collect(),
    }
}

/// Whether a pack that the model selects says something else on the other side.
pub(super) fn repacked(model: &Model, before: &Workspace, after: &Workspace) -> bool {
    let names = model.compliance.frameworks.keys().filter_map(|name| Name::parse(name));
    let said = |workspace: &Workspace, name: &Name| {
        let shelved = workspace.library.shelved(name)?;
        (shelved.origin != Origin::BuiltIn).then(|| shelved.pack().digest())
    };
    names.into_iter().any(|name| said(before, &name) != said(after, &name))
}

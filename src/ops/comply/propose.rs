//! Proposing mappings: what the controls of a model may meet of a framework.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::comply::mapping::{Candidate, Mapper, Neighbours, Query};
use crate::comply::{Library, Name, Reference, Status};
use crate::model::{Body, Control, Entity, Id, MappingState, Model, Models};
use crate::ops::comply::{Chosen, of};
use crate::ops::lifecycle::Proposal;

/// How much is proposed.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Requirements for a control.
    pub most: usize,
    /// The least score, in thousandths.
    pub least: u32,
    /// Also what a control that is there covers already.
    pub covered: bool,
}

/// A control with what it may meet, the best first.
pub struct Suggested<'p> {
    pub control: Id,
    pub candidates: Vec<Candidate<'p>>,
}

/// Proposals for live controls, in their order. What somebody accepted or rejected for a control is left out, and so is what the
/// target does not ask for or an exclusion takes out.
pub fn propose<'p>(
    (models, model): (&Models, &Model),
    library: &'p Library,
    chosen: &Chosen<'p>,
    measure: &Measure,
    today: Date,
) -> Vec<Suggested<'p>> {
    let name = &chosen.pack.name;
    let assessment = crate::assess::assess(model, crate::assess::View::on(today));
    let stands = of(&assessment, crate::assess::View::on(today), &Chosen { ..*chosen }, true);
    let open = |status| status != Status::Excluded && (measure.covered || status != Status::Covered);
    let open: BTreeSet<&str> =
        stands.requirements.iter().filter(|one| open(one.status)).map(|one| one.clause.id.as_str()).collect();
    let mapper = Mapper::new(chosen.pack, |clause| open.contains(clause.id.as_str()));
    let neighbours = neighbours(models, name);
    let live = model.controls().filter(|(entity, _)| entity.live() && !model.is_orphaned(entity));
    let suggest = |(entity, control): (&Entity, &Control)| {
        let decided = decided(control, name);
        let query = Query { text: &control.description, cwes: cwes(control, library, name) };
        let mut candidates =
            mapper.candidates(&query, &neighbours.but(&control.description), measure.most + decided.len());
        candidates
            .retain(|one| one.score >= measure.least || !matches!(one.method, crate::model::MappingMethod::Lexical));
        candidates.retain(|one| !decided.contains(&one.clause.id));
        candidates.truncate(measure.most);
        Suggested { control: entity.id, candidates }
    };
    live.map(suggest).filter(|one| !one.candidates.is_empty()).collect()
}

/// What is to be written for suggestions.
pub fn proposals(name: &Name, suggested: &[Suggested<'_>]) -> Vec<Proposal> {
    let of = |one: &Suggested<'_>| {
        let proposal = |candidate: &Candidate<'_>| Proposal {
            control: one.control,
            reference: Reference { framework: name.clone(), id: candidate.clause.id.clone() },
            method: candidate.method,
            score: candidate.score,
        };
        one.candidates.iter().map(proposal).collect::<Vec<_>>()
    };
    suggested.iter().flat_map(of).collect()
}

/// Numbers that somebody accepted or rejected for the control.
fn decided(control: &Control, name: &Name) -> BTreeSet<String> {
    let rows = control.requirements.iter();
    let decided = rows.filter(|row| matches!(row.state, Some(MappingState::Accepted | MappingState::Rejected)));
    let ours = decided.filter_map(|row| Reference::parse(&row.req)).filter(|reference| reference.framework == *name);
    ours.map(|reference| reference.id).collect()
}

/// CWE numbers of what other frameworks ask for and somebody accepted for the control.
fn cwes(control: &Control, library: &Library, name: &Name) -> BTreeSet<String> {
    let accepted = control.requirements.iter().filter(|row| row.state == Some(MappingState::Accepted));
    let others = accepted.filter_map(|row| Reference::parse(&row.req)).filter(|reference| reference.framework != *name);
    let clauses: Vec<_> = others.filter_map(|reference| library.clause(&reference).ok()).collect();
    clauses.iter().flat_map(|(_, clause)| clause.cwes()).map(str::to_owned).collect()
}

/// What was accepted for the controls of every model here.
pub(super) fn neighbours(models: &Models, name: &Name) -> Neighbours {
    let mut all: Vec<(&str, BTreeSet<String>)> = Vec::new();
    for model in models.values().filter(|model| !model.retired()) {
        for entity in model.entities.values().filter(|entity| entity.live()) {
            let Body::Control(control) = &entity.body else { continue };
            let accepted = control.requirements.iter().filter(|row| row.state == Some(MappingState::Accepted));
            let ours = accepted.filter_map(|row| Reference::parse(&row.req)).filter(|one| one.framework == *name);
            all.push((&control.description, ours.map(|one| one.id).collect()));
        }
    }
    Neighbours::new(all.into_iter())
}

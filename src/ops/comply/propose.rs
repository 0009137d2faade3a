//! Proposing mappings: what the controls of a model may meet of a framework.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::comply::mapping::{Candidate, Mapper, Neighbours, Query};
use crate::comply::{Library, Name, Pack, Reference, Status};
use crate::model::{Body, Control, Entity, Id, MappingMethod, MappingState, Model, Models, Requirement};
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
    /// What stands in the files as proposed, whoever found it: a migration, the knowledge base.
    pub waiting: Vec<Candidate<'p>>,
    /// What its words come near now, beside that.
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
        candidates.retain(|one| one.score >= measure.least || !matches!(one.method, MappingMethod::Lexical));
        candidates.retain(|one| !decided.contains(&one.clause.id));
        candidates.truncate(measure.most);
        let mut waiting = waiting(control, chosen.pack);
        waiting.retain(|one| {
            open.contains(one.clause.id.as_str()) && candidates.iter().all(|other| other.clause.id != one.clause.id)
        });
        Suggested { control: entity.id, waiting, candidates }
    };
    live.map(suggest).filter(|one| one.all().next().is_some()).collect()
}

impl<'p> Suggested<'p> {
    /// Everything that somebody may decide about.
    pub fn all(&self) -> impl Iterator<Item = &Candidate<'p>> {
        self.waiting.iter().chain(&self.candidates)
    }
}

/// Rows that nobody decided about.
fn waiting<'p>(control: &Control, pack: &'p Pack) -> Vec<Candidate<'p>> {
    let open = control.requirements.iter().filter(|row| matches!(row.state, None | Some(MappingState::Proposed)));
    let candidate = |row: &Requirement| {
        let reference = Reference::parse(&row.req).filter(|reference| reference.framework == pack.name)?;
        let clause = pack.clause(&reference.id)?;
        let (method, score) = (row.method.unwrap_or(MappingMethod::Manual), row.score.unwrap_or_default());
        Some(Candidate { clause, method, score, grounds: vec!["proposed before".to_owned()] })
    };
    open.filter_map(candidate).collect()
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

//! Proposing mappings: what the controls of a model may meet of a framework.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::comply::mapping::{Anchors, Candidate, Found, Mapper, Neighbours, Query, links};
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
    /// What stands in the files as proposed, whoever found it: a migration, the knowledge base, the same search.
    pub waiting: Vec<Candidate<'p>>,
    /// What is found for it now.
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
        let (text, cwes, accepted) = (&control.description, cwes(control, library, name), elsewhere(control, name));
        let links = links(library, chosen.pack, &Anchors { text, cwes: cwes.clone(), accepted });
        let query = Query { text, cwes, links };
        let mut candidates =
            mapper.candidates(&query, &neighbours.but(&control.description), measure.most + decided.len());
        candidates.retain(|one| one.score >= measure.least || !matches!(one.method, MappingMethod::Lexical));
        candidates.retain(|one| !decided.contains(&one.clause.id));
        candidates.truncate(measure.most);
        let mut waiting = waiting(control, chosen.pack);
        waiting.retain(|one| open.contains(one.clause.id.as_str()));
        Suggested { control: entity.id, waiting, candidates }
    };
    live.map(suggest).filter(|one| one.all().next().is_some()).collect()
}

impl<'p> Suggested<'p> {
    /// Everything that somebody may decide about, once.
    pub fn all(&self) -> impl Iterator<Item = &Candidate<'p>> {
        let found = |one: &&Candidate<'p>| self.candidates.iter().any(|other| other.clause.id == one.clause.id);
        self.waiting.iter().filter(move |one| !found(one)).chain(&self.candidates)
    }
}

/// Rows that nobody decided about.
fn waiting<'p>(control: &Control, pack: &'p Pack) -> Vec<Candidate<'p>> {
    let open = control.requirements.iter().filter(|row| matches!(row.state, None | Some(MappingState::Proposed)));
    let candidate = |row: &Requirement| {
        let reference = Reference::parse(&row.req).filter(|reference| reference.framework == pack.name)?;
        let clause = pack.clause(&reference.id)?;
        let (method, score) = (row.method.unwrap_or(MappingMethod::Manual), row.score.unwrap_or_default());
        let found = Found { source: row.source.clone(), rationale: row.rationale.clone() };
        let found = Some(found).filter(|found| !found.source.is_empty());
        let grounds = found.iter().map(Found::to_string).chain(["proposed before".to_owned()]).collect();
        Some(Candidate { clause, method, score, grounds, found })
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
            found: candidate.found.clone(),
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

/// What other frameworks ask for and somebody accepted for the control.
fn elsewhere(control: &Control, name: &Name) -> Vec<Reference> {
    let accepted = control.requirements.iter().filter(|row| row.state == Some(MappingState::Accepted));
    accepted.filter_map(|row| Reference::parse(&row.req)).filter(|reference| reference.framework != *name).collect()
}

/// CWE numbers of these.
fn cwes(control: &Control, library: &Library, name: &Name) -> BTreeSet<String> {
    let others = elsewhere(control, name);
    let clauses: Vec<_> = others.iter().filter_map(|reference| library.clause(reference).ok()).collect();
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

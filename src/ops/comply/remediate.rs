//! What would close gaps: what is mapped and not built, what is built and not mapped, what is about something else, and new controls, of which the one that meets
//! the most comes first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::assess::query::Scope;
use crate::assess::{Assessment, View, Weight};
use crate::comply::mapping::{Candidate, Mapper, Neighbours, Query};
use crate::comply::{Clause, Condition, Coverage, Library, Pack, Reference, Status, matches};
use crate::model::{Control, Id, MappingMethod, MappingState, Model, Requirement};
use crate::suggest::{Knowledge, Mechanism, Subject, knowledge};

/// The steps, each kind by what it is worth.
#[derive(Debug, Default)]
pub struct Remedies {
    /// Controls that somebody accepted and nobody built, those that meet the most first.
    pub build: Vec<Build>,
    /// Controls whose words nearly say it already.
    pub map: Vec<Near>,
    /// Headings about something that the model has nothing of.
    pub exclude: Vec<Out>,
    /// New controls, in the order in which they close the most of what is left.
    pub add: Vec<New>,
    /// The new controls after those, in the same order.
    pub later: Vec<New>,
    /// Requirements for which nothing is known.
    pub left: Vec<String>,
}

/// An accepted control that is not there.
#[derive(Debug)]
pub struct Build {
    pub control: Id,
    pub requirements: Vec<String>,
    /// At-risk objectives that it would close alone.
    pub closes: Weight,
}

/// A control that may meet an open requirement.
#[derive(Debug)]
pub struct Near {
    pub control: Id,
    pub requirement: String,
    pub method: MappingMethod,
    pub score: u32,
    /// It stands in the files as proposed.
    pub waiting: bool,
}

/// A heading under which everything is about something that is not there.
#[derive(Debug)]
pub struct Out {
    /// The pattern of everything below the heading, or a number where there is none.
    pub about: String,
    pub title: String,
    /// Open requirements below it.
    pub requirements: Vec<String>,
    /// What an exclusion would rest on: `no component where …`.
    pub when: String,
}

/// A mechanism of the knowledge base that no control of the model is.
#[derive(Debug)]
pub struct New {
    pub mechanism: &'static Mechanism,
    /// What it closes after the steps before it, with scores.
    pub requirements: Vec<(String, u32)>,
}

/// Scores from which words are near enough to be worth a person's time, in thousandths.
const NEAR: u32 = 250;
/// Requirements that a mechanism may meet at most; more would be a guess.
const WIDE: usize = 3;
/// New controls that are offered at once; those after them are for another day.
const MOST: usize = 20;

/// Looks for a remedy for everything that is neither covered nor excluded.
pub fn remedies(
    (assessment, view): (&Assessment<'_>, View<'_>),
    (library, coverage): (&Library, &Coverage<'_>),
    what: &dyn Fn(&Pack) -> Neighbours,
) -> Remedies {
    let Some(pack) = library.pack(&coverage.framework) else { return Remedies::default() };
    let mut remedies = Remedies { build: build(assessment, coverage), ..Remedies::default() };
    let unmapped = coverage.requirements.iter().filter(|one| matches!(one.status, Status::Unmapped | Status::Partial));
    let mut open: BTreeSet<&str> = unmapped.map(|one| one.clause.id.as_str()).collect();
    let mapper = Mapper::new(pack, |clause| open.contains(clause.id.as_str()));
    remedies.map = near(assessment, (&mapper, coverage), &what(pack));
    remedies.map.extend(waiting(assessment, pack, &open, &remedies.map));
    for near in &remedies.map {
        open.remove(near.requirement.as_str());
    }
    remedies.exclude = out((assessment, view), pack, &mut open);
    let known = knowledge();
    let fitting = known.controls.iter().filter(|mechanism| fits(known, assessment, mechanism));
    let met = |mechanism: &Mechanism| {
        let cwes = mechanism.cwe.iter().map(u32::to_string).collect();
        let meets = meets(&mapper, mechanism.text, cwes).into_iter().map(|(id, _, score)| (id, score));
        meets.filter(|(id, _)| !refused(assessment.model(), mechanism, &format!("{}:{id}", pack.name))).collect()
    };
    let mut offers: Vec<(&'static Mechanism, Vec<(String, u32)>)> =
        fitting.map(|mechanism| (mechanism, met(mechanism))).collect();
    while let Some(at) = best(&offers, &open) {
        let (mechanism, meets) = offers.swap_remove(at);
        let requirements: Vec<(String, u32)> = meets.into_iter().filter(|(id, _)| open.remove(id.as_str())).collect();
        remedies.add.push(New { mechanism, requirements });
    }
    remedies.later = remedies.add.split_off(MOST.min(remedies.add.len()));
    remedies.left = open.into_iter().map(str::to_owned).collect();
    remedies.left.sort_by(|a, b| crate::comply::natural(a, b));
    remedies
}

/// Headings of which the pack says what has to be there, and it is not. What lies below them is open no longer.
fn out((assessment, view): (&Assessment<'_>, View<'_>), pack: &Pack, open: &mut BTreeSet<&str>) -> Vec<Out> {
    let mut found = Vec::new();
    for heading in pack.clauses().iter().filter(|clause| !clause.only_if.is_empty()) {
        let when = format!("no {}", heading.only_if);
        let Ok(condition) = Condition::read(&when) else { continue };
        if condition.broken(&Scope::new(assessment, view)).is_some() {
            continue;
        }
        let below = |clause: &&Clause| pack.above(clause).any(|above| above.id == heading.id);
        let all: Vec<&Clause> = pack.active().filter(below).collect();
        let left: Vec<&Clause> = all.iter().copied().filter(|clause| open.remove(clause.id.as_str())).collect();
        let pattern = format!("{}.*", heading.id);
        let out = |about: &str, title: &str, left: &[&Clause]| Out {
            about: about.to_owned(),
            title: title.to_owned(),
            requirements: left.iter().map(|clause| clause.id.clone()).collect(),
            when: when.clone(),
        };
        match all.iter().all(|clause| matches(&pattern, &clause.id)) {
            true if left.is_empty() => {}
            true => found.push(out(&pattern, heading.words(), &left)),
            false => found.extend(left.iter().map(|one| out(&one.id, one.words(), &[*one]))),
        }
    }
    found
}

fn build(assessment: &Assessment<'_>, coverage: &Coverage<'_>) -> Vec<Build> {
    let closes: BTreeMap<Id, Weight> = assessment.leverage().into_iter().map(|one| (one.control, one.closes)).collect();
    let mut by_control: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for stands in coverage.requirements.iter().filter(|one| one.status == Status::Uncovered) {
        for mapped in stands.mapped.iter().filter(|mapped| !mapped.stale && !mapped.holds) {
            by_control.entry(mapped.control).or_default().push(stands.clause.id.clone());
        }
    }
    let step = |(control, requirements)| Build {
        control,
        requirements,
        closes: closes.get(&control).copied().unwrap_or_default(),
    };
    let mut build: Vec<Build> = by_control.into_iter().map(step).collect();
    build.sort_by_key(|step| (Reverse(step.closes), Reverse(step.requirements.len()), step.control));
    build
}

/// The best control for each requirement that controls come near, controls that are built first.
fn near(
    assessment: &Assessment<'_>,
    (mapper, coverage): (&Mapper<'_>, &Coverage<'_>),
    neighbours: &Neighbours,
) -> Vec<Near> {
    let model = assessment.model();
    let mut best: BTreeMap<String, Near> = BTreeMap::new();
    for (entity, control) in model.controls().filter(|(entity, _)| entity.live() && !model.is_orphaned(entity)) {
        let query = Query { text: &control.description, ..Query::default() };
        let found = mapper.candidates(&query, &neighbours.but(&control.description), WIDE);
        let open = |one: &&Candidate<'_>| {
            one.score >= NEAR && !decided(control, &format!("{}:{}", coverage.framework, one.clause.id))
        };
        for one in found.iter().filter(open) {
            let requirement = one.clause.id.clone();
            let near = Near {
                control: entity.id,
                requirement: requirement.clone(),
                method: one.method,
                score: one.score,
                waiting: false,
            };
            match best.get(&requirement) {
                Some(other) if other.score >= near.score => {}
                _ => drop(best.insert(requirement, near)),
            }
        }
    }
    let mut near: Vec<Near> = best.into_values().collect();
    near.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| crate::comply::natural(&a.requirement, &b.requirement)));
    near
}

/// What is proposed already and nobody decided about, the first control for each requirement.
fn waiting(assessment: &Assessment<'_>, pack: &Pack, open: &BTreeSet<&str>, known: &[Near]) -> Vec<Near> {
    let mut found: BTreeMap<String, Near> = BTreeMap::new();
    let model = assessment.model();
    for (entity, control) in model.controls().filter(|(entity, _)| entity.live() && !model.is_orphaned(entity)) {
        for row in control.requirements.iter().filter(|row| matches!(row.state, None | Some(MappingState::Proposed))) {
            let Some(reference) = Reference::parse(&row.req).filter(|one| one.framework == pack.name) else { continue };
            let told = known.iter().any(|near| near.requirement == reference.id);
            if !open.contains(reference.id.as_str()) || told {
                continue;
            }
            let (method, score) = (row.method.unwrap_or(MappingMethod::Manual), row.score.unwrap_or_default());
            let requirement = reference.id.clone();
            let near = Near { control: entity.id, requirement, method, score, waiting: true };
            found.entry(reference.id).or_insert(near);
        }
    }
    let mut found: Vec<Near> = found.into_values().collect();
    found.sort_by(|a, b| crate::comply::natural(&a.requirement, &b.requirement));
    found
}

/// Whether somebody said no to this requirement for the control that the mechanism would be folded into.
fn refused(model: &Model, mechanism: &Mechanism, req: &str) -> bool {
    let is = |row: &Requirement| row.req == req && row.state == Some(MappingState::Rejected);
    let mut same = model.controls().filter(|(entity, control)| entity.live() && control.description == mechanism.text);
    same.any(|(_, control)| control.requirements.iter().any(is))
}

fn decided(control: &Control, req: &str) -> bool {
    let is = |row: &&Requirement| {
        row.req == req && matches!(row.state, Some(MappingState::Accepted | MappingState::Rejected))
    };
    control.requirements.iter().any(|row| is(&row))
}

/// A mechanism for kinds of components fits a model that has one of them.
fn fits(known: &Knowledge, assessment: &Assessment<'_>, mechanism: &Mechanism) -> bool {
    let model = assessment.model();
    let has = |key: &&str| {
        let Some(kind) = known.components.iter().find(|kind| kind.key == *key) else { return false };
        let mut texts = model.components().filter(|(entity, _)| entity.live());
        texts.any(|(entity, component)| {
            let text = format!("{}. {}", entity.title(), component.description);
            known.names(&text, Subject::Component(kind.key))
        })
    };
    mechanism.with.is_empty() || mechanism.with.iter().any(has)
}

/// What a control of these words may meet that prevents these weaknesses: few, and near. Numbers with what speaks for them and scores.
pub fn meets(mapper: &Mapper<'_>, text: &str, cwes: BTreeSet<String>) -> Vec<(String, MappingMethod, u32)> {
    // The first three are those of the words; a shared weakness comes after them.
    let found = mapper.candidates(&Query { text, cwes, ..Query::default() }, &Neighbours::default(), 2 * WIDE);
    let near = found.into_iter().filter(|one| one.score >= NEAR || one.method == MappingMethod::Bridge);
    near.take(WIDE).map(|one| (one.clause.id.clone(), one.method, one.score)).collect()
}

/// The offer that closes the most of what is open; of equals the one known first.
fn best(offers: &[(&'static Mechanism, Vec<(String, u32)>)], open: &BTreeSet<&str>) -> Option<usize> {
    let closes = |meets: &[(String, u32)]| {
        let open: Vec<u32> =
            meets.iter().filter(|(id, _)| open.contains(id.as_str())).map(|(_, score)| *score).collect();
        (open.len(), open.iter().sum::<u32>())
    };
    let worth = offers.iter().enumerate().map(|(at, (mechanism, meets))| (closes(meets), Reverse(mechanism.key), at));
    worth.filter(|((count, _), ..)| *count > 0).max().map(|(.., at)| at)
}

//! Mapping controls to requirements: what people decide, and what is proposed to them.

use super::draft::Draft;
use super::select::requirement;
use super::{Note, Outcome, Plan, Refusal, Stage, Why, command, fold, sentence};
use crate::comply::mapping::Found;
use crate::comply::{Library, Memory, Reference, Stamp};
use crate::model::{Control, Cover, Id, MappingMethod, MappingState, Requirement, When};

/// What somebody decides about mappings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruled {
    /// Accepted or rejected.
    pub state: MappingState,
    /// How much is met; `None` = as it was proposed, else all of it.
    pub cover: Option<Cover>,
}

/// Decides about several requirements, each for one control.
pub fn decide(stage: &Stage<'_>, library: &Library, decisions: &[(Id, Reference, Ruled)]) -> Plan {
    let mut draft = Draft::open(stage)?;
    for (control, reference, ruled) in decisions {
        rule(&mut draft, library, (*control, reference), *ruled)?;
        let requirements = vec![reference.to_string()];
        draft.note(Note::Mapped { control: *control, state: ruled.state, requirements });
    }
    Ok(draft.finish())
}

/// Accepts or rejects requirements for a control. With none named, every proposal it has.
pub fn map(stage: &Stage<'_>, library: &Library, control: Id, (said, ruled): (&[String], Ruled)) -> Plan {
    let mut draft = Draft::open(stage)?;
    let own = &draft.control(control)?.requirements;
    let open = own.iter().filter(|row| matches!(row.state, None | Some(MappingState::Proposed)));
    let asked: Vec<Reference> = match said {
        [] => open.filter_map(|row| library.resolve(&row.req).ok()).collect(),
        _ => said.iter().map(|said| requirement(library, said)).collect::<Result<_, _>>()?,
    };
    if asked.is_empty() {
        let message = format!("nothing is proposed for {control}");
        return Err(Refusal::new(Why::NoEffect, message).hint(command::bare(&["comply", "map", "--auto"])));
    }
    for reference in &asked {
        rule(&mut draft, library, (control, reference), ruled)?;
    }
    let requirements = asked.iter().map(Reference::to_string).collect();
    draft.note(Note::Mapped { control, state: ruled.state, requirements });
    Ok(draft.finish())
}

/// The row is signed and remembers the words of the requirement. One that was proposed keeps how it was found.
fn rule(
    draft: &mut Draft<'_>,
    library: &Library,
    (control, reference): (Id, &Reference),
    ruled: Ruled,
) -> Result<(), Refusal> {
    let (by, on) = (draft.stage.now.by.clone(), Some(When::Day(draft.stage.now.at.day())));
    let rows = &mut draft.control(control)?.requirements;
    let at = rows.iter().position(|row| library.resolve(&row.req).is_ok_and(|other| other == *reference));
    let at = at.unwrap_or_else(|| {
        rows.push(Requirement { method: Some(MappingMethod::Manual), ..Requirement::default() });
        rows.len() - 1
    });
    let row = &mut rows[at];
    row.req = reference.to_string();
    row.state = Some(ruled.state);
    row.cover = ruled.cover.or(row.cover).or(Some(Cover::Full));
    row.method = row.method.or(Some(MappingMethod::Manual));
    (row.by, row.on, row.text) = (by, on, stamp(library, reference));
    Ok(())
}

/// Takes mappings out altogether; what was rejected may be proposed again.
pub fn unmap(stage: &Stage<'_>, library: &Library, control: Id, said: &[String]) -> Plan {
    let mut draft = Draft::open(stage)?;
    let mut gone = Vec::new();
    for said in said {
        let meant = library.resolve(said).ok();
        let rows = &mut draft.control(control)?.requirements;
        let is = |row: &Requirement| row.req == *said || meant.is_some() && library.resolve(&row.req).ok() == meant;
        let Some(at) = rows.iter().position(is) else {
            let known: Vec<String> = rows.iter().map(|row| row.req.clone()).collect();
            let refusal = Refusal::new(Why::Unknown, format!("{control} is not mapped to `{said}`"));
            return Err(refusal.hint(format!("it is mapped to: {}", sentence::list(&known))));
        };
        gone.push(rows.remove(at).req);
    }
    draft.note(Note::Unmapped { control, requirements: gone });
    Ok(draft.finish())
}

/// A mapping that a machine found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub control: Id,
    pub reference: Reference,
    pub method: MappingMethod,
    pub score: u32,
    /// The bridge or language model that it comes from.
    pub found: Option<Found>,
}

/// Writes proposals down. What was decided about stays, and what was rejected is proposed again only when the
/// requirement has other words since; a proposal that is there already takes the new score.
pub fn propose(stage: &Stage<'_>, library: &Library, proposals: &[Proposal]) -> Plan {
    let mut draft = Draft::open(stage)?;
    let mut told: Vec<(Id, Vec<String>)> = Vec::new();
    for proposal in proposals {
        let req = proposal.reference.to_string();
        let now = library.clause(&proposal.reference).ok().map(|(_, clause)| Stamp::of(clause));
        let rows = &mut draft.control(proposal.control)?.requirements;
        let row = Requirement {
            req: req.clone(),
            cover: Some(Cover::Part),
            state: Some(MappingState::Proposed),
            method: Some(proposal.method),
            score: Some(proposal.score),
            source: proposal.found.as_ref().map(|found| found.source.clone()).unwrap_or_default(),
            rationale: proposal.found.as_ref().map(|found| found.rationale.clone()).unwrap_or_default(),
            ..Requirement::default()
        };
        match rows.iter_mut().find(|other| other.req == req) {
            None => rows.push(row),
            Some(other) if renews(other, now.as_ref()) => {
                // How much of it somebody thought to be met outlives a new score.
                let cover = other.cover.filter(|_| other.state == Some(MappingState::Proposed)).or(row.cover);
                *other = Requirement { cover, ..row };
            }
            Some(_) => continue,
        }
        match told.last_mut().filter(|(control, _)| *control == proposal.control) {
            Some((_, all)) => all.push(req),
            None => told.push((proposal.control, vec![req])),
        }
    }
    for (control, requirements) in told {
        draft.note(Note::Mapped { control, state: MappingState::Proposed, requirements });
    }
    Ok(draft.finish())
}

/// Writes proposals down and takes new controls in: one that is the same as a control there, live or removed, becomes part of it.
pub fn remedy(stage: &Stage<'_>, library: &Library, proposals: &[Proposal], newcomers: &[Control]) -> Plan {
    let proposed = propose(stage, library, proposals)?;
    let then = Stage { model: &proposed.model, ..*stage };
    let folded = fold(&then, newcomers, "offline")?;
    let changes = crate::change::diff(stage.model, &folded.model);
    let nothing = |note: &Note| matches!(note, Note::Nothing);
    let mut notes: Vec<Note> = proposed.notes.into_iter().chain(folded.notes).filter(|note| !nothing(note)).collect();
    if changes.is_empty() {
        notes.push(Note::Nothing);
    }
    Ok(Outcome { changes, model: folded.model, notes })
}

fn renews(row: &Requirement, now: Option<&Stamp>) -> bool {
    match row.state {
        None | Some(MappingState::Proposed) => true,
        Some(MappingState::Accepted) => false,
        Some(MappingState::Rejected) => now.is_some_and(|now| now.compare(&row.text) == Memory::Changed),
    }
}

pub(super) fn stamp(library: &Library, reference: &Reference) -> String {
    library.clause(reference).map(|(_, clause)| Stamp::of(clause).to_string()).unwrap_or_default()
}

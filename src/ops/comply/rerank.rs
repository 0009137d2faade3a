//! Mappings that were found offline, put into order by a language model. What it leaves out is not proposed; it can bring nothing in.

use super::Suggested;
use crate::comply::mapping::{Candidate, Found};
use crate::model::{Body, MappingMethod, Model};
use crate::ops::Trouble;
use crate::suggest::{Language, Pick, Shortlist};

/// Requirements that are offered for a control, at most.
pub const DEEPEST: usize = 25;

/// What the language model is offered: every control that has candidates.
pub fn shortlists<'s>(model: &'s Model, suggested: &'s [Suggested<'_>]) -> Vec<Shortlist<'s>> {
    let list = |one: &'s Suggested<'_>| {
        let entity = model.entities.get(&one.control)?;
        let Body::Control(control) = &entity.body else { return None };
        let offered = one.candidates.iter().map(|candidate| (candidate.clause.id.as_str(), candidate.clause.words()));
        let offered: Vec<(&str, &str)> = offered.collect();
        (!offered.is_empty()).then_some(Shortlist { control: one.control, text: &control.description, offered })
    };
    suggested.iter().filter_map(list).collect()
}

/// The suggestions with what the language model picks, at most so many a control; and what was refused of its replies.
pub fn rerank<'p>(
    (framework, model): (&str, &Model),
    suggested: Vec<Suggested<'p>>,
    language: &Language<'_>,
    most: usize,
) -> Result<(Vec<Suggested<'p>>, Vec<String>), Trouble> {
    let (picks, notes) = language.rerank(framework, &shortlists(model, &suggested))?;
    let chosen = |mut one: Suggested<'p>| {
        let of = picks.get(&one.control).map(Vec::as_slice).unwrap_or_default();
        let found = |pick: &Pick| {
            let candidate = one.candidates.iter().find(|other| other.clause.id == pick.requirement)?;
            Some(told(candidate, pick, &language.name))
        };
        one.candidates = of.iter().filter_map(found).take(most).collect();
        one
    };
    let chosen = suggested.into_iter().map(chosen).filter(|one| one.all().next().is_some());
    Ok((chosen.collect(), notes))
}

/// The candidate with who picked it and why. How much of the words it shares stays as it was.
fn told<'p>(candidate: &Candidate<'p>, pick: &Pick, engine: &str) -> Candidate<'p> {
    let rationale = format!("{} (“{}”)", pick.reason.trim_end_matches('.'), pick.quote);
    let found = Found { source: engine.to_owned(), rationale };
    let mut picked = candidate.clone();
    picked.grounds.insert(0, found.to_string());
    Candidate { method: MappingMethod::Llm, found: Some(found), ..picked }
}

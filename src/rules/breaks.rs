//! Steps of published history that broke a meaning, as far as the candidate leaves them as they are. What a
//! candidate puts right is no finding, also where that undoes what its base says.

use super::{Context, accepted, id_collided, mends, step};
use crate::finding::{Evidence, Finding};
use crate::identity::{Breach, Break, Sighting};
use crate::model::{Entity, Id, Model, ModelId};

/// A break that stands.
pub(super) struct Standing<'a> {
    pub(super) broken: &'a Break,
    pub(super) from: &'a Entity,
    pub(super) model: &'a Model,
    pub(super) now: &'a Entity,
}

/// Breaks of a kind, with what the candidate has under the ID. An ID that is gone is another rule's.
fn standing<'c, 'a>(context: &'c Context<'a>, breach: Breach) -> impl Iterator<Item = Standing<'a>> + use<'c, 'a> {
    let own = all(context).filter(move |broken| broken.breach == breach && !told_of(context, broken));
    own.filter_map(move |broken| stood(context, broken))
}

/// Whether a collision tells of the step already: it ended in this rewriting. One that is settled otherwise does not.
pub(super) fn told_of<'a>(context: &Context<'a>, broken: &Break) -> bool {
    let same = |other: &&Break| {
        (&other.model, other.id, &other.at.commit) == (&broken.model, broken.id, &broken.at.commit)
            && other.breach == Breach::Collided
    };
    let tells = |other: &'a Break| accepted::decision(context, other).is_some() || id_collided::stands(context, other);
    matches!(broken.breach, Breach::Rewritten | Breach::Reused) && whatever(context).filter(same).any(tells)
}

fn stood<'a>(context: &Context<'a>, broken: &'a Break) -> Option<Standing<'a>> {
    let model = context.models.get(&broken.model)?;
    let (from, now) = (broken.from.entity()?, model.entities.get(&broken.from.id)?);
    (!mended(broken.breach, &model.id, from, now)).then_some(Standing { broken, from, model, now })
}

/// Whether the candidate leaves what a step did.
pub(super) fn stands<'a>(context: &Context<'a>, broken: &'a Break) -> bool {
    stood(context, broken).is_some()
}

/// The breaks that nobody accepted.
pub(super) fn all<'c, 'a>(context: &'c Context<'a>) -> impl Iterator<Item = &'a Break> + use<'c, 'a> {
    whatever(context).filter(move |broken| accepted::decision(context, broken).is_none())
}

/// The breaks, accepted or not.
pub(super) fn whatever<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Break> + use<'a> {
    context.past.ledger.iter().flat_map(|ledger| &ledger.breaks)
}

/// Adds what `tell` says of every standing break of a kind to the findings of a rule, which begin at `start`.
pub(super) fn each(
    context: &Context<'_>,
    (findings, start): (&mut Vec<Finding>, usize),
    breach: Breach,
    tell: impl Fn(&Standing<'_>) -> Option<Finding>,
) {
    for standing in standing(context, breach) {
        if let Some(mut finding) = tell(&standing) {
            finding.evidence.extend([&standing.broken.at, &standing.broken.before].map(evidence));
            finding.help =
                finding.help.map(|help| format!("{help}; {}", last_resort(context, standing.model, standing.broken)));
            join((findings, start), finding);
        }
    }
}

/// Adds a finding, or its evidence to the one that says the same already.
pub(super) fn join((findings, start): (&mut Vec<Finding>, usize), finding: Finding) {
    match findings[start..].iter_mut().find(|known| known.place.target == finding.place.target) {
        Some(known) => {
            let new = finding.evidence.into_iter().filter(|seen| !known.evidence.contains(seen)).collect::<Vec<_>>();
            known.evidence.extend(new);
        }
        None => findings.push(finding),
    }
}

/// What is left where nobody wants to repair what is published.
pub(super) fn last_resort(context: &Context<'_>, model: &Model, broken: &Break) -> String {
    let (rule, about) = (accepted::code(broken.breach).name, accepted::about(broken));
    let flag = context.flag(model);
    format!("or leave it as it is published: redan history accept {rule} {about}{flag} --reason \"…\"")
}

pub(super) fn evidence(seen: &Sighting) -> Evidence {
    Evidence { commit: seen.commit.to_string(), path: seen.path.to_string(), line: seen.line }
}

/// Whether the candidate gives an ID back the meaning that a published step took from it. A collision took none: which side
/// was published, a rewriting in the same merge says.
pub(super) fn gives_back(context: &Context<'_>, model: &ModelId, now: &Entity) -> bool {
    let identity = [Breach::Rewritten, Breach::Reused, Breach::ModelReused];
    identity.into_iter().any(|breach| puts_right(context, model, breach, now))
}

/// Whether the candidate puts a published break of this kind right.
pub(super) fn puts_right(context: &Context<'_>, model: &ModelId, breach: Breach, now: &Entity) -> bool {
    let own = |broken: &&Break| broken.breach == breach && broken.model == *model && about(broken) == now.id;
    let right = |broken: &Break| broken.from.entity().is_some_and(|from| mended(breach, model, from, now));
    let open = |broken: &&Break| accepted::decision(context, broken).is_none();
    whatever(context).filter(own).filter(open).any(right)
}

fn about(broken: &Break) -> Id {
    broken.from.id
}

fn mended(breach: Breach, model: &ModelId, from: &Entity, now: &Entity) -> bool {
    match breach {
        Breach::Rewritten | Breach::Reused | Breach::Collided | Breach::ModelReused => mends(from, now),
        _ => step::breaches(model, from, now).iter().all(|(found, _)| *found != breach),
    }
}

/// `61a2a379b6`, enough of a commit to find it.
pub(super) fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

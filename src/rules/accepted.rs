//! Broken meanings of published history that somebody accepted: they are told, with who and why, and fail nothing. The
//! same ID broken again, into another meaning, is another break, which nobody accepted.

use super::{Context, Rule, breaks, id_collided, model_gone};
use crate::change::Subject;
use crate::finding::{Code, Finding, Place, Severity, codes};
use crate::identity::{Breach, Break, of_entity, of_table};
use crate::model::{Accepted, Decision, DecisionKind, Entity, ModelId};

/// Tells of every accepted break under the code of its rule.
pub(super) static RULE: Rule = Rule { codes: &[], check };

/// What a row names when a whole model is meant.
const WHOLE: &str = "model";

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for broken in breaks::whatever(context) {
        if let Some((name, decision)) = decision(context, broken) {
            findings.push(finding(context, broken, (name, decision)));
        }
    }
}

/// The rule that tells of a breach.
pub(super) fn code(breach: Breach) -> &'static Code {
    match breach {
        Breach::Rewritten => &codes::ID_REWRITTEN,
        Breach::Reused => &codes::ID_REUSED,
        Breach::Collided => &codes::ID_COLLIDED,
        Breach::ModelReused => &codes::MODEL_REUSED,
        Breach::Tombstone => &codes::TOMBSTONE_EDITED,
        Breach::Rating => &codes::RATING_IN_PLACE,
        Breach::Rows => &codes::REVISION_REWRITTEN,
    }
}

/// The row that accepts a break; nothing where one side could not be read.
pub fn row(broken: &Break) -> Option<Accepted> {
    let digest = |entity: &Entity| match broken.breach {
        Breach::Tombstone | Breach::Rating | Breach::Rows => of_table(entity).short(),
        _ => of_entity(entity).short(),
    };
    Some(Accepted {
        rule: code(broken.breach).name.to_owned(),
        entity: about(broken),
        from: digest(broken.from.entity()?),
        to: digest(broken.to.entity()?),
        commit: broken.at.commit.to_string(),
    })
}

/// What a row names: the ID, or the model as a whole.
pub(super) fn about(broken: &Break) -> String {
    broken.id.map_or_else(|| WHOLE.to_owned(), |id| id.to_string())
}

/// The decision of the candidate that accepts a break. The commit is for readers: rows hold over rewritten history.
pub(super) fn decision<'a>(context: &Context<'a>, broken: &Break) -> Option<(&'a String, &'a Decision)> {
    let model = context.models.get(&broken.model).filter(|_| broken.published)?;
    let (rule, about) = (code(broken.breach).name, about(broken));
    let named = |row: &&Accepted| row.rule == rule && row.entity == about;
    let accepts = |row: &Accepted, wanted: &Accepted| (&row.from, &row.to) == (&wanted.from, &wanted.to);
    let mut likely = model.decisions.iter().filter(|(_, one)| names(one, rule, &about)).peekable();
    likely.peek()?;
    let wanted = self::row(broken)?;
    likely.find(|(_, one)| one.accepted.iter().filter(named).any(|row| accepts(row, &wanted)))
}

/// Published breaks that stand and that nobody accepted, with the rows that would accept them.
pub fn acceptable<'a>(context: &Context<'a>) -> Vec<(ModelId, Accepted)> {
    let stands = |broken: &&'a Break| match broken.breach {
        Breach::Collided => id_collided::stands(context, broken),
        _ => breaks::stands(context, broken) && !breaks::told_of(context, broken),
    };
    let found = breaks::all(context).filter(|broken| broken.published).filter(stands);
    let found = found.filter_map(|broken| Some((broken.model.clone(), row(broken)?)));
    found.chain(model_gone::acceptable(context)).collect()
}

/// Whether a decision has a row about a rule and what it names.
pub(super) fn names(decision: &Decision, rule: &str, about: &str) -> bool {
    let accepts = decision.kind == Some(DecisionKind::AcceptedHistory);
    accepts && decision.accepted.iter().any(|row| row.rule == rule && row.entity == about)
}

/// Who accepted, and when.
pub(super) fn by(decision: &Decision) -> String {
    let by = if decision.by.is_empty() { "somebody" } else { decision.by.as_str() };
    let at = decision.at.map(|at| format!(" on {}", at.day())).unwrap_or_default();
    format!("{by}{at}")
}

fn finding(context: &Context<'_>, broken: &Break, (name, decision): (&str, &Decision)) -> Finding {
    let title =
        |side: &crate::identity::Told| side.entity().map(|entity| entity.title().to_owned()).unwrap_or_default();
    let what = match (broken.id, broken.breach) {
        (None, _) => format!("the ID of {} was used for another model", broken.model),
        (Some(id), Breach::Rewritten | Breach::Reused | Breach::Collided) => {
            format!("{id} was `{}` and `{}`", title(&broken.from), title(&broken.to))
        }
        (Some(id), _) => format!("{id} (`{}`): {}", title(&broken.to), broken.why),
    };
    let message = format!("in history, {what}; accepted by {}: {}", by(decision), decision.reason.trim());
    let there = |id: &crate::model::Id| context.models.get(&broken.model).is_some_and(|m| m.entities.contains_key(id));
    let subject = broken.id.filter(there).map_or(Subject::Head, Subject::Entity);
    let mut finding = Finding::new(code(broken.breach), Place::of(&broken.model, subject), message);
    finding.severity = Severity::Info;
    finding.evidence = [&broken.at, &broken.before].map(breaks::evidence).into();
    finding.also(Place::of(&broken.model, Subject::Decision(name.to_owned())), "accepted here")
}

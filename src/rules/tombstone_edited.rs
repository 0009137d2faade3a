//! Published removals whose reason or date was rewritten. A tombstone that is gone altogether is a
//! restore, and no finding.

use super::breaks::{self, Standing};
use super::ledger::{self, Pair};
use super::{Context, Rule, listed, named};
use crate::change::{Act, Change, Subject};
use crate::finding::{Finding, Fix, Place, codes};
use crate::identity::Breach;
use crate::model::{ModelId, Removed, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::TOMBSTONE_EDITED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    ledger::models(context, findings, |pair| {
        let whole = of(&pair.new.id, Subject::Head, &heads(pair), || format!("the model {}", pair.new.id));
        let edited = pair.edited();
        let edited = edited.filter(|(_, new)| !breaks::puts_right(context, &pair.new.id, Breach::Tombstone, new));
        let entities = edited.filter_map(|(old, new)| {
            let both = (old.life.removed.as_ref(), new.life.removed.as_ref());
            of(&pair.new.id, Subject::Entity(old.id), &both, || named(new))
        });
        whole.into_iter().chain(entities).collect()
    });
    breaks::each(context, (findings, start), Breach::Tombstone, |Standing { from, model, now, .. }| {
        let both = (from.life.removed.as_ref(), now.life.removed.as_ref());
        of(&model.id, Subject::Entity(now.id), &both, || named(now))
    });
}

type Both<'a> = (Option<&'a Removed>, Option<&'a Removed>);

fn heads<'a>(pair: &Pair<'a>) -> Both<'a> {
    (pair.old.head.removed.as_ref(), pair.new.head.removed.as_ref())
}

fn of(model: &ModelId, subject: Subject, both: &Both<'_>, who: impl Fn() -> String) -> Option<Finding> {
    let (Some(old), Some(new)) = both else { return None };
    let rewritten = rewritten(old, new);
    let first = rewritten.first()?;
    let message = format!("the published removal of {} was rewritten: its {} changed", who(), listed(&rewritten));
    let place = Place::of(model, subject.clone()).key("removed").key(*first);
    let back = Removed { at: old.at.or(new.at), reason: pick(&old.reason, &new.reason), ..(*new).clone() };
    let act = Act::Set { field: "removed", from: Some(value(new)), to: Some(value(&back)) };
    Some(
        Finding::new(&codes::TOMBSTONE_EDITED, place, message)
            .help("put back what was published: redan fix --rule tombstone_edited; what came since belongs into `rationale`")
            .fix(Fix::risky("put the published tombstone back", vec![Change::new(model, subject, act)])),
    )
}

/// Filling in what was missing is no rewriting.
pub(super) fn rewritten(old: &Removed, new: &Removed) -> Vec<&'static str> {
    let at = old.at.is_some() && old.at != new.at;
    let reason = !old.reason.is_empty() && old.reason != new.reason;
    [("at", at), ("reason", reason)].into_iter().filter(|(_, changed)| *changed).map(|(key, _)| key).collect()
}

fn pick(old: &str, new: &str) -> String {
    if old.is_empty() { new.to_owned() } else { old.to_owned() }
}

fn value(removed: &Removed) -> Value {
    Value::Table(crate::model::table(removed))
}

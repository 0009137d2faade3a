//! What the workspace chose to allow: objectives that wait too long, and too many of a kind.

use std::collections::BTreeMap;

use super::gates::{few, statuses, were};
use super::{Context, Rule, named};
use crate::assess::{Assessment, Status, Tally, Tier, tally};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::{Id, Model, Objective};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ASSESSMENT_OVERDUE, &codes::LIMIT_EXCEEDED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(gate) = context.gate else { return };
    if let (Some(days), Some(then)) = (gate.grace_days, &context.past.grace) {
        for assessment in context.assessed() {
            let old = then.models.get(&assessment.model().id).filter(|old| !old.retired());
            findings.extend(old.into_iter().flat_map(|old| overdue(&context.assess(old), assessment, days)));
        }
    }
    if gate.max.is_empty() {
        return;
    }
    for assessment in context.assessed() {
        let model = assessment.model();
        let now = counted(assessment);
        let old = context.past.bases.iter().filter_map(|base| base.models.get(&model.id));
        let then: Vec<Tally> = old.filter(|old| !old.retired()).map(|old| counted(&context.assess(old))).collect();
        for (&(status, tier), &most) in &gate.max {
            let limit = Limit { status, tier, most: most as usize };
            findings.extend(limit.exceeded(model, &now, &then));
        }
    }
}

/// Objectives that nobody looked at then, and nobody looked at since.
fn overdue(then: &Assessment<'_>, now: &Assessment<'_>, days: u32) -> Vec<Finding> {
    let model = now.model();
    let then: BTreeMap<Objective, Status> = statuses(then).collect();
    let waiting = statuses(now).filter(|(objective, status)| {
        *status == Status::Unassessed && then.get(objective) == Some(&Status::Unassessed)
    });
    let mut by_asset: BTreeMap<Id, Vec<Objective>> = BTreeMap::new();
    waiting.for_each(|(objective, _)| by_asset.entry(objective.asset).or_default().push(objective));
    let told = by_asset.into_iter().filter_map(|(asset, all)| {
        let entity = model.entities.get(&asset)?;
        let message = format!(
            "nobody looked at {} of {} for more than {days} days: {}",
            were(&all, "an objective", "objectives"),
            named(entity),
            few(&all)
        );
        let help = "cover them (redan cover), accept them (redan accept), or decide that they do not apply (redan not-applicable)";
        Some(Finding::new(&codes::ASSESSMENT_OVERDUE, Place::entity(&model.id, asset), message).help(help))
    });
    told.collect()
}

fn counted(assessment: &Assessment<'_>) -> Tally {
    tally(assessment.outcomes().map(|(_, outcome)| outcome))
}

/// At most so many objectives of a class and a tier.
struct Limit {
    status: Status,
    tier: Option<Tier>,
    most: usize,
}

impl Limit {
    /// A base that has too many already excuses no more of them, so that is another finding than the base's own.
    fn exceeded(&self, model: &Model, now: &Tally, then: &[Tally]) -> Option<Finding> {
        let count = now.cell(self.tier, self.status);
        if count <= self.most {
            return None;
        }
        let tier = self.tier.map_or("not_rated", Tier::word);
        let before =
            then.iter().map(|tally| tally.cell(self.tier, self.status)).filter(|before| *before > self.most).min();
        let grown = before.filter(|before| *before < count);
        let was = grown.map(|before| format!(", up from {before}")).unwrap_or_default();
        let one = count == 1;
        let message = format!(
            "{count} {} of {} {} {} at tier {}{was}; redan.toml lets {} pass",
            if one { "objective" } else { "objectives" },
            model.id,
            if one { "is" } else { "are" },
            self.status.word().replace('_', " "),
            tier.replace('_', " "),
            self.most,
        );
        let place = Place::of(&model.id, Subject::Head).key(self.status.word()).key(tier);
        let place = if grown.is_some() { place.key("more") } else { place };
        let help = format!("list them: redan assess {}; what closes most of them: redan leverage {0}", model.id);
        Some(Finding::new(&codes::LIMIT_EXCEEDED, place, message).help(help))
    }
}

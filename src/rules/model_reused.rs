//! Published models that were given up, and whose ID is used again for another model.

use super::{Context, Rule, breaks, id_reused};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::identity::{Account, Breach, Sighting};
use crate::model::Model;

pub(super) static RULE: Rule = Rule { codes: &[&codes::MODEL_REUSED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let start = findings.len();
    for (id, account) in context.past.ledger.iter().flat_map(|ledger| &ledger.models) {
        let Some(model) = context.models.get(id).filter(|model| is_other(context, model, account)) else { continue };
        let mut finding = finding(model, "now", account.owed.as_ref());
        finding.evidence.extend(account.owed.as_ref().map(breaks::evidence));
        breaks::join((findings, start), finding);
    }
    breaks::each(context, (findings, start), Breach::ModelReused, |standing| {
        let since = format!("since {}", breaks::short(&standing.broken.at.commit));
        Some(finding(standing.model, &since, Some(&standing.broken.before)))
    });
}

/// Whether a model that no base has was published once, and none of its IDs that were known means what it
/// meant.
pub(super) fn is_other<'a>(context: &Context<'a>, model: &'a Model, account: &'a Account) -> bool {
    if account.owed.is_none() || context.past.bases.iter().any(|base| base.models.contains_key(&model.id)) {
        return false;
    }
    let fresh = id_reused::fresh_ones(context, model);
    let known = fresh.iter().filter(|entity| account.entities.contains_key(&entity.id)).count();
    let other = id_reused::newcomers(context, model, account).len();
    known > 0 && known == other
}

fn finding(model: &Model, when: &str, before: Option<&Sighting>) -> Finding {
    let message = format!(
        "the ID of the published model {} is used again {when}, for a model of which no entity is the same",
        model.id
    );
    let back = before.and_then(|seen| Some((breaks::short(&seen.commit), seen.path.rsplit_once('/')?.0)));
    let back = back.map_or_else(String::new, |(commit, folder)| {
        format!("; in a folder of its own, so that the old one can come back: git checkout {commit} -- {folder}")
    });
    Finding::new(&codes::MODEL_REUSED, Place::of(&model.id, Subject::Head).key("id"), message)
        .help(format!("give the new model an `id` of its own in its model.toml{back}"))
}

//! Accepting what published history did to IDs and nobody can undo: what there is to accept.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::audit::Depth;
use super::check::{findings, fingerprint};
use super::lifecycle::{Refusal, Why};
use super::{Candidate, Desk, Trouble};
use crate::change::Subject;
use crate::finding::{Finding, Target, codes};
use crate::history::GitError;
use crate::model::{Accepted, ModelId};
use crate::rules::{self, Context};

/// What somebody wants to accept.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    All,
    /// The fingerprint of a finding, as `check --format json` gives it, or its beginning.
    Fingerprint(&'a str),
    Rule {
        rule: &'a str,
        /// `A2`, or `model`.
        entity: &'a str,
    },
}

/// What would be accepted.
#[derive(Debug)]
pub struct Offer {
    /// The published commit that was looked at.
    pub since: String,
    pub rows: BTreeMap<ModelId, Vec<Accepted>>,
}

/// What stands in published history, is told as a finding and can only be accepted. The whole history has to be
/// here. `model`: of this one only.
pub fn offer(
    desk: &Desk,
    model: Option<&str>,
    wanted: Wanted<'_>,
    today: Date,
) -> Result<Result<Offer, Refusal>, Trouble> {
    let read = desk.look(&Candidate::WorkingTree)?;
    let mut past = desk.past(&read)?;
    past.ledger = desk.ledger(&Candidate::WorkingTree, Depth::Full, &read.settings)?;
    desk.recall(&Candidate::WorkingTree, &mut past, &read)?;
    if let Some(gap) = past.ledger.iter().flat_map(|ledger| &ledger.gaps).next() {
        return Err(GitError::Incomplete { why: gap.why.clone(), command: gap.command.clone() }.into());
    }
    let only = model.map(|asked| desk.model(&read.workspace, Some(asked)).map(|model| model.id.clone())).transpose()?;
    let context =
        Context::new(&read.workspace.models, &read.workspace.salvaged, &past, today).knowing(&read.workspace.library);
    let mut all = rules::acceptable(&context);
    all.retain(|(id, row)| only.as_ref().is_none_or(|only| only == id || of_model(row)));
    let found = match wanted {
        Wanted::All => Vec::new(),
        _ => findings(&read.workspace, &past, today, &read.settings),
    };
    all.retain(|(id, row)| match wanted {
        Wanted::All => true,
        Wanted::Fingerprint(print) => {
            let mut of_print = found.iter().filter(|finding| fingerprint(finding).starts_with(print));
            of_print.any(|finding| tells(finding, id, row))
        }
        Wanted::Rule { rule, entity } => row.rule == rule && row.entity == entity,
    });
    all.iter_mut().for_each(|(holder, row)| keep_in(only.as_ref(), holder, row));
    if all.is_empty() {
        return Ok(Err(nothing(wanted, &found)));
    }
    let tip = past.ledger.iter().flat_map(|ledger| &ledger.published).next();
    let mut offer = Offer { since: tip.map(|tip| tip.commit.clone()).unwrap_or_default(), rows: BTreeMap::new() };
    all.into_iter().for_each(|(id, row)| offer.rows.entry(id).or_default().push(row));
    Ok(Ok(offer))
}

/// Whether a row is about a model that is not here: any other may keep the decision.
fn of_model(row: &Accepted) -> bool {
    row.rule == codes::MODEL_GONE.name
}

fn keep_in(only: Option<&ModelId>, holder: &mut ModelId, row: &Accepted) {
    if let Some(only) = only.filter(|_| of_model(row)) {
        holder.clone_from(only);
    }
}

fn tells(finding: &Finding, id: &ModelId, row: &Accepted) -> bool {
    let same = match of_model(row) {
        true => finding.model().is_some_and(|model| model.as_str() == row.entity),
        false => finding.model() == Some(id) && about(finding) == row.entity,
    };
    finding.code.name == row.rule && same
}

fn about(finding: &Finding) -> String {
    match &finding.place.target {
        Target::Model { subject: Subject::Entity(id), .. } => id.to_string(),
        _ => "model".to_owned(),
    }
}

fn nothing(wanted: Wanted<'_>, found: &[Finding]) -> Refusal {
    let other = match wanted {
        Wanted::All => None,
        Wanted::Fingerprint(print) => found.iter().find(|finding| fingerprint(finding).starts_with(print)),
        Wanted::Rule { rule, entity } => found.iter().find(|one| one.code.name == rule && about(one) == entity),
    };
    let message = match (other, wanted) {
        (Some(finding), _) => format!(
            "{} of {} is not settled by accepting it: it can be repaired, or is not published yet",
            finding.code.name,
            about(finding)
        ),
        (None, Wanted::All) => "published history broke no ID that is not accepted or repaired".to_owned(),
        (None, Wanted::Fingerprint(print)) => format!("no finding has the fingerprint {print}"),
        (None, Wanted::Rule { rule, entity }) => format!("published history holds no {rule} of {entity} to accept"),
    };
    let hint = other.and_then(|finding| finding.help.clone());
    let hint = hint.unwrap_or_else(|| "see what there is: redan check --history full".to_owned());
    Refusal { why: Why::NoEffect, message, hints: vec![hint] }
}

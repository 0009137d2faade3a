//! Patterns of objectives: `A1-*`, `*-T3`, `CO-A1-T2`, `*-*`. They are written out over the live pairs
//! of the moment, so that nothing covers an attacker who came later.

use std::collections::BTreeSet;

use super::{Refusal, Why, command, refusal};
use crate::model::{Id, Kind, Model, Objective};

struct Pattern<'t> {
    text: &'t str,
    /// `None` = any.
    asset: Option<Id>,
    attacker: Option<Id>,
}

/// The live objectives that the patterns name. One that names none is refused.
pub fn expand<S: AsRef<str>>(model: &Model, patterns: &[S]) -> Result<BTreeSet<Objective>, Refusal> {
    let mut all = BTreeSet::new();
    for text in patterns {
        let pattern = parse(text.as_ref())?;
        let found: Vec<Objective> = model.objectives().filter(|objective| pattern.matches(*objective)).collect();
        if found.is_empty() {
            return Err(nothing(model, &pattern));
        }
        all.extend(found);
    }
    Ok(all)
}

impl Pattern<'_> {
    fn matches(&self, objective: Objective) -> bool {
        self.asset.is_none_or(|id| id == objective.asset) && self.attacker.is_none_or(|id| id == objective.attacker)
    }
}

fn parse(text: &str) -> Result<Pattern<'_>, Refusal> {
    let text = text.trim();
    let sides = text.strip_prefix("CO-").unwrap_or(text).split_once('-');
    let sides = sides.and_then(|(asset, attacker)| Some((side(Kind::Asset, asset)?, side(Kind::Attacker, attacker)?)));
    match sides {
        Some((asset, attacker)) => Ok(Pattern { text, asset, attacker }),
        None => Err(malformed(text)),
    }
}

fn side(kind: Kind, text: &str) -> Option<Option<Id>> {
    match text {
        "*" => Some(None),
        _ => Id::parse(text).filter(|id| id.kind == kind).map(Some),
    }
}

fn malformed(text: &str) -> Refusal {
    let message = format!("`{text}` names no objectives: write CO-A1-T2, A1-*, *-T3 or *-*");
    let refusal = Refusal::new(Why::Pattern, message);
    let upper = text.to_ascii_uppercase();
    match Id::parse(&upper).map(|id| id.kind) {
        Some(Kind::Asset) => refusal.hint(format!("'{upper}-*'")),
        Some(Kind::Attacker) => refusal.hint(format!("'*-{upper}'")),
        _ if upper != text && parse(&upper).is_ok() => refusal.hint(format!("'{upper}'")),
        _ => refusal,
    }
}

fn nothing(model: &Model, pattern: &Pattern<'_>) -> Refusal {
    for id in [pattern.asset, pattern.attacker].into_iter().flatten() {
        match model.entities.get(&id) {
            None => return refusal::unknown(model, id),
            Some(entity) if !entity.live() => return refusal::removed(model, entity),
            Some(_) => {}
        }
    }
    let missing = if model.of_kind(Kind::Asset).any(|e| e.live()) { Kind::Attacker } else { Kind::Asset };
    let message = format!("`{}` matches nothing: the model has no live {missing}", pattern.text);
    Refusal::new(Why::Pattern, message).hint(command::on(&model.id, &["add", missing.noun()]))
}

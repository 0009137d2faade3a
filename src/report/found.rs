//! What a query found in a model: `found/1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::assess::tier_word;
use crate::assess::query::{Hit, Query, Scope};
use crate::assess::{Rating, impact, likelihood};
use crate::model::{Body, Entity, Objective};
use crate::render::{Line, Page, Tone};

/// `found/1`: entities or objectives of which a query is true.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    pub model: String,
    /// What is listed: assets, attackers, components, boundaries, assumptions, controls or objectives.
    pub of: &'static str,
    /// The query; empty = everything live.
    #[serde(rename = "where")]
    pub query: String,
    /// The day it was asked for.
    pub as_of: String,
    pub found: Vec<Item>,
}

/// One entity or objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Item {
    /// `A1`, `CO-A1-T1`.
    pub id: String,
    /// What people call it; of an objective, the asset.
    pub title: String,
    /// A few words that tell it from others: its rating, its status.
    pub about: Vec<String>,
}

/// What the query found, in the order of listings.
pub fn found(scope: &Scope<'_, '_>, query: &Query, (text, day): (&str, &str), hits: &[Hit]) -> Found {
    Found {
        model: scope.model().id.to_string(),
        of: query.row.plural(),
        query: text.to_owned(),
        as_of: day.to_owned(),
        found: hits.iter().map(|hit| item(scope, *hit)).collect(),
    }
}

/// One thing that was found.
pub fn item(scope: &Scope<'_, '_>, hit: Hit) -> Item {
    match hit {
        Hit::Objective(objective) => pair(scope, objective),
        Hit::Entity(id) => {
            let entity = scope.model().entities.get(&id);
            let title = entity.map(|entity| entity.title().trim().to_owned()).unwrap_or_default();
            Item { id: id.to_string(), title, about: entity.map(|entity| about(scope, entity)).unwrap_or_default() }
        }
    }
}

fn pair(scope: &Scope<'_, '_>, objective: Objective) -> Item {
    let title = scope.model().entities.get(&objective.asset).map(|entity| entity.title().trim().to_owned());
    let outcome = scope.assessment.outcome(objective);
    let about = outcome.into_iter().flat_map(|outcome| {
        let reason = outcome.reason.map(|reason| reason.word()).filter(|word| *word != outcome.status.word());
        [Some(tier_word(outcome.tier)), Some(outcome.status.word()), reason]
    });
    let about = about.flatten().map(str::to_owned).collect();
    Item { id: objective.to_string(), title: title.unwrap_or_default(), about }
}

fn about(scope: &Scope<'_, '_>, entity: &Entity) -> Vec<String> {
    let mut about = match &entity.body {
        Body::Asset(asset) => {
            let letters: Vec<&str> = asset.properties.0.keys().map(|property| property.word()).collect();
            vec![letters.join(","), band("impact", &impact(asset, None))]
        }
        Body::Attacker(attacker) => {
            let archetype = attacker.archetype.map(|archetype| archetype.word().to_owned());
            vec![archetype.unwrap_or_default(), band("likelihood", &likelihood(attacker, None))]
        }
        Body::Assumption(_) => vec![scope.state(entity).word().to_owned()],
        Body::Control(control) => {
            vec![if control.implemented() { "implemented" } else { "not_implemented" }.to_owned()]
        }
        Body::Component(component) => vec![component.repo.clone()],
        Body::Boundary(boundary) => vec![if boundary.sealed { "sealed" } else { "" }.to_owned()],
    };
    if !entity.live() {
        about.insert(0, "removed".to_owned());
    } else if scope.model().is_orphaned(entity) {
        about.insert(0, "orphaned".to_owned());
    }
    about.retain(|word| !word.is_empty());
    about
}

fn band(what: &str, rating: &Rating) -> String {
    match rating {
        Rating::Rated(rated) => format!("{what} {}", rated.band),
        Rating::Partial(_) => format!("{what} partly rated"),
        Rating::Unrated => "not rated".to_owned(),
    }
}

/// A line each, and how many there are.
pub fn page(found: &Found) -> Page {
    let mut page = Page::default();
    list(&mut page, &found.found);
    let count = counted(found.found.len(), found.of);
    // Nothing else depends on the day.
    let dated = matches!(found.of, "objectives" | "assumptions");
    page.text(Line::of(Tone::Dim, if dated { format!("{count} on {}", found.as_of) } else { count }));
    page
}

/// What was found, as a table.
pub fn list(page: &mut Page, items: &[Item]) {
    let row = |item: &Item| {
        let title = item.title.split_whitespace().collect::<Vec<_>>().join(" ");
        vec![Line::of(Tone::Id, &item.id), Line::plain(title), Line::of(Tone::Dim, item.about.join(", "))]
    };
    page.table(&["", "", ""], items.iter().map(row).collect());
}

/// `1 asset`, `12 assets`, `no assets`.
pub fn counted(count: usize, plural: &str) -> String {
    let single = crate::assess::query::Row::parse(plural).map_or(plural, |row| row.noun());
    match count {
        0 => format!("no {plural}"),
        1 => format!("1 {single}"),
        _ => format!("{count} {plural}"),
    }
}

//! The models of a workspace: `list/1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::identity::structural;
use crate::model::{Kind, Model, ModelId, Models};
use crate::render::{Line, Page, Tone};

/// `list/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct List {
    pub models: Vec<Listed>,
}

/// One model.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Listed {
    pub id: String,
    pub name: String,
    /// Its folder, relative to the repository.
    pub path: String,
    /// The version, where history says which: `v7`, `v8 (uncommitted)`.
    pub version: Option<String>,
    /// Structural digest, 12 hex digits.
    pub digest: String,
    pub retired: bool,
    /// Live entities by kind, and live control objectives; a retired model counts nowhere.
    pub live: BTreeMap<&'static str, usize>,
}

/// What `list` answers, by model ID.
pub fn list(models: &Models, folders: &BTreeMap<ModelId, String>, versions: &BTreeMap<ModelId, String>) -> List {
    let listed = |model: &Model| Listed {
        id: model.id.to_string(),
        name: model.head.name.clone(),
        path: folders.get(&model.id).cloned().unwrap_or_default(),
        version: versions.get(&model.id).cloned(),
        digest: structural(model).short(),
        retired: model.retired(),
        live: live(model),
    };
    List { models: models.values().map(listed).collect() }
}

fn live(model: &Model) -> BTreeMap<&'static str, usize> {
    let counts = !model.retired();
    let count = |kind: Kind| (kind.table(), model.of_kind(kind).filter(|entity| counts && entity.live()).count());
    let objectives = if counts { model.objectives().count() } else { 0 };
    Kind::ALL.into_iter().map(count).chain([("objectives", objectives)]).collect()
}

/// The list for people.
pub fn page(list: &List) -> Page {
    let head = ["model", "name", "version", "assets", "attackers", "controls", "objectives", "path"];
    let row = |listed: &Listed| {
        let count = |kind: &str| Line::plain(listed.live.get(kind).copied().unwrap_or_default().to_string());
        let name = Line::plain(&listed.name);
        vec![
            Line::of(Tone::Id, &listed.id),
            if listed.retired { name.and(Tone::Dim, " (retired)") } else { name },
            Line::plain(listed.version.clone().unwrap_or_default()),
            count("assets"),
            count("attackers"),
            count("controls"),
            count("objectives"),
            Line::of(Tone::Dim, &listed.path),
        ]
    };
    let mut page = Page::default();
    page.table(&head, list.models.iter().map(row).collect());
    page
}

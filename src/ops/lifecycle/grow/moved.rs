//! What lay in a component that is gone lies in what took its place.

use std::collections::BTreeSet;

use super::{Growth, Twin};
use crate::model::{Body, Component, ComponentRef, Entity, Id, Kind, Model};
use crate::ops::lifecycle::Note;
use crate::ops::lifecycle::draft::Draft;
use crate::ops::lifecycle::sentence::short;

impl Growth<'_> {
    /// What took the place of a component: the one of its kind that came in with this act, where there is just one.
    pub(super) fn heir(&self, draft: &Draft<'_>, gone: &Entity) -> Option<Id> {
        let Body::Component(gone) = &gone.body else { return None };
        let same = |(entity, component): &(&Entity, &Component)| {
            self.news.contains(&entity.id) && entity.live() && what(component) == what(gone)
        };
        let mut heirs = draft.model.components().filter(same).map(|(entity, _)| entity.id);
        heirs.next().filter(|_| heirs.next().is_none())
    }

    /// What lay in a component that is gone lies in what took its place, and where it is read now to lie.
    pub(super) fn move_assets(&self, draft: &mut Draft<'_>) {
        let live: Vec<Id> =
            draft.model.assets().filter(|(entity, _)| entity.live()).map(|(entity, _)| entity.id).collect();
        for id in live {
            let Some(Body::Asset(asset)) = draft.model.entities.get(&id).map(|entity| &entity.body) else { continue };
            let gone: Vec<Id> = asset.components.iter().map(|one| one.0).filter(|one| went(draft, *one)).collect();
            if gone.is_empty() {
                continue;
            }
            let mut places: BTreeSet<Id> = gone.iter().filter_map(|one| successor(&draft.model, *one)).collect();
            let read = self.read_in(id);
            places.extend(read.iter().filter(|one| self.news.contains(one)));
            if places.is_empty() && !asset.components.iter().any(|one| draft.model.is_live(one.0)) {
                places.extend(read.iter().filter(|one| draft.model.is_live(**one)));
            }
            places.retain(|one| !asset.components.contains(&ComponentRef(*one)));
            lay(draft, id, &places);
        }
        let owed: Vec<(Id, BTreeSet<Id>)> = draft
            .model
            .controls()
            .filter(|(entity, _)| entity.live())
            .map(|(entity, control)| {
                let gone = control.components.iter().map(|one| one.0).filter(|one| went(draft, *one));
                (entity.id, gone.filter_map(|one| successor(&draft.model, one)).collect())
            })
            .collect();
        owed.iter().for_each(|(id, places)| lay(draft, *id, places));
    }

    /// The components in which an asset is read now to lie.
    fn read_in(&self, asset: Id) -> BTreeSet<Id> {
        let twin = self.known.iter().find(|(_, twin)| **twin == Twin::Live(asset)).map(|(proposed, _)| proposed);
        let Some(Body::Asset(read)) = twin.and_then(|id| self.proposed.entities.get(id)).map(|entity| &entity.body)
        else {
            return BTreeSet::new();
        };
        let id = |one: &ComponentRef| match self.known.get(&one.0) {
            Some(Twin::Live(id)) => Some(*id),
            _ => None,
        };
        read.components.iter().filter_map(id).collect()
    }
}

/// Whether this act removed it.
fn went(draft: &Draft<'_>, id: Id) -> bool {
    draft.stage.model.is_live(id) && !draft.model.is_live(id)
}

fn successor(model: &Model, gone: Id) -> Option<Id> {
    Id::parse(&model.entities.get(&gone)?.life.removed.as_ref()?.replaced_by)
}

/// Adds components to what lies in some or lives in some.
fn lay(draft: &mut Draft<'_>, id: Id, places: &BTreeSet<Id>) {
    let Some(entity) = draft.model.entities.get_mut(&id).filter(|_| !places.is_empty()) else { return };
    let more = places.iter().copied().map(ComponentRef);
    match &mut entity.body {
        Body::Asset(asset) => asset.components.extend(more),
        Body::Control(control) => control.components.extend(more),
        _ => {}
    }
    let names: Vec<String> = places.iter().map(ToString::to_string).collect();
    if id.kind == Kind::Asset {
        let title = short(draft.model.entities.get(&id).map(Entity::title).unwrap_or_default());
        draft.note(Note::Remark(format!("{id} ({title}) lies in {} now", names.join(", "))));
    }
}

/// What a component is: its description, where its name is a file's own, else its name without a product.
fn what(component: &Component) -> &str {
    match component.description.as_str() {
        "" => component.name.split(" (").next().unwrap_or_default(),
        description => description,
    }
}

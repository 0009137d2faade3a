//! Two states that were read, side by side.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::coverage::{coverages, repacked};
use crate::assess::{Row, View, assess};
use crate::difference::{Compared, Difference, Kind, Side, State, between};
use crate::identity::Words;
use crate::model::{Model, ModelId};
use crate::ops::{Trouble, merge, reading};
use crate::rules::Memory;
use crate::store::{Content, Workspace};

/// Two states, and the models in them that are to be compared.
pub struct Sides<'w> {
    before: Workspace,
    after: &'w Workspace,
    /// Models that are on either side and whose files differ, or whose frameworks do.
    ids: Vec<ModelId>,
}

impl<'w> Sides<'w> {
    pub fn new(before: Workspace, after: &'w Workspace) -> Sides<'w> {
        let ids: BTreeSet<&ModelId> = before.models.keys().chain(after.models.keys()).collect();
        let differs = |id: &&ModelId| {
            before.folders.get(*id) != after.folders.get(*id)
                || !files(&before, id).eq_by_content(&files(after, id))
                || after.models.get(id).is_some_and(|model| repacked(model, &before, after))
        };
        let ids = ids.into_iter().filter(differs).cloned().collect();
        Sides { before, after, ids }
    }

    /// Keeps the models asked for, by ID or name on either side; nothing asked = all.
    pub fn choose(&mut self, asked: &[String]) -> Result<(), Trouble> {
        let find = |asked: &String| {
            let there = reading::named(self.after, asked).or_else(|_| reading::named(&self.before, asked));
            there.map(|model| model.id.clone())
        };
        let chosen: BTreeSet<ModelId> = asked.iter().map(find).collect::<Result<_, _>>()?;
        self.ids.retain(|id| chosen.is_empty() || chosen.contains(id));
        Ok(())
    }

    /// Every state of every model that differs.
    pub fn differing(&self) -> impl Iterator<Item = &Model> {
        self.ids.iter().flat_map(|id| [self.before.models.get(id), self.after.models.get(id)]).flatten()
    }
}

/// Compares what was read. `words` are those that rows in doubt were decided on.
pub fn compare(sides: Sides<'_>, (from, to): (State, State), words: &Words, as_of: Date) -> Compared {
    let Sides { mut before, after, ids } = sides;
    let old = std::mem::take(&mut before.models);
    let models = ids.iter().map(|id| {
        let sides = [(old.get(id), &before), (after.models.get(id), after)];
        let mut difference = assessed(sides, words, as_of);
        difference.unread = [&before, after].iter().any(|workspace| workspace.lossy.contains(id));
        difference.rewritten = rewritten(&difference, &before, after);
        difference
    });
    // Another pack may ask for the same.
    let says = |one: &Difference| one.meaningful() || one.unread || !one.rewritten.is_empty();
    let models = models.filter(says).collect();
    Compared { from, to, as_of, alone: after.models.len() < 2, models }
}

/// Assesses both sides on the same day, then compares them.
fn assessed(sides: [(Option<&Model>, &Workspace); 2], words: &Words, as_of: Date) -> Difference {
    let memories = sides.map(|(model, _)| model.map(|model| Memory::new(model, words)));
    let [was, is] =
        memories.each_ref().map(|memory| move |row: Row<'_>| memory.as_ref().is_some_and(|memory| memory.changed(row)));
    let [(old, before), (new, after)] = sides;
    let (old_view, new_view) = (View::on(as_of).judged_by(&was), View::on(as_of).judged_by(&is));
    let old_assessment = old.map(|model| assess(model, old_view));
    let new_assessment = new.map(|model| assess(model, new_view));
    let coverage = coverages(
        old_assessment.as_ref().map(|one| (one, old_view, &before.library)),
        new_assessment.as_ref().map(|one| (one, new_view, &after.library)),
    );
    let side = |assessment, workspace: &'_ Workspace, model: Option<&Model>| {
        let folder = model.and_then(|model| workspace.folders.get(&model.id)).cloned().unwrap_or_default();
        (assessment, folder)
    };
    let (old, new) = (side(old_assessment.as_ref(), before, old), side(new_assessment.as_ref(), after, new));
    let difference = between(
        old.0.map(|assessment| Side { assessment, folder: &old.1 }),
        new.0.map(|assessment| Side { assessment, folder: &new.1 }),
    );
    Difference { coverage, ..difference }
}

/// Files with other bytes and the same meaning, by their place in the model's folder.
fn rewritten(difference: &Difference, before: &Workspace, after: &Workspace) -> Vec<String> {
    let (old, new) = (files(before, &difference.model), files(after, &difference.model));
    if difference.unread || old.0.is_empty() || new.0.is_empty() {
        return Vec::new();
    }
    let moved = difference.things.iter().filter(|thing| thing.kind == Kind::Moved).flat_map(|thing| &thing.fields);
    let left = moved.filter_map(|field| Some(format!("{}.toml", field.from.as_ref()?)));
    let told: BTreeSet<String> =
        difference.things.iter().map(|thing| merge::file(&thing.subject)).chain(left).collect();
    let names: BTreeSet<&str> = old.0.keys().chain(new.0.keys()).copied().collect();
    let silent = |name: &&str| old.0.get(name) != new.0.get(name) && !told.contains(*name);
    names.into_iter().filter(silent).map(str::to_owned).collect()
}

/// The files of a model by their place in its folder.
struct Files<'w>(BTreeMap<&'w str, &'w Content>);

impl Files<'_> {
    fn eq_by_content(&self, other: &Files<'_>) -> bool {
        self.0 == other.0
    }
}

fn files<'w>(workspace: &'w Workspace, id: &ModelId) -> Files<'w> {
    let Some(folder) = workspace.folders.get(id) else { return Files(BTreeMap::new()) };
    let start = format!("{folder}/");
    let beneath = workspace.sources.range(start.clone()..).take_while(|(path, _)| path.starts_with(&start));
    Files(beneath.map(|(path, source)| (&path[start.len()..], &source.content)).collect())
}

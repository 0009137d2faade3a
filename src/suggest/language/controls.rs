//! What is done about a portion of the objectives: new controls, and those that are there already.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::batch::Aim;
use super::ground::Ground;
use super::item::{called, line};
use super::prompts;
use super::schema::{list, object, short, text, word};
use super::structure::listed;
use super::talk::{Step, Taken};
use crate::assess::Tier;
use crate::identity::{Verdict, compare};
use crate::model::{Atom, Body, ComponentRef, Control, Entity, Group, Id, Kind, Model, Objective, Property};

/// The groups that a reply may name.
const GROUPS: [&str; 4] = ["1", "2", "3", "depth"];

pub fn step<'a>(ground: &'a Ground, model: &'a Model, batch: &'a [Aim]) -> Step<'a, Model> {
    let known = model
        .entities
        .values()
        .filter(|entity| entity.id.kind != Kind::Boundary && entity.live())
        .map(line)
        .collect::<Vec<_>>();
    let aims = batch.iter().map(|aim| format!("{} ({})", aim.objective, aim.tier)).collect::<Vec<_>>();
    Step {
        name: match batch.first() {
            Some(aim) => format!("controls from {}", aim.objective),
            None => "controls".to_owned(),
        },
        task: format!(
            "{}\n\n{}\n\nThe objectives, each with its risk:\n{}",
            prompts::CONTROLS.trim_end(),
            ground.shown("what is there", &known),
            aims.join("\n")
        ),
        schema: shape(),
        take: Box::new(move |reply| {
            let mut made = Made { ground, model: model.clone(), batch, faults: Vec::new() };
            for item in reply["controls"].as_array().into_iter().flatten() {
                made.control(item);
            }
            made.open();
            Taken { value: Some(made.model), faults: made.faults, notes: Vec::new() }
        }),
    }
}

fn shape() -> Json {
    let covers = object(vec![
        ("objective", text("One of the objectives below, such as CO-A1-T1")),
        (
            "group",
            word(
                "1 where all controls of group 1 together do it, 2 and 3 for other ways, depth for what only helps",
                GROUPS,
            ),
        ),
    ]);
    let control = object(vec![
        ("id", text("The ID of a control that is there, or `new`")),
        ("description", text("The mechanism, in one sentence that can be checked")),
        (
            "protects",
            list("The properties that it helps; empty for all", word("A property", Property::WORDS.iter().copied())),
        ),
        ("components", list("IDs of the components that it lives in", text("Such as CMP1"))),
        ("covers", list("What it covers", covers)),
        ("rationale", text("What it stops, in a sentence")),
    ]);
    object(vec![("controls", list("Controls", control))])
}

struct Made<'a> {
    ground: &'a Ground,
    model: Model,
    batch: &'a [Aim],
    faults: Vec<String>,
}

impl Made<'_> {
    fn control(&mut self, item: &Json) {
        let said = item["id"].as_str().unwrap_or_default().trim();
        let last = self.model.of_kind(Kind::Control).filter_map(|one| one.id.number()).max().unwrap_or_default();
        let mut entity = self.ground.entity(Id::new(Kind::Control, last + 1), item);
        let description = self.ground.words(item, "description");
        entity.body = Body::Control(Control {
            description,
            protects: listed(item, "protects").filter_map(Property::parse).collect(),
            components: self.components(item),
            ..Control::default()
        });
        let id = match Id::within(Kind::Control, said).filter(|id| self.model.is_live(*id)) {
            Some(id) => self.there(id, &entity),
            None if said == "new" => self.fresh(entity, item),
            None => {
                self.faults.push(format!("there is no control `{}`: write `new` for a new one", short(said)));
                None
            }
        };
        if let Some(id) = id {
            self.cover(id, item);
        }
    }

    /// One that is there keeps its words, and may not be taken for another.
    fn there(&mut self, id: Id, said: &Entity) -> Option<Id> {
        let old = self.model.entities.get(&id)?;
        if !said.title().is_empty() && compare(old, said).verdict == Verdict::Different {
            let fault = format!(
                "{id} is `{}` and not `{}`: write `new` for another one",
                short(old.title()),
                short(said.title())
            );
            self.faults.push(fault);
            return None;
        }
        Some(id)
    }

    /// A new one, unless it is there under other words.
    fn fresh(&mut self, entity: Entity, item: &Json) -> Option<Id> {
        if entity.title().is_empty() {
            self.faults.push(format!("`{}` has no description", called(item)));
            return None;
        }
        let twin = self
            .model
            .of_kind(Kind::Control)
            .filter(|old| old.live())
            .find(|old| compare(old, &entity).verdict == Verdict::Same);
        if let Some(twin) = twin {
            return Some(twin.id);
        }
        let id = entity.id;
        self.model.entities.insert(id, entity);
        Some(id)
    }

    fn components(&mut self, item: &Json) -> BTreeSet<ComponentRef> {
        let mut components = BTreeSet::new();
        for said in listed(item, "components") {
            match Id::within(Kind::Component, said.trim()).filter(|id| self.model.is_live(*id)) {
                Some(id) => {
                    components.insert(ComponentRef(id));
                }
                None => self.faults.push(format!("there is no component `{}`", short(said))),
            }
        }
        components
    }

    fn cover(&mut self, id: Id, item: &Json) {
        for pair in item["covers"].as_array().into_iter().flatten() {
            let said = pair["objective"].as_str().unwrap_or_default();
            let objective =
                Objective::parse(said.trim()).filter(|one| self.batch.iter().any(|aim| aim.objective == *one));
            let group = pair["group"].as_str().and_then(Group::parse);
            let (Some(objective), Some(group)) = (objective, group) else {
                self.faults.push(format!("`{}` is none of the objectives that were asked about", short(said)));
                continue;
            };
            if let Some(Body::Control(control)) = self.model.entities.get_mut(&id).map(|entity| &mut entity.body) {
                control.covers.put(objective, group);
            }
        }
    }

    /// What is critical or high and has no group that can be completed; and controls that cover nothing are none.
    fn open(&mut self) {
        let numbered = |objective: Objective| {
            self.model.controls().any(|(_, control)| matches!(control.covers.group(objective), Some(Group::Number(_))))
        };
        let grave = self.batch.iter().filter(|aim| aim.tier >= Tier::High && !numbered(aim.objective));
        let open: Vec<String> = grave.map(|aim| aim.objective.to_string()).collect();
        if !open.is_empty() {
            self.faults.push(format!("no control in a numbered group covers {}", open.join(", ")));
        }
        self.model.entities.retain(|_, entity| match &entity.body {
            Body::Control(control) => !entity.live() || !control.covers.is_empty(),
            _ => true,
        });
    }
}

//! Where things stand: boundaries, components, the places of attackers, and what is taken for granted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value as Json;

use super::ground::Ground;
use super::item::{id, line};
use super::prompts;
use super::schema::{list, object, short, text, word};
use super::talk::{Step, Taken};
use crate::assess::{Verdict, View, assess};
use crate::model::{
    Assumption, AssumptionKind, Atom, Body, Boundary, BoundaryRef, Component, ComponentRef, Entity, Id, Kind, Model,
    Vector,
};

/// Items of one list, at most.
const MOST: usize = 24;

pub fn step<'a>(ground: &'a Ground, model: &'a Model) -> Step<'a, Model> {
    let lines: Vec<String> = model.entities.values().map(line).collect();
    Step {
        name: "structure".to_owned(),
        task: format!("{}\n\n{}", prompts::STRUCTURE.trim_end(), ground.shown("assets and attackers", &lines)),
        schema: shape(),
        take: Box::new(move |reply| {
            let mut built = Built { ground, model: model.clone(), named: BTreeMap::new(), faults: Vec::new() };
            built.boundaries(reply);
            built.components(reply);
            built.attackers(reply);
            built.assumptions(reply);
            built.strand();
            let enough = built.model.components().next().is_some();
            if !enough {
                built.faults.push("there are no components".to_owned());
            }
            Taken { value: enough.then_some(built.model), faults: built.faults, notes: Vec::new() }
        }),
    }
}

fn shape() -> Json {
    let quote = || {
        ("quote", text("Up to ten words of the texts that it rests on, letter by letter; empty where there are none"))
    };
    let why = || ("rationale", text("Why it is here, in a sentence"));
    let stands = || ("boundaries", list("Names of boundaries that it stands in", text("As above")));
    let boundary = object(vec![
        ("name", text("What it is called")),
        ("description", text("What it separates")),
        (
            "passes",
            list("Which attacks it lets through; empty for all", word("A vector", Vector::WORDS.iter().copied())),
        ),
        why(),
    ]);
    let component = object(vec![
        ("name", text("What it is called")),
        ("description", text("What it does")),
        ("path", text("The folder that holds it, as the texts name it; empty where they do not")),
        stands(),
        ("assets", list("IDs of the assets that lie in it or pass through it", text("Such as A1"))),
        quote(),
        why(),
    ]);
    let attacker = object(vec![("id", text("The ID of an attacker that is there")), stands()]);
    let assumption = object(vec![
        ("description", text("What is taken for granted, in a sentence")),
        (
            "kind",
            word("Whether somebody else upholds it, or it does not apply here", AssumptionKind::WORDS.iter().copied()),
        ),
        quote(),
        why(),
    ]);
    object(vec![
        ("boundaries", list("Lines across which trust changes", boundary)),
        ("components", list("The parts of the system", component)),
        ("attackers", list("Where each attacker begins", attacker)),
        ("assumptions", list("The few that the answers rest on", assumption)),
    ])
}

struct Built<'a> {
    ground: &'a Ground,
    model: Model,
    /// Boundaries by their names in small letters.
    named: BTreeMap<String, Id>,
    faults: Vec<String>,
}

impl Built<'_> {
    fn put(&mut self, mut entity: Entity, body: Body) {
        entity.body = body;
        self.model.entities.insert(entity.id, entity);
    }

    /// The items of a list, each with its first words; those without are told.
    fn items<'r>(&mut self, reply: &'r Json, key: &str, first: &str) -> Vec<(String, &'r Json)> {
        let mut items = Vec::new();
        for item in reply[key].as_array().into_iter().flatten().take(MOST) {
            match self.ground.words(item, first) {
                words if words.is_empty() => self.faults.push(format!("one of the {key} has no {first}")),
                words => items.push((words, item)),
            }
        }
        items
    }

    fn boundaries(&mut self, reply: &Json) {
        for (name, item) in self.items(reply, "boundaries", "name") {
            if self.named.contains_key(&name.to_lowercase()) {
                self.faults.push(format!("there are two boundaries `{}`", short(&name)));
                continue;
            }
            let id = id(Kind::Boundary, self.named.len());
            let passes: BTreeSet<Vector> = listed(item, "passes").filter_map(Vector::parse).collect();
            let body = Boundary {
                name: name.clone(),
                description: self.ground.words(item, "description"),
                passes: Some(passes).filter(|passes| !passes.is_empty()),
                ..Boundary::default()
            };
            self.named.insert(name.to_lowercase(), id);
            self.put(self.ground.entity(id, item), Body::Boundary(body));
        }
    }

    fn stands(&mut self, item: &Json) -> BTreeSet<BoundaryRef> {
        let mut stands = BTreeSet::new();
        for name in listed(item, "boundaries") {
            match self.named.get(&name.trim().to_lowercase()) {
                Some(id) => {
                    stands.insert(BoundaryRef(*id));
                }
                None => self.faults.push(format!("there is no boundary `{}`", short(name))),
            }
        }
        stands
    }

    fn components(&mut self, reply: &Json) {
        let mut names = BTreeSet::new();
        for (name, item) in self.items(reply, "components", "name") {
            if !names.insert(name.to_lowercase()) {
                self.faults.push(format!("there are two components `{}`", short(&name)));
                continue;
            }
            let id = id(Kind::Component, names.len() - 1);
            let boundaries = self.stands(item);
            let body = Component {
                name,
                description: self.ground.words(item, "description"),
                path: self.path(item),
                boundaries,
                ..Component::default()
            };
            self.put(self.ground.entity(id, item), Body::Component(body));
            for asset in listed(item, "assets") {
                let known = Id::within(Kind::Asset, asset.trim()).and_then(|id| self.model.entities.get_mut(&id));
                match known.map(|entity| &mut entity.body) {
                    Some(Body::Asset(asset)) => {
                        asset.components.insert(ComponentRef(id));
                    }
                    _ => self.faults.push(format!("there is no asset `{}`", short(asset))),
                }
            }
        }
    }

    fn path(&mut self, item: &Json) -> String {
        let path = item["path"].as_str().unwrap_or_default().trim().trim_end_matches('/');
        if path.is_empty() || self.ground.has_path(path) {
            return path.to_owned();
        }
        self.faults.push(format!("the texts name no folder `{}`", short(path)));
        String::new()
    }

    fn attackers(&mut self, reply: &Json) {
        for item in reply["attackers"].as_array().into_iter().flatten().take(MOST) {
            let said = item["id"].as_str().unwrap_or_default();
            let stands = self.stands(item);
            let known = Id::within(Kind::Attacker, said.trim()).and_then(|id| self.model.entities.get_mut(&id));
            match known.map(|entity| &mut entity.body) {
                Some(Body::Attacker(attacker)) => attacker.boundaries = stands,
                _ => self.faults.push(format!("there is no attacker `{}`", short(said))),
            }
        }
    }

    fn assumptions(&mut self, reply: &Json) {
        for (at, (description, item)) in self.items(reply, "assumptions", "description").into_iter().enumerate() {
            let kind = item["kind"].as_str().and_then(AssumptionKind::parse);
            let body = Assumption { description, kind, ..Assumption::default() };
            self.put(self.ground.entity(id(Kind::Assumption, at), item), Body::Assumption(body));
        }
    }

    /// An attacker who reaches nothing at all stands in the wrong place, not out of reach: the place is taken back.
    fn strand(&mut self) {
        let assessment = assess(&self.model, View::on(Date::ZERO));
        let mut reaching = BTreeSet::new();
        for objective in self.model.objectives() {
            let outcome = assessment.outcome(objective);
            if outcome.is_none_or(|outcome| outcome.reach.verdict != Verdict::Unreachable) {
                reaching.insert(objective.attacker);
            }
        }
        let all: Vec<Id> = self.model.of_kind(Kind::Attacker).map(|entity| entity.id).collect();
        for id in all.into_iter().filter(|id| !reaching.contains(id)) {
            self.faults
                .push(format!("{id} could reach nothing from where it is put: name the boundary where it begins"));
            if let Some(Body::Attacker(attacker)) = self.model.entities.get_mut(&id).map(|entity| &mut entity.body) {
                attacker.boundaries.clear();
            }
        }
    }
}

/// The texts of a list.
pub fn listed<'r>(item: &'r Json, key: &str) -> impl Iterator<Item = &'r str> {
    item[key].as_array().into_iter().flatten().filter_map(Json::as_str)
}

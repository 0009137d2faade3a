//! Items of replies as entities: assets and attackers with their factors.

use serde_json::Value as Json;

use super::ground::Ground;
use super::schema::{object, short, text, word};
use crate::model::{Archetype, Entity, Factor, Id, Kind, Property, Value};

/// The ID of the item at a position.
pub fn id(kind: Kind, at: usize) -> Id {
    Id::new(kind, u32::try_from(at + 1).unwrap_or(u32::MAX))
}

/// What an item of this kind has. `again`: it may be one of those that are there.
pub fn schema(kind: Kind, again: bool) -> Json {
    let mut keys = Vec::new();
    if again {
        keys.push(("id", text("The ID of the item that is there, or `new`")));
        keys.push(("drop", text("Why it does not belong here; empty to keep it")));
    }
    match kind {
        Kind::Asset => {
            keys.push(("name", text("What it is called, two to five words")));
            keys.push(("description", text("What it is, in a sentence")));
            for property in Property::ALL {
                let levels = property.factor().levels().iter().map(|level| level.name);
                keys.push((property.word(), word(property.factor().meaning(), std::iter::once("none").chain(levels))));
            }
            keys.extend(Factor::IMPACT.map(factor));
        }
        _ => {
            keys.push((
                "capability",
                text("What they hold and can do, in a sentence without a name: `holding an ordinary account, calls …`"),
            ));
            keys.push(("position", text("Where they stand: internet, office network, build host")));
            keys.push(("archetype", word("What they are to the organisation", Archetype::WORDS.iter().copied())));
            keys.extend(Factor::LIKELIHOOD.map(factor));
        }
    }
    keys.push((
        "quote",
        text("Up to ten words of the texts that it rests on, letter by letter; empty where there are none"),
    ));
    keys.push(("rationale", text("Why it is here and why the factors are what they are, in a sentence")));
    object(keys)
}

fn factor(factor: Factor) -> (&'static str, Json) {
    (factor.name(), word(factor.meaning(), factor.levels().iter().map(|level| level.name)))
}

/// The entity that an item speaks of. Fails with what is wrong with it.
pub fn entity(ground: &Ground, id: Id, item: &Json) -> Result<Entity, String> {
    let mut entity = ground.entity(id, item);
    let (texts, factors): (&[&str], &[Factor]) = match id.kind {
        Kind::Asset => (&["name", "description"], &Factor::IMPACT),
        _ => (&["capability", "position"], &Factor::LIKELIHOOD),
    };
    for key in texts {
        let words = ground.words(item, key);
        if words.is_empty() {
            return Err(format!("`{}` has no {key}", called(item)));
        }
        entity.set(key, Some(&Value::Text(words)));
    }
    let level = |name: &str| item[name].as_str().map(|level| (name.to_owned(), Value::text(level)));
    let levels = factors.iter().filter_map(|factor| level(factor.name())).collect();
    match id.kind {
        Kind::Asset => {
            let matter = Property::WORDS
                .iter()
                .filter_map(|word| level(word))
                .filter(|(_, level)| *level != Value::text("none"));
            let matter: std::collections::BTreeMap<String, Value> = matter.collect();
            if matter.is_empty() {
                return Err(format!(
                    "`{}` has no property that matters: C, I, A or U must be low or high",
                    called(item)
                ));
            }
            entity.set("properties", Some(&Value::Table(matter)));
            entity.set("impact", Some(&Value::Table(levels)));
        }
        _ => {
            entity.set("archetype", item["archetype"].as_str().map(Value::text).as_ref());
            entity.set("likelihood", Some(&Value::Table(levels)));
        }
    }
    Ok(entity)
}

/// What a reply calls an item, for a complaint.
pub fn called(item: &Json) -> String {
    let names = ["name", "capability", "description", "id"];
    short(names.iter().filter_map(|key| item[*key].as_str()).find(|text| !text.trim().is_empty()).unwrap_or("an item"))
}

/// An entity as the model is shown it.
pub fn line(entity: &Entity) -> String {
    let mut fields = entity.table();
    for key in ["source", "rationale"] {
        fields.remove(key);
    }
    let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{}: {}", entity.id, fields.join("; "))
}

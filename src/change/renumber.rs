//! Giving an unpublished entity another ID, with every reference to it.

use std::collections::BTreeMap;

use crate::model::{Id, Model, Record, Value};

/// Moves `from` to `to` (same kind, free) and rewrites every reference in entities and decisions.
pub(super) fn renumber(model: &mut Model, from: Id, to: Id) -> Result<(), &'static str> {
    if from.kind != to.kind {
        return Err("an ID cannot change its kind");
    }
    if model.entities.contains_key(&to) {
        return Err("the new ID is taken");
    }
    let mut entity = model.entities.remove(&from).ok_or("there is no such entity in the model")?;
    entity.id = to;
    model.entities.insert(to, entity);
    let swap = Swap { from: from.to_string(), to: to.to_string() };
    for entity in model.entities.values_mut() {
        for field in entity.id.kind.fields() {
            let value = entity.value(field.name);
            if let Some(new) = value.as_ref().and_then(|value| swap.value(field.name, value)) {
                entity.set(field.name, Some(&new));
            }
        }
    }
    for decision in model.decisions.values_mut() {
        for field in ["objectives", "entities"] {
            if let Some(new) = decision.value(field).and_then(|value| swap.value(field, &value)) {
                decision.set(field, Some(&new));
            }
        }
    }
    Ok(())
}

struct Swap {
    from: String,
    to: String,
}

/// Fields whose text is an ID; the words of a person are left alone.
const REFERENCES: [&str; 11] = [
    "boundaries",
    "components",
    "upheld_by",
    "objectives",
    "covers",
    "excludes",
    "attacker",
    "asset",
    "component",
    "removed",
    "entities",
];

impl Swap {
    /// The value with the ID swapped, or nothing when it does not name it.
    fn value(&self, field: &str, value: &Value) -> Option<Value> {
        if !REFERENCES.contains(&field) {
            return None;
        }
        let new = self.walk(field, value);
        (new != *value).then_some(new)
    }

    fn walk(&self, field: &str, value: &Value) -> Value {
        match value {
            Value::Text(text) if *text == self.from => Value::text(self.to.clone()),
            Value::List(items) => {
                let mut items: Vec<Value> = items.iter().map(|item| self.walk(field, item)).collect();
                items.dedup();
                Value::List(items)
            }
            Value::Table(table) => Value::Table(self.table(field, table)),
            other => other.clone(),
        }
    }

    fn table(&self, field: &str, table: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let pair = |(key, value): (&String, &Value)| match field {
            "removed" if key != "replaced_by" => (key.clone(), value.clone()),
            _ if *key == self.from => (self.to.clone(), self.walk(field, value)),
            _ => (key.clone(), self.walk(field, value)),
        };
        table.iter().map(pair).collect()
    }
}

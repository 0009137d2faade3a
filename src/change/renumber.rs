//! Giving an unpublished entity another ID, with every reference to it.

use std::collections::BTreeMap;

use crate::model::{Decision, Field, Id, Kind, Model, Record, Shape, Value};

/// Moves `from` to `to` (same kind, free) and rewrites every reference in entities and decisions. The words
/// of people are left alone.
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
    let swap = Swap { kind: from.kind, from: from.to_string(), to: to.to_string() };
    for entity in model.entities.values_mut() {
        for field in entity.id.kind.fields() {
            if let Some(new) = entity.value(field.name).and_then(|value| swap.field(field, &value)) {
                entity.set(field.name, Some(&new));
            }
        }
    }
    for decision in model.decisions.values_mut() {
        for field in Decision::FIELDS {
            if let Some(new) = decision.value(field.name).and_then(|value| swap.field(field, &value)) {
                decision.set(field.name, Some(&new));
            }
        }
    }
    Ok(())
}

/// The value of a field with one ID in place of another of its kind; nothing when it does not name it.
pub fn swapped((from, to): (Id, Id), field: &Field, value: &Value) -> Option<Value> {
    Swap { kind: from.kind, from: from.to_string(), to: to.to_string() }.field(field, value)
}

/// One ID for another. `NEW-<word>` does not say its kind, so the shape around it has to.
struct Swap {
    kind: Kind,
    from: String,
    to: String,
}

impl Swap {
    /// The field's value with the ID swapped, or nothing when it does not name it.
    fn field(&self, field: &Field, value: &Value) -> Option<Value> {
        let new = match field.name {
            "replaced_by" => self.id(value),
            _ => self.value(field.shape, value),
        };
        (new != *value).then_some(new)
    }

    fn value(&self, shape: Shape, value: &Value) -> Value {
        match (shape, value) {
            (Shape::Reference(kinds), Value::Text(_)) if kinds.contains(&self.kind) => self.id(value),
            (Shape::Wild(inner), Value::Text(_)) => self.value(*inner, value),
            (Shape::Wild(inner) | Shape::Set(inner) | Shape::List(inner), Value::List(items)) => {
                Value::List(items.iter().map(|item| self.value(*inner, item)).collect())
            }
            (Shape::Pairs, Value::Table(table)) => self.pairs(table),
            (Shape::Covers, Value::Table(table)) => Value::Table(
                table.iter().map(|(group, pairs)| (group.clone(), self.value(Shape::Pairs, pairs))).collect(),
            ),
            (Shape::Table(fields), Value::Table(table)) => Value::Table(self.table(fields, table)),
            _ => value.clone(),
        }
    }

    fn pairs(&self, table: &BTreeMap<String, Value>) -> Value {
        let asset = |asset: &String| match self.kind == Kind::Asset && *asset == self.from {
            true => self.to.clone(),
            false => asset.clone(),
        };
        let attackers = |list: &Value| self.value(Shape::Set(&Shape::Reference(&[Kind::Attacker])), list);
        Value::Table(table.iter().map(|(key, list)| (asset(key), attackers(list))).collect())
    }

    fn table(&self, fields: &[Field], table: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let swapped = |(name, value): (&String, &Value)| {
            let field = fields.iter().find(|field| field.name == name);
            (name.clone(), field.and_then(|field| self.field(field, value)).unwrap_or_else(|| value.clone()))
        };
        table.iter().map(swapped).collect()
    }

    fn id(&self, value: &Value) -> Value {
        match value {
            Value::Text(text) if *text == self.from => Value::text(self.to.clone()),
            other => other.clone(),
        }
    }
}

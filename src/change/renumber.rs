//! Giving an unpublished entity another ID, with every reference to it.

use std::collections::BTreeMap;

use crate::model::{Decision, Field, Id, Kind, Model, Record, Shape, Value};

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
    let swap = Swap { kind: from.kind, from: from.to_string(), to: to.to_string() };
    for entity in model.entities.values_mut() {
        let kind = entity.id.kind;
        for field in kind.fields() {
            if let Some(new) = entity.value(field.name).and_then(|value| swap.field(Some(kind), field, &value)) {
                entity.set(field.name, Some(&new));
            }
        }
    }
    for decision in model.decisions.values_mut() {
        for field in Decision::FIELDS {
            if let Some(new) = decision.value(field.name).and_then(|value| swap.field(None, field, &value)) {
                decision.set(field.name, Some(&new));
            }
        }
    }
    Ok(())
}

/// An unnumbered ID does not say its kind, so what a text refers to is known by its place only.
struct Swap {
    kind: Kind,
    from: String,
    to: String,
}

impl Swap {
    /// The field's value with the ID swapped, or nothing when it does not name it. `kind` is that of
    /// the entity the field stands in.
    fn field(&self, kind: Option<Kind>, field: &Field, value: &Value) -> Option<Value> {
        let mut new = self.walk(&field.shape, value);
        if field.name == "removed" && kind == Some(self.kind) {
            new = self.successor(new);
        }
        (new != *value).then_some(new)
    }

    /// The words of a person are left alone, so only shapes that hold IDs are looked into.
    fn walk(&self, shape: &Shape, value: &Value) -> Value {
        let pairs = Shape::Pairs;
        let attackers = Shape::Set(&Shape::Reference(&[Kind::Attacker]));
        match (shape, value) {
            (Shape::Reference(kinds), Value::Text(text)) if kinds.contains(&self.kind) => Value::text(self.id(text)),
            (Shape::Wild(inner), Value::Text(_)) => self.walk(inner, value),
            (Shape::Wild(inner) | Shape::Set(inner) | Shape::List(inner), Value::List(items)) => {
                Value::List(items.iter().map(|item| self.walk(inner, item)).collect())
            }
            (Shape::Pairs, Value::Table(lines)) => {
                let line = |(asset, ids): (&String, &Value)| (self.asset(asset), self.walk(&attackers, ids));
                Value::Table(lines.iter().map(line).collect())
            }
            (Shape::Covers, Value::Table(groups)) => {
                Value::Table(groups.iter().map(|(group, lines)| (group.clone(), self.walk(&pairs, lines))).collect())
            }
            (Shape::Table(fields), Value::Table(table)) => Value::Table(self.table(fields, table)),
            _ => value.clone(),
        }
    }

    fn table(&self, fields: &[Field], table: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let pair = |(key, value): (&String, &Value)| match fields.iter().find(|field| field.name == key) {
            Some(field) => (key.clone(), self.walk(&field.shape, value)),
            None => (key.clone(), value.clone()),
        };
        table.iter().map(pair).collect()
    }

    /// A tombstone names its successor in its own kind.
    fn successor(&self, removed: Value) -> Value {
        let Value::Table(mut table) = removed else { return removed };
        if let Some(Value::Text(id)) = table.get_mut("replaced_by") {
            *id = self.id(id);
        }
        Value::Table(table)
    }

    fn id(&self, text: &str) -> String {
        if text == self.from { self.to.clone() } else { text.to_owned() }
    }

    fn asset(&self, text: &str) -> String {
        if self.kind == Kind::Asset { self.id(text) } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Entity;

    #[test]
    fn one_word_may_stand_for_things_of_two_kinds() {
        let (asset, attacker) = (Id::within(Kind::Asset, "NEW-x"), Id::within(Kind::Attacker, "NEW-x"));
        let (asset, attacker) = (asset.expect("legal"), attacker.expect("legal"));
        let mut control = Entity::new(Id::new(Kind::Control, 1));
        let covers = |asset: &str, attacker: &str| {
            let pairs = BTreeMap::from([(asset.to_owned(), Value::List(vec![Value::text(attacker)]))]);
            Value::Table(BTreeMap::from([("1".to_owned(), Value::Table(pairs))]))
        };
        let upheld = Value::List(vec![Value::List(Vec::new()), Value::List(Vec::new())]);
        assert!(control.set("covers", Some(&covers("NEW-x", "NEW-x"))) && control.set("upheld_by", Some(&upheld)));
        let mut model = Model::default();
        for entity in [Entity::new(asset), Entity::new(attacker), control] {
            model.entities.insert(entity.id, entity);
        }
        assert_eq!(renumber(&mut model, asset, Id::new(Kind::Asset, 13)), Ok(()));
        let control = &model.entities[&Id::new(Kind::Control, 1)];
        assert_eq!(control.value("covers"), Some(covers("A13", "NEW-x")));
        assert_eq!(control.value("upheld_by"), Some(upheld));
        assert!(model.entities.contains_key(&attacker));
    }
}

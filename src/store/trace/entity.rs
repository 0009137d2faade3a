//! One entity's table as a value of the model: lenient, since an old version owes nobody anything.

use toml::de::{DeTable, DeValue};

use crate::model::{Entity, Id, Value};

/// `None` when the text is no TOML, or speaks of something else.
pub(super) fn read(id: Id, text: &str) -> Option<Entity> {
    let root = DeTable::parse(text).ok()?.into_inner();
    let table = root.get(id.kind.table())?.get_ref().as_table()?.get(id.to_string().as_str())?;
    Some(lower(id, table.get_ref().as_table()?))
}

/// Fields that do not fit are left out.
pub(super) fn lower(id: Id, table: &DeTable<'_>) -> Entity {
    let mut entity = Entity::new(id);
    for (key, field) in table {
        if let Some(field) = value(field.get_ref()) {
            entity.set(key.get_ref(), Some(&field));
        }
    }
    entity
}

fn value(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Integer(number) => Value::Number(i64::from_str_radix(number.as_str(), number.radix()).ok()?),
        DeValue::Float(_) => return None,
        DeValue::Datetime(when) => Value::When(when.to_string().parse().ok()?),
        DeValue::Array(items) => Value::List(items.iter().filter_map(|item| self::value(item.get_ref())).collect()),
        DeValue::Table(table) => {
            let pairs =
                table.iter().filter_map(|(key, item)| Some((key.get_ref().to_string(), self::value(item.get_ref())?)));
            Value::Table(pairs.collect())
        }
    })
}

//! Files whose entities are not written as tables with headers of their own: parsed as a whole.

use std::fmt::Write;

use toml::de::{DeTable, DeValue};

use super::entity::lower;
use super::{Trace, Traced, Tracer};
use crate::model::{Entity, Id, Kind, ModelId, Value};

pub(super) fn trace(tracer: &mut Tracer, text: &str) -> Trace {
    let (root, errors) = DeTable::parse_recoverable(text);
    let root = root.into_inner();
    let mut trace = Trace {
        model: root.get("id").and_then(|id| id.get_ref().as_str()).and_then(ModelId::parse),
        retired: matches!(root.get("removed").map(|value| value.get_ref()), Some(DeValue::Table(_))),
        flaw: errors.first().map(|error| error.message().to_owned()),
        ..Trace::default()
    };
    for kind in Kind::ALL {
        let Some(table) = root.get(kind.table()).and_then(|table| table.get_ref().as_table()) else { continue };
        for (key, entity) in table {
            let id = Id::parse(key.get_ref()).filter(|id| id.kind == kind);
            let (Some(id), Some(entity)) = (id, entity.get_ref().as_table()) else { continue };
            let told = tracer.tell(id, &spell(&lower(id, entity)));
            let before = text.get(..key.span().start).unwrap_or_default();
            let line = 1 + before.bytes().filter(|&b| b == b'\n').count();
            trace.entities.push(Traced { id, line: u32::try_from(line).unwrap_or(u32::MAX), told });
        }
    }
    trace.entities.sort_by_key(|traced| traced.id);
    trace
}

/// The entity as a table with a header of its own.
fn spell(entity: &Entity) -> String {
    let mut text = format!("[{}.{}]\n", entity.id.kind.table(), entity.id);
    for (key, value) in entity.table() {
        let _ = write!(text, "{key} = ");
        inline(&mut text, &value);
        text.push('\n');
    }
    text
}

fn inline(text: &mut String, value: &Value) {
    let quoted = |words: &str| toml::Value::String(words.to_owned()).to_string();
    match value {
        Value::Text(words) => text.push_str(&quoted(words)),
        Value::List(items) => {
            text.push('[');
            for item in items {
                inline(text, item);
                text.push_str(", ");
            }
            text.push(']');
        }
        Value::Table(table) => {
            text.push_str("{ ");
            for (at, (key, item)) in table.iter().enumerate() {
                let _ = write!(text, "{}{} = ", if at > 0 { ", " } else { "" }, quoted(key));
                inline(text, item);
            }
            text.push_str(" }");
        }
        plain => {
            let _ = write!(text, "{plain}");
        }
    }
}

//! The walk itself: what a file holds, guided by the shapes of the domain, becomes values that are
//! known to fit. Whatever does not fit is reported and left out, and its neighbours still read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::legal::Legal;
use super::walk::{Hop, Said, Spot, Walk};
use super::words::shown;
use crate::finding::{Fix, codes};
use crate::model::{Factor, Field, Kind, Shape, Value};

/// A value with its bytes.
pub(super) type Held<'f> = Spanned<DeValue<'f>>;
/// A key with its bytes.
pub(super) type Name<'f> = Spanned<Cow<'f, str>>;

const SUBSCORES: [Factor; 4] = [Factor::C, Factor::I, Factor::A, Factor::U];

impl<'f> Walk<'f> {
    /// The value, as far as it fits the shape.
    pub fn value(&mut self, shape: Shape, held: &'f Held<'f>) -> Option<Value> {
        match (shape, held.get_ref()) {
            (
                Shape::Line | Shape::Prose | Shape::Digest | Shape::Choice(_) | Shape::Reference(_),
                DeValue::String(text),
            ) => self.atom(shape, text, Spot::Value, held),
            (Shape::Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
            (Shape::Count, DeValue::Integer(number)) => self.count(number, held),
            (Shape::When, DeValue::Datetime(datetime)) => self.moment(datetime, held),
            (Shape::Wild(_), DeValue::String(star)) if star == "*" => Some(Value::text("*")),
            (Shape::Wild(inner), DeValue::String(_)) => self.value(*inner, held),
            (Shape::Set(inner) | Shape::Wild(inner), DeValue::Array(items)) => Some(self.items(*inner, items)),
            (Shape::List(inner), DeValue::Array(items)) => Some(self.list(*inner, items)),
            (Shape::Properties, DeValue::Array(items)) => Some(self.letters(items)),
            (Shape::Properties, DeValue::Table(table)) => Some(self.levels(&SUBSCORES, table, true)),
            (Shape::Levels(factors), DeValue::Table(table)) => Some(self.levels(factors, table, false)),
            (Shape::Pairs, DeValue::Table(table)) => Some(self.pairs(table)),
            (Shape::Covers, DeValue::Table(table)) => Some(self.covers(table)),
            (Shape::Keyed(fields), DeValue::Table(table)) => Some(self.keyed(fields, table)),
            (Shape::Table(fields), DeValue::Table(table)) => Some(self.record(fields, table)),
            (Shape::Rows(fields), DeValue::Array(rows)) => Some(self.rows(fields, rows)),
            _ => self.misfit(shape, held, Spot::Value),
        }
    }

    /// Every key of a table that is a field; the others are reported.
    pub fn fields(&mut self, legal: Legal, table: &'f DeTable<'f>, put: &mut dyn FnMut(&'static Field, Value) -> bool) {
        for (key, held) in table {
            let Some(field) = legal.field(key.get_ref()) else {
                self.stranger(legal, key, held);
                continue;
            };
            self.trail.push(Hop::Key(field.name));
            if let Some(value) = self.value(field.shape, held)
                && !put(field, value)
            {
                self.misfit(field.shape, held, Spot::Value);
            }
            self.trail.pop();
        }
    }

    fn record(&mut self, fields: &'static [Field], table: &'f DeTable<'f>) -> Value {
        let mut record = BTreeMap::new();
        self.fields(Legal::Fields(fields), table, &mut |field, value| {
            record.insert(field.name.to_owned(), value);
            true
        });
        Value::Table(record)
    }

    /// A row that cannot be read keeps its place as an empty one, so that the others keep theirs.
    fn rows(&mut self, fields: &'static [Field], rows: &'f DeArray<'f>) -> Value {
        let mut list = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            self.trail.push(Hop::Row(index));
            let row = self.value(Shape::Table(fields), row);
            list.push(row.unwrap_or_else(|| Value::Table(BTreeMap::new())));
            self.trail.pop();
        }
        Value::List(list)
    }

    fn keyed(&mut self, fields: &'static [Field], table: &'f DeTable<'f>) -> Value {
        let mut all = BTreeMap::new();
        for (key, held) in table {
            self.trail.push(Hop::Key(key.get_ref()));
            if let Some(row) = self.value(Shape::Table(fields), held) {
                all.insert(key.get_ref().to_string(), row);
            }
            self.trail.pop();
        }
        Value::Table(all)
    }

    /// Elements that are one word each.
    pub fn items(&mut self, shape: Shape, items: &'f DeArray<'f>) -> Value {
        let mut list = Vec::with_capacity(items.len());
        for held in items {
            let item = match held.get_ref() {
                DeValue::String(text) => self.atom(shape, text, Spot::Item(text), held),
                _ => self.misfit_item(shape, held),
            };
            list.extend(item);
        }
        Value::List(list)
    }

    fn list(&mut self, shape: Shape, items: &'f DeArray<'f>) -> Value {
        if !matches!(shape, Shape::Set(_)) {
            return self.items(shape, items);
        }
        let mut list = Vec::with_capacity(items.len());
        for (index, held) in items.iter().enumerate() {
            self.trail.push(Hop::Row(index));
            list.extend(self.value(shape, held));
            self.trail.pop();
        }
        Value::List(list)
    }

    fn misfit_item(&mut self, shape: Shape, held: &'f Held<'f>) -> Option<Value> {
        let text = self.file.text.get(held.span()).unwrap_or_default();
        self.misfit(shape, held, Spot::Item(text))
    }

    /// Reports a value of the wrong type.
    pub fn misfit(&mut self, shape: Shape, held: &'f Held<'f>, spot: Spot<'_>) -> Option<Value> {
        let span = held.span();
        self.lose(&codes::VALUE_TYPE, spot, &span, |walk| {
            let must = match spot {
                Spot::Item(_) => format!("an element of {} must be", walk.what()),
                _ => format!("{} must be", walk.what()),
            };
            let said = Said::new(format!("{must} {}, not {}", expected(shape), kind(held.get_ref())));
            said.fix(repair(walk, shape, held))
        });
        None
    }
}

/// What a shape wants, in words.
fn expected(shape: Shape) -> String {
    match shape {
        Shape::Line | Shape::Prose => "a text in quotes".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Count => "a whole number, 0 or more".to_owned(),
        Shape::When => "a date such as 2026-11-20, without quotes".to_owned(),
        Shape::Digest => "a digest of 12 hex digits in quotes".to_owned(),
        Shape::Choice(words) => format!("one of {} in quotes", words.join(", ")),
        Shape::Reference(&[kind]) => format!("the ID of {kind} in quotes", kind = one(kind)),
        Shape::Reference(_) => "an ID in quotes".to_owned(),
        Shape::Wild(inner) => format!("\"*\", or {}, or a list of such", expected(*inner)),
        Shape::Set(inner) | Shape::List(inner) => format!("a list, each element {}", expected(*inner)),
        Shape::Properties => "a table such as { C = \"high\" }, or a list such as [\"C\"]".to_owned(),
        Shape::Levels(_) => "a table, factor = \"level\"".to_owned(),
        Shape::Pairs => "a table such as { A1 = [\"T1\"] }".to_owned(),
        Shape::Covers => "a table, group = { A1 = [\"T1\"] }".to_owned(),
        Shape::Keyed(_) | Shape::Table(_) => "a table".to_owned(),
        Shape::Rows(_) => "a list of tables, each under a header in double brackets".to_owned(),
    }
}

fn one(kind: Kind) -> String {
    let article = if kind.noun().starts_with('a') { "an" } else { "a" };
    format!("{article} {kind}")
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Repairs that cannot change what was meant: brackets around a lone element, a date out of its quotes,
/// a second pair of brackets around the header of a row.
fn repair(walk: &Walk<'_>, shape: Shape, held: &Held<'_>) -> Option<Fix> {
    let span = held.span();
    let text = walk.file.text.get(span.clone())?;
    let (title, new) = match (shape, held.get_ref()) {
        (Shape::Set(_) | Shape::List(_) | Shape::Properties, DeValue::String(_)) => {
            ("put it in brackets", format!("[{text}]"))
        }
        (Shape::When, DeValue::String(date)) if date.parse::<crate::model::When>().is_ok() => {
            ("take the quotes away", date.to_string())
        }
        (Shape::Line | Shape::Prose, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_)) => {
            ("put it in quotes", format!("\"{}\"", shown(text)))
        }
        (Shape::Rows(_), DeValue::Table(_)) if text.starts_with('[') && !text.contains('\n') => {
            ("write double brackets", format!("[{text}]"))
        }
        _ => return None,
    };
    Some(super::walk::replace(walk, title, &span, new))
}

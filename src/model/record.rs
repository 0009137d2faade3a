//! Records: structs whose fields are also data, so that reading, writing, comparing and describing
//! them is written once and not once per field.

use std::collections::BTreeMap;

use super::{Field, Part, Shape, Value};

/// A struct made by [`record!`]. `set(name, value(name)) == true` changes nothing.
pub trait Record: Default {
    /// What such a thing is, for people.
    const DOC: &'static str;
    const FIELDS: &'static [Field];

    /// The field's value; `None` when it is absent or no field has this name.
    fn value(&self, name: &str) -> Option<Value>;

    /// Sets or clears a field; `false` when no field has this name or the value does not fit.
    fn set(&mut self, name: &str, value: Option<&Value>) -> bool;
}

/// Every field that is present.
pub fn table<R: Record>(record: &R) -> BTreeMap<String, Value> {
    let pair = |field: &Field| record.value(field.name).map(|value| (field.name.to_owned(), value));
    R::FIELDS.iter().filter_map(pair).collect()
}

fn parse<R: Record>(value: &Value) -> Option<R> {
    let mut record = R::default();
    let fits = value.as_table()?.iter().all(|(name, value)| record.set(name, Some(value)));
    fits.then_some(record)
}

/// Present and empty is not the same as absent: `removed = {}` is an incomplete tombstone.
impl<R: Record> Part for Option<R> {
    const SHAPE: Shape = Shape::Table(R::FIELDS);

    fn show(&self) -> Option<Value> {
        self.as_ref().map(|record| Value::Table(table(record)))
    }

    fn read(value: Option<&Value>) -> Option<Option<R>> {
        value.map_or(Some(None), |value| parse(value).map(Some))
    }
}

impl<R: Record> Part for Vec<R> {
    const SHAPE: Shape = Shape::Rows(R::FIELDS);

    fn show(&self) -> Option<Value> {
        let rows = self.iter().map(|row| Value::Table(table(row)));
        (!self.is_empty()).then(|| Value::List(rows.collect()))
    }

    fn read(value: Option<&Value>) -> Option<Vec<R>> {
        let Some(value) = value else { return Some(Vec::new()) };
        value.as_list()?.iter().map(parse).collect()
    }
}

/// Free keys, each a record.
impl<R: Record> Part for BTreeMap<String, R> {
    const SHAPE: Shape = Shape::Keyed(R::FIELDS);

    fn show(&self) -> Option<Value> {
        let rows = self.iter().map(|(key, row)| (key.clone(), Value::Table(table(row))));
        (!self.is_empty()).then(|| Value::Table(rows.collect()))
    }

    fn read(value: Option<&Value>) -> Option<BTreeMap<String, R>> {
        let Some(value) = value else { return Some(BTreeMap::new()) };
        value.as_table()?.iter().map(|(key, row)| Some((key.clone(), parse(row)?))).collect()
    }
}

/// Declares a record: `name: Type, Role;` or `name: Type, Role, Shape;` where the shape is narrower
/// than the type's own.
macro_rules! record {
    (
        $(#[doc = $about:literal])+
        pub struct $record:ident {
            $($(#[doc = $doc:literal])+ $name:ident: $type:ty, $role:ident $(, $shape:expr)?;)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $record {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        impl $crate::model::Record for $record {
            const DOC: &'static str = concat!($($about),+).trim_ascii();
            const FIELDS: &'static [$crate::model::Field] = &[$($crate::model::Field {
                name: stringify!($name),
                doc: concat!($($doc),+).trim_ascii(),
                shape: record!(@shape $type $(, $shape)?),
                role: $crate::model::Role::$role,
            }),+];

            fn value(&self, name: &str) -> Option<$crate::model::Value> {
                match name {
                    $(stringify!($name) => $crate::model::Part::show(&self.$name),)+
                    _ => None,
                }
            }

            fn set(&mut self, name: &str, value: Option<&$crate::model::Value>) -> bool {
                match name {
                    $(stringify!($name) => {
                        let part = <$type as $crate::model::Part>::read(value);
                        part.map(|part| self.$name = part).is_some()
                    })+
                    _ => false,
                }
            }
        }
    };
    (@shape $type:ty) => { <$type as $crate::model::Part>::SHAPE };
    (@shape $type:ty, $shape:expr) => { $shape };
}

pub(super) use record;

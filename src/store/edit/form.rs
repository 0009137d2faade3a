//! What may stand where in a file, and in which order: from the root of a file down to a value.

use super::tree::Seg;
use crate::model::{
    Compliance, Decision, Factor, Field, Group, Head, Id, Kind, Record, Session, Shape, Tickets, Value,
};

/// The files of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    Model,
    Controls,
    Compliance,
    Decision,
    Session,
    Tickets,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    File(File),
    Entities(Kind),
    Entity(Kind),
    /// A field, with its name.
    Field(&'static str, Shape),
    /// One of many alike under free keys: a group of `covers`, a framework.
    Each(Shape),
    /// A value within a value.
    Inner(Shape),
    Unknown,
}

/// How a new value is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// `key = value`.
    Line,
    /// `[header]` with lines below.
    Table,
    /// A `[header.key]` for each key.
    Tables,
    /// A `[[header]]` for each row.
    Rows,
}

const ATTACKERS: Shape = Shape::Set(&Shape::Reference(&[Kind::Attacker]));

impl File {
    pub(super) fn schema(self) -> &'static str {
        match self {
            File::Model => "model",
            File::Controls => "controls",
            File::Compliance => "compliance",
            File::Decision => "decision",
            File::Session => "session",
            File::Tickets => "tickets",
        }
    }

    fn fields(self) -> &'static [Field] {
        match self {
            File::Model => Head::FIELDS,
            File::Controls => &[],
            File::Compliance => Compliance::FIELDS,
            File::Decision => Decision::FIELDS,
            File::Session => Session::FIELDS,
            File::Tickets => Tickets::FIELDS,
        }
    }

    fn rank(self, key: &str) -> usize {
        let own = ["format", "id"].into_iter().chain(self.fields().iter().map(|field| field.name));
        own.chain(Kind::ALL.map(Kind::table)).position(|name| name == key).unwrap_or(usize::MAX)
    }

    fn child(self, key: &str) -> Form {
        let field = self.fields().iter().find(|field| field.name == key);
        // Entities in the wrong one of the two files are read all the same.
        let kind = Kind::of_table(key).filter(|_| matches!(self, File::Model | File::Controls));
        match (field, kind) {
            (Some(field), _) => Form::Field(field.name, field.shape),
            (None, Some(kind)) => Form::Entities(kind),
            (None, None) => Form::Unknown,
        }
    }
}

impl Form {
    pub(super) fn at(self, path: &[Seg]) -> Form {
        path.iter().fold(self, Form::child)
    }

    pub(super) fn child(self, seg: &Seg) -> Form {
        let key = seg.as_key();
        match self {
            Form::File(file) => file.child(key),
            Form::Entities(kind) => Form::Entity(kind),
            Form::Entity(kind) => kind.field(key).map_or(Form::Unknown, |field| Form::Field(field.name, field.shape)),
            Form::Field(_, shape) | Form::Each(shape) | Form::Inner(shape) => within(shape, key),
            Form::Unknown => Form::Unknown,
        }
    }

    /// The form of the elements of a list.
    pub(super) fn item(self) -> Form {
        self.child(&Seg::Row(0))
    }

    pub(super) fn shape(self) -> Option<Shape> {
        match self {
            Form::Field(_, shape) | Form::Each(shape) | Form::Inner(shape) => Some(shape),
            _ => None,
        }
    }

    /// The place of a key among its siblings; siblings without an order of their own are equal.
    pub(super) fn rank(self, seg: &Seg) -> usize {
        let key = match seg {
            Seg::Key(key) => key,
            Seg::Row(row) => return *row,
        };
        let place = |fields: &'static [Field]| fields.iter().position(|field| field.name == key);
        let factor = |factors: &[Factor]| factors.iter().position(|factor| factor.name() == key);
        let found = match self {
            Form::File(file) => Some(file.rank(key)),
            Form::Entities(_) => Some(0),
            Form::Entity(kind) => kind.fields().position(|field| field.name == key),
            _ => match self.shape() {
                Some(Shape::Table(fields) | Shape::Rows(fields)) => place(fields),
                Some(Shape::Levels(factors)) => factor(factors),
                Some(Shape::Properties) => factor(&Factor::OF_ASSET),
                Some(Shape::Pairs) => number(key),
                Some(Shape::Covers) => group(key),
                _ => Some(0),
            },
        };
        found.unwrap_or(usize::MAX)
    }

    /// The pairs of a table in the order of the file.
    pub(super) fn sorted<'v, T: 'v>(self, pairs: impl IntoIterator<Item = (&'v String, T)>) -> Vec<(&'v String, T)> {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_by_cached_key(|(key, _)| (self.rank(&Seg::key(key.as_str())), (*key).clone()));
        pairs
    }

    pub(super) fn is_set(self) -> bool {
        matches!(self.shape(), Some(Shape::Set(_) | Shape::Wild(_) | Shape::Properties))
    }

    pub(super) fn layout(self, value: &Value) -> Layout {
        match (self, value) {
            (Form::Entity(_) | Form::Each(_) | Form::Field("provenance", _), Value::Table(_)) => Layout::Table,
            (Form::Field(_, Shape::Covers | Shape::Keyed(_)), Value::Table(_)) => Layout::Tables,
            (Form::Field("requirements" | "renamed", _), _) => Layout::Line,
            (Form::Field(_, Shape::Rows(_)), Value::List(_)) => Layout::Rows,
            (Form::Field(name, Shape::Pairs), Value::Table(_)) => {
                let line = super::value::inline(value, self).chars().count() + name.len() + 3;
                if line > super::value::WIDTH { Layout::Table } else { Layout::Line }
            }
            _ => Layout::Line,
        }
    }
}

fn within(shape: Shape, key: &str) -> Form {
    match shape {
        Shape::Table(fields) => match fields.iter().find(|field| field.name == key) {
            Some(field) => Form::Inner(field.shape),
            None => Form::Unknown,
        },
        Shape::Rows(fields) => Form::Inner(Shape::Table(fields)),
        Shape::Keyed(fields) => Form::Each(Shape::Table(fields)),
        Shape::Covers => Form::Each(Shape::Pairs),
        Shape::Pairs => Form::Inner(ATTACKERS),
        Shape::Set(inner) | Shape::List(inner) | Shape::Wild(inner) => Form::Inner(*inner),
        Shape::Properties | Shape::Levels(_) => Form::Inner(Shape::Line),
        _ => Form::Unknown,
    }
}

fn number(key: &str) -> Option<usize> {
    let id = Id::within(Kind::Asset, key)?;
    id.number().map_or(Some(usize::MAX - 1), |number| usize::try_from(number).ok())
}

fn group(key: &str) -> Option<usize> {
    match Group::parse(key)? {
        Group::Number(number) => usize::try_from(number).ok(),
        Group::Depth => Some(usize::MAX - 1),
    }
}

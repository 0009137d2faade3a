//! Which keys are legal where, from the tables of the domain alone.

use crate::model::{Compliance, Decision, Field, Head, Kind, Record, Session, Shape, Tickets};

/// The files of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doc {
    Model,
    Controls,
    Compliance,
    Decision,
    Session,
    Tickets,
}

/// What a table may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Legal {
    /// The top of a file.
    Top(Doc),
    Entity(Kind),
    Fields(&'static [Field]),
}

impl Doc {
    pub fn fields(self) -> &'static [Field] {
        match self {
            Doc::Model => Head::FIELDS,
            Doc::Controls => &[],
            Doc::Compliance => Compliance::FIELDS,
            Doc::Decision => Decision::FIELDS,
            Doc::Session => Session::FIELDS,
            Doc::Tickets => Tickets::FIELDS,
        }
    }

    /// Keys at the top that are no fields.
    fn others(self) -> impl Iterator<Item = &'static str> {
        let id = (self == Doc::Model).then_some("id");
        let kinds = Kind::ALL.into_iter().filter(move |&kind| self.holds(kind)).map(Kind::table);
        std::iter::once("format").chain(id).chain(kinds)
    }

    /// Its name in the folder of the model.
    pub fn file(self) -> &'static str {
        match self {
            Doc::Model => "model.toml",
            Doc::Controls => "controls.toml",
            Doc::Compliance => "compliance.toml",
            Doc::Decision => "a decision",
            Doc::Session => "a session",
            Doc::Tickets => "tickets.toml",
        }
    }

    /// Whether entities of a kind belong into this file.
    pub fn holds(self, kind: Kind) -> bool {
        match self {
            Doc::Model => kind != Kind::Control,
            Doc::Controls => kind == Kind::Control,
            _ => false,
        }
    }
}

impl Legal {
    pub fn field(self, name: &str) -> Option<&'static Field> {
        match self {
            Legal::Top(doc) => doc.fields().iter().find(|field| field.name == name),
            Legal::Entity(kind) => kind.field(name),
            Legal::Fields(fields) => fields.iter().find(|field| field.name == name),
        }
    }

    /// Every legal key.
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Legal::Top(doc) => doc.others().chain(doc.fields().iter().map(|field| field.name)).collect(),
            Legal::Entity(kind) => kind.fields().map(|field| field.name).collect(),
            Legal::Fields(fields) => fields.iter().map(|field| field.name).collect(),
        }
    }

    /// What the table under a path from the top may hold; `None` where keys are not names of fields.
    pub fn at(doc: Doc, path: &[&str]) -> Option<Legal> {
        let mut legal = Legal::Top(doc);
        let mut rest = path;
        if let [table, _, inner @ ..] = rest
            && let Some(kind) = Kind::of_table(table)
        {
            (legal, rest) = (Legal::Entity(kind), inner);
        }
        while let [name, inner @ ..] = rest {
            (legal, rest) = match (legal.field(name)?.shape, inner) {
                (Shape::Table(fields) | Shape::Rows(fields), inner) => (Legal::Fields(fields), inner),
                (Shape::Keyed(fields), [_, inner @ ..]) => (Legal::Fields(fields), inner),
                _ => return None,
            };
        }
        Some(legal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legal(doc: Doc, path: &str, key: &str) -> bool {
        let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Legal::at(doc, &path).is_some_and(|legal| legal.names().contains(&key))
    }

    #[test]
    fn paths_lead_through_the_tables_of_the_domain() {
        assert!(legal(Doc::Model, "", "id") && legal(Doc::Model, "", "assets") && !legal(Doc::Model, "", "controls"));
        assert!(legal(Doc::Model, "assets/A1", "removed") && !legal(Doc::Model, "assets/A1", "capability"));
        assert!(legal(Doc::Model, "assets/A1/revisions", "set") && legal(Doc::Model, "provenance", "engine"));
        assert!(legal(Doc::Controls, "controls/C1/evidence", "repo"));
        assert!(!legal(Doc::Controls, "controls/C1/covers/1", "status"));
        assert!(legal(Doc::Compliance, "frameworks/asvs@5.0.0", "level"));
        assert!(!legal(Doc::Model, "assets", "name"));
    }
}

//! The tables of entities.

use toml::de::{DeTable, DeValue};

use super::legal::Legal;
use super::lower::{Held, Name};
use super::salvage::Salvaged;
use super::walk::{Hop, Said, Spot, Walk};
use super::{ident, text};
use crate::change::Subject;
use crate::finding::{Finding, Place, codes};
use crate::model::{Entity, Id, Kind, Model};

/// Entities a model may have.
const MAX_ENTITIES: usize = 20_000;

impl<'f> Walk<'f> {
    /// Every table of entities in a file. What is lost is remembered by its ID.
    pub(super) fn entities(&mut self, model: &mut Model, salvaged: &mut Salvaged) {
        let file = self.file;
        for kind in Kind::ALL {
            let Some((key, held)) = file.root.get_key_value(kind.table()) else { continue };
            if !self.doc.holds(kind) {
                self.wrong_file(kind, key);
            }
            match held.get_ref() {
                DeValue::Table(table) => self.kind(kind, table, model, salvaged),
                _ => self.apart(|walk| {
                    walk.lose(&codes::VALUE_TYPE, Spot::Value, &held.span(), |_| {
                        Said::new(format!("`{}` holds one table for each ID", kind.table())).help(example(kind))
                    });
                }),
            }
        }
    }

    fn kind(&mut self, kind: Kind, table: &'f DeTable<'f>, model: &mut Model, salvaged: &mut Salvaged) {
        for (key, held) in table {
            if model.entities.len() >= MAX_ENTITIES {
                self.too_many(key, model);
                salvaged.extend(table.keys().filter_map(|key| Id::within(kind, key.get_ref())));
                return;
            }
            match (Id::within(kind, key.get_ref()), held.get_ref()) {
                (Some(id), DeValue::Table(_)) if model.entities.contains_key(&id) => self.twice(id, key),
                (Some(id), DeValue::Table(fields)) => {
                    let entity = self.entity(id, fields, held);
                    model.entities.insert(id, entity);
                }
                (Some(id), _) => {
                    salvaged.insert(id);
                    self.apart(|walk| {
                        walk.lose(&codes::VALUE_TYPE, Spot::Value, &held.span(), |_| {
                            Said::new(format!("{id} must be a table")).help(example(kind))
                        });
                    });
                }
                (None, _) => {
                    salvaged.extend(ident::canonical(&[kind], key.get_ref()));
                    self.apart(|walk| walk.no_id(kind, key, held));
                }
            }
        }
    }

    fn entity(&mut self, id: Id, table: &'f DeTable<'f>, held: &'f Held<'f>) -> Entity {
        let mut entity = Entity::new(id);
        self.subject = Subject::Entity(id);
        self.meant.clear();
        self.fields(Legal::Entity(id.kind), table, &mut |field, value| entity.set(field.name, Some(&value)));
        for &field in required(id.kind) {
            match table.get(field) {
                None => self.missing(field, held),
                Some(value) if value.get_ref().as_str().is_some_and(|text| text.trim().is_empty()) => {
                    self.trail.push(Hop::Key(field));
                    self.warn(&codes::KEY_MISSING, Spot::Value, &value.span(), |walk| {
                        Said::new(format!("the `{field}` of {} says nothing", walk.who()))
                    });
                    self.trail.pop();
                }
                Some(_) => {}
            }
        }
        self.subject = Subject::Head;
        entity
    }

    fn missing(&mut self, field: &'static str, held: &'f Held<'f>) {
        if self.meant.contains(&field) || self.scarred(held.span().start) {
            return;
        }
        self.warn(&codes::KEY_MISSING, Spot::Value, &held.span(), |walk| {
            Said::new(format!("{} has no `{field}`", walk.who()))
        });
    }

    /// Whether an error of syntax stands in the entity's tables, where the missing key may have been.
    fn scarred(&self, at: usize) -> bool {
        if self.file.damage.is_empty() {
            return false;
        }
        let headers = self.file.headers();
        let Some(index) = self.file.header(at) else { return true };
        let path = headers[index].path();
        let entity = &path[..path.len().min(2)];
        let end = headers[index..].iter().find(|header| !header.starts_with(entity));
        let end = end.map_or(self.file.text.len(), |header| header.span.start);
        self.file.damages(&(headers[index].span.start..end))
    }

    fn no_id(&mut self, kind: Kind, key: &'f Name<'f>, held: &'f Held<'f>) {
        if self.misplaced(key, held) {
            return;
        }
        let (word, span) = (key.get_ref().as_ref(), key.span());
        self.lose(&codes::ID_MALFORMED, Spot::Name(word), &span, |walk| {
            ident::said(&[kind], word, |id| ident::rename(walk.file, kind, word, &span, id))
        });
    }

    fn twice(&mut self, id: Id, key: &Name<'_>) {
        self.report.lost = true;
        let message = format!("{id} stands in both files of the model: one ID cannot be two {}", id.kind.table());
        let finding = Finding::new(&codes::ID_DUPLICATE, self.file.place(&key.span()), message);
        let finding = match self.model {
            Some(model) => finding.also(Place::entity(model, id), format!("{id} stands here first")),
            None => finding,
        };
        self.report.add(key.span().start, finding);
    }

    fn wrong_file(&mut self, kind: Kind, key: &Name<'_>) {
        let file = if kind == Kind::Control { "controls.toml" } else { "model.toml" };
        self.apart(|walk| {
            walk.lose(&codes::KEY_MISPLACED, Spot::Name(kind.table()), &key.span(), |_| {
                Said::new(format!("`{}` belong into {file}", kind.table())).help("move the tables there as they are")
            });
        });
    }

    fn too_many(&mut self, key: &Name<'_>, model: &Model) {
        self.report.lost = true;
        let message = format!("{} has more than {MAX_ENTITIES} entities; the rest is not read", model.id);
        let span = self.file.span(&key.span());
        self.report.add(key.span().start, text::bounds(self.file.path, span, message));
    }

    /// With places in bytes: no subject holds this.
    pub(super) fn apart(&mut self, say: impl FnOnce(&mut Self)) {
        let model = self.model.take();
        say(self);
        self.model = model;
    }
}

/// Fields that every entity of a kind has.
fn required(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Boundary | Kind::Component | Kind::Asset => &["name"],
        Kind::Attacker => &["capability"],
        Kind::Assumption => &["description", "kind"],
        Kind::Control => &["description"],
    }
}

fn example(kind: Kind) -> String {
    format!("write [{}.{}1] and the fields below it", kind.table(), kind.prefix())
}

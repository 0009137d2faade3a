//! Changes performed one after the other, on the models and on the text of their files alike.

use std::collections::BTreeMap;

use super::donor::cut;
use super::editor::{Editor, Found};
use super::form::File;
use super::place::{Home, home};
use super::renumber::renumber;
use super::text::{Text, spliced};
use super::tree::{Seg, Tree};
use super::{Refused, Stuck};
use crate::change::{Act, Change, Subject, Thing, apply};
use crate::model::{Entity, Head, Id, Model, ModelId, Models, Record, Value, table};
use crate::store::{Content, Source, Workspace, Write};

pub(super) struct Desk<'w> {
    workspace: &'w Workspace,
    /// Another version of the files, whose wording new tables take over.
    donor: Option<&'w Workspace>,
    root: &'w str,
    models: Models,
    folders: BTreeMap<ModelId, String>,
    /// Files as they are by now.
    texts: BTreeMap<String, Text>,
}

/// A value of a field before and after.
type Turn = (Option<Value>, Option<Value>);

impl<'w> Desk<'w> {
    pub(super) fn new(workspace: &'w Workspace, root: &'w str) -> Desk<'w> {
        let folders = workspace.folders.clone();
        Desk { workspace, donor: None, root, models: Models::default(), folders, texts: BTreeMap::new() }
    }

    pub(super) fn with(self, donor: &'w Workspace) -> Desk<'w> {
        Desk { donor: Some(donor), ..self }
    }

    pub(super) fn perform(&mut self, change: &Change) -> Result<(), Refused> {
        let Change { model, subject, act } = change;
        match act {
            Act::Drop | Act::Lost { .. } => Err(Refused::Vanishing { model: model.clone(), subject: subject.clone() }),
            Act::Put(thing) => self.put(change, thing),
            Act::Set { field, .. } | Act::Push { rows: field, .. } => {
                let turn = self.turn(change, field)?;
                self.field(model, subject, field, turn)
            }
            Act::Renumber { to } => self.renumber(change, *to),
        }
    }

    /// What the files have become.
    pub(super) fn writes(self) -> Result<Vec<Write>, Refused> {
        let mut writes = Vec::new();
        for (path, text) in self.texts {
            Tree::parse(&text.body).map_err(|why| Refused::Unreadable { path: path.clone(), why })?;
            let before = match self.workspace.sources.get(&path).map(|source| &source.content) {
                Some(Content::Bytes(bytes)) => Some(bytes.to_vec()),
                _ => None,
            };
            let after = text.into_bytes();
            if before.as_ref() != Some(&after) {
                writes.push(Write { path, before, after });
            }
        }
        Ok(writes)
    }

    fn put(&mut self, change: &Change, thing: &Thing) -> Result<(), Refused> {
        let Change { model, subject, .. } = change;
        if let Thing::Head(head) = thing
            && !self.folders.contains_key(model)
        {
            return self.found(model, head);
        }
        let fields: Vec<&str> = match thing {
            Thing::Head(_) => Head::FIELDS,
            Thing::Compliance(_) => crate::model::Compliance::FIELDS,
            Thing::Tickets(_) => crate::model::Tickets::FIELDS,
            _ => &[],
        }
        .iter()
        .map(|field| field.name)
        .collect();
        let known = self.model(model)?;
        let before: Vec<_> = fields.iter().map(|field| value(known, subject, field)).collect();
        self.apply(change)?;
        match thing {
            Thing::Head(_) | Thing::Compliance(_) | Thing::Tickets(_) => {
                for (field, old) in fields.into_iter().zip(before) {
                    let new = value(self.model(model)?, subject, field);
                    self.field(model, subject, field, (old, new))?;
                }
                Ok(())
            }
            Thing::Entity(entity) => self.entity(model, subject, entity),
            Thing::Decision(decision) => self.file(model, subject, table(decision)),
            Thing::Session(session) => self.file(model, subject, table(session)),
        }
    }

    /// Makes the folder and the model.toml of a new model.
    fn found(&mut self, id: &ModelId, head: &Head) -> Result<(), Refused> {
        if self.root.is_empty() {
            return Err(Refused::NoRoot);
        }
        let folder = format!("{}/{id}", self.root.trim_end_matches('/'));
        let within = format!("{folder}/");
        let taken = self.workspace.sources.keys().any(|path| *path == folder || path.starts_with(&within));
        if taken || self.folders.values().any(|other| *other == folder) {
            return Err(Refused::Taken { path: folder });
        }
        let body = format!("{}id = \"{id}\"\n", File::Model.opening());
        self.texts.insert(format!("{within}model.toml"), Text::new(body));
        self.folders.insert(id.clone(), folder);
        self.models.insert(id.clone(), Model { id: id.clone(), head: head.clone(), ..Model::default() });
        for (field, value) in table(head) {
            self.field(id, &Subject::Head, &field, (None, Some(value)))?;
        }
        Ok(())
    }

    fn entity(&mut self, id: &ModelId, subject: &Subject, entity: &Entity) -> Result<(), Refused> {
        let Home { file, name, path } = home(subject)?;
        let place = self.open(id, &name, file)?;
        let own = self.donated(id, entity, &name).and_then(|text| cut(&text, file, &path));
        let table = Value::Table(entity.table());
        self.edit(&place, file, subject, |editor| match (editor.find(&path), own) {
            (Found::Absent, Some(own)) => editor.plant(&path, &own),
            (Found::Absent, None) => editor.insert(&path, &table),
            (Found::Within(_), _) => editor.set(&path, None, Some(&table)),
            _ => Err(Stuck::THERE),
        })
    }

    /// The donor's file, when it has the very same entity.
    fn donated(&self, id: &ModelId, entity: &Entity, name: &str) -> Option<String> {
        let donor = self.donor?;
        donor.models.get(id)?.entities.get(&entity.id).filter(|same| *same == entity)?;
        donor.sources.get(&format!("{}/{name}", donor.folders.get(id)?)).map(Source::text)
    }

    /// Writes a decision or a session into a file of its own.
    fn file(&mut self, id: &ModelId, subject: &Subject, table: BTreeMap<String, Value>) -> Result<(), Refused> {
        let Home { file, name, .. } = home(subject)?;
        let path = format!("{}/{name}", self.folder(id)?);
        if self.workspace.sources.contains_key(&path) || self.texts.contains_key(&path) {
            return Err(Refused::Taken { path });
        }
        self.open(id, &name, file)?;
        table.into_iter().try_for_each(|(field, value)| self.field(id, subject, &field, (None, Some(value))))
    }

    fn field(&mut self, id: &ModelId, subject: &Subject, field: &str, turn: Turn) -> Result<(), Refused> {
        let at = home(subject)?;
        if turn == (None, None) && !self.has(id, &at.name)? {
            return Ok(());
        }
        let done = self.field_at(id, subject, &at, (field, &turn));
        match (done, at.other()) {
            (Err(absent @ Refused::Absent { .. }), Some(other)) if self.has(id, &other.name)? => {
                let done = self.field_at(id, subject, &other, (field, &turn));
                if matches!(done, Err(Refused::Absent { .. })) { Err(absent) } else { done }
            }
            (done, _) => done,
        }
    }

    fn field_at(
        &mut self,
        id: &ModelId,
        subject: &Subject,
        Home { file, name, path: top }: &Home,
        (field, (old, new)): (&str, &Turn),
    ) -> Result<(), Refused> {
        if *file == File::Controls && !self.has(id, name)? {
            return Err(Refused::Absent { path: format!("{}/{name}", self.folder(id)?), subject: subject.clone() });
        }
        let place = self.open(id, name, *file)?;
        let path = [top, &[Seg::key(field)][..]].concat();
        self.edit(&place, *file, subject, |editor| {
            if matches!(editor.find(top), Found::Absent) {
                return Err(Stuck::ABSENT);
            }
            match (old, new) {
                (None, None) => editor.clear(&path),
                _ => editor.set(&path, old.as_ref(), new.as_ref())?,
            }
            Ok(())
        })?;
        if new.is_some() {
            return Ok(());
        }
        // An entity may live in dotted keys only, and must outlive the last of them.
        self.edit(&place, *file, subject, |editor| match editor.find(top) {
            Found::Absent => editor.insert(top, &Value::Table(BTreeMap::new())),
            _ => Ok(()),
        })
    }

    fn renumber(&mut self, change: &Change, to: Id) -> Result<(), Refused> {
        self.apply(change)?;
        let Subject::Entity(from) = change.subject else { return Ok(()) };
        let folder = format!("{}/", self.folder(&change.model)?);
        let known = self.workspace.sources.keys().chain(self.texts.keys());
        let names: std::collections::BTreeSet<String> =
            known.filter_map(|path| path.strip_prefix(&folder)).map(str::to_owned).collect();
        for name in names {
            let file = match name.as_str() {
                "model.toml" => File::Model,
                "controls.toml" => File::Controls,
                name if name.starts_with("decisions/") && name.ends_with(".toml") => File::Decision,
                _ => continue,
            };
            let place = self.open(&change.model, &name, file)?;
            self.edit(&place, file, &change.subject, |editor| {
                editor.splices = renumber(editor.tree, file, from, to);
                Ok(())
            })?;
        }
        Ok(())
    }

    fn model(&mut self, id: &ModelId) -> Result<&mut Model, Refused> {
        if !self.models.contains_key(id) {
            let model = self.workspace.models.share(id).ok_or_else(|| Refused::NoModel(id.clone()))?;
            self.models.insert(id.clone(), model);
        }
        self.models.edit(id).ok_or_else(|| Refused::NoModel(id.clone()))
    }

    fn apply(&mut self, change: &Change) -> Result<(), Refused> {
        let model = self.model(&change.model)?;
        apply(model, std::slice::from_ref(change))
            .map_err(|misfit| Refused::Misfit { model: change.model.clone(), misfit })
    }

    /// Applies a change of one field.
    fn turn(&mut self, change: &Change, field: &str) -> Result<Turn, Refused> {
        let old = value(self.model(&change.model)?, &change.subject, field);
        self.apply(change)?;
        Ok((old, value(self.model(&change.model)?, &change.subject, field)))
    }

    fn folder(&self, id: &ModelId) -> Result<&str, Refused> {
        self.folders.get(id).map(String::as_str).ok_or_else(|| Refused::NoModel(id.clone()))
    }

    fn has(&self, id: &ModelId, name: &str) -> Result<bool, Refused> {
        let path = format!("{}/{name}", self.folder(id)?);
        Ok(self.texts.contains_key(&path) || self.workspace.sources.contains_key(&path))
    }

    /// Lays the text of a file on the desk, a new one when there is none; its path.
    fn open(&mut self, id: &ModelId, name: &str, file: File) -> Result<String, Refused> {
        let path = format!("{}/{name}", self.folder(id)?);
        if !self.texts.contains_key(&path) {
            let text = match self.workspace.sources.get(&path) {
                None => Text::new(file.opening()),
                Some(source) => read(&source.content)
                    .map_err(|why| Refused::Unreadable { path: path.clone(), why: why.to_owned() })?,
            };
            self.texts.insert(path.clone(), text);
        }
        Ok(path)
    }

    fn edit(
        &mut self,
        path: &str,
        file: File,
        subject: &Subject,
        edit: impl FnOnce(&mut Editor<'_>) -> Result<(), Stuck>,
    ) -> Result<(), Refused> {
        let Some(text) = self.texts.get_mut(path) else { return Ok(()) };
        let tree = Tree::parse(&text.body).map_err(|why| Refused::Unreadable { path: path.to_owned(), why })?;
        let mut editor = Editor::new(&tree, file, text.eol);
        let done = edit(&mut editor).and_then(|()| spliced(&text.body, editor.splices).ok_or(Stuck::TANGLED));
        match done {
            Ok(body) => text.body = body,
            Err(Stuck::ABSENT) => return Err(Refused::Absent { path: path.to_owned(), subject: subject.clone() }),
            Err(Stuck(why)) => {
                return Err(Refused::Stuck { path: path.to_owned(), subject: subject.clone(), why });
            }
        }
        Ok(())
    }
}

fn value(model: &Model, subject: &Subject, field: &str) -> Option<Value> {
    match subject {
        Subject::Head => model.head.value(field),
        Subject::Entity(id) => model.entities.get(id)?.value(field),
        Subject::Compliance => model.compliance.value(field),
        Subject::Decision(name) => model.decisions.get(name)?.value(field),
        Subject::Session(name) => model.sessions.get(name)?.value(field),
        Subject::Tickets => model.tickets.value(field),
    }
}

fn read(content: &Content) -> Result<Text, &str> {
    match content {
        Content::Bytes(bytes) => Text::of(bytes).ok_or("it is not UTF-8"),
        Content::Symlink => Err("it is a symbolic link"),
        Content::Folder => Err("it is a folder"),
        Content::Large(_) => Err("it is too large"),
        Content::Unreadable(why) => Err(why),
    }
}

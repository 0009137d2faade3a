//! A reader of well-formed files, just enough to hold the writer's laws: TOML to values, values to records.

use std::collections::BTreeMap;

use crate::model::{Entity, Id, Kind, Model, ModelId, Record, Value};
use crate::store::{Content, Source, Workspace};

/// Every model of these files, by folder.
pub(super) fn workspace(files: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::default();
    let mut folders: BTreeMap<String, Vec<(String, &str)>> = BTreeMap::new();
    for (path, text) in files {
        let source = Source { path: (*path).to_owned(), content: Content::Bytes(text.as_bytes().to_vec()) };
        workspace.sources.insert((*path).to_owned(), source);
        let mut parts = path.splitn(3, '/');
        let folder = format!("{}/{}", parts.next().expect("a root"), parts.next().expect("a folder"));
        let name = parts.next().expect("a file").to_owned();
        folders.entry(folder).or_default().push((name, text));
    }
    for (folder, files) in folders {
        let model = model(&files);
        workspace.folders.insert(model.id.clone(), folder);
        workspace.models.insert(model.id.clone(), model);
    }
    workspace
}

fn model(files: &[(String, &str)]) -> Model {
    let mut model = Model::default();
    for (name, text) in files {
        let table = table(text);
        match name.split_once('/').map_or((name.as_str(), ""), |(folder, file)| (folder, file.trim_end_matches(".toml"))) {
            ("decisions", name) => drop(model.decisions.insert(name.to_owned(), record(&table))),
            ("sessions", name) => drop(model.sessions.insert(name.to_owned(), record(&table))),
            ("compliance.toml", _) => model.compliance = record(&table),
            (file, _) => {
                if file == "model.toml" {
                    model.id = table["id"].as_text().and_then(ModelId::parse).expect("an id");
                    model.head = record(&table);
                }
                entities(&mut model, &table);
            }
        }
    }
    model
}

pub(super) fn table(text: &str) -> BTreeMap<String, Value> {
    let text = text.trim_start_matches('\u{feff}');
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    match value(toml::Value::Table(table)) {
        Value::Table(table) => table,
        _ => BTreeMap::new(),
    }
}

fn value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::text(text.replace("\r\n", "\n")),
        toml::Value::Integer(number) => Value::Number(number),
        toml::Value::Float(number) => panic!("no model holds {number}"),
        toml::Value::Boolean(flag) => Value::Flag(flag),
        toml::Value::Datetime(when) => Value::When(when.to_string().parse().expect("a date")),
        toml::Value::Array(items) => Value::List(items.into_iter().map(self::value).collect()),
        toml::Value::Table(table) => {
            Value::Table(table.into_iter().map(|(key, item)| (key, self::value(item))).collect())
        }
    }
}

fn record<R: Record>(table: &BTreeMap<String, Value>) -> R {
    let mut record = R::default();
    for field in R::FIELDS {
        assert!(record.set(field.name, table.get(field.name)), "{}: {table:?}", field.name);
    }
    record
}

fn entities(model: &mut Model, table: &BTreeMap<String, Value>) {
    for kind in Kind::ALL {
        let Some(all) = table.get(kind.table()).and_then(Value::as_table) else { continue };
        for (id, fields) in all {
            let mut entity = Entity::new(Id::within(kind, id).expect("an ID"));
            for (field, value) in fields.as_table().expect("a table") {
                assert!(entity.set(field, Some(value)), "{id}.{field} = {value:?}");
            }
            model.entities.insert(entity.id, entity);
        }
    }
}

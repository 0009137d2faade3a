//! Edits of text, shape by shape, and the laws they keep. Never here: the disk.

mod act;
mod dice;
mod law;
mod odd;
mod renumbering;
mod scribe;
mod shapes;

use super::{Refused, plan};
use crate::change::{Act, Change, Subject};
use crate::model::{Id, ModelId, Value};
use crate::store::{Content, Settings, Source, Workspace, read};

const MODEL: &str = "threat-models/shop/model.toml";
const CONTROLS: &str = "threat-models/shop/controls.toml";
const HEAD: &str = "format = 1\nid = \"shop\"\n";

fn shop() -> ModelId {
    ModelId::parse("shop").expect("legal")
}

fn entity(id: &str) -> Subject {
    Subject::Entity(Id::parse(id).expect("legal"))
}

fn change(subject: Subject, act: Act) -> Change {
    Change::new(&shop(), subject, act)
}

fn set(subject: Subject, field: &'static str, to: Option<Value>) -> Change {
    change(subject, Act::Set { field, from: None, to })
}

fn texts(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| Value::text(*item)).collect())
}

fn map(pairs: &[(&str, Value)]) -> Value {
    Value::Table(pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

fn workspace(files: &[(&str, &str)]) -> Workspace {
    let source = |(path, text): &(&str, &str)| Source {
        path: (*path).to_owned(),
        content: Content::Bytes(text.as_bytes().into()),
    };
    read(files.iter().map(source).collect(), &Settings::default())
}

/// One file of the model `shop` after the changes; the same text when nothing is written.
fn after(path: &str, text: &str, changes: &[Change]) -> String {
    edited(&[(MODEL, HEAD), (path, text)], changes).expect("performed").remove(path).unwrap_or_else(|| text.to_owned())
}

fn edited(files: &[(&str, &str)], changes: &[Change]) -> Result<std::collections::BTreeMap<String, String>, Refused> {
    let writes = plan(&workspace(files), "threat-models", changes)?;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ok(writes.into_iter().map(|write| (write.path, text(write.after))).collect())
}

//! Making a workspace: settings, schemas for editors, attributes, and a first model on request.

mod hooks;
mod workflows;

pub use hooks::{Hooks, hooks};

use std::collections::BTreeSet;

use super::{Desk, Trouble};
use crate::model::{Model, ModelId};
use crate::store::{self, Content, Workspace, Write, disk};
use crate::text::slug;

const SETTINGS: &str = include_str!("init/redan.toml");
const STARTER: &str = include_str!("init/model.toml");
const ATTRIBUTES: &str = "\
# The same bytes on every machine: redan compares and quotes them.
threat-models/**/*.toml text eol=lf
# Merged and shown entity by entity where the drivers are set up (docs/merging.md, docs/diff.md), by lines elsewhere.
# Never merge=union.
threat-models/**/model.toml merge=redan diff=redan
threat-models/**/controls.toml merge=redan diff=redan
threat-models/**/compliance.toml merge=redan diff=redan
threat-models/**/tickets.toml merge=redan diff=redan
threat-models/**/decisions/*.toml diff=redan
threat-models/**/sessions/*.toml diff=redan
";

/// What Git's configuration says of a driver: keys and values. The attributes alone change nothing.
pub type Driver = &'static [(&'static str, &'static str)];

/// The merge driver. Versions that Git makes up to merge several merge bases are none of redan's business.
pub const MERGE: Driver = &[
    ("merge.redan.driver", "redan merge-driver %O %A %B %L %P %Y"),
    ("merge.redan.name", "threat models, entity by entity"),
    ("merge.redan.recursive", "binary"),
];

/// The diff driver: a command and not a text conversion, since conversions reach into `git log -p`, `git show` and
/// `git blame`, which are asked about lines. Their hunks name the table they are in.
pub const DIFF: Driver = &[("diff.redan.command", "redan diff-driver"), ("diff.redan.xfuncname", "^\\[.*\\]$")];

/// Sets a driver up in the repository's own configuration.
pub fn install(desk: &Desk, driver: Driver) -> Result<(), Trouble> {
    let repo = desk.repo()?;
    Ok(driver.iter().try_for_each(|(key, value)| repo.configure(key, value))?)
}

/// What `init` did, file by file.
#[derive(Default)]
pub struct Made {
    /// Written, or to be written in a dry run.
    pub writes: Vec<Write>,
    /// There already, and left alone.
    pub kept: Vec<String>,
}

impl Made {
    /// A file that is new, or kept.
    fn put(&mut self, desk: &Desk, path: String, text: String) {
        match disk::exists(&desk.root.join(&path)) {
            true => self.kept.push(path),
            false => self.writes.push(Write { path, before: None, after: text.into_bytes() }),
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// A first model of this name.
    pub model: Option<&'a str>,
    /// The workflows, at the top of the repository.
    pub github: bool,
    pub dry_run: bool,
}

/// Makes a workspace around the desk; what is there already is kept. A bare repository has no place for one.
pub fn init(desk: &Desk, wanted: Wanted<'_>) -> Result<Made, Trouble> {
    desk.tree()?;
    let _lock = disk::Lock::take(&desk.state())?;
    disk::recover(&desk.root, &desk.state())?;
    let mut made = Made::default();
    made.put(desk, format!("{}redan.toml", desk.prefix), SETTINGS.to_owned());
    attributes(desk, &mut made)?;
    for (path, text) in schemas() {
        made.put(desk, format!("{}{path}", desk.prefix), text);
    }
    if let Some(name) = wanted.model {
        let id = fresh(&desk.look_or_nothing()?, name)?;
        made.put(desk, format!("{}threat-models/{id}/model.toml", desk.prefix), starter(&id, name));
    }
    if wanted.github {
        workflows::all(desk)?.into_iter().for_each(|(path, text)| made.put(desk, path.to_owned(), text));
    }
    if !wanted.dry_run {
        disk::commit(&desk.root, &desk.state(), &made.writes)?;
    }
    Ok(made)
}

/// The attributes of models: a new file, or at the end of the one that is there the lines it lacks.
fn attributes(desk: &Desk, made: &mut Made) -> Result<(), Trouble> {
    let path = format!("{}.gitattributes", desk.prefix);
    let before = match disk::source(&desk.root, &path)?.map(|source| source.content) {
        None => None,
        Some(Content::Bytes(bytes)) => Some(bytes.to_vec()),
        // A link, a folder: nothing to add to.
        Some(_) => {
            made.kept.push(path);
            return Ok(());
        }
    };
    let there = before.clone().unwrap_or_default();
    let text = String::from_utf8_lossy(&there);
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let known: BTreeSet<&str> = text.lines().map(str::trim).collect();
    // A remark goes with the lines below it.
    let lacks = |line: &str| !line.starts_with('#') && !known.contains(line);
    let missing: Vec<&str> = match before {
        None => ATTRIBUTES.lines().collect(),
        Some(_) => ATTRIBUTES.lines().filter(|line| lacks(line)).collect(),
    };
    if missing.is_empty() {
        made.kept.push(path);
        return Ok(());
    }
    let joint = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    let added: String = missing.iter().map(|line| format!("{line}{end}")).collect();
    made.writes.push(Write { path, after: [&there, joint.as_bytes(), added.as_bytes()].concat(), before });
    Ok(())
}

/// The schemas as `init` vendors them beside the models.
pub fn schemas() -> Vec<(String, String)> {
    let file = |name: &str| format!("threat-models/.schema/{name}.schema.json");
    store::schemas().iter().map(|(name, schema)| (file(name), store::schema_text(schema))).collect()
}

fn starter(id: &ModelId, name: &str) -> String {
    // A JSON string is a TOML basic string.
    let name = serde_json::Value::from(name).to_string();
    STARTER.replace("\"ID\"", &format!("\"{id}\"")).replace("\"NAME\"", &name)
}

/// The ID for a new model of this name; a name or ID that is in use is refused.
fn fresh(workspace: &Workspace, name: &str) -> Result<ModelId, Trouble> {
    let known = || workspace.models.keys().map(ToString::to_string).collect();
    let illegal =
        || Trouble::Unknown { what: "way to make an ID from the name", asked: name.to_owned(), known: known() };
    let id = ModelId::parse(&slug(name)).ok_or_else(illegal)?;
    let same = |model: &Model| model.id == id || model.head.name.eq_ignore_ascii_case(name);
    match workspace.models.values().find(|model| same(model)) {
        None => Ok(id),
        Some(model) => Err(Trouble::Taken { name: name.to_owned(), model: model.id.to_string() }),
    }
}

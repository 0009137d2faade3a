//! Making a workspace: settings, schemas for editors, attributes, and a first model on request.

mod hooks;

pub use hooks::{Hooks, hooks};

use super::{Desk, Trouble};
use crate::model::{Model, ModelId};
use crate::store::{self, Workspace, Write, disk};
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
pub struct Made {
    /// Written, or to be written in a dry run.
    pub writes: Vec<Write>,
    /// There already, and left alone.
    pub kept: Vec<String>,
}

/// Workflows for GitHub, by the path they belong at; the texts are samples in `examples/workflows`.
const WORKFLOWS: [(&str, &str); 2] = [
    (".github/workflows/redan.yml", include_str!("../../examples/workflows/redan.yml")),
    (".github/workflows/redan-audit.yml", include_str!("../../examples/workflows/redan-audit.yml")),
];

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
    let mut files =
        vec![("redan.toml".to_owned(), SETTINGS.to_owned()), (".gitattributes".to_owned(), ATTRIBUTES.to_owned())];
    files.extend(schemas());
    if let Some(name) = wanted.model {
        let id = fresh(&desk.look_or_nothing()?, name)?;
        files.push((format!("threat-models/{id}/model.toml"), starter(&id, name)));
    }
    let mut made = Made { writes: Vec::new(), kept: Vec::new() };
    let mut files: Vec<_> = files.into_iter().map(|(path, text)| (format!("{}{path}", desk.prefix), text)).collect();
    if wanted.github {
        files.extend(WORKFLOWS.map(|(path, text)| (path.to_owned(), aimed(text, &desk.prefix))));
    }
    for (path, text) in files {
        match disk::exists(&desk.root.join(&path)) {
            true => made.kept.push(path),
            false => made.writes.push(Write { path, before: None, after: text.into_bytes() }),
        }
    }
    if !wanted.dry_run {
        disk::commit(&desk.root, &desk.state(), &made.writes)?;
    }
    Ok(made)
}

/// A workflow for a workspace that may lie below the top of the repository.
fn aimed(workflow: &str, prefix: &str) -> String {
    let action = workflow.lines().find(|line| line.contains("redan/action@")).unwrap_or_default();
    // A JSON string is a YAML one.
    let folder = serde_json::Value::from(prefix.trim_end_matches('/')).to_string();
    match prefix {
        "" => workflow.to_owned(),
        _ => workflow.replace(action, &format!("{action}\n        with:\n          working-directory: {folder}")),
    }
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

//! Which files are read, and as what.

use crate::store::foreign::{Node, Unread, hcl, toml, xml, yaml};
use crate::suggest::{Knowledge, Mention, Subject, Text};

use super::manifest::{self, Package};

/// What a file is by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Compose,
    Pipeline,
    /// YAML or JSON that may be a manifest of Kubernetes or a description of an interface.
    Documents,
    Terraform,
    Manifest,
    Proto,
    Graphql,
    Sql,
}

/// Folders whose files are about something else than the system.
const BESIDE: [&str; 14] = [
    "test",
    "tests",
    "testdata",
    "__tests__",
    "e2e",
    "spec",
    "fixtures",
    "example",
    "examples",
    "samples",
    "mocks",
    "bench",
    "benches",
    "locales",
];
const MANIFESTS: [&str; 6] = ["package.json", "Cargo.toml", "pyproject.toml", "go.mod", "pom.xml", "requirements.txt"];
/// JSON and YAML that are nothing of a system, by the start of the name.
const SETTINGS: [&str; 9] =
    ["package-lock", "tsconfig", "composer", "renovate", "pnpm-lock", "mkdocs", ".", "_config", "yarn"];

/// What to read a file as; nothing where it is none of these.
pub fn format(path: &str) -> Option<Format> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if folder.split('/').any(|part| BESIDE.contains(&part)) {
        return None;
    }
    let lower = name.to_lowercase();
    let (stem, end) = lower.rsplit_once('.')?;
    let yaml = matches!(end, "yml" | "yaml");
    let composed = stem == "compose"
        || stem == "docker-compose"
        || stem.starts_with("compose.")
        || stem.starts_with("docker-compose.");
    match end {
        _ if MANIFESTS.contains(&name) => Some(Format::Manifest),
        _ if yaml && composed => Some(Format::Compose),
        _ if yaml && folder.ends_with(".github/workflows") => Some(Format::Pipeline),
        _ if folder.contains(".github") || SETTINGS.iter().any(|start| lower.starts_with(start)) => None,
        "yml" | "yaml" | "json" => Some(Format::Documents),
        "tf" => Some(Format::Terraform),
        "proto" => Some(Format::Proto),
        "graphql" | "gql" | "graphqls" => Some(Format::Graphql),
        "sql" => Some(Format::Sql),
        _ => None,
    }
}

/// A file as it was read.
pub struct File<'t> {
    pub path: &'t str,
    /// The repository it lies in, `owner/name`; empty while unknown.
    pub repo: &'t str,
    pub tree: Tree<'t>,
    /// By theme: whether it is about it, or what the repository's texts say is.
    pub about: Vec<bool>,
}

pub enum Tree<'t> {
    Documents(Vec<Node>),
    Compose(Node),
    Pipeline(Node),
    Resources(Node),
    Package(Package),
    Proto(&'t str),
    Graphql(&'t str),
    Sql(&'t str),
}

impl<'t> File<'t> {
    pub fn open(text: &'t Text, format: Format, repo: &'t str) -> Result<File<'t>, Unread> {
        let content = text.content.as_str();
        let first = || Ok(yaml(content)?.into_iter().next().unwrap_or(NOTHING));
        let tree = match format {
            Format::Compose => Tree::Compose(first()?),
            Format::Pipeline => Tree::Pipeline(first()?),
            // Most files of this kind are neither: whatever cannot be one is passed over in silence.
            Format::Documents if !promising(content) => Tree::Documents(Vec::new()),
            Format::Documents => Tree::Documents(yaml(content)?),
            Format::Terraform => Tree::Resources(hcl(content)?),
            Format::Manifest => Tree::Package(match text.path.rsplit('/').next().unwrap_or_default() {
                "package.json" => manifest::npm(&first()?),
                "Cargo.toml" => manifest::cargo(&toml(content)?),
                "pyproject.toml" => manifest::python(&toml(content)?),
                "pom.xml" => manifest::maven(&xml(content)?),
                "go.mod" => manifest::go(content),
                _ => manifest::requirements(content),
            }),
            Format::Proto => Tree::Proto(content),
            Format::Graphql => Tree::Graphql(content),
            Format::Sql => Tree::Sql(content),
        };
        Ok(File { path: &text.path, repo, tree, about: Vec::new() })
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &'t str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether its names say what is kept.
    pub fn names(&self) -> bool {
        match &self.tree {
            Tree::Documents(documents) => !documents.is_empty(),
            Tree::Proto(_) | Tree::Graphql(_) | Tree::Sql(_) => true,
            _ => false,
        }
    }

    /// Whether what a name of a kind needs to mean it is there.
    pub fn means(&self, all: &Knowledge, kind: &str, name: &str) -> bool {
        all.theme(kind, name).is_none_or(|theme| self.about.get(theme).is_some_and(|about| *about))
    }

    /// A mention of this file.
    pub fn says(&self, subject: Subject, words: impl Into<String>, line: usize) -> Mention {
        Mention { words: words.into(), path: self.path.to_owned(), line, structure: true, ..Mention::of(subject) }
    }
}

const NOTHING: Node = Node { line: 1, value: crate::store::foreign::Leaf::Nothing };

/// Whether YAML or JSON may be something that is known; a template is not, and only what it makes is.
fn promising(text: &str) -> bool {
    let kube = text.contains("apiVersion") && text.contains("kind");
    let interface = ["openapi", "swagger"].iter().any(|key| text.contains(key)) && text.contains("paths");
    (kube || interface) && !text.contains("{{")
}

/// Where a path leads that is written in a file of this folder; nothing when it leads out or is no path of the repository.
pub fn beneath(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['$', ':', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

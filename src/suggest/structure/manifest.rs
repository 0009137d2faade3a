//! Manifests of packages in one shape: a name, and what it depends on.

use crate::store::foreign::Node;

/// What a manifest says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// None for what only holds others together.
    pub name: Option<(String, usize)>,
    /// Names of libraries that it runs with, small, each with its line.
    pub libraries: Vec<(String, usize)>,
}

pub fn npm(node: &Node) -> Package {
    Package { name: name(node.at("name")), libraries: keys([node.at("dependencies")]) }
}

pub fn cargo(node: &Node) -> Package {
    let shared = node.down(&["workspace", "dependencies"]);
    Package { name: name(node.down(&["package", "name"])), libraries: keys([node.at("dependencies"), shared]) }
}

/// The standard's table, and the one of Poetry.
pub fn python(node: &Node) -> Package {
    let poetry = ["tool", "poetry"].as_slice();
    let named = node.down(&["project", "name"]).or_else(|| node.down(poetry)?.at("name"));
    let mut libraries = keys([node.down(poetry).and_then(|poetry| poetry.at("dependencies"))]);
    let listed = node.down(&["project", "dependencies"]).map(Node::items).unwrap_or_default();
    libraries.extend(listed.iter().filter_map(|item| Some((required(item.word()?)?, item.line))));
    Package { name: name(named), libraries }
}

pub fn requirements(text: &str) -> Package {
    let lines = text.lines().enumerate();
    let libraries = lines.filter_map(|(at, line)| Some((required(line)?, at + 1))).collect();
    Package { name: None, libraries }
}

pub fn go(text: &str) -> Package {
    let mut package = Package::default();
    for (at, line) in text.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default().trim();
        let words: Vec<&str> = line.split_whitespace().filter(|word| *word != "require" && *word != "(").collect();
        match words.as_slice() {
            ["module", path] => {
                let own = path.rsplit('/').find(|part| !version(part)).unwrap_or(path);
                package.name = Some((own.to_owned(), at + 1));
            }
            [path, given] if given.starts_with('v') => package.libraries.push((path.to_lowercase(), at + 1)),
            _ => {}
        }
    }
    package
}

pub fn maven(node: &Node) -> Package {
    let Some(project) = node.at("project") else { return Package::default() };
    let holds = project.at("modules").is_some();
    let all = project.at("dependencies").into_iter().flat_map(|node| node.all("dependency"));
    let tested = |node: &&Node| node.at("scope").and_then(Node::word) != Some("test");
    let libraries = all.filter(tested).filter_map(|node| {
        let id = node.at("artifactId")?;
        Some((id.word()?.to_lowercase(), id.line))
    });
    Package { libraries: libraries.collect(), name: name(project.at("artifactId")).filter(|_| !holds) }
}

fn name(node: Option<&Node>) -> Option<(String, usize)> {
    let node = node?;
    let own = node.word()?.rsplit('/').next()?;
    Some((own.to_owned(), node.line)).filter(|(own, _)| !own.is_empty())
}

fn keys<const N: usize>(nodes: [Option<&Node>; N]) -> Vec<(String, usize)> {
    let tables = nodes.into_iter().flatten().flat_map(Node::rows);
    tables.map(|(key, node)| (key.to_lowercase(), node.line)).collect()
}

/// The name in a requirement of Python: `Django[argon2] >= 4; python_version > "3"`.
fn required(text: &str) -> Option<String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)).unwrap_or(text.len());
    let name = text[..end].to_lowercase().replace('_', "-");
    (!name.is_empty() && !text.starts_with(['#', '-'])).then_some(name)
}

fn version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

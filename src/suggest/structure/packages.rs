//! Packages: what one is by the framework it stands on, and what it talks to by the clients it carries.

use crate::suggest::{ComponentKind, Knowledge, Mention, Subject};

use super::file::File;
use super::manifest::Package;
use super::signs::{Signs, words};

pub fn read(all: &Knowledge, file: &File<'_>, package: &Package) -> Vec<Mention> {
    let signs = Signs::built_in();
    let mut found: Vec<Mention> = component(all, file, package).into_iter().collect();
    for (library, line) in &package.libraries {
        let kind = signs.clients.kind(library).and_then(|key| all.component(key));
        found.extend(kind.map(|kind| talks(file, kind, library, *line)));
    }
    if let (Some((library, line)), Some(kind)) = (package.libraries.first(), all.component("dependency-manager")) {
        found.push(file.says(Subject::Component(kind.key), library, *line));
    }
    found
}

/// What it is itself; a library that others build on is no component.
fn component(all: &Knowledge, file: &File<'_>, package: &Package) -> Option<Mention> {
    let frameworks = &Signs::built_in().frameworks;
    let place = |key: &str| frameworks.kinds.iter().position(|kind| *kind == key);
    let told = package.libraries.iter().filter_map(|(library, line)| Some((frameworks.kind(library)?, library, *line)));
    let (key, library, line) = told.min_by_key(|(key, _, line)| (place(key), *line))?;
    let own = package.name.as_ref().map(|(name, _)| name.clone());
    let folder = file.folder();
    let called = own.or_else(|| folder.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned));
    let kind = all.component(key)?;
    let says = file.says(Subject::Component(kind.key), library, line);
    Some(Mention { name: called, repo: file.repo.to_owned(), folder: folder.to_owned(), ..says })
}

/// What the name of a variable says that a program talks to: `STRIPE_SECRET_KEY`.
pub fn client(all: &Knowledge, file: &File<'_>, variable: &str, line: usize) -> Option<Mention> {
    let clients = &Signs::built_in().clients;
    let found = words(variable).iter().find_map(|word| clients.kind(word))?;
    Some(talks(file, all.component(found)?, variable, line))
}

/// What is talked to; a name of somebody's product says that they run it.
fn talks(file: &File<'_>, kind: &ComponentKind, name: &str, line: usize) -> Mention {
    let outside = words(name).iter().any(|word| kind.outside.contains(&word.as_str()));
    Mention { outside, ..file.says(Subject::Component(kind.key), name, line) }
}

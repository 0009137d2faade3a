//! Every file under `src` is reached by `mod` lines from one of the two crate roots.

use super::source::{File, Finding};
use std::collections::BTreeSet;
use syn::{Attribute, Item, ItemMod};

/// Files that no `mod` line leads to, and `mod` lines bent by `#[path]` inside the library.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut reached = BTreeSet::new();
    let mut open: Vec<&File> = ["src/lib.rs", "src/main.rs"].iter().filter_map(|root| find(files, root)).collect();
    while let Some(file) = open.pop() {
        if !reached.insert(file.path.clone()) {
            continue;
        }
        for module in modules(file, &mut findings) {
            open.extend(places(file, &module).iter().filter_map(|place| find(files, place)));
        }
    }
    let lost = files.iter().filter(|file| !reached.contains(&file.path));
    findings.extend(
        lost.map(|file| Finding::new(file, 1, "no `mod` line leads here; add one to its parent or delete the file")),
    );
    findings
}

fn find<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    files.iter().find(|file| file.path == path)
}

/// Names of the modules a file declares in files of their own.
fn modules(file: &File, findings: &mut Vec<Finding>) -> Vec<String> {
    let parsed = match syn::parse_file(&file.text) {
        Ok(parsed) => parsed,
        Err(error) => {
            findings.push(Finding::new(file, error.span().start().line, format!("not Rust: {error}")));
            return Vec::new();
        }
    };
    let declared = parsed.items.into_iter().filter_map(|item| match item {
        Item::Mod(module) if module.content.is_none() => Some(module),
        _ => None,
    });
    let (bent, plain): (Vec<ItemMod>, Vec<ItemMod>) = declared.partition(|module| is_bent(&module.attrs));
    let wrong = bent.iter().filter(|module| !is_test_only(&module.attrs));
    findings.extend(wrong.map(|module| {
        Finding::new(
            file,
            module.ident.span().start().line,
            "`#[path]` hides where a module lives; put the file where its name says",
        )
    }));
    plain.into_iter().map(|module| module.ident.to_string()).collect()
}

fn is_bent(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("path"))
}

/// A test-only module may come from outside `src`: the tier of the tests is shared that way.
fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}

fn places(file: &File, module: &str) -> [String; 2] {
    let mut names = vec!["src"];
    names.extend(file.module());
    let folder = names.join("/");
    [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")]
}

#[cfg(test)]
mod tests {
    use super::super::source::{hold, library, lines};
    use super::*;

    #[test]
    fn every_file_of_this_library_is_reached() {
        hold(check(&library()));
    }

    #[test]
    fn both_layouts_are_followed() {
        let files = [
            File::new("src/lib.rs", "mod a;\nmod b;\n"),
            File::new("src/a.rs", "mod x;"),
            File::new("src/a/x.rs", ""),
            File::new("src/b/mod.rs", "#[cfg(test)] mod tests;"),
            File::new("src/b/tests.rs", ""),
            File::new("src/main.rs", "fn main() {}"),
        ];
        assert_eq!(lines(check(&files)), Vec::<String>::new());
    }

    #[test]
    fn a_lost_file_is_found() {
        let files = [File::new("src/lib.rs", "mod a; // mod b;"), File::new("src/a.rs", ""), File::new("src/b.rs", "")];
        assert!(lines(check(&files))[0].starts_with("src/b.rs:1: no `mod` line leads here"));
    }

    #[test]
    fn a_bent_path_is_found_unless_it_is_for_tests() {
        let bent = [File::new("src/lib.rs", "\n#[path = \"z.rs\"]\nmod a;\n")];
        assert!(lines(check(&bent))[0].starts_with("src/lib.rs:3: `#[path]`"));
        let shared = [File::new("src/lib.rs", "#[cfg(test)]\n#[path = \"../tests/tier.rs\"]\nmod tier;\n")];
        assert_eq!(lines(check(&shared)), Vec::<String>::new());
    }

    #[test]
    fn a_broken_file_is_told() {
        assert!(lines(check(&[File::new("src/lib.rs", "fn {")]))[0].contains("not Rust"));
    }
}

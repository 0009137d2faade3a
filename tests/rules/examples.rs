//! The examples are whole models by people: rules have nothing wrong to say about them.

use std::path::{Path, PathBuf};

use redan::finding::Severity;
use redan::identity::Past;
use redan::store::Source;

use super::bench::see;
use super::book::source;
use super::valid::TODAY;

fn files(folder: &Path, root: &Path, into: &mut Vec<Source>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, root, into);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            into.push(source(name, &std::fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn examples_have_no_errors() {
    for example in ["small", "payment-api", "support-agent"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
        let mut sources = Vec::new();
        files(&root.join("threat-models"), &root, &mut sources);
        let seen = see(&sources, &Past::default(), TODAY);
        assert!(!seen.workspace.models.is_empty(), "{example} has no model");
        let errors = seen.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        assert_eq!(errors, 0, "{example}\n{}", seen.told());
    }
}

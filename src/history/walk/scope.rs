//! Which files of a commit hold entities.

use crate::store::inside;

/// The files of a model that hold IDs.
const NAMES: [&str; 2] = ["model.toml", "controls.toml"];

/// Whether a path is such a file under one of the roots.
pub(in crate::history) fn relevant(roots: &[String], path: &str) -> bool {
    let Some((above, name)) = path.rsplit_once('/') else { return false };
    NAMES.contains(&name)
        && !above.split('/').any(|part| part.starts_with('.'))
        && roots.iter().any(|root| holds(root, path))
}

/// The folder `frameworks` under a root is reserved for packs.
fn holds(root: &str, path: &str) -> bool {
    let root = root.trim_end_matches('/');
    let depth = root.split('/').count();
    inside(std::slice::from_ref(&root.to_owned()), path) && path.split('/').nth(depth) != Some("frameworks")
}

/// The folder of a model file.
pub(in crate::history) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether it is the file that names the model.
pub(in crate::history) fn is_head(path: &str) -> bool {
    path.ends_with("/model.toml")
}

/// The literal folders the roots start with, none inside another.
pub(super) fn literal(roots: &[String]) -> Vec<String> {
    let start = |root: &String| root.split('/').take_while(|part| !part.contains('*')).collect::<Vec<_>>().join("/");
    let mut starts: Vec<String> = roots.iter().map(start).filter(|root| !root.is_empty()).collect();
    starts.sort();
    starts.dedup();
    let all = starts.clone();
    let outer = |start: &String| {
        !all.iter().any(|other| start.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with('/')))
    };
    starts.retain(outer);
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_with_ids_count() {
        let roots = ["threat-models".to_owned(), "services/*/tm/".to_owned()];
        for path in ["threat-models/pay/model.toml", "threat-models/a/b/controls.toml", "services/x/tm/model.toml"] {
            assert!(relevant(&roots, path), "{path}");
        }
        for path in [
            "threat-models/frameworks/a/model.toml",
            "threat-models/.schema/model.toml",
            "threat-models/pay/x.toml",
            "x/model.toml",
            "model.toml",
            "threat-models",
        ] {
            assert!(!relevant(&roots, path), "{path}");
        }
        assert_eq!(literal(&roots), ["services", "threat-models"]);
        assert_eq!(literal(&["a/b".to_owned(), "a".to_owned(), "ab".to_owned()]), ["a", "ab"]);
    }
}

//! Roots of models: `threat-models`, or `services/*/threat-model` where `*` stands for one folder.

/// Whether a file or folder lies inside one of the roots.
pub fn inside(roots: &[String], path: &str) -> bool {
    roots.iter().any(|root| below(root, path).is_some())
}

/// Whether a file may say something about models: TOML under a root, and under its `frameworks` what packs are made of.
pub fn belongs(roots: &[String], path: &str) -> bool {
    let lines = path.ends_with(".jsonl") || path.ends_with(".lock");
    inside(roots, path) && (path.ends_with(".toml") || (lines && pack_file(roots, path).is_some()))
}

/// The root a file of a pack lies under, and its path below the folder `frameworks` there.
pub(super) fn pack_file<'p>(roots: &[String], path: &'p str) -> Option<(&'p str, &'p str)> {
    let rest = roots.iter().find_map(|root| below(root.trim_end_matches('/'), path))?;
    let inner = rest.strip_prefix("frameworks/")?;
    Some((path[..path.len() - rest.len()].trim_end_matches('/'), inner))
}

/// The part of a path below a root it lies in.
pub(super) fn below<'p>(root: &str, path: &'p str) -> Option<&'p str> {
    root.split('/').try_fold(path, |rest, segment| {
        let (part, tail) = rest.split_once('/')?;
        fits(segment, part).then_some(tail)
    })
}

/// Whether a folder is a root, lies in one, or leads to one.
pub fn on_the_way(roots: &[String], folder: &str) -> bool {
    roots.iter().any(|root| root.split('/').zip(folder.split('/')).all(|(segment, part)| fits(segment, part)))
}

/// `*` within a segment stands for any run of characters.
fn fits(segment: &str, part: &str) -> bool {
    let Some((head, tail)) = segment.split_once('*') else { return segment == part };
    let Some(rest) = part.strip_prefix(head) else { return false };
    rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| fits(tail, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_one_folder() {
        let roots = ["threat-models".to_owned(), "services/*/tm".to_owned()];
        assert!(inside(&roots, "threat-models/pay/model.toml"));
        assert!(inside(&roots, "services/pay/tm/pay/model.toml"));
        assert!(!inside(&roots, "threat-models"));
        assert!(!inside(&roots, "services/pay/other/model.toml"));
        assert!(belongs(&roots, "threat-models/frameworks/asvs-5.0.0/requirements.jsonl"));
        assert!(!belongs(&roots, "threat-models/pay/requirements.jsonl"));
        assert_eq!(pack_file(&roots, "threat-models/frameworks/x/pack.toml"), Some(("threat-models", "x/pack.toml")));
        assert!(on_the_way(&roots, "services"));
        assert!(on_the_way(&roots, "services/pay"));
        assert!(on_the_way(&roots, "threat-models/pay/decisions"));
        assert!(!on_the_way(&roots, "src"));
        assert!(fits("a*b*c", "aXbYc") && !fits("a*b*c", "aXbY"));
    }
}

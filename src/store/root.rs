//! Roots of models: `threat-models`, or `services/*/threat-model` where `*` stands for one folder.

/// Whether a file or folder lies inside one of the roots.
pub fn inside(roots: &[String], path: &str) -> bool {
    roots.iter().any(|root| below(root, path).is_some())
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
        assert!(on_the_way(&roots, "services"));
        assert!(on_the_way(&roots, "services/pay"));
        assert!(on_the_way(&roots, "threat-models/pay/decisions"));
        assert!(!on_the_way(&roots, "src"));
        assert!(fits("a*b*c", "aXbYc") && !fits("a*b*c", "aXbY"));
    }
}

//! "Did you mean": the known word closest to a mistyped one.

use strsim::damerau_levenshtein;

/// The candidate a person most likely meant, or nothing when none is close: equal but for case, else the fewest slips (one per three
/// letters, at most three), else the only candidate that starts with the word. Ties go to the earlier candidate.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let length = wanted.chars().count();
    let allowed = (length / 3).clamp(usize::from(length > 1), 3);
    let mut best: Option<(usize, &str)> = None;
    let mut starts = Vec::new();
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let slips = damerau_levenshtein(&wanted, &lower);
        let close = slips <= allowed && slips < length;
        if close && best.is_none_or(|(least, _)| slips < least) {
            best = Some((slips, candidate));
        }
        if length >= 3 && lower.starts_with(&wanted) {
            starts.push(candidate);
        }
    }
    match (best, starts.as_slice()) {
        (Some((_, found)), _) => Some(found),
        (None, [only]) => Some(only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 5] = ["description", "name", "properties", "position", "removed"];

    #[test]
    fn slips_are_forgiven() {
        assert_eq!(nearest("descripton", KEYS), Some("description"));
        assert_eq!(nearest("nmae", KEYS), Some("name"));
        assert_eq!(nearest("Removed", KEYS), Some("removed"));
        assert_eq!(nearest("prop", KEYS), Some("properties"));
    }

    #[test]
    fn strangers_are_not_guessed() {
        assert_eq!(nearest("colour", KEYS), None);
        assert_eq!(nearest("x", KEYS), None);
        assert_eq!(nearest("", KEYS), None);
        assert_eq!(nearest("po", ["position", "policy"]), None);
    }
}

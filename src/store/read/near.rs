//! "Did you mean": the nearest word, and whether that is beyond doubt.

/// A candidate for a misspelled word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct Near<'c> {
    pub word: &'c str,
    /// At most two letters off, and no other candidate is as near.
    pub sure: bool,
}

/// Longer words are not looked at: nobody misspells that much.
const LONGEST: usize = 64;

/// The nearest candidate; case, `-` and `_` do not count as differences. A short form finds the only
/// candidate that starts with it, with doubt.
pub(in crate::store) fn near<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<Near<'c>> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let wanted = fold(word);
    let mut starts: Option<&str> = None;
    let mut many = false;
    let (mut best, mut found) = (usize::MAX, None);
    for candidate in candidates {
        let folded = fold(candidate);
        let distance = strsim::osa_distance(&wanted, &folded);
        if wanted.len() >= 3 && folded.starts_with(&wanted) {
            many |= starts.replace(candidate).is_some();
        }
        if distance < best {
            (best, found) = (distance, Some(Near { word: candidate, sure: true }));
        } else if distance == best {
            found = found.map(|near| Near { sure: false, ..near });
        }
    }
    let length = wanted.chars().count();
    let close = best == 0 || (best <= 1 && length > 1) || best <= length.min(12) / 4;
    match found.filter(|_| close) {
        Some(near) => Some(Near { sure: near.sure && best <= 2, ..near }),
        None => starts.filter(|_| !many).map(|word| Near { word, sure: false }),
    }
}

fn fold(word: &str) -> String {
    word.chars().map(|c| if c == '-' || c == ' ' { '_' } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 6] = ["name", "description", "properties", "impact", "removed", "renamed"];

    #[test]
    fn slips_find_their_word() {
        let sure = |word| near(word, KEYS).filter(|near| near.sure).map(|near| near.word);
        assert_eq!(sure("nmae"), Some("name"));
        assert_eq!(sure("Name"), Some("name"));
        assert_eq!(sure("discription"), Some("description"));
        assert_eq!(sure("propertys"), Some("properties"));
        assert_eq!(sure("not-implemented"), None);
        assert_eq!(near("remamed", KEYS), Some(Near { word: "renamed", sure: true }));
        assert_eq!(near("desc", KEYS), Some(Near { word: "description", sure: false }));
        assert_eq!(near("remomed", ["removed", "renomed"]), Some(Near { word: "removed", sure: false }));
    }

    #[test]
    fn strangers_find_nothing() {
        for word in ["", "x", "colour", "re", "owner"] {
            assert_eq!(near(word, KEYS), None, "{word}");
        }
    }
}

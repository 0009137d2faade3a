//! The word lists of `phrases.txt`, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

static PHRASES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| read(include_str!("phrases.txt")));

/// The phrases of a section; none where there is no such section.
pub(super) fn phrases(section: &str) -> &'static [&'static str] {
    PHRASES.get(section).map_or(&[], Vec::as_slice)
}

fn read(text: &'static str) -> HashMap<&'static str, Vec<&'static str>> {
    let mut all: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut section = "";
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((name, _)) => section = name,
            None => all.entry(section).or_default().extend(line.split(';').map(str::trim)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_words() {
        assert_eq!(PHRASES.len(), SECTIONS);
        assert!(PHRASES.values().flatten().all(|phrase| !phrase.is_empty() && *phrase == phrase.to_lowercase()));
    }

    const SECTIONS: usize = 57;
}

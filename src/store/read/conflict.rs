//! Merge conflicts that somebody committed.

use std::ops::Range;

/// A region between `<<<<<<<` and `>>>>>>>`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    pub whole: Range<usize>,
    /// What to blank so that one side, ours, reads.
    pub blank: Vec<Range<usize>>,
}

/// Every complete conflict. Markers stand at the start of a line; what is inside a text in quotes counts too.
pub(super) fn conflicts(text: &str) -> Vec<Conflict> {
    if !text.starts_with(OURS) && !text.contains("\n<<<<<<< ") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut start, mut theirs) = (None, None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.starts_with(OURS) {
            (start, theirs) = (Some(at..end), None);
        } else if start.is_some() && theirs.is_none() && (line.starts_with(BASE) || line.trim_end() == MIDDLE) {
            theirs = Some(at);
        } else if line.starts_with(END)
            && let (Some(first), Some(theirs)) = (start.take(), theirs.take())
        {
            found.push(Conflict { whole: first.start..end, blank: vec![first, theirs..end] });
        }
        at = end;
    }
    found
}

const OURS: &str = "<<<<<<< ";
const BASE: &str = "||||||| ";
const MIDDLE: &str = "=======";
const END: &str = ">>>>>>> ";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_is_kept() {
        let text = "a = 1\n<<<<<<< HEAD\nb = 1\n||||||| base\nb = 0\n=======\nb = 2\n>>>>>>> theirs\nc = 1\n";
        let [conflict] = &conflicts(text)[..] else { panic!("one conflict") };
        let mut rest = text.to_owned();
        conflict.blank.iter().rev().for_each(|span| rest.replace_range(span.clone(), ""));
        assert_eq!(rest, "a = 1\nb = 1\nc = 1\n");
        assert!(text[conflict.whole.clone()].ends_with("theirs\n"));
    }

    #[test]
    fn half_a_conflict_is_none() {
        assert_eq!(conflicts("<<<<<<< HEAD\na = 1\n"), []);
        assert_eq!(conflicts("a = '''\n=======\n>>>>>>> x\n'''\n"), []);
    }
}

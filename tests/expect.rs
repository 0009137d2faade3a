//! Expected output against what came: wildcards, the diff of a failure, and the text that would have been right.

use similar::TextDiff;

/// Stands for any text within a line.
const ANY_TEXT: &str = "[..]";
/// A line of its own that stands for any number of lines.
const ANY_LINES: &str = "...";

/// An output as a console block writes it. Lines that a block would read as something else get a backslash in front;
/// blank lines at the end are dropped; an exit code other than 0 is the last line, `? 1`.
pub fn written(stdout: &str, stderr: &str, code: i32) -> Vec<String> {
    let mut lines: Vec<String> = stdout.lines().chain(stderr.lines()).map(escape).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if code != 0 {
        lines.push(format!("? {code}"));
    }
    lines
}

fn escape(line: &str) -> String {
    let status = line.strip_prefix("? ").is_some_and(|rest| rest.parse::<i32>().is_ok());
    let command = line == "$" || line.starts_with("$ ");
    let taken = command || status || line == ANY_LINES || line.starts_with('\\');
    format!("{}{line}", if taken { "\\" } else { "" })
}

pub fn matches(expected: &[String], actual: &[String]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((first, rest)) if first == ANY_LINES => (0..=actual.len()).any(|n| matches(rest, &actual[n..])),
        Some((first, rest)) => {
            actual.split_first().is_some_and(|(line, more)| line_matches(first, line) && matches(rest, more))
        }
    }
}

fn line_matches(expected: &str, actual: &str) -> bool {
    let Some((start, rest)) = expected.split_once(ANY_TEXT) else {
        return expected == actual;
    };
    let Some(mut left) = actual.strip_prefix(start) else {
        return false;
    };
    let mut middle: Vec<&str> = rest.split(ANY_TEXT).collect();
    let end = middle.pop().unwrap_or_default();
    for part in middle {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(end)
}

/// What differs, `-` expected and `+` came. Lines that a wildcard covers do not show as different.
pub fn diff(expected: &[String], actual: &[String]) -> String {
    let mut settled = expected.to_vec();
    for (line, partner) in partners(expected, actual) {
        settled[line].clone_from(&actual[partner]);
    }
    let (old, new) = (joined(&settled), joined(actual));
    TextDiff::from_lines(&old, &new).unified_diff().context_radius(3).to_string()
}

/// What the block should say: what came, but with the wildcards of lines that still match.
pub fn blessed(expected: &[String], actual: &[String]) -> Vec<String> {
    let mut lines = actual.to_vec();
    for (line, partner) in partners(expected, actual) {
        lines[partner].clone_from(&expected[line]);
    }
    lines
}

/// Each expected line with a wildcard and the first line that matches it after the one before, as positions.
fn partners(expected: &[String], actual: &[String]) -> Vec<(usize, usize)> {
    let mut from = 0;
    let wild = expected.iter().enumerate().filter(|(_, line)| line.contains(ANY_TEXT));
    let found = wild.filter_map(|(index, line)| {
        let at = (from..actual.len()).find(|&at| line_matches(line, &actual[at]))?;
        from = at + 1;
        Some((index, at))
    });
    found.collect()
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tier;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn an_output_is_written_so_that_it_reads_back() {
        let came = written("$ x\n$5\n? 1\n? who\n...\n\\\n\n", "bad\n\n", 2);
        assert_eq!(came, lines("\\$ x\n$5\n\\? 1\n? who\n\\...\n\\\\\n\nbad\n? 2"));
        assert_eq!(written("a\n\n", "", 0), ["a"]);
    }

    #[test]
    fn wildcards_match_within_their_reach() {
        let same = |expected, actual| matches(&lines(expected), &lines(actual));
        assert!(same("a [..] c", "a b b c"));
        assert!(same("[..]x[..]y", "1x2y"));
        assert!(!same("[..]x[..]y", "1y2x"));
        assert!(!same("ab[..]bc", "abc"));
        assert!(same("a\n...\nd", "a\nb\nc\nd"));
        assert!(same("a\n...\nd", "a\nd"));
        assert!(!same("a\n...\nd", "a\nb"));
        assert!(!same("a", "a\nb"));
        assert!(!same("a\nb", "a"));
    }

    #[test]
    fn a_diff_shows_what_differs_only() {
        let shown = diff(&lines("commit [..]\nold\nsame"), &lines("commit 4f0c\nnew\nsame"));
        assert!(shown.contains("-old\n+new\n"), "{shown}");
        assert!(shown.contains(" commit 4f0c\n"), "{shown}");
    }

    #[test]
    fn a_blessing_keeps_wildcards_that_hold() {
        let came = lines("commit 4f0c\nnew\ntook 3 ms");
        assert_eq!(blessed(&lines("commit [..]\nold\ntook [..] s"), &came), lines("commit [..]\nnew\ntook 3 ms"));
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof!["[ab$? .\\\\]{0,4}", Just("a[..]".to_owned()), Just("...".to_owned()), Just("? 1".to_owned())]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: tier::cases(64, 4096), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_blessed_passes(stdout in prop::collection::vec(line(), 0..6), expected in prop::collection::vec(line(), 0..6), code in 0..3) {
            let came = written(&joined(&stdout), "", code);
            prop_assert!(matches(&came, &came));
            prop_assert!(matches(&blessed(&expected, &came), &came));
        }
    }
}

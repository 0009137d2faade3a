//! Coverage of a framework, before and after, as one line.

use super::Depth;
use crate::difference::{Coverage, Standing};
use crate::render::{Line, Tone};

/// `asvs@5.0.0 level 2: covered 12 → 14 of 253 (4.7 % → 5.5 %); now V6.2.1, V6.2.4`
pub(super) fn line(coverage: &Coverage, depth: Depth) -> Line {
    let line = Line::of(Tone::Id, &coverage.framework);
    match (&coverage.from, &coverage.to) {
        (Some(from), Some(to)) => {
            let line = line.and(Tone::Plain, level(from, to));
            gone(came(shifted(line, from, to), coverage, depth), coverage, depth)
        }
        (None, Some(to)) => {
            let words = format!("{}: covered {} of {}", levelled(to), to.covered.len(), applicable(to));
            line.and(Tone::Plain, format!("{words} ({}), and was not asked for before", percent(to)))
        }
        (Some(_), None) => line.and(Tone::Plain, ": no longer asked for"),
        (None, None) => line,
    }
}

fn shifted(line: Line, from: &Standing, to: &Standing) -> Line {
    let (was, is) = (from.thousandths(), to.thousandths());
    let tone = match was.cmp(&is) {
        std::cmp::Ordering::Less => Tone::Good,
        std::cmp::Ordering::Equal => Tone::Plain,
        std::cmp::Ordering::Greater => Tone::Bad,
    };
    let words = match applicable(from) == applicable(to) {
        true => format!("covered {} of {}", arrow(from.covered.len(), to.covered.len()), applicable(to)),
        false => {
            let (was, is) = (from.covered.len(), to.covered.len());
            format!("covered {was} of {} → {is} of {}", applicable(from), applicable(to))
        }
    };
    let share = if was == is { percent(to) } else { format!("{} → {}", percent(from), percent(to)) };
    let line = line.and(Tone::Plain, format!(": {words} (")).and(tone, share).and(Tone::Plain, ")");
    let others = [
        ("partial", from.partial, to.partial),
        ("uncovered", from.uncovered, to.uncovered),
        ("unmapped", from.unmapped, to.unmapped),
        ("excluded", from.excluded, to.excluded),
    ];
    let others = others.into_iter().filter(|(_, was, is)| was != is);
    others.fold(line, |line, (word, was, is)| line.and(Tone::Dim, format!(", {word} {}", arrow(was, is))))
}

fn came(line: Line, coverage: &Coverage, depth: Depth) -> Line {
    let gained = coverage.gained();
    match named(&gained, depth) {
        None => line,
        Some(named) => line.and(Tone::Plain, "; now ").and(Tone::Good, named),
    }
}

fn gone(line: Line, coverage: &Coverage, depth: Depth) -> Line {
    let lost = coverage.lost();
    match named(&lost, depth) {
        None => line,
        Some(named) => line.and(Tone::Plain, "; no longer ").and(Tone::Bad, named),
    }
}

/// `V6.2.1, V6.2.4 and 3 more`; nothing where there are none, or none is shown.
fn named(ids: &[&str], depth: Depth) -> Option<String> {
    let shown = &ids[..ids.len().min(depth.listed())];
    match (shown.is_empty(), ids.len() - shown.len()) {
        (true, _) => None,
        (false, 0) => Some(shown.join(", ")),
        (false, more) => Some(format!("{} and {more} more", shown.join(", "))),
    }
}

fn level(from: &Standing, to: &Standing) -> String {
    let word = |standing: &Standing| standing.level.clone().unwrap_or_else(|| "everything".to_owned());
    match from.level == to.level {
        true => levelled(to),
        false => format!(" level {} → {}", word(from), word(to)),
    }
}

fn levelled(standing: &Standing) -> String {
    standing.level.as_ref().map(|level| format!(" level {level}")).unwrap_or_default()
}

fn applicable(standing: &Standing) -> usize {
    standing.total.saturating_sub(standing.excluded)
}

fn arrow(was: usize, is: usize) -> String {
    if was == is { is.to_string() } else { format!("{was} → {is}") }
}

fn percent(standing: &Standing) -> String {
    let share = standing.thousandths();
    format!("{}.{} %", share / 10, share % 10)
}

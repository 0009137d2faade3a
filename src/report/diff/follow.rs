//! What followed from the changes, as lines and one table.

use std::collections::BTreeMap;

use super::facts::rated;
use super::shift::title;
use super::{Depth, coverage};
use crate::difference::{Difference, Mapping, Named};
use crate::model::Objective;
use crate::render::{Line, Page, Tone};

pub(super) fn follow(page: &mut Page, difference: &Difference, depth: Depth) {
    objectives(page, difference, depth);
    let rows = shifts(difference, depth);
    page.table(&["", "before", "after", "objectives"], rows);
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(open(difference));
    lines.extend(controls("orphaned", &difference.orphaned, depth));
    lines.extend(controls("re-attached", &difference.reattached, depth));
    lines.extend(difference.mappings.iter().map(mapping));
    lines.extend(difference.coverage.iter().map(|one| coverage::line(one, depth)));
    page.list(lines);
}

fn objectives(page: &mut Page, difference: &Difference, depth: Depth) {
    let all = &difference.objectives;
    let added: Vec<Objective> = all.added.iter().map(|one| one.objective).collect();
    let revived: Vec<Objective> = all.revived.iter().map(|one| one.objective).collect();
    let parts = [("gained", &added), ("tombstoned", &all.tombstoned), ("revived", &revived)];
    let parts = parts.into_iter().filter(|(_, objectives)| !objectives.is_empty());
    let counts: Vec<String> = parts.clone().map(|(word, list)| format!("{} {word}", list.len())).collect();
    if counts.is_empty() {
        return;
    }
    let mut more = Page::default();
    if depth < Depth::Counts {
        let line = |(word, list): (&str, &Vec<Objective>)| {
            Line::of(Tone::Dim, format!("{word}: ")).and(Tone::Plain, named(list, depth))
        };
        more.list(parts.map(line).collect());
    }
    let head = Line::of(Tone::Strong, "objectives").and(Tone::Plain, format!(": {}", counts.join(", ")));
    page.fold(head, more);
}

/// Tiers and statuses that moved, one row for every way they did.
fn shifts(difference: &Difference, depth: Depth) -> Vec<Vec<Line>> {
    let mut tiers: BTreeMap<_, Vec<Objective>> = BTreeMap::new();
    let mut statuses: BTreeMap<_, Vec<Objective>> = BTreeMap::new();
    for moved in &difference.objectives.tiers {
        tiers.entry((moved.from, moved.to)).or_default().push(moved.objective);
    }
    for moved in &difference.objectives.statuses {
        statuses.entry((moved.from, moved.to)).or_default().push(moved.objective);
    }
    let row = |what: &str, from: String, to: Line, list: &[Objective]| {
        let count = Line::of(Tone::Strong, list.len().to_string());
        let named = if depth == Depth::Counts { String::new() } else { format!(": {}", named(list, depth)) };
        vec![Line::of(Tone::Dim, what), Line::plain(from), to, count.and(Tone::Plain, named)]
    };
    let word = |word: &str| word.replace('_', " ");
    let tiers = tiers.iter().rev().map(|((from, to), list)| {
        let tone = if to > from { Tone::Bad } else { Tone::Good };
        row("tier", rated(*from).to_owned(), Line::of(tone, rated(*to)), list)
    });
    let statuses = statuses.iter().map(|((from, to), list)| {
        let tone = if to.open() && !from.open() { Tone::Bad } else { Tone::Good };
        row("status", word(from.word()), Line::of(tone, word(to.word())), list)
    });
    tiers.chain(statuses).collect()
}

fn open(difference: &Difference) -> Option<Line> {
    let counts = |open: &crate::difference::Open| match open.from == open.to {
        true => format!("{} {}", rated(open.tier), open.to),
        false => format!("{} {} → {}", rated(open.tier), open.from, open.to),
    };
    let differs = difference.open.iter().any(|open| open.from != open.to);
    let all: Vec<String> = difference.open.iter().map(counts).collect();
    differs.then(|| Line::of(Tone::Strong, "open").and(Tone::Plain, format!(": {}", all.join(", "))))
}

fn controls(word: &str, controls: &[Named], depth: Depth) -> Option<Line> {
    let named = |control: &Named| match depth < Depth::Lines {
        true => format!("{} {}", control.id, title(&control.title)),
        false => control.id.to_string(),
    };
    if controls.is_empty() {
        return None;
    }
    let line = Line::of(Tone::Warning, word).and(Tone::Plain, format!(": {}", controls.len()));
    let shown: Vec<String> = controls.iter().take(depth.listed()).map(named).collect();
    let more = controls.len() - shown.len();
    let more = if more > 0 && !shown.is_empty() { format!(" and {more} more") } else { String::new() };
    Some(if shown.is_empty() { line } else { line.and(Tone::Plain, format!(" ({}{more})", shown.join(", "))) })
}

fn mapping(mapping: &Mapping) -> Line {
    let Mapping { framework, accepted, proposed } = mapping;
    let mut said = format!(": {} → {} requirements mapped", accepted.0, accepted.1);
    if proposed.0 != proposed.1 {
        said.push_str(&format!(", {} → {} only proposed", proposed.0, proposed.1));
    }
    Line::of(Tone::Id, framework).and(Tone::Plain, said)
}

/// `CO-A1-T1, CO-A1-T2 and 3 more`
pub(super) fn named(objectives: &[Objective], depth: Depth) -> String {
    let shown: Vec<String> = objectives.iter().take(depth.listed()).map(Objective::to_string).collect();
    match objectives.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

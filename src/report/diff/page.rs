//! The comparison for people: a headline, then model by model.

use super::headline::{counts, headline};
use super::{Depth, Telling, follow, thing};
use crate::change::Subject;
use crate::difference::{Compared, Difference, Fate, State};
use crate::render::{Line, Page, Tone};

/// The comparison as a page.
pub fn page(compared: &Compared, telling: Telling) -> Page {
    let mut page = Page::default();
    page.text(headline(compared));
    let states = state(state(Line::default(), &compared.from).and(Tone::Dim, " → "), &compared.to);
    let dated = compared.models.iter().any(says_statuses);
    let day = if dated { format!(", statuses of {}", compared.as_of) } else { String::new() };
    page.text(states.and(Tone::Dim, day));
    for difference in &compared.models {
        model(&mut page, difference, telling, compared.alone);
    }
    page
}

/// Whether anything told about the model depends on the day.
fn says_statuses(difference: &Difference) -> bool {
    let arrived = difference.arrivals.iter().any(|arrival| !arrival.statuses.is_empty());
    let told = !difference.objectives.statuses.is_empty() || !difference.coverage.is_empty();
    arrived || told || difference.open.iter().any(|open| open.from != open.to)
}

fn state(line: Line, state: &State) -> Line {
    let commit = state.commit.as_deref().map(|commit| commit.get(..10).unwrap_or(commit));
    match commit {
        Some(commit) if state.name.starts_with(commit) => line.and(Tone::Id, commit),
        Some(commit) => line.and(Tone::Dim, format!("{} ", state.name)).and(Tone::Id, commit),
        None => line.and(Tone::Dim, &state.name),
    }
}

fn model(page: &mut Page, difference: &Difference, telling: Telling, alone: bool) {
    let name = if difference.name.is_empty() { difference.model.as_str() } else { &difference.name };
    let heading = Line::of(Tone::Strong, name);
    page.heading(match name == difference.model.as_str() {
        true => heading,
        false => heading.and(Tone::Plain, " ").and(Tone::Id, difference.model.to_string()),
    });
    page.list(whole(difference));
    match (telling.depth, difference.fate) {
        (Depth::Counts, _) => page.text(Line::plain(counts(std::slice::from_ref(difference)))),
        (_, Fate::Gone) => {}
        (Depth::Lines, Fate::Added) => {}
        (depth, Fate::Added) => {
            // A new model is read as a list of what is in it; its files have the rest.
            let mut more = Page::default();
            let told = Telling { depth: Depth::Lines, ..telling };
            thing::things(&mut more, difference, told, alone);
            let head = Line::plain("everything in it");
            if depth < Depth::Lines {
                page.fold(head, more);
            }
        }
        _ => thing::things(page, difference, telling, alone),
    }
    if !matches!(difference.fate, Fate::Gone) {
        follow::follow(page, difference, telling.depth);
    }
    version(difference).into_iter().for_each(|line| page.text(line));
}

/// What became of the model and its files.
fn whole(difference: &Difference) -> Vec<Line> {
    let mut lines = Vec::new();
    let entities = difference.things.iter().filter(|thing| matches!(thing.subject, Subject::Entity(_))).count();
    match difference.fate {
        Fate::Added => lines.push(Line::of(Tone::Good, format!("a new model of {entities} entities"))),
        Fate::Gone => lines.push(Line::of(Tone::Bad, format!("the model is gone, with {entities} entities"))),
        Fate::Retired => lines.push(Line::of(Tone::Bad, "the model is retired and counts nowhere")),
        Fate::Restored => lines.push(Line::of(Tone::Good, "the model is back from retirement")),
        Fate::Stays => {}
    }
    if let Some((from, to)) = &difference.moved {
        let line = Line::of(Tone::Warning, "moved").and(Tone::Plain, " from ").and(Tone::Removed, from);
        lines.push(line.and(Tone::Plain, " to ").and(Tone::Added, to));
    }
    if difference.unread {
        lines.push(Line::of(Tone::Bad, "some of its files could not be read: there may be more (redan check)"));
    }
    let rewritten = difference.rewritten.join(", ");
    match rewritten.is_empty() {
        true => {}
        false if difference.meaningful() => {
            lines.push(Line::of(Tone::Dim, format!("also written differently: {rewritten}")));
        }
        false => lines.push(Line::plain("only comments and order changed: ").and(Tone::Plain, rewritten)),
    }
    lines
}

fn version(difference: &Difference) -> Option<Line> {
    Some(match &difference.digests {
        (Some(from), Some(to)) if from == to => Line::of(Tone::Dim, "no new version"),
        (Some(from), Some(to)) => {
            let line = Line::of(Tone::Dim, "structure ").and(Tone::Id, from.short());
            line.and(Tone::Dim, " → ").and(Tone::Id, to.short())
        }
        (None, Some(to)) => Line::of(Tone::Dim, "structure ").and(Tone::Id, to.short()),
        (_, None) => return None,
    })
}

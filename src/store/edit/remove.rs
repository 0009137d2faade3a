//! Taking lines and headers out; every comment stays.

use std::ops::Range;

use super::editor::{Editor, Line};
use super::text::{line_start, next_line};
use super::tree::{Entry, Node, Section, Seg, What};

impl<'t> Editor<'t> {
    pub(super) fn remove_line(&mut self, line: Line<'t>) {
        let text = self.tree.text;
        let start = line_start(text, line.entry.start());
        let region = start..next_line(text, line.entry.value.span.end);
        let mut solid = Vec::new();
        entry_spans(line.entry, &mut solid);
        let indent = &text[start..line.entry.start()];
        let kept = notes(text, &region, &solid).into_iter().map(|note| format!("{indent}{note}\n"));
        self.splice(region, &kept.collect::<String>());
    }

    /// Puts the comments within a value above its line.
    pub(super) fn lift_notes(&mut self, line: Line<'t>) {
        let text = self.tree.text;
        let start = line_start(text, line.entry.start());
        let mut solid = Vec::new();
        node_spans(&line.entry.value, &mut solid);
        let indent = &text[start..line.entry.start()];
        let kept = notes(text, &line.entry.value.span, &solid).into_iter().map(|note| format!("{indent}{note}\n"));
        self.splice(start..start, &kept.collect::<String>());
    }

    /// Takes out a table or rows under headers, and key lines that reach there by dots.
    pub(super) fn remove_spread(&mut self, at: &[Seg]) {
        let sections: Vec<_> = self.below(at).collect();
        let lines: Vec<_> = self.dotted(at).collect();
        sections.into_iter().for_each(|section| self.remove_section(section));
        lines.into_iter().for_each(|line| self.remove_line(line));
    }

    fn remove_section(&mut self, section: &Section) {
        let text = self.tree.text;
        let mut region = line_start(text, section.header.start)..section.end(text);
        let mut solid: Vec<_> = section.names.iter().map(|name| name.span.clone()).collect();
        section.entries.iter().for_each(|entry| entry_spans(entry, &mut solid));
        let kept = notes(text, &region, &solid);
        let before = line_start(text, region.start.saturating_sub(1));
        if kept.is_empty() && text[before..region.start].trim().is_empty() {
            region.start = before;
        }
        let kept = kept.into_iter().map(|note| format!("{note}\n"));
        self.splice(region, &kept.collect::<String>());
    }
}

/// Spans a comment cannot stand in.
fn entry_spans(entry: &Entry, spans: &mut Vec<Range<usize>>) {
    spans.extend(entry.names.iter().map(|name| name.span.clone()));
    node_spans(&entry.value, spans);
}

fn node_spans(node: &Node, spans: &mut Vec<Range<usize>>) {
    match &node.what {
        What::Leaf(_) => spans.push(node.span.clone()),
        What::List(nodes) => nodes.iter().for_each(|node| node_spans(node, spans)),
        What::Table(members) => members.iter().for_each(|member| entry_spans(member, spans)),
    }
}

/// The comments of a region, without the spans that are keys and values.
fn notes<'t>(text: &'t str, region: &Range<usize>, solid: &[Range<usize>]) -> Vec<&'t str> {
    let mut notes = Vec::new();
    let mut at = region.start;
    while at < region.end {
        let inside = solid.iter().find(|span| span.contains(&at));
        at = match (inside, text.as_bytes()[at]) {
            (Some(span), _) => span.end,
            (None, b'#') => {
                let end = next_line(text, at);
                notes.push(text[at..end].trim_end());
                end
            }
            (None, _) => at + 1,
        };
    }
    notes
}

//! Pages that have to fit: they are shortened by whole blocks, items and rows, never inside of one.

use super::{block, item, markdown, row};
use crate::render::{Block, Line, Page, Table, Tone};

/// The length of a text as hosts count it: UTF-16 units, never less than its characters.
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The first of the pages that is at most `limit` units long, else the last of them with as much of its beginning as
/// fits and a line that says how much is missing. Nothing fits into a limit smaller than that line.
pub fn markdown_within(limit: usize, pages: impl IntoIterator<Item = Page>) -> String {
    let mut last = Page::default();
    for page in pages {
        let text = markdown(&page);
        if units(&text) <= limit {
            return text;
        }
        last = page;
    }
    cut(&last, limit)
}

fn cut(page: &Page, limit: usize) -> String {
    let mut rest: usize = page.blocks.iter().map(weight).sum();
    let room = limit.saturating_sub(units(&missing(rest)) + 1);
    let mut out = String::new();
    for next in &page.blocks {
        let mut longer = out.clone();
        block(&mut longer, next);
        if units(&longer) <= room {
            out = longer;
            rest -= weight(next);
            continue;
        }
        if let Some(part) = begun(next, room.saturating_sub(units(&out) + 1)) {
            rest -= weight(&part);
            block(&mut out, &part);
        }
        break;
    }
    let note = missing(rest);
    let lead = if out.is_empty() { "" } else { "\n" };
    if units(&out) + units(&note) + lead.len() > limit {
        return String::new();
    }
    out + lead + &note
}

fn missing(count: usize) -> String {
    let mut page = Page::default();
    page.text(Line::of(Tone::Dim, format!("… and {count} more that did not fit here")));
    markdown(&page)
}

/// How many things a reader misses without the block.
fn weight(block: &Block) -> usize {
    match block {
        Block::Heading(_) => 0,
        Block::Text(_) => 1,
        Block::List(lines) => lines.len(),
        Block::Table(table) => table.rows.len(),
        Block::Fold(_, more) => 1 + more.iter().map(weight).sum::<usize>(),
    }
}

/// The beginning of a list or a table, as long as it may be.
fn begun(block: &Block, room: usize) -> Option<Block> {
    match block {
        Block::List(lines) => {
            let count = fitting(lines.iter().map(item), room);
            (count > 0).then(|| Block::List(lines[..count].to_vec()))
        }
        Block::Table(table) => {
            let head = Table { head: table.head.clone(), rows: Vec::new() };
            let room = room.checked_sub(units(&super::table(&head)))?;
            let count = fitting(table.rows.iter().map(|cells| row(cells)), room);
            (count > 0).then(|| Block::Table(Table { rows: table.rows[..count].to_vec(), ..head }))
        }
        _ => None,
    }
}

fn fitting(texts: impl Iterator<Item = String>, room: usize) -> usize {
    let lengths = texts.scan(0, |sum, text| {
        *sum += units(&text);
        Some(*sum)
    });
    lengths.take_while(|length| *length <= room).count()
}

//! Pages on a terminal, with or without colour.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::{Block, Line, Page, Span, Table, Tone};
use crate::text::plain;

/// The page as text with ANSI styles; the stream strips them where they do not belong.
pub fn terminal(page: &Page) -> String {
    let mut out = String::new();
    for (at, block) in page.blocks.iter().enumerate() {
        if at > 0 && matches!(block, Block::Heading(_)) {
            out.push('\n');
        }
        self::block(&mut out, block);
    }
    out
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(line) | Block::Text(line) => {
            spans(out, line);
            out.push('\n');
        }
        Block::List(lines) => {
            for line in lines {
                let mut item = String::from("  ");
                spans(&mut item, line);
                // A text of several lines stays below its first one, and begins no line of ours.
                out.push_str(&item.trim_end_matches('\n').replace('\n', "\n    "));
                out.push('\n');
            }
        }
        Block::Table(table) => self::table(out, table),
        Block::Fold(line, more) => {
            spans(out, line);
            out.push('\n');
            more.iter().for_each(|block| self::block(out, block));
        }
    }
}

fn table(out: &mut String, table: &Table) {
    let head = table.head.iter().map(|name| Line::of(Tone::Dim, *name)).collect::<Vec<_>>();
    let titled = table.head.iter().any(|name| !name.is_empty());
    let rows = || titled.then_some(&head).into_iter().chain(&table.rows);
    let columns = table.head.len();
    let width = |column: usize| rows().filter_map(|row| row.get(column)).map(measure).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows() {
        let mut text = String::from("  ");
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            spans(&mut text, cell);
            if at + 1 < row.len() {
                text.push_str(&" ".repeat(width - measure(cell) + 2));
            }
        }
        // A name with a new line in it stays one row, and cannot begin a line of ours.
        out.push_str(&text.trim_end().replace('\n', "⏎"));
        out.push('\n');
    }
}

fn measure(line: &Line) -> usize {
    let marked = |span: &Span| marks(span.tone).0.width() + marks(span.tone).1.width();
    line.0.iter().filter(|span| !span.text.is_empty()).map(|span| plain(&span.text).width() + marked(span)).sum()
}

fn spans(out: &mut String, line: &Line) {
    // Nothing in colour is still bytes, which would keep the end of a line from being trimmed.
    for Span { text, tone, .. } in line.0.iter().filter(|span| !span.text.is_empty()) {
        let style = style(*tone);
        let (open, close) = marks(*tone);
        out.push_str(&format!("{style}{open}{}{close}{style:#}", plain(text)));
    }
}

/// What a text stands between, as in `git diff --word-diff`.
fn marks(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Inserted => ("{+", "+}"),
        Tone::Deleted => ("[-", "-]"),
        _ => ("", ""),
    }
}

fn style(tone: Tone) -> Style {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match tone {
        Tone::Plain => Style::new(),
        Tone::Strong | Tone::Command => Style::new().bold(),
        Tone::Dim => Style::new().dimmed(),
        Tone::Id => colour(AnsiColor::Cyan),
        Tone::Added | Tone::Inserted | Tone::Good => colour(AnsiColor::Green),
        Tone::Warning => colour(AnsiColor::Yellow),
        Tone::Removed | Tone::Deleted | Tone::Bad => colour(AnsiColor::Red),
    }
}

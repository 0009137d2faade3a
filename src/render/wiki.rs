//! Pages as the wiki text of Jira Data Center. Every text may be anybody's, so what could be markup is escaped.

use super::{Block, Line, Page, Span, Table, Tone};
use crate::text::plain;

/// The page, ending with a new line.
pub fn wiki(page: &Page) -> String {
    let mut out = String::new();
    for block in &page.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        self::block(&mut out, block);
    }
    out
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(words) => out.push_str(&format!("h3. {}\n", line(words))),
        Block::Text(words) => out.push_str(&format!("{}\n", line(words))),
        Block::List(lines) => lines.iter().for_each(|words| out.push_str(&format!("* {}\n", line(words)))),
        Block::Table(table) => self::table(out, table),
        Block::Fold(words, more) => {
            out.push_str(&format!("{}\n", line(words)));
            more.iter().for_each(|block| self::block(out, block));
        }
    }
}

fn table(out: &mut String, table: &Table) {
    let head: String = table.head.iter().map(|name| format!("||{}", escaped(name))).collect();
    out.push_str(&format!("{head}||\n"));
    for row in &table.rows {
        // An empty cell would join its neighbours.
        let cell = |words: &Line| Some(line(words)).filter(|text| !text.is_empty()).unwrap_or_else(|| " ".to_owned());
        let cells: String = row.iter().map(|words| format!("|{}", cell(words))).collect();
        out.push_str(&format!("{cells}|\n"));
    }
}

fn line(words: &Line) -> String {
    words.0.iter().map(span).collect::<String>().trim_end().to_owned()
}

fn span(span: &Span) -> String {
    let text = escaped(&plain(&span.text));
    if text.trim().is_empty() {
        return text;
    }
    match (&span.address, span.tone) {
        (Some(address), _) => format!("[{text}|{}]", address.replace(['|', ']', ' '], "")),
        (None, Tone::Id | Tone::Command) => format!("{{{{{text}}}}}"),
        _ => text,
    }
}

/// Punctuation of the markup behind a backslash; a backslash itself and a new line as their entities, since two
/// backslashes break a line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("&#92;"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push(' '),
            '{' | '}' | '[' | ']' | '(' | ')' | '|' | '!' | '*' | '_' | '+' | '-' | '^' | '~' | '?' | '#' | '@'
            | ':' | '<' | '>' | ';' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_model_says_is_no_markup() {
        let mut page = Page::default();
        page.heading(Line::plain("Head"));
        page.text(Line::plain("[~lin] {code}\nh1. x").and(Tone::Id, "A1"));
        page.table(&["a", "b"], vec![vec![Line::plain("x|y"), Line::default()]]);
        assert_eq!(wiki(&page), "h3. Head\n\n\\[\\~lin\\] \\{code\\} h1. x{{A1}}\n\n||a||b||\n|x\\|y| |\n");
    }
}

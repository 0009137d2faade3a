//! Pages as GitHub-flavoured Markdown. Every text may be anybody's, so none of it becomes markup, a mention, a link
//! or a command: what could is written as an entity, which means the same in Markdown and between our own tags.

mod fit;
mod inline;

use inline::{Around, line};

use super::{Block, Line, Page, Table};

pub use fit::{markdown_within, units};

/// The page, ending with a new line.
pub fn markdown(page: &Page) -> String {
    let mut out = String::new();
    blocks(&mut out, &page.blocks);
    out
}

/// Words for a cell of a table that somebody else draws.
pub fn markdown_cell(words: &str) -> String {
    line(&Line::plain(words), Around::Cell)
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        self::block(out, block);
    }
}

/// A block, set off from what is before it.
fn block(out: &mut String, block: &Block) {
    let text = match block {
        Block::Heading(head) => format!("### {}\n", line(head, Around::Block)),
        Block::Text(words) => format!("{}\n", line(words, Around::Block)),
        Block::List(lines) => lines.iter().map(item).collect(),
        Block::Table(table) => self::table(table),
        Block::Fold(summary, more) => fold(summary, more),
    };
    if text.trim().is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&text);
}

fn item(words: &Line) -> String {
    format!("- {}\n", line(words, Around::Block))
}

fn table(table: &Table) -> String {
    let head: String =
        table.head.iter().map(|name| format!(" {} |", line(&Line::plain(*name), Around::Cell))).collect();
    let rule = " --- |".repeat(table.head.len());
    format!("|{head}\n|{rule}\n{}", table.rows.iter().map(|cells| row(cells)).collect::<String>())
}

fn row(cells: &[Line]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" {} |", line(cell, Around::Cell))).collect();
    format!("|{cells}\n")
}

fn fold(summary: &Line, more: &[Block]) -> String {
    let mut inner = String::new();
    blocks(&mut inner, more);
    format!("<details>\n<summary>{}</summary>\n\n{inner}\n</details>\n", line(summary, Around::Tags))
}

#[cfg(test)]
mod tests {
    use super::markdown_cell;

    #[test]
    fn a_cell_is_words_whoever_wrote_them() {
        let cell = markdown_cell("A <img src=x> [x](javascript:y) | @ada");
        assert!(!cell.contains(['<', '[', '|']) && !cell.contains("@ada"), "{cell}");
        assert_eq!(markdown_cell("Session tokens"), "Session tokens");
    }
}

//! Pages as Atlassian Document Format, the tree that Jira Cloud keeps texts in. Text nodes are text to Jira whatever
//! they hold, so nothing has to be escaped. Source: the ADF schema, version 1.

use serde_json::{Value, json};

use super::{Block, Line, Page, Span, Table, Tone};
use crate::text::plain;

/// The nodes of a page, to stand anywhere in the content of a document.
pub fn adf(page: &Page) -> Vec<Value> {
    page.blocks.iter().flat_map(block).collect()
}

/// A paragraph of plain text.
pub fn adf_line(text: &str) -> Value {
    paragraph(&Line::plain(text))
}

fn block(block: &Block) -> Vec<Value> {
    match block {
        Block::Heading(line) => vec![json!({ "type": "heading", "attrs": { "level": 3 }, "content": inline(line) })],
        Block::Text(line) => vec![paragraph(line)],
        Block::List(lines) => {
            let item = |line: &Line| json!({ "type": "listItem", "content": [paragraph(line)] });
            vec![json!({ "type": "bulletList", "content": lines.iter().map(item).collect::<Vec<Value>>() })]
        }
        Block::Table(table) => vec![self::table(table)],
        Block::Fold(line, more) => std::iter::once(paragraph(line)).chain(more.iter().flat_map(self::block)).collect(),
    }
}

fn paragraph(line: &Line) -> Value {
    json!({ "type": "paragraph", "content": inline(line) })
}

fn table(table: &Table) -> Value {
    let row = |kind: &str, cells: Vec<Line>| {
        let cell = |line: &Line| json!({ "type": kind, "content": [paragraph(line)] });
        json!({ "type": "tableRow", "content": cells.iter().map(cell).collect::<Vec<Value>>() })
    };
    let head = table.head.iter().map(|name| Line::plain(*name)).collect();
    let rows = table.rows.iter().map(|cells| row("tableCell", cells.clone()));
    let rows: Vec<Value> = std::iter::once(row("tableHeader", head)).chain(rows).collect();
    json!({ "type": "table", "content": rows })
}

fn inline(line: &Line) -> Vec<Value> {
    line.0.iter().filter(|span| !span.text.is_empty()).flat_map(span).collect()
}

/// A text node may not be empty, and a new line in it is a node of its own.
fn span(span: &Span) -> Vec<Value> {
    let text = plain(&span.text);
    let mut nodes = Vec::new();
    for (nth, part) in text.split('\n').enumerate() {
        if nth > 0 {
            nodes.push(json!({ "type": "hardBreak" }));
        }
        if !part.is_empty() {
            nodes.push(marked(part, span));
        }
    }
    nodes
}

fn marked(text: &str, span: &Span) -> Value {
    let mark = match (&span.address, span.tone) {
        (Some(address), _) => Some(json!({ "type": "link", "attrs": { "href": address } })),
        (None, Tone::Id | Tone::Command) => Some(json!({ "type": "code" })),
        (None, Tone::Strong | Tone::Good | Tone::Warning | Tone::Bad) => Some(json!({ "type": "strong" })),
        (None, Tone::Added | Tone::Inserted) => Some(json!({ "type": "underline" })),
        (None, Tone::Removed | Tone::Deleted) => Some(json!({ "type": "strike" })),
        (None, Tone::Plain | Tone::Dim) => None,
    };
    match mark {
        Some(mark) => json!({ "type": "text", "text": text, "marks": [mark] }),
        None => json!({ "type": "text", "text": text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_a_node_of_the_format() {
        let mut page = Page::default();
        page.heading(Line::plain("[Head]"));
        page.text(
            Line::of(Tone::Id, "A1").and(Tone::Plain, "one\ntwo").link("x", Some("https://x.example".to_owned())),
        );
        page.list(vec![Line::of(Tone::Bad, "@lin {panic}")]);
        page.table(&["a"], vec![vec![Line::default()]]);
        let nodes = adf(&page);
        let kinds: Vec<&str> = nodes.iter().filter_map(|node| node["type"].as_str()).collect();
        assert_eq!(kinds, ["heading", "paragraph", "bulletList", "table"]);
        assert_eq!(
            nodes[1]["content"],
            json!([
                { "type": "text", "text": "A1", "marks": [{ "type": "code" }] },
                { "type": "text", "text": "one" },
                { "type": "hardBreak" },
                { "type": "text", "text": "two" },
                { "type": "text", "text": "x", "marks": [{ "type": "link", "attrs": { "href": "https://x.example" } }] },
            ])
        );
        assert_eq!(nodes[2]["content"][0]["content"][0]["content"][0]["text"], "@lin {panic}");
        assert_eq!(
            nodes[3]["content"][1]["content"][0],
            json!({ "type": "tableCell", "content": [{ "type": "paragraph", "content": [] }] })
        );
    }
}

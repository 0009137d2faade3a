//! Pages as one HTML file: no script, nothing loaded from anywhere.

use super::{Block, Line, Page, Span, Table, Tone};
use crate::text::plain;

const STYLE: &str = include_str!("html/style.css");

/// The page as a document of its own.
pub fn html(title: &str, page: &Page) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(&format!("<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n", escaped(title)));
    page.blocks.iter().for_each(|block| self::block(&mut out, block));
    out.push_str("</body>\n</html>\n");
    out
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(line) => out.push_str(&format!("<h2>{}</h2>\n", spans(line))),
        Block::Text(line) => out.push_str(&format!("<p>{}</p>\n", spans(line))),
        Block::List(lines) => {
            let items: String = lines.iter().map(|line| format!("<li>{}</li>\n", spans(line))).collect();
            out.push_str(&format!("<ul>\n{items}</ul>\n"));
        }
        Block::Table(table) => self::table(out, table),
        Block::Fold(line, more) => {
            out.push_str(&format!("<details open>\n<summary>{}</summary>\n", spans(line)));
            more.iter().for_each(|block| self::block(out, block));
            out.push_str("</details>\n");
        }
    }
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    if table.head.iter().any(|name| !name.is_empty()) {
        let cells: String = table.head.iter().map(|name| format!("<th>{}</th>", escaped(name))).collect();
        out.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    for row in &table.rows {
        let cells: String = row.iter().map(|cell| format!("<td>{}</td>", spans(cell))).collect();
        out.push_str(&format!("<tr>{cells}</tr>\n"));
    }
    out.push_str("</table>\n");
}

fn spans(line: &Line) -> String {
    line.0.iter().filter(|span| !span.text.is_empty()).map(span).collect()
}

fn span(span: &Span) -> String {
    let text = escaped(span.text.trim_end_matches('\n')).replace('\n', "<br>");
    let (tag, class) = match span.tone {
        Tone::Plain => return text,
        Tone::Strong => ("strong", ""),
        Tone::Id | Tone::Command => ("code", ""),
        Tone::Added | Tone::Inserted => ("ins", ""),
        Tone::Removed | Tone::Deleted => ("del", ""),
        Tone::Dim => ("span", " class=\"dim\""),
        Tone::Good => ("span", " class=\"good\""),
        Tone::Warning => ("span", " class=\"warning\""),
        Tone::Bad => ("span", " class=\"bad\""),
    };
    format!("<{tag}{class}>{text}</{tag}>")
}

/// Text between tags, without a character that steers or hides.
fn escaped(text: &str) -> String {
    plain(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

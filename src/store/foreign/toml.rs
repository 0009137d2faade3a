//! TOML of other tools.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::node::{DEEPEST, Leaf, Lines, Node, Unread};

/// A text as a table.
pub fn toml(text: &str) -> Result<Node, Unread> {
    let lines = Lines::of(text);
    let table = DeTable::parse(text).map_err(|error| Unread {
        line: error.span().map_or(1, |span| lines.line(span.start)),
        message: error.message().to_owned(),
    })?;
    Ok(Node::new(1, rows(table.get_ref(), &lines, 0)))
}

fn rows(table: &DeTable<'_>, lines: &Lines, depth: usize) -> Leaf {
    let row =
        |key: &Spanned<_>, value: &DeValue<'_>| Node::new(lines.line(key.span().start), leaf(value, lines, depth));
    let mut rows: Vec<_> =
        table.iter().map(|(key, value)| (key.get_ref().to_string(), row(key, value.get_ref()))).collect();
    rows.sort_by_key(|(_, node)| node.line);
    Leaf::Table(rows)
}

fn leaf(value: &DeValue<'_>, lines: &Lines, depth: usize) -> Leaf {
    match value {
        _ if depth == DEEPEST => Leaf::Nothing,
        DeValue::Table(table) => rows(table, lines, depth + 1),
        DeValue::Array(items) => {
            let item = |one: &Spanned<DeValue<'_>>| {
                Node::new(lines.line(one.span().start), leaf(one.get_ref(), lines, depth + 1))
            };
            Leaf::List(items.iter().map(item).collect())
        }
        DeValue::String(text) => Leaf::Word(text.to_string()),
        DeValue::Boolean(flag) => Leaf::Word(flag.to_string()),
        DeValue::Integer(number) => Leaf::Word(number.to_string()),
        DeValue::Float(number) => Leaf::Word(number.to_string()),
        DeValue::Datetime(moment) => Leaf::Word(moment.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let node = toml("[package]\nname = \"x\"\n\n[dependencies]\nb = \"1\"\na = { version = \"2\" }\n").unwrap();
        assert_eq!(node.down(&["package", "name"]).map(|node| (node.word(), node.line)), Some((Some("x"), 2)));
        assert_eq!(node.at("dependencies").unwrap().names(), [("b", 5), ("a", 6)]);
        assert_eq!(toml("a = 1\nb = [\n").unwrap_err().line, 2);
    }
}

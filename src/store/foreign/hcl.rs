//! HCL, the language of Terraform: a block is a table under its keyword, and each label a table in it.

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::parser::parse_body;
use hcl_edit::repr::Span;
use hcl_edit::structure::{Block, Body, Structure};

use super::node::{DEEPEST, Leaf, Lines, Node, Unread};

/// A text as a table. References and calls are words, as they are written.
pub fn hcl(text: &str) -> Result<Node, Unread> {
    let body = parse_body(text)
        .map_err(|error| Unread { line: error.location().line(), message: error.message().trim().to_owned() })?;
    let lines = Lines::of(text);
    Ok(Node::new(1, rows(&body, &lines, 0)))
}

fn rows(body: &Body, lines: &Lines, depth: usize) -> Leaf {
    let row = |structure: &Structure| match structure {
        Structure::Attribute(one) => {
            let line = line(one.key.span(), lines);
            (one.key.as_str().to_owned(), Node::new(line, leaf(&one.value, lines, depth + 1)))
        }
        Structure::Block(one) => (one.ident.as_str().to_owned(), block(one, lines, depth + 1)),
    };
    match depth {
        DEEPEST.. => Leaf::Nothing,
        _ => Leaf::Table(body.iter().map(row).collect()),
    }
}

fn block(block: &Block, lines: &Lines, depth: usize) -> Node {
    let line = line(block.ident.span(), lines);
    let inner = Node::new(line, rows(&block.body, lines, depth));
    let around = |inner: Node, label: &str| Node::new(line, Leaf::Table(vec![(label.to_owned(), inner)]));
    block.labels.iter().rev().fold(inner, |inner, label| around(inner, label.as_str()))
}

fn leaf(value: &Expression, lines: &Lines, depth: usize) -> Leaf {
    let node = |value: &Expression| Node::new(line(value.span(), lines), leaf(value, lines, depth + 1));
    match value {
        _ if depth >= DEEPEST => Leaf::Nothing,
        Expression::Null(_) => Leaf::Nothing,
        Expression::String(text) => Leaf::Word(text.to_string()),
        Expression::Array(items) => Leaf::List(items.iter().map(node).collect()),
        Expression::Object(object) => {
            let key = |key: &ObjectKey| match key {
                ObjectKey::Ident(name) => name.as_str().to_owned(),
                ObjectKey::Expression(Expression::String(text)) => text.to_string(),
                ObjectKey::Expression(other) => other.to_string().trim().to_owned(),
            };
            Leaf::Table(object.iter().map(|(name, value)| (key(name), node(value.expr()))).collect())
        }
        other => Leaf::Word(other.to_string().trim().to_owned()),
    }
}

fn line(span: Option<std::ops::Range<usize>>, lines: &Lines) -> usize {
    span.map_or(1, |span| lines.line(span.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_tables_of_their_labels() {
        let text = "# a remark\nresource \"aws_db_instance\" \"main\" {\n  engine = \"postgres\"\n  vpc = aws_vpc.core.id\n  on = true\n}\n";
        let node = hcl(text).unwrap();
        let instance = node.down(&["resource", "aws_db_instance", "main"]).unwrap();
        assert_eq!(instance.line, 2);
        let told: Vec<_> = instance.rows().iter().map(|(key, node)| (key.as_str(), node.word(), node.line)).collect();
        assert_eq!(
            told,
            [("engine", Some("postgres"), 3), ("vpc", Some("aws_vpc.core.id"), 4), ("on", Some("true"), 5)]
        );
    }

    #[test]
    fn what_is_broken_or_without_end_says_where() {
        assert_eq!(hcl("a = 1\nb = {\n").unwrap_err().line, 2);
        assert!(hcl(&format!("a = {}", "[".repeat(50_000))).is_err());
        assert!(hcl(&"a {\n".repeat(5_000)).is_err());
    }
}

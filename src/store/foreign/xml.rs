//! XML: an element is a row of its parent, with its text or its own elements.

use roxmltree::{Document, Node as Element};

use super::node::{DEEPEST, Leaf, Node, Unread};

/// A text as a table with its root element. Attributes and namespaces are passed over; a document type is refused.
pub fn xml(text: &str) -> Result<Node, Unread> {
    let document = Document::parse(text)
        .map_err(|error| Unread { line: error.pos().row.try_into().unwrap_or(1), message: error.to_string() })?;
    let root = document.root_element();
    Ok(Node::new(1, Leaf::Table(vec![(root.tag_name().name().to_owned(), node(root, &document, 0))])))
}

fn node(element: Element<'_, '_>, document: &Document<'_>, depth: usize) -> Node {
    let line = document.text_pos_at(element.range().start).row.try_into().unwrap_or(1);
    let inner = |child: Element<'_, '_>| (child.tag_name().name().to_owned(), node(child, document, depth + 1));
    let rows: Vec<(String, Node)> = match depth < DEEPEST {
        true => element.children().filter(Element::is_element).map(inner).collect(),
        false => Vec::new(),
    };
    let text = element.text().unwrap_or_default().trim();
    let value = match (rows.is_empty(), text) {
        (true, "") => Leaf::Nothing,
        (true, text) => Leaf::Word(text.to_owned()),
        (false, _) => Leaf::Table(rows),
    };
    Node::new(line, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_know_their_lines() {
        let node =
            xml("<project xmlns=\"http://x.invalid\">\n  <name>a</name>\n  <d>\n    <e>b</e>\n  </d>\n</project>")
                .unwrap();
        assert_eq!(node.down(&["project", "d", "e"]).map(|node| (node.word(), node.line)), Some((Some("b"), 4)));
        assert_eq!(xml("<a>\n<b></a>").unwrap_err().line, 2);
        assert!(xml("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
    }
}

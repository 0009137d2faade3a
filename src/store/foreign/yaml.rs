//! YAML, and with it JSON.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::node::{DEEPEST, Leaf, MOST, Node, Unread};

/// The documents of a text. Tags are passed over, and an alias stands for its anchor until all values together outgrow a bound.
pub fn yaml(text: &str) -> Result<Vec<Node>, Unread> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| Unread { line: error.marker().line(), message: error.info().to_owned() })?;
        let line = span.start.line();
        builder.take(event, line).map_err(|message| Unread { line, message })?;
    }
    Ok(builder.documents)
}

/// A list or table that is not closed yet.
struct Open {
    node: Node,
    anchor: usize,
    /// The key that waits for its value.
    key: Option<(String, usize)>,
}

#[derive(Default)]
struct Builder {
    documents: Vec<Node>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    spent: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let leaf = if nothing { Leaf::Nothing } else { Leaf::Word(text.into_owned()) };
                self.spend(1)?;
                self.put(Node::new(line, leaf), anchor)
            }
            Event::SequenceStart(anchor, _) => self.begin(Node::new(line, Leaf::List(Vec::new())), anchor),
            Event::MappingStart(anchor, _) => self.begin(Node::new(line, Leaf::Table(Vec::new())), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.put(open.node, open.anchor),
                None => Ok(()),
            },
            Event::Alias(id) => {
                let node = self.anchors.get(&id).ok_or("this alias stands inside of its own anchor")?;
                let (size, node) = (node.size(), Node { line, ..node.clone() });
                self.spend(size)?;
                self.put(node, 0)
            }
            Event::DocumentStart(_) => {
                self.anchors.clear();
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn begin(&mut self, node: Node, anchor: usize) -> Result<(), String> {
        if self.open.len() == DEEPEST {
            return Err(format!("it goes deeper than {DEEPEST} lists and tables here"));
        }
        self.open.push(Open { node, anchor, key: None });
        self.spend(1)
    }

    fn put(&mut self, node: Node, anchor: usize) -> Result<(), String> {
        if anchor > 0 {
            // The copy is held too.
            self.spend(node.size())?;
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.documents.push(node);
            return Ok(());
        };
        match (&mut open.node.value, open.key.take()) {
            (Leaf::List(items), _) => items.push(node),
            (Leaf::Table(rows), Some((key, line))) => rows.push((key, Node { line, ..node })),
            // A list or a table as a key is nothing that is read here.
            (_, None) => open.key = Some((node.word().unwrap_or_default().to_owned(), node.line)),
            _ => {}
        }
        Ok(())
    }

    fn spend(&mut self, values: usize) -> Result<(), String> {
        self.spent = self.spent.saturating_add(values);
        match self.spent > MOST {
            true => Err(format!("with what aliases repeat it has more than {MOST} values")),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let documents = yaml("a: 1\nb:\n  - x\n  - y: [2]\n---\nc: ~\n").unwrap();
        assert_eq!(documents.len(), 2);
        let list = documents[0].at("b").unwrap();
        assert_eq!((list.line, list.items()[1].line), (2, 4));
        assert_eq!(documents[0].words(), [("1", 1), ("x", 3), ("2", 4)]);
        assert_eq!(documents[1].at("c").unwrap().value, Leaf::Nothing);
    }

    #[test]
    fn merge_keys_and_json_are_read() {
        let documents = yaml("x: &x {image: a, build: b}\ny:\n  <<: *x\n  image: c\n").unwrap();
        let service = documents[0].at("y").unwrap();
        assert_eq!(service.at("image").and_then(Node::word), Some("c"));
        assert_eq!(service.at("build").and_then(Node::word), Some("b"));
        let json = yaml("{\n\t\"name\": \"x\",\n\t\"deps\": {\n\t\t\"a\": \"1\"\n\t}\n}\n").unwrap();
        assert_eq!(json[0].at("deps").map(|node| (node.line, node.names())), Some((3, vec![("a", 4)])));
    }

    #[test]
    fn what_grows_out_of_bounds_is_refused_with_its_line() {
        let mut laughs = String::from("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for level in 1..12 {
            let below = format!("*a{},", level - 1).repeat(10);
            laughs.push_str(&format!("a{level}: &a{level} [{below}]\n"));
        }
        let unread = yaml(&laughs).unwrap_err();
        assert!(unread.message.contains("aliases") && unread.line < 9, "{unread:?}");
        assert!(yaml(&"- ".repeat(5000)).unwrap_err().message.contains("deeper"));
        assert!(yaml(&"[".repeat(100_000)).is_err());
        assert_eq!(yaml("a: &x\n  b: *x\n").unwrap_err().line, 2);
        assert!(yaml("a: [1\n").is_err());
    }
}

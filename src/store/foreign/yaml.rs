//! YAML, and with it JSON.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::node::{DEEPEST, Leaf, Node, Unread};

/// Bytes of all values at most, with what aliases repeat.
const LARGEST: usize = 64 << 20;
/// What a value costs beside its text.
const EACH: usize = 32;

/// The documents of a text. Tags are passed over, and an alias stands for its anchor until all values together outgrow a bound. Scalars are
/// words as they are written, so that `1.10` stays what it is; empty ones and `null` are nothing.
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
    /// The bytes spent before it.
    before: usize,
    /// The key that waits for its value.
    key: Option<(String, usize)>,
}

#[derive(Default)]
struct Builder {
    documents: Vec<Node>,
    open: Vec<Open>,
    /// With the bytes that each takes.
    anchors: BTreeMap<usize, (Node, usize)>,
    spent: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let before = self.spent;
                self.spend(text.len() + EACH)?;
                let leaf = if nothing { Leaf::Nothing } else { Leaf::Word(text.into_owned()) };
                self.put(Node::new(line, leaf), anchor, before)
            }
            Event::SequenceStart(anchor, _) => self.begin(Node::new(line, Leaf::List(Vec::new())), anchor),
            Event::MappingStart(anchor, _) => self.begin(Node::new(line, Leaf::Table(Vec::new())), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(open) => self.put(open.node, open.anchor, open.before),
                None => Ok(()),
            },
            Event::Alias(id) => {
                let known = self.anchors.get(&id).ok_or("this alias stands inside of its own anchor")?;
                let (node, cost) = (Node { line, ..known.0.clone() }, known.1);
                let before = self.spent;
                self.spend(cost)?;
                self.put(node, 0, before)
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
        self.open.push(Open { node, anchor, before: self.spent, key: None });
        self.spend(EACH)
    }

    fn put(&mut self, node: Node, anchor: usize, before: usize) -> Result<(), String> {
        if anchor > 0 {
            // The copy is held too.
            let cost = self.spent - before;
            self.spend(cost)?;
            self.anchors.insert(anchor, (node.clone(), cost));
        }
        let Some(open) = self.open.last_mut() else {
            self.documents.push(node);
            return Ok(());
        };
        match (&mut open.node.value, open.key.take()) {
            (Leaf::List(items), _) => items.push(node),
            (Leaf::Table(rows), Some((key, line))) => rows.push((key, Node { line, ..node })),
            (_, None) => open.key = Some(key(node)?),
            _ => {}
        }
        Ok(())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), String> {
        self.spent = self.spent.saturating_add(bytes);
        match self.spent > LARGEST {
            true => Err(format!("its values, with what aliases repeat, are larger than {LARGEST} bytes")),
            false => Ok(()),
        }
    }
}

/// A value as a key, and its line.
fn key(node: Node) -> Result<(String, usize), String> {
    match node.value {
        Leaf::Word(text) => Ok((text, node.line)),
        Leaf::Nothing => Ok((String::new(), node.line)),
        _ => Err("a list or a table is no key here".to_owned()),
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
        assert!(yaml("? [a]\n: b\n").unwrap_err().message.contains("no key"));
    }

    #[test]
    fn one_long_word_cannot_be_repeated_for_ever() {
        let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(500_000), "*a,".repeat(100_000));
        assert_eq!(yaml(&text).unwrap_err().line, 2);
    }
}

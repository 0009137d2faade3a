//! Our block within a document of nodes, as Jira Cloud keeps texts.

use std::ops::Range;

use serde_json::{Value, json};

use super::{Dress, Mark, lines};

/// The text of a node and everything in it.
pub fn text(node: &Value) -> String {
    let own = node["text"].as_str().unwrap_or_default().to_owned();
    let inner = node["content"].as_array().into_iter().flatten().map(text);
    std::iter::once(own).chain(inner).collect()
}

/// Our block among the nodes at the top of a document, with the memory of the ticket.
pub fn find(document: &Value) -> Option<(Mark, Range<usize>)> {
    let nodes = document["content"].as_array()?;
    let texts: Vec<String> = nodes.iter().map(text).collect();
    texts.iter().enumerate().find_map(|(nth, line)| {
        let mark = lines::ends(line)?;
        let first = texts[..nth].iter().rposition(|line| lines::begins(line, &mark))?;
        Some((mark, first..nth + 1))
    })
}

/// The document with `nodes` in the place of our block, else at the end; everything else stays as it is.
pub fn replace(document: &Value, nodes: Vec<Value>) -> Value {
    let mut content = document["content"].as_array().cloned().unwrap_or_default();
    let range = find(document).map_or(content.len()..content.len(), |(_, range)| range);
    content.splice(range, nodes);
    json!({ "type": "doc", "version": 1, "content": content })
}

/// `ours` between the lines of our block. `line` makes a node of a line.
pub fn block(mark: &Mark, ours: Vec<Value>, line: impl Fn(&str) -> Value) -> Vec<Value> {
    let mut nodes = vec![line(&Dress::Plain.begin(mark))];
    nodes.extend(ours);
    nodes.push(line(&Dress::Plain.end(mark)));
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::{Key, Shown, print};

    fn line(text: &str) -> Value {
        json!({ "type": "paragraph", "content": [{ "type": "text", "text": text }] })
    }

    #[test]
    fn what_stands_around_the_block_stays() {
        let [of, text, title] = ["a", "b", "c"].map(print);
        let mark = |round| Mark {
            key: Key::parse("pay/C1").unwrap(),
            of: of.clone(),
            text: text.clone(),
            title: title.clone(),
            shown: Shown::Open,
            round,
        };
        let theirs = json!({ "type": "doc", "version": 1, "content": [line("before"), { "type": "rule" }] });
        let first = replace(&theirs, block(&mark(0), vec![line("one")], line));
        let mut more = first.clone();
        more["content"].as_array_mut().unwrap().push(line("after"));
        assert_eq!(find(&more).map(|(mark, range)| (mark.round, range)), Some((0, 2..5)));
        let second = replace(&more, block(&mark(1), vec![line("two"), line("three")], line));
        let texts: Vec<String> = second["content"].as_array().unwrap().iter().map(super::text).collect();
        assert_eq!(
            (texts[0].as_str(), texts[3].as_str(), texts[4].as_str(), texts[6].as_str()),
            ("before", "two", "three", "after")
        );
        assert_eq!(find(&second).map(|(mark, _)| mark.round), Some(1));
        assert_eq!(find(&Value::Null), None);
    }
}

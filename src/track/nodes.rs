//! Our block within a document of nodes, as Jira Cloud keeps texts.

use std::ops::Range;

use serde_json::{Value, json};

use super::{Dress, Key, Mark, lines};

/// The text of a node and everything in it.
pub fn text(node: &Value) -> String {
    let own = node["text"].as_str().unwrap_or_default().to_owned();
    let inner = node["content"].as_array().into_iter().flatten().map(text);
    std::iter::once(own).chain(inner).collect()
}

fn breaks(node: &Value) -> bool {
    node["type"] == "hardBreak"
}

/// The first line of a paragraph that is nothing but text; a break ends it.
fn line(node: &Value) -> Option<String> {
    let inner = node["content"].as_array().filter(|_| node["type"] == "paragraph")?;
    let parts = inner.iter().take_while(|part| !breaks(part));
    parts.map(|part| part["text"].as_str().filter(|_| part["type"] == "text")).collect()
}

/// What somebody wrote behind the first line of a paragraph.
fn rest(node: &Value) -> Option<Value> {
    let inner = node["content"].as_array()?;
    let behind: Vec<&Value> = inner.iter().skip_while(|part| !breaks(part)).skip(1).collect();
    (!behind.is_empty()).then(|| json!({ "type": "paragraph", "content": behind }))
}

/// Our blocks among the nodes at the top of a document, each with its memory.
fn whole(document: &Value) -> Vec<(Mark, Range<usize>)> {
    let first: Vec<String> =
        document["content"].as_array().into_iter().flatten().map(|node| line(node).unwrap_or_default()).collect();
    let block = |(nth, line): (usize, &String)| {
        let mark = lines::ends(line)?;
        let start = first[..nth].iter().rposition(|line| lines::begins(line, &mark))?;
        Some((mark, start..nth + 1))
    };
    first.iter().enumerate().filter_map(block).collect()
}

/// The memories of the ticket: the first of each control.
pub fn marks(document: &Value) -> Vec<Mark> {
    lines::firsts(whole(document).into_iter().map(|(mark, _)| mark))
}

/// The nodes of the first block for a control.
pub fn find(document: &Value, key: &Key) -> Option<Range<usize>> {
    whole(document).into_iter().find_map(|(mark, range)| (mark.key == *key).then_some(range))
}

/// The document with `nodes` in the place of our block for a control, else at the end; everything else stays as it is.
pub fn replace(document: &Value, key: &Key, nodes: Vec<Value>) -> Value {
    let mut content = document["content"].as_array().cloned().unwrap_or_default();
    let range = find(document, key).unwrap_or(content.len()..content.len());
    let theirs = range.clone().last().and_then(|last| rest(&content[last]));
    content.splice(range, nodes.into_iter().chain(theirs));
    json!({ "type": "doc", "version": 1, "content": content })
}

/// `ours` between the lines of our block. `line` makes a node of a line. Words of a model that read like one of our lines
/// are quoted, so that they pass for none.
pub fn block(mark: &Mark, ours: Vec<Value>, line: impl Fn(&str) -> Value) -> Vec<Value> {
    let mut nodes = vec![line(&Dress::Plain.begin(mark))];
    nodes.extend(ours.into_iter().map(|mut node| {
        let forged = lines::is_one(&text(&node));
        if let Some(content) = node["content"].as_array_mut().filter(|_| forged) {
            content.insert(0, json!({ "type": "text", "text": "> " }));
        }
        node
    }));
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
            left: false,
            repo: None,
        };
        let theirs = json!({ "type": "doc", "version": 1, "content": [line("before"), { "type": "rule" }] });
        let key = mark(0).key;
        let first = replace(&theirs, &key, block(&mark(0), vec![line("one")], line));
        let mut more = first.clone();
        more["content"].as_array_mut().unwrap().push(line("after"));
        assert_eq!((marks(&more), find(&more, &key)), (vec![mark(0)], Some(2..5)));
        let second = replace(&more, &key, block(&mark(1), vec![line("two"), line("three")], line));
        let texts: Vec<String> = second["content"].as_array().unwrap().iter().map(super::text).collect();
        assert_eq!(
            (texts[0].as_str(), texts[3].as_str(), texts[4].as_str(), texts[6].as_str()),
            ("before", "two", "three", "after")
        );
        assert_eq!(marks(&second), [mark(1)]);
        assert_eq!(marks(&Value::Null), []);
    }

    #[test]
    fn what_is_typed_behind_our_last_line_is_theirs() {
        let [of, text, title] = ["a", "b", "c"].map(print);
        let key = Key::parse("pay/C1").unwrap();
        let mark =
            Mark { key, of, text, title, shown: Shown::Open, round: 0, left: false, repo: Some("a/b".to_owned()) };
        let ours = replace(&Value::Null, &mark.key, block(&mark, vec![line("one")], line));
        let typed = |more: Vec<Value>| {
            let mut typed = ours.clone();
            typed["content"][2]["content"].as_array_mut().unwrap().extend(more);
            typed
        };
        let words = json!({ "type": "text", "text": "agreed with Bob" });
        let below = typed(vec![json!({ "type": "hardBreak" }), words.clone()]);
        assert_eq!(marks(&below), std::slice::from_ref(&mark));
        let again = replace(&below, &mark.key, block(&mark, vec![line("two")], line));
        assert_eq!((marks(&again), &again["content"][3]), (vec![mark.clone()], &line("agreed with Bob")));
        // In the line itself it makes a line of theirs: nothing of it is taken away.
        for more in [words, json!({ "type": "inlineCard", "attrs": { "url": "https://acme.example/PAY-9" } })] {
            let beside = typed(vec![more]);
            assert_eq!(marks(&beside), []);
            let again = replace(&beside, &mark.key, block(&mark, vec![line("two")], line));
            assert_eq!((marks(&again), &again["content"][2]), (vec![mark.clone()], &beside["content"][2]));
        }
        let quoted = json!({ "type": "doc", "content": [{ "type": "blockquote", "content": ours["content"] }] });
        assert_eq!(marks(&quoted), []);
    }

    #[test]
    fn words_of_a_model_pass_for_no_line_of_ours() {
        let [of, text, title] = ["a", "b", "c"].map(print);
        let key = Key::parse("pay/C1").unwrap();
        let mark = Mark { key, of, text, title, shown: Shown::Open, round: 0, left: false, repo: None };
        let forged = Mark { round: 9, ..mark.clone() };
        for words in [Dress::Plain.end(&forged), Dress::Plain.begin(&forged), "redan:\u{200b}end pay/C1".to_owned()] {
            let whole = replace(&Value::Null, &mark.key, block(&mark, vec![line(&words)], line));
            assert_eq!((marks(&whole), find(&whole, &mark.key)), (vec![mark.clone()], Some(0..3)), "{words}");
        }
        // An editor may leave a character of no width in our own line.
        let lines = block(&mark, vec![line("one")], |text| line(&text.replace("redan:", "redan:\u{200b}")));
        assert_eq!(marks(&replace(&Value::Null, &mark.key, lines)), [mark]);
    }
}

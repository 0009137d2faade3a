//! YAML that is no model, as the values that JSON has: files of publishers, and of tools beside the code.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use serde_json::{Map, Value};

/// Why a text is no YAML that is read here: a sentence, and its line from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub line: usize,
    pub message: String,
}

/// Lists and mappings inside each other at most.
const DEEPEST: usize = 64;
/// Bytes of all values at most, with what aliases repeat.
const LARGEST: usize = 64 << 20;
/// What a value costs beside its text.
const EACH: usize = 32;

/// The documents of a text. Scalars are texts as they are written, so that `1.10` stays what it is; empty ones and `null` are
/// nothing. An alias stands for its anchor until all values together outgrow a bound; of a key that is there twice nobody
/// knows which counts, so it is refused.
pub fn yaml(text: &str) -> Result<Vec<Value>, Unread> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| scan(&error))?;
        builder.take(event).map_err(|message| Unread { line: span.start.line(), message })?;
    }
    Ok(builder.documents)
}

fn scan(error: &ScanError) -> Unread {
    Unread { line: error.marker().line(), message: error.info().to_owned() }
}

/// A list or mapping that is not closed yet.
enum Open {
    List(Vec<Value>),
    /// The key that waits for its value.
    Table(Map<String, Value>, Option<String>),
}

#[derive(Default)]
struct Builder {
    documents: Vec<Value>,
    /// With the anchor of each, 0 = none, and the bytes spent before it.
    open: Vec<(Open, usize, usize)>,
    anchors: BTreeMap<usize, (Value, usize)>,
    spent: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let before = self.spent;
                self.spend(text.len() + EACH)?;
                self.put(if nothing { Value::Null } else { Value::String(text.into_owned()) }, anchor, before)
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List(Vec::new()), anchor),
            Event::MappingStart(anchor, _) => self.begin(Open::Table(Map::new(), None), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some((Open::List(items), anchor, before)) => self.put(Value::Array(items), anchor, before),
                Some((Open::Table(table, _), anchor, before)) => self.put(Value::Object(table), anchor, before),
                None => Ok(()),
            },
            Event::Alias(id) => {
                let (value, cost) =
                    self.anchors.get(&id).cloned().ok_or("this alias stands inside of its own anchor")?;
                let before = self.spent;
                self.spend(cost)?;
                self.put(value, 0, before)
            }
            Event::DocumentStart(_) => {
                self.anchors.clear();
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn begin(&mut self, open: Open, anchor: usize) -> Result<(), String> {
        if self.open.len() == DEEPEST {
            return Err(format!("it goes deeper than {DEEPEST} lists and mappings here"));
        }
        self.open.push((open, anchor, self.spent));
        self.spend(EACH)
    }

    fn put(&mut self, value: Value, anchor: usize, before: usize) -> Result<(), String> {
        if anchor > 0 {
            // The copy is held too.
            let cost = self.spent - before;
            self.spend(cost)?;
            self.anchors.insert(anchor, (value.clone(), cost));
        }
        match self.open.last_mut() {
            None => self.documents.push(value),
            Some((Open::List(items), ..)) => items.push(value),
            Some((Open::Table(table, key), ..)) => match key.take() {
                None => *key = Some(word(value)?),
                Some(key) if table.contains_key(&key) => return Err(format!("the key `{key}` is there twice")),
                Some(key) => {
                    table.insert(key, value);
                }
            },
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

/// A value as a key.
fn word(value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Null => Ok(String::new()),
        _ => Err("a list or a mapping is no key here".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn one(text: &str) -> Value {
        let mut documents = yaml(text).unwrap();
        assert_eq!(documents.len(), 1);
        documents.remove(0)
    }

    #[test]
    fn scalars_stay_as_they_are_written() {
        let text = "a: 1.10\nb: '~'\nc: ~\nd:\n- yes\n- >\n  two\n  lines\ne: {}\n";
        assert_eq!(one(text), json!({ "a": "1.10", "b": "~", "c": null, "d": ["yes", "two lines\n"], "e": {} }));
        assert_eq!(yaml("---\na: b\n---\n- c\n...\n").unwrap(), [json!({ "a": "b" }), json!(["c"])]);
        assert_eq!(yaml("").unwrap(), [] as [Value; 0]);
    }

    #[test]
    fn an_alias_repeats_its_anchor() {
        assert_eq!(one("a: &x [1, 2]\nb: *x\n"), json!({ "a": ["1", "2"], "b": ["1", "2"] }));
        assert_eq!(yaml("a: &x\n  b: *x\n").unwrap_err().line, 2);
        assert!(yaml("a: *unknown\n").is_err());
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
        assert_eq!(yaml("a: 1\nb: 2\na: 3\n").unwrap_err().line, 3);
        assert!(yaml("? [a]\n: b\n").unwrap_err().message.contains("no key"));
        assert!(yaml("a: [1\n").is_err());
    }
}

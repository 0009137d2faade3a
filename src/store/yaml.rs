//! YAML that is no model, as the values that JSON has: files of publishers, and of tools beside the code.

use serde_json::{Map, Value};

use super::foreign::{self, Leaf, Node, Unread};

/// The documents of a text. Scalars are texts as they are written, so that `1.10` stays what it is; empty ones and `null` are
/// nothing. An alias stands for its anchor until all values together outgrow a bound; of a key that is there twice nobody
/// knows which counts, so it is refused.
pub fn yaml(text: &str) -> Result<Vec<Value>, Unread> {
    foreign::yaml(text)?.into_iter().map(value).collect()
}

fn value(node: Node) -> Result<Value, Unread> {
    Ok(match node.value {
        Leaf::Nothing => Value::Null,
        Leaf::Word(text) => Value::String(text),
        Leaf::List(items) => Value::Array(items.into_iter().map(value).collect::<Result<_, _>>()?),
        Leaf::Table(rows) => {
            let mut table = Map::new();
            for (key, node) in rows {
                if table.contains_key(&key) {
                    return Err(Unread { line: node.line, message: format!("the key `{key}` is there twice") });
                }
                table.insert(key, value(node)?);
            }
            Value::Object(table)
        }
    })
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
    fn a_key_that_is_there_twice_is_refused_with_its_line() {
        assert_eq!(yaml("a: 1\nb: 2\na: 3\n").unwrap_err().line, 3);
    }
}

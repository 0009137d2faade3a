//! Values as new text.

use super::form::Form;
use super::keys::spell;
use crate::model::{Shape, Value};

/// Lists and prose past this column go over several lines.
pub(super) const WIDTH: usize = 100;

/// A value of a line of its own, `column` characters in; ends of lines are `\n`.
pub(super) fn spread(value: &Value, form: Form, column: usize) -> String {
    let line = inline(value, form);
    let long = column + line.chars().count() > WIDTH;
    match value {
        Value::Text(text) if is_prose(form) && (long || text.contains('\n')) => prose(text),
        Value::List(items) if !items.is_empty() && (long || items.iter().any(|item| item.as_table().is_some())) => {
            let items = items.iter().map(|item| format!("  {},\n", inline(item, form.item())));
            format!("[\n{}]", items.collect::<String>())
        }
        _ => line,
    }
}

/// A value on one line.
pub(super) fn inline(value: &Value, form: Form) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::When(when) => when.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, form.item())).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let pairs = form.sorted(table).into_iter().map(|(key, value)| pair(key, value, form));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// `key = value` on one line; `form` is that of the table around it.
pub(super) fn pair(key: &str, value: &Value, form: Form) -> String {
    format!("{} = {}", spell(key), inline(value, form.child(&super::tree::Seg::key(key))))
}

fn is_prose(form: Form) -> bool {
    matches!(form.shape(), Some(Shape::Prose))
}

/// A basic string on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => escaped(c, &mut out),
        }
    }
    out.push('"');
    out
}

/// A basic string over several lines: the first line end after the quotes is not part of it.
fn prose(text: &str) -> String {
    let mut out = String::from("\"\"\"\n");
    let mut quotes = 0;
    for (at, c) in text.char_indices() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            '"' if quotes == 3 || at + 1 == text.len() => {
                out.push_str("\\\"");
                quotes = 0;
            }
            '"' | '\n' | '\t' => out.push(c),
            c => escaped(c, &mut out),
        }
    }
    out.push_str("\"\"\"");
    out
}

fn escaped(c: char, out: &mut String) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\r' => out.push_str("\\r"),
        c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> String {
        let table: toml::Table = toml::from_str(&format!("x = {text}")).expect("TOML");
        table["x"].as_str().expect("a string").to_owned()
    }

    #[test]
    fn every_text_reads_back() {
        for text in [
            "",
            "plain",
            "a \"quote\"",
            "\"\"\"\"\"",
            "back\\slash",
            "two\nlines\n",
            "\ttab\u{7f}\u{1}\u{85}",
            "ends in \"",
            "\r",
        ] {
            assert_eq!(reads(&quoted(text)), text);
            assert_eq!(reads(&prose(text)), text);
        }
    }
}

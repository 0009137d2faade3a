//! Values without a type of their own: what a change carries, a page shows and a file holds.

use std::collections::BTreeMap;

use super::When;

/// One value of one field. Sets are lists in canonical order, so equal sets are equal values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Flag(bool),
    Number(i64),
    When(When),
    List(Vec<Value>),
    Table(BTreeMap<String, Value>),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_table(&self) -> Option<&BTreeMap<String, Value>> {
        match self {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }
}

impl std::fmt::Display for Value {
    /// One line, close to how the file writes it; text stands without quotes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::When(when) => write!(f, "{when}"),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(Value::to_string).collect();
                write!(f, "{}", items.join(", "))
            }
            Value::Table(table) => {
                let pairs: Vec<String> = table.iter().map(|(key, value)| pair(key, value)).collect();
                write!(f, "{}", pairs.join("; "))
            }
        }
    }
}

fn pair(key: &str, value: &Value) -> String {
    match value {
        Value::Table(_) => format!("{key}: ({value})"),
        _ => format!("{key} = {value}"),
    }
}

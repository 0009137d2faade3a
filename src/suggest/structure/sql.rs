//! Schemas in SQL: tables and their columns. Statements that make no table are passed over, whatever dialect they are in.

use crate::suggest::{Knowledge, Mention, Subject};

use super::fields::{field, table};
use super::file::File;

pub fn read(all: &Knowledge, file: &File<'_>, text: &str) -> Vec<Mention> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].is("create") {
            at += 1;
            continue;
        }
        let Some((name, body)) = made(&tokens[at..]) else {
            at += 1;
            continue;
        };
        let line = tokens[at].line;
        if found.is_empty() {
            let kind = all.component("relational-database");
            found.extend(kind.map(|kind| file.says(Subject::Component(kind.key), format!("table {name}"), line)));
        }
        found.extend(table(all, file, name, line));
        let columns = columns(&tokens[at + body..]);
        found.extend(columns.iter().filter_map(|(own, line)| field(all, file, name, own, *line)));
        at += body;
    }
    found
}

/// A word, a quoted name or a sign; texts and remarks are left out.
struct Token<'t> {
    text: &'t str,
    line: usize,
    quoted: bool,
}

impl Token<'_> {
    fn is(&self, word: &str) -> bool {
        !self.quoted && self.text.eq_ignore_ascii_case(word)
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, kept) = match c {
            '-' if rest.starts_with("--") => (rest.find('\n').unwrap_or(rest.len()), None),
            '#' => (rest.find('\n').unwrap_or(rest.len()), None),
            '/' if rest.starts_with("/*") => (until(rest, "*/"), None),
            '$' if dollar(rest).is_some() => (dollar(rest).map_or(1, |tag| until(rest, tag)), None),
            '\'' => (until(rest, "'"), None),
            '"' | '`' => (until(rest, &c.to_string()), Some(true)),
            '[' => (until(rest, "]"), Some(true)),
            c if c.is_alphanumeric() || c == '_' => {
                (rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()), Some(false))
            }
            c if c.is_whitespace() => (c.len_utf8(), None),
            c => (c.len_utf8(), Some(false)),
        };
        let whole = &rest[..length];
        let text = if kept == Some(true) { whole.trim_matches(['"', '`', '[', ']']) } else { whole };
        tokens.extend(kept.map(|quoted| Token { text, line, quoted }));
        line += whole.matches('\n').count();
        at += length;
    }
    tokens
}

/// How far it is to the end of what `rest` opens; a text that is not closed goes to the end.
fn until(rest: &str, end: &str) -> usize {
    let opening = if end == "*/" { 2 } else { end.len() };
    rest[opening..].find(end).map_or(rest.len(), |at| opening + at + end.len())
}

/// The tag of a text in dollars: `$$`, `$body$`.
fn dollar(rest: &str) -> Option<&str> {
    let end = rest[1..].find('$')? + 2;
    let tag = &rest[..end];
    tag[1..end - 1].chars().all(|c| c.is_ascii_alphabetic() || c == '_').then_some(tag)
}

/// The table that a statement makes, and where its columns begin.
fn made<'t>(tokens: &[Token<'t>]) -> Option<(&'t str, usize)> {
    const BEFORE: [&str; 7] = ["create", "global", "local", "temporary", "temp", "unlogged", "external"];
    let start = tokens.iter().position(|token| !BEFORE.iter().any(|word| token.is(word)))?;
    tokens.get(start).filter(|token| token.is("table"))?;
    let rest = tokens.iter().enumerate().skip(start + 1);
    let mut name = None;
    for (at, token) in rest.take(12) {
        match token.text {
            "(" if !token.quoted => return Some((name?, at + 1)),
            "." if !token.quoted => {}
            _ if ["if", "not", "exists"].iter().any(|word| token.is(word)) => {}
            text => name = Some(text),
        }
    }
    None
}

/// The first word of each row between the brackets that is no constraint.
fn columns<'t>(tokens: &[Token<'t>]) -> Vec<(&'t str, usize)> {
    const RULES: [&str; 10] =
        ["primary", "foreign", "unique", "constraint", "check", "key", "index", "exclude", "like", "fulltext"];
    let mut found = Vec::new();
    let (mut depth, mut first) = (1, true);
    for token in tokens {
        match token.text {
            "(" if !token.quoted => depth += 1,
            ")" if !token.quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if first && (token.quoted || !RULES.iter().any(|word| token.is(word))) {
            found.push((token.text, token.line));
        }
        first = depth == 1 && !token.quoted && token.text == ",";
    }
    found
}

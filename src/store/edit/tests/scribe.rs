//! Writes a model down the way nobody else would: every spelling and layout TOML allows, comments
//! everywhere, each comment with a number of its own.

use std::collections::BTreeMap;

use super::dice::Dice;
use crate::model::{Kind, Model, Value, table};

/// A line of a file and the thing it belongs to; nobody's lines never change.
pub(super) struct Written {
    pub(super) owner: String,
    pub(super) line: String,
}

pub(super) struct Scribe<'d> {
    pub(super) dice: &'d mut Dice,
    lines: Vec<Written>,
    /// Sections to be written further down.
    later: Vec<(String, Vec<String>, Value)>,
    comments: usize,
}

type Table = BTreeMap<String, Value>;

const NOBODY: &str = "";

/// Every file of a model by name, line by line.
pub(super) fn files(dice: &mut Dice, model: &Model) -> Vec<(String, Vec<Written>)> {
    let mut files = Vec::new();
    let format = |mut table: Table| {
        table.insert("format".to_owned(), Value::Number(1));
        table
    };
    let mut head = format(table(&model.head));
    head.insert("id".into(), Value::text(model.id.to_string()));
    files.push(("model.toml".to_owned(), file(dice, &head, model, &Kind::ALL[..5])));
    if model.of_kind(Kind::Control).next().is_some() {
        files.push(("controls.toml".to_owned(), file(dice, &Table::new(), model, &[Kind::Control])));
    }
    let compliance = table(&model.compliance);
    if !compliance.is_empty() {
        files.push(("compliance.toml".to_owned(), file(dice, &format(compliance), model, &[])));
    }
    let tickets = table(&model.tickets);
    if !tickets.is_empty() {
        files.push(("tickets.toml".to_owned(), file(dice, &format(tickets), model, &[])));
    }
    for (name, decision) in &model.decisions {
        files.push((format!("decisions/{name}.toml"), file(dice, &format(table(decision)), model, &[])));
    }
    for (name, session) in &model.sessions {
        files.push((format!("sessions/{name}.toml"), file(dice, &format(table(session)), model, &[])));
    }
    files
}

fn file(dice: &mut Dice, head: &Table, model: &Model, kinds: &[Kind]) -> Vec<Written> {
    let mut scribe = Scribe { dice, lines: Vec::new(), later: Vec::new(), comments: 0 };
    scribe.noise(NOBODY, NOBODY);
    scribe.body("head", &[], head);
    for &kind in kinds {
        let mut whole = Vec::new();
        let mut short = Vec::new();
        for entity in model.of_kind(kind) {
            if scribe.dice.chance(25) { short.push(entity) } else { whole.push(entity) }
        }
        if !short.is_empty() {
            scribe.header("head", &[kind.table().to_owned()], false);
            for entity in short {
                scribe.line(&entity.id.to_string(), &[entity.id.to_string()], &Value::Table(entity.table()));
            }
        }
        for entity in whole {
            let path = [kind.table().to_owned(), entity.id.to_string()];
            scribe.section(&entity.id.to_string(), &path, &entity.table());
        }
    }
    scribe.rest();
    scribe.noise(NOBODY, NOBODY);
    scribe.lines
}

impl Scribe<'_> {
    fn push(&mut self, owner: &str, text: &str) {
        let lines = text.split('\n').map(|line| Written { owner: owner.to_owned(), line: line.to_owned() });
        self.lines.extend(lines);
    }

    fn comment(&mut self) -> String {
        self.comments += 1;
        format!("# comment {} [x] \"", self.comments)
    }

    /// Comments, and blank lines of `owner`.
    fn noise(&mut self, comments: &str, blank: &str) {
        while self.dice.chance(30) {
            let comment = self.comment();
            if self.dice.chance(50) { self.push(comments, &comment) } else { self.push(blank, "") }
        }
    }

    fn behind(&mut self) -> String {
        match self.dice.below(4) {
            0 => format!("{}{}", self.gap(), self.comment()),
            1 => self.gap(),
            _ => String::new(),
        }
    }

    fn gap(&mut self) -> String {
        (*self.dice.one(&["", " ", " ", " ", "  ", "\t"])).to_owned()
    }

    fn header(&mut self, owner: &str, path: &[String], rows: bool) {
        if self.dice.chance(60) {
            self.push(owner, "");
        }
        self.noise(NOBODY, owner);
        let path: Vec<String> =
            path.iter().map(|key| format!("{}{}{}", self.gap(), self.key(key), self.gap())).collect();
        let path = path.join(".");
        let header = if rows { format!("[[{path}]]") } else { format!("[{path}]") };
        let behind = self.behind();
        self.push(owner, &(header + &behind));
    }

    fn key(&mut self, key: &str) -> String {
        let bare = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        match self.dice.below(10) {
            0 => format!("\"{key}\""),
            1 => format!("'{key}'"),
            _ if bare => key.to_owned(),
            _ => format!("\"{key}\""),
        }
    }

    /// A header with its lines, and below it, or far below, its tables.
    fn section(&mut self, owner: &str, path: &[String], table: &Table) {
        self.header(owner, path, false);
        self.body(owner, path, table);
    }

    fn body(&mut self, owner: &str, path: &[String], table: &Table) {
        let mut below = Vec::new();
        for (key, value) in table {
            let rows =
                value.as_list().is_some_and(|rows| !rows.is_empty() && rows.iter().all(|row| row.as_table().is_some()));
            if (rows || value.as_table().is_some()) && self.dice.chance(50) {
                below.push((owner.to_owned(), [path, std::slice::from_ref(key)].concat(), value.clone()));
            } else {
                self.line(owner, std::slice::from_ref(key), value);
            }
        }
        for section in below {
            if self.dice.chance(20) { self.later.push(section) } else { self.spread(section) }
        }
    }

    fn spread(&mut self, (owner, path, value): (String, Vec<String>, Value)) {
        match value {
            Value::List(rows) => {
                for row in rows {
                    self.header(&owner, &path, true);
                    for (key, value) in row.as_table().expect("a row") {
                        self.line(&owner, std::slice::from_ref(key), value);
                    }
                }
            }
            Value::Table(table) => {
                let tables = !table.is_empty() && table.values().all(|value| value.as_table().is_some());
                if tables && self.dice.chance(60) {
                    for (key, value) in table {
                        self.spread((owner.clone(), [&path[..], &[key]].concat(), value));
                    }
                } else {
                    self.header(&owner, &path, false);
                    for (key, value) in &table {
                        self.line(&owner, std::slice::from_ref(key), value);
                    }
                }
            }
            _ => {}
        }
    }

    fn rest(&mut self) {
        while let Some(section) = self.later.pop() {
            self.spread(section);
        }
    }

    fn line(&mut self, owner: &str, key: &[String], value: &Value) {
        if let Value::Table(table) = value
            && !table.is_empty()
            && self.dice.chance(30)
        {
            for (name, value) in table {
                self.line(owner, &[key, std::slice::from_ref(name)].concat(), value);
            }
            return;
        }
        self.noise(owner, owner);
        let key: Vec<String> = key.iter().map(|key| self.key(key)).collect();
        let dot = if self.dice.chance(10) { " . " } else { "." };
        let indent = if self.dice.chance(15) { "  " } else { "" };
        let (left, right) = (self.gap(), self.gap());
        let value = self.value(value, true);
        let behind = self.behind();
        self.push(owner, &format!("{indent}{}{left}={right}{value}{behind}", key.join(dot)));
    }

    fn value(&mut self, value: &Value, lines: bool) -> String {
        match value {
            Value::Text(text) => self.text(text, lines),
            Value::List(items) => self.list(items, lines),
            Value::Table(table) => self.inline(table),
            Value::When(_) | Value::Flag(_) | Value::Number(_) => value.to_string(),
        }
    }

    fn text(&mut self, text: &str, lines: bool) -> String {
        let plain = !text.contains(['\'', '\n', '\t']);
        match self.dice.below(3) {
            0 if plain => format!("'{text}'"),
            1 if lines && !text.contains(['\\', '\'']) => format!("'''\n{text}'''"),
            1 if lines && !text.contains("\"\"\"") && !text.ends_with('"') => {
                format!("\"\"\"\n{}\"\"\"", text.replace('\\', "\\\\"))
            }
            _ => crate::store::edit::value::quoted(text),
        }
    }

    fn list(&mut self, items: &[Value], lines: bool) -> String {
        let spread = lines && self.dice.chance(40);
        let mut out = String::from("[");
        out += &if spread { self.break_line() } else { self.gap() };
        for (at, item) in items.iter().enumerate() {
            out += &self.value(item, false);
            if self.dice.chance(10) {
                out += " ";
            }
            out += if at + 1 < items.len() || (spread && self.dice.chance(70)) { "," } else { "" };
            out += &if spread { self.break_line() } else { self.gap() };
        }
        out + "]"
    }

    fn break_line(&mut self) -> String {
        let mut out = self.behind();
        out += "\n";
        if self.dice.chance(15) {
            out += &format!("  {}\n", self.comment());
        }
        out + *self.dice.one(&["", "  ", "  ", "\t"])
    }

    fn inline(&mut self, table: &Table) -> String {
        let pairs: Vec<String> = table
            .iter()
            .map(|(key, value)| {
                let (left, right) = (self.gap(), self.gap());
                let (around, after) = (self.gap(), self.gap());
                format!("{around}{}{left}={right}{}{after}", self.key(key), self.value(value, false))
            })
            .collect();
        format!("{{{}}}", pairs.join(","))
    }
}

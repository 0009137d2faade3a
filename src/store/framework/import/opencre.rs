//! OpenCRE as a bridge: its entries with the numbers of other frameworks that they are linked with. Read are the documents of its
//! repository and of its API (YAML and JSON), and its spreadsheet (CSV). The words of the linked standards are their publishers', and
//! are left where they are.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::table::records;
use super::{Fault, Raw, fault, flat};
use crate::comply::Clause;
use crate::text::slug;

/// Standards as OpenCRE calls them, and as references do. The version is the one that its links are about.
const STANDARDS: &[(&str, &str)] = &[
    ("CWE", "cwe"),
    ("NIST SSDF", "ssdf@1.1"),
    ("NIST 800-53 v5", "sp800-53@5"),
    ("NIST 800-63", "sp800-63"),
    ("NIST CSF v2.0", "csf@2.0"),
    ("OWASP Top 10 2021", "top10@2021"),
    ("OWASP Top 10 2025", "top10@2025"),
    ("OWASP Top10 for LLM", "llm-top10@2025"),
    ("Cloud Controls Matrix", "ccm"),
    ("ISO 27001", "iso27001"),
    ("OWASP Web Security Testing Guide (WSTG)", "wstg"),
];

/// Entries by number, each with its title and the numbers that it is linked with.
#[derive(Default)]
struct Gathered {
    entries: BTreeMap<String, Entry>,
    /// Links to standards that name no number.
    numberless: usize,
}

#[derive(Default)]
struct Entry {
    title: String,
    refs: BTreeMap<String, BTreeSet<String>>,
}

/// What an entry is linked with.
#[derive(Default)]
struct Linked {
    standard: String,
    id: String,
    section: String,
    hyperlink: String,
    version: String,
}

/// Whether a value holds documents of OpenCRE.
pub(super) fn is(value: &Value) -> bool {
    documents(value).iter().any(|one| kind(one) == "CRE" || (kind(one) == "Standard" && one["links"].is_array()))
}

/// One document, a list of them, or the `data` or `standards` of an answer of the API.
fn documents(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().collect(),
        Value::Object(_) if value["doctype"].is_string() => vec![value],
        Value::Object(_) => ["data", "standards"].iter().flat_map(|key| documents(&value[*key])).collect(),
        _ => Vec::new(),
    }
}

/// Documents of the repository or the API; what they only mention is an entry as well.
pub(super) fn hub(values: &[Value]) -> Result<Raw, Vec<Fault>> {
    let mut gathered = Gathered::default();
    for document in values.iter().flat_map(documents) {
        gathered.document(document);
        for link in document["links"].as_array().into_iter().flatten() {
            let other = &link["document"];
            gathered.document(other);
            match (kind(document), kind(other)) {
                ("CRE", "Standard") => gathered.link(&said(document, "id"), &linked(other)),
                ("Standard", "CRE") => gathered.link(&said(other, "id"), &linked(document)),
                _ => {}
            }
        }
    }
    gathered.raw()
}

/// Whether this is the head of the spreadsheet: `CRE 0,CRE 1,…,ASVS|id,ASVS|name`.
pub(super) fn heads(line: &str) -> bool {
    line.split(',').any(|head| head.trim().trim_matches('"') == "CRE 0")
}

/// The spreadsheet. The entry of a row is its last `CRE n`, as `123-456|Name`; cells of a standard may hold several values between bars.
pub(super) fn table(text: &str) -> Result<Raw, Vec<Fault>> {
    let mut records = records(text, b',').into_iter();
    let heads: Vec<String> = records.next().unwrap_or_default().1.iter().map(|head| head.trim().to_owned()).collect();
    let mut gathered = Gathered::default();
    for (line, cells) in records {
        if cells.len() != heads.len() {
            let message = format!("it has {} columns here and {} heads", cells.len(), heads.len());
            return Err(vec![Fault { line: Some(line), message }]);
        }
        gathered.row(&heads, &cells);
    }
    gathered.raw()
}

impl Gathered {
    fn document(&mut self, document: &Value) {
        if kind(document) == "CRE" {
            self.entry(&said(document, "id"), &said(document, "name"));
        }
    }

    /// One that is mentioned without its number is none.
    fn entry(&mut self, id: &str, title: &str) {
        if id.trim().is_empty() {
            return;
        }
        let entry = self.entries.entry(id.trim().to_owned()).or_default();
        if entry.title.is_empty() {
            entry.title = flat(title);
        }
    }

    fn link(&mut self, entry: &str, linked: &Linked) {
        match linked.number() {
            Some(number) => {
                let refs = &mut self.entries.entry(entry.trim().to_owned()).or_default().refs;
                refs.entry(linked.key()).or_default().insert(number);
            }
            None => self.numberless += 1,
        }
    }

    fn row(&mut self, heads: &[String], cells: &[String]) {
        let place = |head: &str| head.strip_prefix("CRE ").and_then(|rest| rest.parse::<usize>().ok());
        let mut path: Vec<(usize, &str, &str)> = Vec::new();
        let mut standards: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
        for (head, cell) in heads.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
            if let Some((at, (id, name))) = place(head).zip(cell.split_once('|')) {
                path.push((at, id, name));
            } else if let Some((standard, key)) = head.split_once('|') {
                standards.entry(standard).or_default().insert(key, cell.split('|').collect());
            }
        }
        path.sort_unstable();
        path.iter().for_each(|(_, id, name)| self.entry(id, name));
        let Some((_, entry, _)) = path.last() else { return };
        for (standard, values) in standards {
            let value = |key: &str, at: usize| {
                values.get(key).and_then(|all| all.get(at)).map(|value| value.trim().to_owned()).unwrap_or_default()
            };
            for at in 0..values.values().map(Vec::len).max().unwrap_or_default() {
                let (id, section) = (value("id", at), value("name", at));
                let (hyperlink, version) = (value("hyperlink", at), value("version", at));
                self.link(entry, &Linked { standard: standard.to_owned(), id, section, hyperlink, version });
            }
        }
    }

    fn raw(self) -> Result<Raw, Vec<Fault>> {
        if self.entries.values().all(|entry| entry.refs.is_empty()) {
            return Err(fault("it links its entries with nothing: no standard has a number in it"));
        }
        let clause =
            |(id, entry): (String, Entry)| Clause { id, title: entry.title, refs: entry.refs, ..Clause::default() };
        let notice = format!("{} links that name no number are left out", self.numberless);
        Ok(Raw {
            title: "OpenCRE".to_owned(),
            clauses: self.entries.into_iter().map(clause).collect(),
            notices: if self.numberless > 0 { vec![notice] } else { Vec::new() },
            ..Raw::default()
        })
    }
}

impl Linked {
    /// How references call the standard, with the version where that is said.
    fn key(&self) -> String {
        if let Some((_, key)) = STANDARDS.iter().find(|(name, _)| *name == self.standard) {
            return (*key).to_owned();
        }
        let said =
            Some(self.version.as_str()).filter(|version| !version.is_empty()).or_else(|| in_path(&self.hyperlink));
        let version = said.map(|version| format!("@{}", version.trim_start_matches('v'))).unwrap_or_default();
        format!("{}{version}", slug(&self.standard))
    }

    /// The number, as the framework's own files write it: `SC-23(3)` is `SC-23.3`, and stands at the head of its title.
    fn number(&self) -> Option<String> {
        let first =
            || self.section.split_whitespace().next().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        let said = Some(self.id.as_str()).filter(|id| !id.is_empty()).or_else(first)?;
        let number = said.trim_end_matches([':', ',', '.']).replace('(', ".").replace(')', "");
        let legal = number.chars().all(|c| c.is_ascii_graphic() && c != '*') && !number.is_empty();
        legal.then_some(number)
    }
}

/// `v4.0.3` in `…/ASVS/blob/v4.0.3/4.0/en/…`.
fn in_path(address: &str) -> Option<&str> {
    let numbers = |part: &&str| {
        let rest = part.strip_prefix('v').unwrap_or_default();
        rest.contains('.') && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    address.split('/').find(numbers)
}

fn linked(document: &Value) -> Linked {
    let said = |key: &str| said(document, key);
    Linked {
        standard: said("name"),
        id: said("sectionID"),
        section: said("section"),
        hyperlink: said("hyperlink"),
        version: said("version"),
    }
}

fn kind(document: &Value) -> &str {
    document["doctype"].as_str().unwrap_or_default()
}

fn said(document: &Value, key: &str) -> String {
    document[key].as_str().unwrap_or_default().trim().to_owned()
}

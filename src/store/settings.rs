//! redan.toml: settings of the workspace. Unlike a wrong model, wrong settings stop everything, so that
//! nobody is told a verdict that was reached by other rules than theirs.

mod engine;
mod gate;
mod sessions;
mod track;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

pub(super) use engine::ENGINE;
pub use engine::{Engine, Price, Service, Which};
pub(super) use gate::TIERS;
pub(super) use sessions::KEPT;
pub use track::{Deployment, Hub, Part, Sites, Tracking};
pub(super) use track::{GITHUB, JIRA, TRACK, TRANSITIONS};

use super::read::{near, open, shown};
use super::{Content, Settings, Source};
use crate::finding::{CATALOG, Code, Finding, Fix, Patch, Place, Severity, codes};

const KEYS: [&str; 9] = ["format", "engine", "gate", "identity", "models", "rules", "history", "sessions", "track"];
const HISTORY: [&str; 2] = ["published", "paths"];
const SEVERITIES: [&str; 4] = ["error", "warning", "info", "off"];

type Held<'a> = toml::Spanned<DeValue<'a>>;

/// The settings, or everything that is wrong with them. Without a file the defaults hold.
pub fn settings(source: Option<&Source>) -> Result<Settings, Vec<Finding>> {
    let Some(source) = source.filter(|source| source.content != Content::Bytes([].into())) else {
        return Ok(Settings::default());
    };
    let spare = OnceCell::new();
    let (start, root, findings) = open(source, &spare);
    if !findings.is_empty() {
        return Err(findings);
    }
    let mut reader = Reader { path: &source.path, start, findings };
    let settings = reader.settings(&root);
    if reader.findings.is_empty() { Ok(settings) } else { Err(reader.findings) }
}

struct Reader<'s> {
    path: &'s str,
    start: usize,
    findings: Vec<Finding>,
}

/// A word that is none of the candidates.
struct Wrong<'w> {
    text: &'w str,
    span: Range<usize>,
    quoted: bool,
}

impl Reader<'_> {
    fn settings(&mut self, root: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        let mut keys: Vec<_> = root.iter().collect();
        keys.sort_by_key(|(key, _)| key.span().start);
        for (key, held) in keys {
            match key.get_ref().as_ref() {
                "format" => self.only(held, "format", &codes::FORMAT_UNKNOWN, "format 1"),
                "engine" => settings.engine = self.engine(held),
                "gate" => settings.gate = self.gate(held),
                "identity" => self.only(held, "identity", &codes::VALUE_UNKNOWN, "version 1 of the identity judge"),
                "models" => settings.models = self.roots(held, "models"),
                "history" => self.history(held, &mut settings),
                "rules" => settings.rules = self.rules(held),
                "sessions" => settings.recording = self.sessions(held),
                "track" => settings.track = self.track(held),
                name => {
                    let message = format!("`{}` is no key of {}", shown(name), self.path);
                    self.stranger(name, key.span(), message, &KEYS);
                }
            }
        }
        settings
    }

    /// A key that is not there.
    fn stranger(&mut self, name: &str, span: Range<usize>, message: String, known: &[&str]) {
        let found = self.finding(&codes::KEY_UNKNOWN, span.clone(), message);
        let found = self.meant(found, Wrong { text: name, span, quoted: false }, known);
        self.findings.push(found);
    }

    fn history(&mut self, held: &Held<'_>, settings: &mut Settings) {
        let DeValue::Table(table) = held.get_ref() else {
            self.tell(&codes::VALUE_TYPE, held.span(), "`history` must be a table".to_owned());
            return;
        };
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        for (key, held) in rows {
            match key.get_ref().as_ref() {
                "published" => settings.published = self.refs(held),
                "paths" => settings.former = self.roots(held, "paths"),
                name => {
                    let message = format!("`{}` is no key of [history]", shown(name));
                    self.stranger(name, key.span(), message, &HISTORY);
                }
            }
        }
    }

    /// Names of refs, with at most one `*` each.
    fn refs(&mut self, held: &Held<'_>) -> Vec<String> {
        let mut refs = Vec::new();
        for item in self.items(held, "published", "ref") {
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() && text.matches('*').count() < 2 => {
                    refs.push(text.to_string());
                }
                DeValue::String(text) => {
                    let message = format!("`{}` cannot name published refs", shown(text));
                    let help = "write a branch or a tag, with one `*` at most: main, release/*, v*";
                    let found = self.finding(&codes::VALUE_UNKNOWN, item.span(), message).help(help);
                    self.findings.push(found);
                }
                _ => self.tell(&codes::VALUE_TYPE, item.span(), "a ref must be a text in quotes".to_owned()),
            }
        }
        refs
    }

    /// One text, or a list that is not empty.
    fn items<'h>(&mut self, held: &'h Held<'h>, key: &str, what: &str) -> &'h [Held<'h>] {
        match held.get_ref() {
            DeValue::String(_) => std::slice::from_ref(held),
            DeValue::Array(items) if !items.is_empty() => &items[..],
            _ => {
                let message = format!("`{key}` must be a {what} in quotes, or a list of {what}s that is not empty");
                self.tell(&codes::VALUE_TYPE, held.span(), message);
                &[]
            }
        }
    }

    fn finding(&self, code: &'static Code, span: Range<usize>, message: String) -> Finding {
        Finding::new(code, Place::bytes(self.path, span.start + self.start..span.end + self.start), message)
    }

    fn tell(&mut self, code: &'static Code, span: Range<usize>, message: String) {
        let found = self.finding(code, span, message);
        self.findings.push(found);
    }

    /// Adds the nearest candidate, and the fix that writes it where there is no doubt.
    fn meant(&self, found: Finding, wrong: Wrong<'_>, candidates: &[&str]) -> Finding {
        let Some(near) = near(wrong.text, candidates.iter().copied()) else {
            return found.help(format!("it is one of: {}", candidates.join(", ")));
        };
        let found = found.help(format!("did you mean `{}`?", near.word));
        if !near.sure {
            return found;
        }
        let span = wrong.span.start + self.start..wrong.span.end + self.start;
        let text = if wrong.quoted { format!("\"{}\"", near.word) } else { near.word.to_owned() };
        let patch = Patch { path: self.path.to_owned(), span, text };
        found.fix(Fix::patch(format!("write `{}`", near.word), vec![patch]))
    }

    /// A number of which this redan knows one.
    fn only(&mut self, held: &Held<'_>, key: &str, code: &'static Code, what: &str) {
        match held.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 && number.as_str() == "1" => {}
            DeValue::Integer(number) => {
                let message =
                    format!("{} has `{key} = {}`; this redan knows {what} only", self.path, shown(number.as_str()));
                self.tell(code, held.span(), message);
            }
            _ => self.tell(&codes::VALUE_TYPE, held.span(), format!("`{key}` must be the number 1")),
        }
    }

    fn roots(&mut self, held: &Held<'_>, key: &str) -> Vec<String> {
        self.items(held, key, "folder").iter().filter_map(|item| self.root(item, key)).collect()
    }

    fn root(&mut self, held: &Held<'_>, key: &str) -> Option<String> {
        let DeValue::String(text) = held.get_ref() else {
            self.tell(&codes::VALUE_TYPE, held.span(), format!("a folder of `{key}` must be a text in quotes"));
            return None;
        };
        let root = text.trim_end_matches('/');
        let strange =
            |part: &str| matches!(part, "" | "." | "..") || part.contains("**") || part.contains(['\\', '\0']);
        if root.split('/').any(strange) || root.split('/').next().is_some_and(|first| first.contains('*')) {
            let message = format!("`{}` cannot be a folder of models", shown(text));
            let help =
                "write it relative to redan.toml and start with a plain folder: threat-models, services/*/threat-model";
            let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), message).help(help);
            self.findings.push(found);
            return None;
        }
        Some(root.to_owned())
    }

    fn rules(&mut self, held: &Held<'_>) -> BTreeMap<String, Severity> {
        let DeValue::Table(table) = held.get_ref() else {
            let message = "`rules` must be a table, rule = \"severity\"".to_owned();
            self.tell(&codes::VALUE_TYPE, held.span(), message);
            return BTreeMap::new();
        };
        let mut rows: Vec<_> = table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        let mut rules = BTreeMap::new();
        for (key, held) in rows {
            let name = key.get_ref().as_ref();
            let Some(code) = CATALOG.iter().find(|code| code.name == name) else {
                let names: Vec<&str> = CATALOG.iter().map(|code| code.name).collect();
                let message = format!("there is no rule `{}`", shown(name));
                let found = self.finding(&codes::KEY_UNKNOWN, key.span(), message);
                let found = match near(name, names.iter().copied()) {
                    Some(_) => self.meant(found, Wrong { text: name, span: key.span(), quoted: false }, &names),
                    None => found.help("`redan explain` lists the rules"),
                };
                self.findings.push(found);
                continue;
            };
            rules.extend(self.severity(code, held).map(|severity| (name.to_owned(), severity)));
        }
        rules
    }

    fn severity(&mut self, code: &Code, held: &Held<'_>) -> Option<Severity> {
        let DeValue::String(word) = held.get_ref() else {
            let message = format!("`{}` must be one of {} in quotes", code.name, SEVERITIES.join(", "));
            self.tell(&codes::VALUE_TYPE, held.span(), message);
            return None;
        };
        let Some(severity) = Severity::parse(word) else {
            let message = format!("`{}` is no severity", shown(word));
            let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), message);
            let found = self.meant(found, Wrong { text: word, span: held.span(), quoted: true }, &SEVERITIES);
            self.findings.push(found);
            return None;
        };
        if code.ledger && severity < code.severity {
            let message = format!("`{}` guards the ledger, so its severity cannot be lowered", code.name);
            let help = "what happened in published history is accepted by a decision of kind accepted_history, which says who and why";
            let found = self.finding(&codes::VALUE_UNKNOWN, held.span(), message).help(help);
            self.findings.push(found);
            return None;
        }
        Some(severity)
    }
}

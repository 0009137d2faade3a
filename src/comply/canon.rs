//! The canonical form of a pack, behind the digest in `frameworks.lock`; and the hash of a requirement's words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Clause, Kind, Levels, Name, Pack, Scope, State, Step, matches};

impl Pack {
    /// JSON with sorted keys and without white space. Everything but the file it came from and its notices is in it,
    /// so two files of one publisher that say the same give the same text.
    pub fn canonical(&self) -> String {
        let levels = match &self.levels {
            Levels::None => Value::Null,
            Levels::Minimum(names) => json!({ "mode": "minimum", "names": names }),
            Levels::Sets(sets) => json!({ "mode": "sets", "sets": sets }),
        };
        let clauses: Vec<Value> = self.clauses().iter().map(clause).collect();
        let mut form = json!({
            "aliases": self.aliases,
            "attribution": self.attribution,
            "id": self.name.id,
            "levels": levels,
            "licence": self.licence,
            "publisher": self.publisher,
            "requirements": clauses,
            "text_policy": self.text_policy.word(),
            "title": self.title,
            "version": self.name.version,
        });
        if !self.maps.is_empty() {
            let map = |(name, steps): (&Name, &Vec<Step>)| (name.to_string(), steps.iter().map(step).collect());
            form["maps"] = Value::Object(self.maps.iter().map(map).collect());
        }
        form.to_string()
    }

    /// SHA-256 of the canonical form, in hex digits.
    pub fn digest(&self) -> String {
        hex(self.canonical().as_bytes())
    }
}

/// A clause as JSON; what is empty or as usual is left out.
fn clause(clause: &Clause) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| {
        map.insert(name.to_owned(), value);
    };
    put("id", json!(clause.id));
    let texts = [("title", &clause.title), ("text", &clause.text), ("only_if", &clause.only_if)];
    texts.into_iter().filter(|(_, text)| !text.is_empty()).for_each(|(name, text)| put(name, json!(text)));
    let options = [("parent", &clause.parent), ("level", &clause.level)];
    options.into_iter().for_each(|(name, text)| text.iter().for_each(|text| put(name, json!(text))));
    if clause.kind != Kind::default() {
        put("kind", json!(clause.kind.word()));
    }
    if clause.scope != Scope::default() {
        put("scope", json!(clause.scope.word()));
    }
    if clause.state != State::Active {
        put("status", json!(clause.state.word()));
    }
    if let State::Withdrawn { replaced_by } = &clause.state
        && !replaced_by.is_empty()
    {
        put("replaced_by", json!(replaced_by));
    }
    if !clause.tags.is_empty() {
        put("tags", json!(clause.tags));
    }
    if !clause.refs.is_empty() {
        put("refs", refs(&clause.refs));
    }
    Value::Object(map)
}

fn refs(refs: &BTreeMap<String, BTreeSet<String>>) -> Value {
    json!(refs)
}

/// A step as JSON; what is empty is left out.
fn step(step: &Step) -> Value {
    let mut map = Map::from_iter([("from".to_owned(), json!(step.from)), ("how".to_owned(), json!(step.how.word()))]);
    step.to.iter().for_each(|to| {
        map.insert("to".to_owned(), json!(to));
    });
    if !step.why.is_empty() {
        map.insert("why".to_owned(), json!(step.why));
    }
    Value::Object(map)
}

impl Step {
    /// One line of `maps/asvs@4.0.3.jsonl`.
    pub fn line(&self) -> String {
        step(self).to_string()
    }
}

impl Clause {
    /// One line of `requirements.jsonl`.
    pub fn line(&self) -> String {
        clause(self).to_string()
    }
}

/// What a mapping remembers of a requirement's words: `txt:` of the publisher's text, `idx:` of the title of a pack
/// without texts, and the first 12 hex digits of their SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    now: String,
    /// The stamp of the title before, where that was of a pack without texts.
    once: Option<String>,
}

impl Stamp {
    /// Spaces and case say nothing.
    pub fn of(clause: &Clause) -> Stamp {
        let (source, words) = if clause.text.is_empty() { ("idx", &clause.title) } else { ("txt", &clause.text) };
        let now = digest(source, words);
        let once = (source == "txt" && !clause.once.is_empty()).then(|| digest("idx", &clause.once));
        Stamp { now, once }
    }

    /// Of everything that a pattern takes out: of one clause as above, of several over their numbers and stamps, so that a clause more or
    /// less is a change as well. `None` = it takes out nothing.
    pub fn over(pack: &Pack, pattern: &str) -> Option<Stamp> {
        let about: Vec<&Clause> = pack.active().filter(|clause| matches(pattern, &clause.id)).collect();
        if let [only] = about.as_slice() {
            return Some(Stamp::of(only));
        }
        let texts = about.iter().any(|clause| !clause.text.is_empty());
        let lines: String = about.iter().map(|clause| format!("{} {}\n", clause.id, Stamp::of(clause))).collect();
        let source = if texts { "txt" } else { "idx" };
        (!about.is_empty()).then(|| Stamp { now: format!("{source}:{}", &hex(lines.as_bytes())[..12]), once: None })
    }

    /// How what a row remembers stands to the words now. A shortened hash is enough from six digits on.
    pub fn compare(&self, row: &str) -> Memory {
        let (mine, theirs) = (self.now.split_once(':'), row.split_once(':'));
        match (mine, theirs) {
            _ if row.is_empty() => Memory::Absent,
            (Some((source, now)), Some((kind, then))) if source == kind => {
                if then.len() >= 6 && now.starts_with(then) {
                    Memory::Same
                } else {
                    Memory::Changed
                }
            }
            // The publisher's text is gone. What was decided about it is kept for the day it is back.
            (Some(("idx", _)), Some(("txt", _))) => Memory::Unseen,
            (Some((_, _)), Some(("idx", then))) => match &self.once {
                Some(once) if then.len() < 6 || !once.trim_start_matches("idx:").starts_with(then) => Memory::Changed,
                _ => Memory::Other,
            },
            _ => Memory::Changed,
        }
    }
}

fn digest(source: &str, words: &str) -> String {
    let plain = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    format!("{source}:{}", &hex(plain.as_bytes())[..12])
}

/// What a row remembers, held against the words of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    Same,
    /// The words are others now: the row is stale.
    Changed,
    /// It remembers the title and the pack has the publisher's text now: nothing can be compared.
    Other,
    /// It remembers the publisher's text and the pack has titles only: it cannot be compared, and says more than the title would.
    Unseen,
    /// It remembers nothing.
    Absent,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.now)
    }
}

/// SHA-256 in hex digits.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_names_its_source() {
        let mut clause = Clause { id: "V1".into(), title: "No  defaults".into(), ..Clause::default() };
        let title = Stamp::of(&clause);
        assert!(title.to_string().starts_with("idx:"));
        clause.title = "no defaults".into();
        assert_eq!(title.compare(&Stamp::of(&clause).to_string()), Memory::Same);
        assert_eq!(title.compare(&title.to_string()[..10]), Memory::Same);
        clause.title = "no default passwords".into();
        assert_eq!(title.compare(&Stamp::of(&clause).to_string()), Memory::Changed);
        clause.text = "Verify that there are no default passwords.".into();
        assert_eq!(Stamp::of(&clause).compare(&title.to_string()), Memory::Other);
        clause.once = "no defaults".into();
        assert_eq!(Stamp::of(&clause).compare(&title.to_string()), Memory::Other);
        clause.once = "no passwords at all".into();
        assert_eq!(Stamp::of(&clause).compare(&title.to_string()), Memory::Changed);
        assert_eq!(title.compare(&Stamp::of(&clause).to_string()), Memory::Unseen);
        assert_eq!(title.compare(""), Memory::Absent);
        assert_eq!(title.compare("9f3a"), Memory::Changed);
    }

    #[test]
    fn the_canonical_form_is_stable() {
        let clause = |id: &str| Clause { id: id.into(), title: "t".into(), ..Clause::default() };
        let one = Pack::default().with(vec![clause("1.10"), clause("1.9")]);
        let two = Pack::default().with(vec![clause("1.9"), clause("1.10")]);
        assert_eq!(one.digest(), two.digest());
        assert!(one.canonical().contains(r#"[{"id":"1.9","title":"t"},{"id":"1.10","title":"t"}]"#));
    }
}

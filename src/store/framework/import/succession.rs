//! The two files in which the publisher of ASVS says how two versions hang together. Only both tell what really stayed:
//! the one that looks forward calls things moved that the one that looks back calls modified.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Fault, fault};
use crate::comply::{How, Name, Step, natural};
use crate::store::yaml;

/// What a file says: from which version, about which, and per number its phrases.
struct File {
    own: String,
    other: String,
    rows: BTreeMap<String, Vec<Phrase>>,
}

/// `MOVED TO v5.0.0-6.1.3` without the version.
#[derive(Debug, PartialEq, Eq)]
struct Phrase {
    verb: String,
    number: Option<String>,
}

/// The steps from the older to the newer version, from the file that looks forward and the one that looks back.
pub fn succession(forward: &str, back: &str) -> Result<(Name, Name, Vec<Step>), Vec<Fault>> {
    let (ahead, behind) = (file(forward)?, file(back)?);
    if (&ahead.own, &ahead.other) != (&behind.other, &behind.own) {
        let message = format!(
            "one file goes from {} to {} and the other from {} to {}",
            ahead.own, ahead.other, behind.own, behind.other
        );
        return Err(fault(message));
    }
    let mut steps = Vec::new();
    for (from, phrases) in &ahead.rows {
        steps.extend(of(from, phrases, &behind)?);
    }
    let faults = disagreements(&steps, &behind);
    if !faults.is_empty() {
        return Err(faults);
    }
    steps.sort_by(|a, b| natural(&a.from, &b.from));
    let name = |version: &str| Name { id: "asvs".to_owned(), version: version.to_owned() };
    Ok((name(&ahead.own), name(&ahead.other), steps))
}

fn of(from: &str, phrases: &[Phrase], behind: &File) -> Result<Vec<Step>, Vec<Fault>> {
    let said = |verb: &str| phrases.iter().any(|phrase| phrase.verb == verb);
    let targets: Vec<(&str, &String)> =
        phrases.iter().filter_map(|phrase| Some((phrase.verb.as_str(), phrase.number.as_ref()?))).collect();
    let step = |to: Option<&String>, how, why: String| Step { from: from.to_owned(), to: to.cloned(), how, why };
    if targets.is_empty() {
        let why: Vec<String> =
            phrases.iter().filter(|phrase| phrase.verb != "DELETED").map(|phrase| phrase.verb.to_lowercase()).collect();
        return Ok(vec![step(None, How::Dropped, why.join(", "))]);
    }
    let mut steps = Vec::new();
    for (verb, to) in targets {
        let stayed = !said("MODIFIED") && behind.rows.get(to).is_some_and(|back| back.iter().all(Phrase::keeps));
        let how = match verb {
            "MOVED TO" if stayed => How::Same,
            "MOVED TO" => How::Changed,
            "SPLIT TO" => How::Split,
            "MERGED TO" => How::Merged,
            "COVERED BY" | "DEPRECATED BY" => How::Covered,
            other => return Err(fault(format!("{from}: `{other}` is no word about a requirement that is known"))),
        };
        steps.push(step(Some(to), how, String::new()));
    }
    Ok(steps)
}

impl Phrase {
    /// Whether the requirement that is spoken of asks for what it asked for before.
    fn keeps(&self) -> bool {
        matches!(self.verb.as_str(), "MOVED FROM" | "GRAMMAR" | "COVERS")
    }
}

/// Pairs that one file names and the other does not.
fn disagreements(steps: &[Step], behind: &File) -> Vec<Fault> {
    let ahead: Vec<(&str, &str)> =
        steps.iter().filter_map(|step| Some((step.from.as_str(), step.to.as_deref()?))).collect();
    let back: Vec<(&str, &str)> = behind
        .rows
        .iter()
        .flat_map(|(to, phrases)| phrases.iter().filter_map(|one| Some((one.number.as_deref()?, to.as_str()))))
        .collect();
    let tell = |(from, to): &(&str, &str), which: &str| {
        fault(format!("{from} to {to} stands in the file that looks {which} only"))
    };
    let ahead_only = ahead.iter().filter(|pair| !back.contains(pair)).flat_map(|pair| tell(pair, "forward"));
    let back_only = back.iter().filter(|pair| !ahead.contains(pair)).flat_map(|pair| tell(pair, "back"));
    ahead_only.chain(back_only).collect()
}

fn file(text: &str) -> Result<File, Vec<Fault>> {
    let documents = yaml(text).map_err(|unread| vec![Fault { line: Some(unread.line), message: unread.message }])?;
    let shape = || fault("it is no map of ASVS: a number with its version, and below it what became of it");
    let [Value::Object(table)] = documents.as_slice() else { return Err(shape()) };
    let (mut own, mut other, mut rows) = (String::new(), String::new(), BTreeMap::new());
    for (key, said) in table {
        let (version, number) = numbered(key).ok_or_else(shape)?;
        let (tag, words) = said.as_object().and_then(|said| said.iter().next()).ok_or_else(shape)?;
        let tag = tag.strip_prefix("tag-v").ok_or_else(shape)?;
        for (known, now) in [(&mut own, version), (&mut other, tag)] {
            if known.is_empty() {
                now.clone_into(known);
            } else if known != now {
                return Err(fault(format!("{key}: it speaks of version {now}, and before of {known}")));
            }
        }
        rows.insert(number, phrases(words.as_str().unwrap_or_default()));
    }
    Ok(File { own, other, rows })
}

/// `v4.0.3-1.1.5` is V1.1.5 of 4.0.3.
fn numbered(text: &str) -> Option<(&str, String)> {
    let (version, number) = text.strip_prefix('v')?.split_once('-')?;
    number.starts_with(|c: char| c.is_ascii_digit()).then(|| (version, format!("V{number}")))
}

/// `SPLIT TO v5.0.0-2.1.1, v5.0.0-2.1.2`: a number alone goes on with the words before it.
fn phrases(text: &str) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (head, last) = part.rsplit_once(' ').unwrap_or(("", part));
        let (verb, number) = match numbered(last) {
            Some((_, number)) => (head.trim(), Some(number)),
            None => (part, None),
        };
        let verb = if verb.is_empty() { phrases.last().map_or("", |phrase| &phrase.verb) } else { verb }.to_owned();
        phrases.push(Phrase { verb, number });
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    const AHEAD: &str = "---\nv1.0-1.1:\n  tag-v2.0: MOVED TO v2.0-4.1\nv1.0-1.2:\n  tag-v2.0: MOVED TO v2.0-4.2\nv1.0-1.3:\n  tag-v2.0: MODIFIED, MOVED TO v2.0-4.3, SPLIT TO v2.0-4.4,\n    v2.0-4.5\nv1.0-1.4:\n  tag-v2.0: DELETED, MERGED TO v2.0-4.2\nv1.0-1.10:\n  tag-v2.0: DELETED, NOT IN SCOPE\n";
    const BACK: &str = "v2.0-4.1:\n  tag-v1.0: GRAMMAR, MOVED FROM v1.0-1.1\nv2.0-4.2:\n  tag-v1.0: MODIFIED, MOVED FROM v1.0-1.2, MERGED FROM v1.0-1.4\nv2.0-4.3:\n  tag-v1.0: MODIFIED, MOVED FROM v1.0-1.3\nv2.0-4.4:\n  tag-v1.0: ADDED, SPLIT FROM v1.0-1.3\nv2.0-4.5:\n  tag-v1.0: ADDED, SPLIT FROM v1.0-1.3\nv2.0-4.6:\n  tag-v1.0: ADDED\n";

    #[test]
    fn both_files_say_what_stayed() {
        let (from, to, steps) = succession(AHEAD, BACK).unwrap();
        assert_eq!((from.to_string().as_str(), to.to_string().as_str()), ("asvs@1.0", "asvs@2.0"));
        let said = |step: &Step| {
            format!("{} {} {} {}", step.from, step.to.as_deref().unwrap_or("-"), step.how.word(), step.why)
        };
        let said: Vec<String> = steps.iter().map(said).collect();
        let expected = [
            "V1.1 V4.1 same ",
            "V1.2 V4.2 changed ",
            "V1.3 V4.3 changed ",
            "V1.3 V4.4 split ",
            "V1.3 V4.5 split ",
            "V1.4 V4.2 merged ",
            "V1.10 - dropped not in scope",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn files_that_disagree_are_refused() {
        let told = |ahead: &str, back: &str| succession(ahead, back).unwrap_err().remove(0).message;
        assert_eq!(
            told(AHEAD, &BACK.replace("v1.0-1.4", "v1.0-1.5")),
            "V1.4 to V4.2 stands in the file that looks forward only"
        );
        assert!(told(AHEAD, AHEAD).contains("the other from"));
        assert!(told(&AHEAD.replace("MERGED TO", "EATEN BY"), BACK).contains("EATEN BY"));
        assert!(told("a: b\n", BACK).contains("no map of ASVS"));
    }
}

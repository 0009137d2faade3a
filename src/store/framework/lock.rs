//! `frameworks.lock`: what each imported pack was when it came in.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::comply::{Library, Lost, Name, Origin};
use crate::finding::{Finding, Place, codes};
use crate::store::Source;
use crate::store::read::text;

/// Packs by name with the SHA-256 of their canonical forms.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    format: u32,
    #[serde(default)]
    packs: BTreeMap<String, toml::Spanned<String>>,
}

const FILE: &str = "frameworks/frameworks.lock";

/// The path of the lock under a root of models.
pub fn lock_path(root: &str) -> String {
    format!("{root}/{FILE}")
}

/// The lock of the packs imported under a root.
pub fn lock_text(library: &Library, root: &str) -> String {
    written(&imported(library, root))
}

/// The lock with what one pack says now; what it holds of the others stays, so that a change of them is still
/// seen, and a pack that cannot be read today is not forgotten.
pub fn lock_of(name: &Name, library: &Library, (root, before): (&str, Option<&str>)) -> String {
    let now = imported(library, root);
    let held = before.and_then(|text| toml::from_str::<Lock>(text).ok()).map(|lock| lock.packs).unwrap_or_default();
    let digest = |held: toml::Spanned<String>| held.into_inner().trim_start_matches("sha256:").to_owned();
    let mut packs: BTreeMap<String, String> = held.into_iter().map(|(name, held)| (name, digest(held))).collect();
    packs.extend(now.into_iter().filter(|(other, _)| *other == name.to_string()));
    written(&packs)
}

fn written(packs: &BTreeMap<String, String>) -> String {
    let mut text = String::from(
        "# Written by redan comply lock: what each imported pack says, as SHA-256.\nformat = 1\n\n[packs]\n",
    );
    for (name, digest) in packs {
        text.push_str(&format!("\"{name}\" = \"sha256:{digest}\"\n"));
    }
    text
}

/// Names and digests of the packs imported under a root.
fn imported(library: &Library, root: &str) -> BTreeMap<String, String> {
    let ours = |origin: &Origin| matches!(origin, Origin::Imported(folder) if folder.starts_with(&format!("{root}/")));
    let all = library.all().filter(|(_, shelved, counts)| *counts && ours(&shelved.origin));
    all.map(|(name, shelved, _)| (name.to_string(), shelved.pack().digest())).collect()
}

/// Holds the imported packs of a root against its lock, and gives those that are locked and not there.
pub(super) fn hold(
    sources: &BTreeMap<String, Source>,
    root: &str,
    library: &Library,
    findings: &mut Vec<Finding>,
) -> Vec<Lost> {
    let packs = imported(library, root);
    let path = lock_path(root);
    let Some(source) = sources.get(&path) else {
        findings.extend(packs.keys().map(|name| unlocked(library, name)));
        return Vec::new();
    };
    let lock = text(source).map_err(|finding| finding.message).and_then(|raw| {
        let read = toml::from_str::<Lock>(raw.text);
        match read {
            Ok(lock) if lock.format == 1 => Ok((lock, raw.start)),
            Ok(lock) => Err(format!("this redan knows format 1 only, not {}", lock.format)),
            Err(error) => Err(error.message().to_owned()),
        }
    });
    let (lock, start) = match lock {
        Ok(read) => read,
        Err(why) => {
            let message = format!("{path} cannot be read, so nobody can tell whether a pack changed: {why}");
            findings.push(Finding::new(&codes::PACK_CHANGED, Place::bytes(&path, 0..0), message).help(HELP));
            return Vec::new();
        }
    };
    for (name, digest) in &packs {
        match lock.packs.get(name) {
            None => findings.push(unlocked(library, name)),
            Some(held) if held.get_ref().trim_start_matches("sha256:") == digest => {}
            Some(held) => {
                let span = held.span().start + start..held.span().end + start;
                let message = format!("the pack {name} does not say what it said when it was locked");
                let finding = Finding::new(&codes::PACK_CHANGED, Place::bytes(&path, span), message);
                findings.push(finding.help(HELP));
            }
        }
    }
    // A pack that lies there and is no pack is told by itself.
    let lies = |name: &str| {
        Name::parse(name)
            .is_some_and(|name| sources.contains_key(&format!("{root}/frameworks/{}/pack.toml", name.folder())))
    };
    let mut lost = Vec::new();
    for (name, held) in lock.packs.iter().filter(|(name, _)| !packs.contains_key(*name) && !lies(name)) {
        let span = held.span().start + start..held.span().end + start;
        findings.push(missing(library, name, Place::bytes(&path, span)));
        let digest = held.get_ref().clone();
        lost.extend(Name::parse(name).map(|name| Lost { name, digest, lock: path.clone() }));
    }
    lost
}

/// A pack that was locked and is gone. Where a built-in one of its name counts instead, other words count than those people read.
fn missing(library: &Library, name: &str, place: Place) -> Finding {
    let stands_in = Name::parse(name).is_some_and(|name| library.pack(&name).is_some());
    let instead = if stands_in { "; the built-in one counts instead" } else { "" };
    let message = format!("the pack {name} was locked, and is not there any more{instead}");
    let help = format!(
        "bring its folder back from Git, or import it again (redan comply import FILE --as {name}); if it is meant to be \
         gone: redan comply lock"
    );
    Finding::new(&codes::PACK_CHANGED, place, message).help(help)
}

const HELP: &str = "look at what changed (git log -p on the folder of the pack); if it is meant: redan comply lock";

fn unlocked(library: &Library, name: &str) -> Finding {
    let folder = library.all().find_map(|(other, shelved, _)| match &shelved.origin {
        Origin::Imported(folder) if other.to_string() == name => Some(folder.clone()),
        _ => None,
    });
    let place = Place::bytes(format!("{}/pack.toml", folder.unwrap_or_default()), 0..0);
    let message = format!("the pack {name} is not in frameworks.lock, so nobody can tell when it changes");
    Finding::new(&codes::PACK_CHANGED, place, message).help("lock it: redan comply lock")
}

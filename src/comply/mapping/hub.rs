//! Bridges: packs whose entries say which requirements of other frameworks they stand for, as OpenCRE's do. A link goes over one entry
//! and no further, and only from what somebody accepted for a control or what the control names.

use std::collections::{BTreeMap, BTreeSet};

use super::bridge::telling;
use super::found::Found;
use crate::comply::{Alias, Clause, Library, Name, Origin, Pack, Reference};

/// What bridges link with a control, by number within the framework that is asked about: the bridge and the way over it.
pub type Links = BTreeMap<String, Vec<Found>>;

/// What is known of a control and may lie at the other end of a bridge.
#[derive(Debug, Clone, Default)]
pub struct Anchors<'a> {
    /// Its own words, which may name CWE numbers and entries.
    pub text: &'a str,
    /// CWE numbers of what was accepted for it.
    pub cwes: BTreeSet<String>,
    /// What somebody accepted for it of other frameworks.
    pub accepted: Vec<Reference>,
}

/// The requirements of a pack that the bridges of a library link with a control.
pub fn links(library: &Library, pack: &Pack, anchors: &Anchors<'_>) -> Links {
    let cwes = telling(anchors.text, anchors.cwes.iter());
    let mut links = Links::new();
    for hub in bridges(library).filter(|hub| hub.name != pack.name) {
        let named = named(hub, anchors.text);
        for entry in hub.active() {
            let to = targets(library, pack, entry);
            let from = from(library, (hub, entry), (&cwes, anchors), named.contains(entry.id.as_str()));
            let Some(rationale) = from.filter(|_| !to.is_empty()) else { continue };
            let found = Found { source: hub.name.to_string(), rationale };
            to.into_iter().for_each(|id| links.entry(id).or_default().push(found.clone()));
        }
    }
    links
}

/// Imported packs that speak of other frameworks; those that are built in do not.
fn bridges(library: &Library) -> impl Iterator<Item = &Pack> {
    let imported = library.all().filter(|(_, shelved, counts)| *counts && shelved.origin != Origin::BuiltIn);
    imported
        .map(|(_, shelved, _)| shelved.pack())
        .filter(|pack| pack.active().any(|entry| entry.refs.keys().any(|key| key != "cwe")))
}

/// Entries that a text names.
fn named<'p>(hub: &'p Pack, text: &str) -> BTreeSet<&'p str> {
    let aliases: Vec<Alias> = hub.aliases.iter().filter_map(|alias| Alias::compile(alias).ok()).collect();
    let ids = aliases.iter().flat_map(|alias| alias.find(text)).filter_map(|id| hub.clause(id));
    ids.map(|entry| entry.id.as_str()).collect()
}

/// How an entry stands for something of a control, in words.
fn from(
    library: &Library,
    (hub, entry): (&Pack, &Clause),
    (cwes, anchors): (&BTreeSet<String>, &Anchors<'_>),
    named: bool,
) -> Option<String> {
    let itself = anchors.accepted.iter().any(|one| one.framework == hub.name && one.id == entry.id);
    if itself || named {
        let how = if itself { "was accepted" } else { "the control names" };
        return Some(format!("{}, which {how}", entry.id));
    }
    let accepted = anchors
        .accepted
        .iter()
        .find(|one| library.pack(&one.framework).is_some_and(|pack| targets(library, pack, entry).contains(&one.id)));
    let shared = || entry.cwes().find(|cwe| cwes.contains(*cwe)).map(|cwe| format!("CWE-{cwe}"));
    let other = accepted.map(|one| format!("{one}, which was accepted")).or_else(shared)?;
    Some(format!("{} links it to {other}", entry.id))
}

/// Numbers of a pack that an entry stands for.
fn targets(library: &Library, pack: &Pack, entry: &Clause) -> BTreeSet<String> {
    let spoken = entry.refs.iter().filter(|(key, _)| means(library, key, &pack.name));
    spoken
        .flat_map(|(_, ids)| ids)
        .filter_map(|id| pack.meant(id))
        .filter(|one| one.counts())
        .map(|one| one.id.clone())
        .collect()
}

/// Whether a key of `refs` is a framework: `asvs@4.0.3` in that version, `sp800-53@5` in every 5.x, `ccm` where there is one version
/// of it only, since numbers move.
fn means(library: &Library, key: &str, name: &Name) -> bool {
    match Name::parse(key) {
        Some(said) => {
            let within = || name.version.strip_prefix(&said.version).is_some_and(|rest| rest.starts_with('.'));
            said.id == name.id && (said.version == name.version || within())
        }
        None => key == name.id && library.meant(key).is_ok_and(|only| only == name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, refs: &[(&str, &str)]) -> Clause {
        let refs = refs.iter().map(|(key, id)| ((*key).to_owned(), BTreeSet::from([(*id).to_owned()])));
        Clause { id: id.into(), title: id.into(), refs: refs.collect(), ..Clause::default() }
    }

    fn pack(name: &str, clauses: Vec<Clause>) -> Pack {
        Pack::named(Name::parse(name).unwrap()).with(clauses)
    }

    fn library() -> Library {
        let mut library = Library::default();
        let mut hub = pack(
            "hub@1",
            vec![
                entry("100-001", &[("old@4.0.3", "V1"), ("new@5", "w-1"), ("cwe", "79")]),
                entry("100-002", &[("old", "V2"), ("new@5", "W-2"), ("cwe", "20")]),
                entry("100-003", &[("new@6", "w-3"), ("old@4.0.3", "V1")]),
            ],
        );
        hub.aliases = vec![r"CRE[ :-]?(?<id>\d{3}-\d{3})".to_owned()];
        library.import(hub, "h");
        library.import(pack("old@4.0.3", vec![entry("V1", &[]), entry("V2", &[])]), "o");
        library.import(pack("new@5.0.1", ["w-1", "w-2", "w-3"].map(|id| entry(id, &[])).to_vec()), "n");
        library
    }

    fn asked(anchors: &Anchors<'_>) -> Vec<String> {
        let library = library();
        let new = library.pack(&Name::parse("new@5.0.1").unwrap()).unwrap();
        let links = links(&library, new, anchors);
        links.iter().flat_map(|(id, found)| found.iter().map(move |one| format!("{id} {one}"))).collect()
    }

    #[test]
    fn a_link_goes_over_one_entry_from_what_was_accepted_or_named() {
        let accepted = |req: &str| Anchors { accepted: vec![Reference::parse(req).unwrap()], ..Anchors::default() };
        assert_eq!(
            asked(&accepted("old@4.0.3:V1")),
            ["w-1 hub@1: 100-001 links it to old@4.0.3:V1, which was accepted"]
        );
        assert_eq!(asked(&accepted("hub@1:100-002")), ["w-2 hub@1: 100-002, which was accepted"]);
        let says = |text| asked(&Anchors { text, ..Anchors::default() });
        assert_eq!(says("see CRE 100-001"), ["w-1 hub@1: 100-001, which the control names"]);
        assert_eq!(says("stops CWE-79"), ["w-1 hub@1: 100-001 links it to CWE-79"]);
        // Too wide to say anything.
        assert_eq!(says("stops CWE-20"), Vec::<String>::new());
        assert_eq!(says("nothing"), Vec::<String>::new());
    }

    #[test]
    fn a_name_without_a_version_means_the_only_one_there_is() {
        let mut library = library();
        let (one, name) = (pack("old@5.0.0", vec![entry("V2", &[])]), Name::parse("old@4.0.3").unwrap());
        assert!(means(&library, "old", &name) && !means(&library, "old@5", &name));
        library.import(one, "p");
        assert!(!means(&library, "old", &name));
    }
}

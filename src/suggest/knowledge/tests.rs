use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn keys<'k>(keys: impl Iterator<Item = &'k str>) -> BTreeSet<&'k str> {
    keys.collect()
}

/// Every name that leads nowhere: `table row: name`.
fn loose() -> Vec<String> {
    let all = knowledge();
    let components = keys(all.components.iter().map(|kind| kind.key));
    let assets = keys(all.assets.iter().map(|kind| kind.key));
    let ways = keys(all.ways.iter().map(|way| way.key));
    let zones = keys(all.zones.iter().map(|zone| zone.key));
    let classes = keys(all.assets.iter().map(|kind| kind.class));
    let mut loose = Vec::new();
    let mut named = |row: &str, names: &[&str], known: &BTreeSet<&str>| {
        loose.extend(names.iter().filter(|name| !known.contains(*name)).map(|name| format!("{row}: {name}")));
    };
    for kind in &all.components {
        named(kind.key, &[kind.zone], &zones);
        named(kind.key, &kind.assets, &assets);
    }
    for kind in &all.attackers {
        named(kind.key, &kind.zones, &zones);
        named(kind.key, &kind.with, &components);
        named(kind.key, &kind.ways, &ways);
    }
    for zone in &all.zones {
        named(zone.key, &zone.leads, &zones);
    }
    for control in &all.controls {
        named(control.key, &control.stops, &ways);
        named(control.key, &control.guards, &classes);
        named(control.key, &control.with, &components);
    }
    for premise in &all.assumptions {
        named(premise.key, &premise.with, &components);
    }
    loose
}

#[test]
fn the_tables_are_read() {
    Knowledge::load().unwrap();
}

#[test]
fn every_name_leads_somewhere() {
    assert_eq!(loose(), Vec::<String>::new());
}

#[test]
fn there_is_as_much_as_was_promised() {
    let all = knowledge();
    let counts = [all.components.len(), all.assets.len(), all.attackers.len(), all.controls.len()];
    let least = [120, 80, 40, 300];
    assert!(counts.iter().zip(least).all(|(count, least)| *count >= least), "{counts:?} of {least:?}");
}

#[test]
fn no_key_and_no_name_is_there_twice() {
    let all = knowledge();
    let mut seen = BTreeMap::new();
    let texts = all.components.iter().map(|kind| kind.name).chain(all.assets.iter().map(|kind| kind.name));
    let texts =
        texts.chain(all.attackers.iter().map(|kind| kind.capability)).chain(all.controls.iter().map(|one| one.text));
    texts.for_each(|text| *seen.entry(text.to_lowercase()).or_insert(0) += 1);
    seen.retain(|_, times| *times > 1);
    assert!(seen.is_empty(), "{seen:?}");
}

#[test]
fn every_term_can_be_found() {
    let all = knowledge();
    let mut lost = Vec::new();
    for kind in &all.components {
        let found = |term: &&&str| !all.names(term, Subject::Component(kind.key));
        lost.extend(kind.terms.iter().filter(found).map(|term| format!("{}: {term}", kind.key)));
    }
    for kind in &all.assets {
        let found = |term: &&&str| !all.names(term, Subject::Asset(kind.key));
        lost.extend(kind.terms.iter().filter(found).map(|term| format!("{}: {term}", kind.key)));
    }
    for kind in &all.attackers {
        let found = |term: &&&str| !all.names(term, Subject::Attacker(kind.key));
        lost.extend(kind.terms.iter().filter(found).map(|term| format!("{}: {term}", kind.key)));
    }
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn one_term_means_one_component() {
    let mut seen: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for kind in &knowledge().components {
        kind.terms.iter().for_each(|term| seen.entry(term).or_default().push(kind.key));
    }
    seen.retain(|_, kinds| kinds.len() > 1);
    assert!(seen.is_empty(), "{seen:?}");
}

/// Whatever an attacker does can be closed for an asset of any class, in any model.
#[test]
fn every_way_is_closed_for_every_class_whatever_the_model_has() {
    let all = knowledge();
    let classes = keys(all.assets.iter().map(|kind| kind.class));
    let closes = |way: &Way, class: &str| {
        all.controls.iter().any(|control| {
            let fits = control.guards.is_empty() || control.guards.contains(&class);
            control.role == Role::Main && control.with.is_empty() && fits && control.stops.contains(&way.key)
        })
    };
    let open = all.ways.iter().flat_map(|way| classes.iter().map(move |class| (way, *class)));
    let open: Vec<_> = open.filter(|(way, class)| !closes(way, class)).map(|(way, class)| (way.key, class)).collect();
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn every_kind_of_asset_is_brought_by_something() {
    let all = knowledge();
    let brought = keys(all.components.iter().flat_map(|kind| kind.assets.iter().copied()));
    let lost: Vec<_> =
        all.assets.iter().filter(|kind| !brought.contains(kind.key) && kind.terms.is_empty()).map(|k| k.key).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

fn spotted(text: &str) -> Vec<(Subject, bool)> {
    knowledge().spot(text).into_iter().map(|hit| (hit.subject, hit.denied)).collect()
}

#[test]
fn the_longest_term_counts() {
    assert_eq!(spotted("A payment gateway."), [(Subject::Component("payment-gateway"), false)]);
    assert_eq!(spotted("An API-gateway"), [(Subject::Component("api-gateway"), false)]);
}

#[test]
fn words_are_whole_and_may_be_plural() {
    assert_eq!(spotted("Restful databases"), [(Subject::Component("relational-database"), false)]);
    assert_eq!(spotted("a capital"), []);
}

#[test]
fn a_sentence_ends_a_term() {
    assert_eq!(spotted("Go through the load. Balancer"), []);
}

#[test]
fn what_is_denied_says_so() {
    let denied = |text: &str| spotted(text).iter().all(|(_, denied)| *denied) && !spotted(text).is_empty();
    for text in [
        "There is no database.",
        "It works without a database",
        "The database is not part of it",
        "Databases are out of scope",
        "We never see card numbers",
    ] {
        assert!(denied(text), "{text}: {:?}", spotted(text));
    }
    for text in [
        "Nobody minds; the database is slow",
        "Not slow, the database is fast",
        "We see nothing but the database",
        "The database is not reachable from outside",
    ] {
        assert!(!denied(text), "{text}: {:?}", spotted(text));
    }
}

#[test]
fn people_find_what_they_mean() {
    let all = knowledge();
    let attacker = |said: &str| all.find_attackers(said).first().map(|found| found.kind.key);
    assert_eq!(attacker("DDoS"), Some("botnet-operator"));
    assert_eq!(attacker("a laptop thief"), Some("device-thief"));
    assert_eq!(attacker("ransomware crew"), Some("ransomware-crew"));
    assert_eq!(all.find_assets("database backups").first().map(|found| found.kind.key), Some("backups"));
    assert!(all.find_attackers("zebra").is_empty());
}

#[test]
fn reasons_are_sentences() {
    let all = knowledge();
    let card = all.asset("card-data").unwrap().reason();
    assert_eq!(
        card,
        "Disclosure and misuse hurt most; the damage spreads to many, cannot be undone and has legal consequences"
    );
    let thief = all.attacker("device-thief").unwrap().reason();
    assert_eq!(
        thief,
        "Has to lay hands on it without any rights with means that are at hand; such attackers come where it pays"
    );
}

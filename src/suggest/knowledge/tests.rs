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
        named(zone.key, zone.meets.as_slice(), &zones);
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

/// The term in a text that is about what it needs.
fn in_place(kind: &str, term: &str) -> String {
    let theme = knowledge().theme(kind, term).map(|at| knowledge().themes[at].words[0]);
    format!("{term}. {}", theme.unwrap_or_default())
}

#[test]
fn every_term_can_be_found() {
    let all = knowledge();
    let components = all.components.iter().map(|kind| (kind.key, &kind.terms, Subject::Component(kind.key)));
    let assets = all.assets.iter().map(|kind| (kind.key, &kind.terms, Subject::Asset(kind.key)));
    let attackers = all.attackers.iter().map(|kind| (kind.key, &kind.terms, Subject::Attacker(kind.key)));
    let lacks = all.lacks.iter().map(|lack| (lack.key, &lack.terms, Subject::Lack(lack.key)));
    let mut lost = Vec::new();
    for (key, terms, subject) in components.chain(assets).chain(attackers).chain(lacks) {
        let found = |term: &&&str| !all.names(&in_place(key, term), subject);
        lost.extend(terms.iter().filter(found).map(|term| format!("{key}: {term}")));
    }
    assert_eq!(lost, Vec::<String>::new());
}

/// What a theme or a lack names is there, and what needs a theme is a term of its kind or a name of a field.
#[test]
fn themes_and_lacks_lead_somewhere() {
    let all = knowledge();
    let terms = |key: &str| {
        let component = all.component(key).map(|kind| &kind.terms);
        component
            .or_else(|| all.asset(key).map(|kind| &kind.terms))
            .or_else(|| all.attacker(key).map(|kind| &kind.terms))
    };
    let themed = all.themes.iter().flat_map(|theme| theme.terms.keys().copied());
    let lacking = all.lacks.iter().flat_map(|lack| lack.kinds.iter().copied());
    assert_eq!(themed.chain(lacking).filter(|key| terms(key).is_none()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn words_of_many_meanings_need_a_text_that_is_about_it() {
    let all = knowledge();
    for (text, subject, there) in [
        ("Support agents answer customers by telephone.", Subject::Component("support-agent"), false),
        ("A support agent on top of an LLM answers customers.", Subject::Component("support-agent"), true),
        ("Shipping containers are tracked by GPS.", Subject::Component("container-runtime"), false),
        ("It runs in containers on one Linux server.", Subject::Component("container-runtime"), true),
        ("Tickets for concerts are sold online.", Subject::Asset("support-tickets"), false),
        ("Tickets for concerts are sold online.", Subject::Asset("entry-tickets"), true),
        ("The pump delivers insulin.", Subject::Component("medical-device"), true),
        ("The pump fills the pool.", Subject::Component("medical-device"), false),
    ] {
        assert_eq!(all.names(text, subject), there, "{text}");
    }
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

/// By sentence: whether what it names is said not to be there.
#[test]
fn what_is_denied_says_so() {
    for text in [
        "There is no database.",
        "It works without a database",
        "The database is not part of it",
        "Databases are out of scope",
        "We never see card numbers",
        "There are no user accounts, passwords or session cookies.",
        "We do not store names, bank details or card data.",
        "Neither passwords nor session cookies are needed",
        "It doesn't use a database.",
        "Card numbers never touch our servers.",
        "Visitors do not have to log in.",
        "Passkeys are not needed.",
        "It runs without logging in",
        "We no longer keep passwords.",
        "Nobody has to log in.",
        "Nobody needs a password",
    ] {
        let said = spotted(text);
        assert!(!said.is_empty() && said.iter().all(|(_, denied)| *denied), "{text}: {said:?}");
    }
    for text in [
        "Nobody minds; the database is slow",
        "Not slow, the database is fast",
        "We see nothing but the database",
        "The database is not reachable from outside",
        "Passwords are not stored in plain text.",
        "We do not keep passwords in clear.",
        "Nobody gets in without a password.",
        "The API cannot be used without an access token.",
        "We never share health records with advertisers.",
        "Support staff have no access to card numbers.",
        "Support staff never see card numbers.",
        "There are no default passwords.",
        "Photos are not kept, but backups are.",
        "It is not only a database.",
        "Former staff cannot log in.",
        "No meals are cooked, and the database is small.",
        "No postcards are kept in the database.",
        "We do not print and the database is small.",
        "It ends where the tool says no. Passwords are hashed.",
        "A cache holds and is not part of it.",
    ] {
        let said = spotted(text);
        assert!(!said.is_empty() && said.iter().all(|(_, denied)| !*denied), "{text}: {said:?}");
    }
}

#[test]
fn what_somebody_else_runs_says_so() {
    let outside = |text: &str| knowledge().spot(text).iter().any(|hit| hit.outside);
    for text in [
        "We use an external database.",
        "A third-party SMS gateway sends codes.",
        "The database is run by a partner.",
        "A payment gateway of an external provider charges.",
        "Twilio sends codes.",
        "The wiki (external) is old.",
        "A search engine, a third-party service, finds it.",
    ] {
        assert!(outside(text), "{text}");
    }
    for text in [
        "External users call the API.",
        "The database is ours.",
        "Customers of external partners use the database.",
        "The database is managed by our administrators.",
    ] {
        assert!(!outside(text), "{text}");
    }
}

#[test]
fn what_is_closed_to_the_outside_says_so() {
    let whole = |text: &str| knowledge().listen(text).closed.is_some();
    let parts = |text: &str| knowledge().listen(text).hits.iter().any(|hit| hit.closed);
    for text in [
        "The system is not reachable from the internet.",
        "It runs in the office and is not exposed to the internet.",
        "Nothing is reachable from outside.",
        "There is no internet access.",
        "It is only accessible from the corporate network.",
        "The whole network is air-gapped.",
    ] {
        assert!(whole(text) && !parts(text), "{text}: {:?}", knowledge().listen(text));
    }
    for text in ["The admin console is not reachable from the internet.", "Our database has no public endpoint."] {
        assert!(!whole(text) && parts(text), "{text}: {:?}", knowledge().listen(text));
    }
    for text in [
        "The admin pages are not reachable from the internet.",
        "The API is not reachable without a token.",
        "It is not public who voted.",
        "The database is not available on Sundays.",
    ] {
        assert!(!whole(text) && !parts(text), "{text}: {:?}", knowledge().listen(text));
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

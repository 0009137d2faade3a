//! The titles of the built-in packs are our own words.

use std::collections::{BTreeMap, BTreeSet};

use redan::comply::{Kind, Name, Pack};
use redan::store;
use redan::text::words;

use crate::tier;

fn pack(name: &str) -> Pack {
    store::built_in().pack(&Name::parse(name).unwrap()).unwrap().clone()
}

fn grams(text: &str) -> BTreeSet<Vec<String>> {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    words.windows(5).map(<[String]>::to_vec).collect()
}

/// The official texts by number, from the publisher's table.
fn official(corpus: &std::path::Path) -> BTreeMap<String, String> {
    let file = "frameworks/asvs/5.0/OWASP_Application_Security_Verification_Standard_5.0.0_en.flat.json";
    let text = std::fs::read_to_string(corpus.join(file)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows = json["requirements"].as_array().unwrap().iter();
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.map(|row| (text(row, "req_id"), text(row, "req_description"))).collect()
}

#[test]
fn every_requirement_has_a_title_a_parent_and_a_level() {
    let pack = pack("asvs@5.0.0");
    assert_eq!(pack.active().count(), 345);
    for (level, count) in [("1", 70), ("2", 253), ("3", 345)] {
        let asked = pack.active().filter(|clause| pack.asks(Some(level), clause) == Some(true));
        assert_eq!(asked.count(), count, "level {level}");
    }
    for clause in pack.active() {
        assert!(clause.title.split_whitespace().count() > 1, "{} has no title", clause.id);
        let above: Vec<&str> = pack.above(clause).map(|above| above.id.as_str()).collect();
        let (section, _) = clause.id.rsplit_once('.').unwrap();
        let (chapter, _) = section.rsplit_once('.').unwrap();
        assert_eq!(above, [section, chapter]);
    }
    let groups = pack.clauses().iter().filter(|clause| clause.kind == Kind::Group);
    assert_eq!(groups.clone().count(), 17 + 80);
    assert!(groups.clone().all(|group| !group.title.is_empty()));
}

#[test]
fn the_other_packs_have_what_their_publishers_count() {
    let counts = [
        ("asvs@4.0.3", 278),
        ("ssdf@1.1", 42),
        ("csf@2.0", 106),
        ("llm-top10@2025", 10),
        ("top10@2021", 10),
        ("top10@2025", 10),
    ];
    for (name, count) in counts {
        assert_eq!(pack(name).active().count(), count, "{name}");
    }
    let practices = pack("ssdf@1.1");
    let practices = practices.clauses().iter().filter(|clause| clause.kind == Kind::Group && clause.id.contains('.'));
    assert_eq!(practices.count(), 19);
    let old = pack("asvs@4.0.3");
    assert_eq!(old.clauses().iter().filter(|clause| clause.kind == Kind::Requirement).count(), 286);
}

#[test]
fn titles_are_not_the_publishers_words() {
    let Some(corpus) = tier::corpus(1) else { return };
    let official = official(&corpus);
    let (mut worst, mut wrong) = (0.0_f64, Vec::new());
    for clause in pack("asvs@5.0.0").active() {
        let (ours, theirs) = (grams(&clause.title), grams(&official[&clause.id]));
        let shared = ours.intersection(&theirs).count();
        let share = if ours.is_empty() { 0.0 } else { shared as f64 / ours.len() as f64 };
        worst = worst.max(share);
        if share > 0.3 {
            wrong.push(format!("{} {}: {share:.2}", clause.id, clause.title));
        }
    }
    tier::say(&format!("titles: 345 of our own, largest share of word 5-grams with the official text {worst:.2}"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn levels_are_the_publishers() {
    let Some(corpus) = tier::corpus(1) else { return };
    let file = "frameworks/asvs/5.0/OWASP_Application_Security_Verification_Standard_5.0.0_en.flat.json";
    let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(corpus.join(file)).unwrap()).unwrap();
    let pack = pack("asvs@5.0.0");
    for row in json["requirements"].as_array().unwrap() {
        let clause = pack.clause(row["req_id"].as_str().unwrap()).unwrap();
        assert_eq!(clause.level.as_deref(), row["L"].as_str(), "{}", clause.id);
    }
}

//! Every refusal: what it says, and the command it offers, as `refusals.txt` lists them.

use redan::model::{Factor, Group, Id, Kind, Level, Model, ModelId, Status};
use redan::ops::lifecycle::*;

use super::world::{World, co, id, unsure};

type Act = Box<dyn Fn(&World) -> Refusal>;

fn level(factor: Factor, name: &str) -> (Factor, Level) {
    (factor, factor.level(name).unwrap())
}

/// An act by hand, from text.
fn edit_of(world: &World, name: &str, words: &[&str]) -> Refusal {
    let id = id(name);
    world.refused(|stage| edit(stage, id, &parse_sets(stage.model, id.kind, words)?, None))
}

fn add_of(world: &World, kind: Kind, words: &[&str]) -> Refusal {
    world.refused(|stage| add(stage, kind, &parse_sets(stage.model, kind, words)?, false))
}

fn rate_of(world: &World, name: &str, words: &[&str], why: &str) -> Refusal {
    let id = id(name);
    world.refused(|stage| rate(stage, id, &parse_factors(id.kind, words)?, why))
}

type Case = (&'static str, Act);

fn case(name: &'static str, act: impl Fn(&World) -> Refusal + 'static) -> Case {
    (name, Box::new(act))
}

fn cases() -> Vec<Case> {
    let all = [endings(), edits(), additions(), ratings(), names(), forms(), coverings()];
    all.into_iter().flatten().collect()
}

fn endings() -> Vec<Case> {
    vec![
        case("remove without reason", |w| w.refused(|s| remove(s, id("A2"), " ", None))),
        case("remove again", |w| w.refused(|s| remove(s, id("A3"), "r", None))),
        case("remove unknown", |w| w.refused(|s| remove(s, id("A12"), "r", None))),
        case("remove replaced by nothing", |w| w.refused(|s| remove(s, id("A2"), "r", Some("A9")))),
        case("remove replaced by itself", |w| w.refused(|s| remove(s, id("A2"), "r", Some("A2")))),
        case("remove replaced by removed", |w| w.refused(|s| remove(s, id("A2"), "r", Some("A3")))),
        case("remove replaced by words", |w| w.refused(|s| remove(s, id("A2"), "r", Some("the new one")))),
        case("restore live", |w| w.refused(|s| restore(s, id("A1")))),
    ]
}

fn edits() -> Vec<Case> {
    vec![
        case("edit removed", |w| edit_of(w, "A3", &["name=E-mails"])),
        case("edit factor", |w| edit_of(w, "A1", &["blast_radius=cascading"])),
        case("edit impact", |w| edit_of(w, "A1", &["impact=blast_radius=cascading"])),
        case("edit subscore", |w| edit_of(w, "A1", &["properties=C=low,I=high"])),
        case("edit new property", |w| edit_of(w, "A1", &["properties=C,I,A"])),
        case("edit unrated property", |w| edit_of(w, "A2", &["properties=I=low"])),
        case("edit identity", |w| edit_of(w, "A2", &["name=Audit log", "description=Who did what"])),
        case("edit identity unsure", |w| edit_of(w, "A2", &[&format!("name={}", unsure("A2"))])),
        case("edit covers", |w| edit_of(w, "C1", &["covers=1:A1-T1"])),
        case("edit field", |w| edit_of(w, "A1", &["nmae=x"])),
        case("edit removed field", |w| edit_of(w, "A1", &["rationale=x", "attest_after=2026-01-01"])),
        case("edit reference", |w| edit_of(w, "A1", &["components=CMP9"])),
        case("edit reference removed", |w| edit_of(w, "A1", &["components=CMP2"])),
        case("edit reference kind", |w| edit_of(w, "A1", &["components=A1"])),
        case("edit reference case", |w| edit_of(w, "A1", &["components=cmp1"])),
        case("edit clear name", |w| edit_of(w, "TB2", &["name="])),
    ]
}

fn additions() -> Vec<Case> {
    vec![
        case("add same", |w| {
            add_of(w, Kind::Asset, &["name=oauth access tokens", "description=bearer tokens that authorise charges"])
        }),
        case("add same control", |w| add_of(w, Kind::Control, &["description=Passwords are hashed with argon2id"])),
        case("add unsure removed", |w| {
            add_of(w, Kind::Asset, &["name=Archived customer emails", "description=Addresses for receipts"])
        }),
        case("add unsure live", |w| add_of(w, Kind::Component, &[&format!("name={}", unsure("CMP1"))])),
        case("add nothing", |w| add_of(w, Kind::Attacker, &["position=internet"])),
        case("add level", |w| add_of(w, Kind::Attacker, &["capability=x", "vector=netwrk"])),
        case("add twice covered", |w| {
            add_of(w, Kind::Control, &["description=Logs are shipped", "covers=1:A1-*;2:A1-T1"])
        }),
        case("add covers without group", |w| add_of(w, Kind::Control, &["description=x", "covers=A1-*"])),
    ]
}

fn ratings() -> Vec<Case> {
    vec![
        case("rate nothing", |w| rate_of(w, "A1", &[], "r")),
        case("rate without reason", |w| rate_of(w, "A1", &["blast_radius=cascading"], "")),
        case("rate no effect", |w| rate_of(w, "A1", &["C=high"], "r")),
        case("rate none", |w| rate_of(w, "A1", &["C=none"], "r")),
        case("rate unlisted", |w| rate_of(w, "A1", &["A=high"], "r")),
        case("rate unlisted unrated", |w| rate_of(w, "A2", &["A=high"], "r")),
        case("rate partly", |w| rate_of(w, "A2", &["I=high", "regulatory=none"], "r")),
        case("rate boundary", |w| rate_of(w, "TB1", &["C=high"], "r")),
        case("rate removed", |w| rate_of(w, "A3", &["C=high"], "r")),
        case("rate other kind", |w| w.refused(|s| rate(s, id("A1"), &[level(Factor::Vector, "local")].into(), "r"))),
    ]
}

fn names() -> Vec<Case> {
    vec![
        case("rename empty", |w| w.refused(|s| rename(s, " ", &[]))),
        case("group uncovered", |w| w.refused(|s| group(s, co("A2-T2"), &[(id("C1"), Group::Number(2))], "r"))),
        case("group without reason", |w| w.refused(|s| group(s, co("A1-T1"), &[(id("C1"), Group::Depth)], ""))),
        case("rename taken", |w| {
            let other = Model { id: ModelId::parse("other").unwrap(), ..w.model.clone() };
            w.refused(|s| rename(s, "payment  api", &[&other]))
        }),
        case("next id", |w| {
            let mut far = World::published();
            far.taken.insert(Id::new(Kind::Asset, u32::MAX));
            far.refused(|s| add(s, Kind::Asset, &w.sets(Kind::Asset, &["name=x"]), false))
        }),
        case("remove last", |w| {
            let mut small = World { model: w.model.clone(), ..World::new() };
            small.act(|s| remove(s, id("A2"), "r", None));
            small.refused(|s| remove(s, id("A1"), "r", None))
        }),
        case("retired", |w| {
            let mut retired = World { model: w.model.clone(), ..World::new() };
            retired.act(|s| remove_model(s, "r", None));
            retired.refused(|s| restore(s, id("A3")))
        }),
        case("edit overruled without reason", |w| {
            w.refused(|s| edit(s, id("A2"), &w.sets(Kind::Asset, &["name=Audit log"]), Some(" ")))
        }),
    ]
}

fn forms() -> Vec<Case> {
    vec![
        case("edit guarded", |w| edit_of(w, "AS1", &["removed=x"])),
        case("edit revisions", |w| edit_of(w, "A1", &["revisions=x"])),
        case("edit rows", |w| edit_of(w, "C1", &["requirements=x"])),
        case("edit alternatives", |w| edit_of(w, "C1", &["upheld_by=AS1,AS2"])),
        case("edit choice", |w| edit_of(w, "T1", &["archetype=externl"])),
        case("edit letter", |w| edit_of(w, "A1", &["properties=confidentiality"])),
        case("edit twice", |w| edit_of(w, "A1", &["rationale=x", "rationale=y"])),
        case("edit word", |w| edit_of(w, "A1", &["rationale"])),
    ]
}

fn coverings() -> Vec<Case> {
    vec![
        case("group tombstone", |w| w.refused(|s| group(s, co("A3-T1"), &[(id("C1"), Group::Depth)], "r"))),
        case("cover nothing", |w| w.refused(|s| cover(s, id("C1"), &["A9-*"], GroupChoice::Next))),
        case("cover removed", |w| w.refused(|s| cover(s, id("C1"), &["A3-*"], GroupChoice::Next))),
        case("cover malformed", |w| w.refused(|s| cover(s, id("C1"), &["A1"], GroupChoice::Next))),
        case("cover removed control", |w| w.refused(|s| cover(s, id("C3"), &["A1-*"], GroupChoice::Next))),
        case("cover an asset", |w| w.refused(|s| cover(s, id("A1"), &["A1-*"], GroupChoice::Next))),
        case("cover like nothing", |w| w.refused(|s| cover_like(s, id("A1"), id("A1")))),
        case("remap nothing", |w| w.refused(|s| remap::<&str>(s, id("C1"), &[], None, None))),
        case("remap which group", |w| w.refused(|s| remap(s, id("C2"), &["A2-T2"], None, Some("r")))),
        case("remap bare", |w| w.refused(|s| remap(s, id("C1"), &["A2-T1"], None, None))),
        case("uncover all", |w| w.refused(|s| uncover(s, id("C1"), &["A1-T1"], Some("r")))),
        case("uncover other", |w| w.refused(|s| uncover(s, id("C1"), &["A2-*"], Some("r")))),
        case("status of asset", |w| w.refused(|s| status(s, id("A1"), Status::Implemented))),
        case("renumber published", |w| w.refused(|s| renumber(s, &[], id("A2"), None))),
        case("restore model", |w| w.refused(restore_model)),
        case("remove model", |w| w.refused(|s| remove_model(s, "", None))),
    ]
}

fn shown(world: &World) -> String {
    let mut text = String::new();
    for (name, act) in cases() {
        let refusal = act(world);
        text.push_str(&format!("{name} [{:?}]\n{refusal}\n", refusal.why));
        // How many others are alike is for the judge to say.
        let hints = if refusal.why == Why::Unsure { 1 } else { refusal.hints.len() };
        refusal.hints[..hints].iter().for_each(|hint| text.push_str(&format!("> {hint}\n")));
        text.push('\n');
    }
    text
}

/// `[*]` stands for words of the judge, which has tests of its own.
fn fits(pattern: &str, line: &str) -> bool {
    match pattern.split_once("[*]") {
        Some((start, end)) => line.starts_with(start) && line.ends_with(end),
        None => pattern == line,
    }
}

#[test]
fn every_refusal_says_what_to_do_instead() {
    let expected = include_str!("refusals.txt");
    let shown = shown(&World::published());
    for (expected, line) in expected.lines().zip(shown.lines()) {
        assert!(fits(expected, line), "\nexpected: {expected}\nshown:    {line}\n\n{shown}");
    }
    assert_eq!(expected.trim_end().lines().count(), shown.trim_end().lines().count(), "{shown}");
}

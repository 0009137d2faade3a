use super::{id, model, play, signed};
use crate::history::versions::{Sight, Step, events};
use crate::model::{Decision, DecisionKind, Objective};

const BASE: &str = r#"
[assets.A1]
name = "Orders"
properties = { C = "low" }
[attackers.T1]
capability = "guesses"
[attackers.T2]
capability = "steals"
[assumptions.AS1]
description = "Disks are encrypted"
[controls.C1]
description = "Long numbers"
[controls.C1.covers.1]
A1 = ["T2"]
"#;

/// The events of one step, a line each: name and entity.
fn between(before: &str, after: &str) -> Vec<String> {
    let mut found = Vec::new();
    play(&[Some(before), Some(after)], |step| {
        if step.before.is_some() {
            found = events(step)
                .into_iter()
                .map(|event| format!("{} {}", event.name, event.entity.unwrap_or_default()))
                .collect();
        }
    });
    found
}

#[test]
fn every_change_has_its_event() {
    let revision =
        "[[assets.A1.revisions]]\nat = 2026-01-02\nby = \"ada@example.org\"\nset = { C = \"high\" }\nreason = \"r\"\n";
    let attested =
        "[[assumptions.AS1.attestations]]\nat = 2026-01-02\nby = \"ada@example.org\"\nstatement = \"seen\"\n";
    let removed = "removed = { at = 2026-01-02, by = \"ada@example.org\", reason = \"gone\" }\n";
    let after = |line: &str, add: &str| BASE.replacen(line, &format!("{line}{add}"), 1);
    for (before, after, wanted) in [
        (BASE.to_owned(), BASE.to_owned(), ""),
        (BASE.to_owned(), after("\n", "[assets.A2]\nname = \"Prices\"\n"), "asset_added A2"),
        (BASE.to_owned(), after("\n", "[boundaries.TB1]\nname = \"Edge\"\n"), "trust_boundary_added TB1"),
        (BASE.to_owned(), after("\n", "[components.CMP1]\nname = \"API\"\n"), "component_added CMP1"),
        (BASE.to_owned(), after("\n", "[attackers.T3]\ncapability = \"asks\"\n"), "attacker_added T3"),
        (BASE.to_owned(), BASE.replace("Orders", "All orders"), "asset_edited A1"),
        (BASE.to_owned(), BASE.replace("guesses", "guesses often"), "attacker_edited T1"),
        (BASE.to_owned(), BASE.replace("\"Long", "\"Very long"), "control_edited C1"),
        (BASE.to_owned(), BASE.replace("Disks", "All disks"), "assumption_edited AS1"),
        (
            BASE.to_owned(),
            after("capability = \"guesses\"\n", removed),
            "attacker_soft_deleted T1,objective_tombstoned CO-A1-T1",
        ),
        (
            BASE.to_owned(),
            after("capability = \"steals\"\n", removed),
            "attacker_soft_deleted T2,objective_tombstoned CO-A1-T2,control_orphaned C1",
        ),
        (
            after("capability = \"steals\"\n", removed),
            BASE.to_owned(),
            "attacker_restored T2,objective_revived CO-A1-T2,control_reattached C1",
        ),
        (
            BASE.to_owned(),
            after("description = \"Long numbers\"\n", "status = \"implemented\"\n"),
            "control_status_changed C1",
        ),
        (BASE.to_owned(), after("properties = { C = \"low\" }\n", revision), "rating_revised A1"),
        (BASE.to_owned(), after("description = \"Disks are encrypted\"\n", attested), "assumption_attested AS1"),
        // One event an entity for what happened to it, and one for its rating.
        (
            BASE.to_owned(),
            after("properties = { C = \"low\" }\n", revision).replace("Orders", "All orders"),
            "asset_edited A1,rating_revised A1",
        ),
        (BASE.to_owned(), after("description = \"Disks are encrypted\"\n", removed), "assumption_soft_deleted AS1"),
        (
            BASE.to_owned(),
            BASE.replace("[assumptions.AS1]\ndescription = \"Disks are encrypted\"\n", ""),
            "assumption_hard_deleted AS1",
        ),
    ] {
        assert_eq!(between(&before, &after).join(","), wanted, "{after}");
    }
}

#[test]
fn what_was_made_and_removed_between_two_commits_was_removed() {
    let removed = "removed = { at = 2026-01-02, by = \"ada@example.org\", reason = \"gone\" }\n";
    let after = BASE.replacen('\n', &format!("\n[components.CMP1]\nname = \"API\"\n{removed}"), 1);
    assert_eq!(between(BASE, &after).join(","), "component_soft_deleted CMP1");
}

#[test]
fn a_model_has_events_of_its_own() {
    let head = |name: &str, more: &str| format!("format = 1\nid = \"shop\"\nname = \"{name}\"\n{more}{BASE}");
    let removed = "removed = { reason = \"sold\" }\n";
    for (before, after, wanted) in [
        (head("Shop", ""), head("Store", ""), "model_renamed "),
        (head("Shop", ""), head("Shop", "description = \"d\"\n"), "model_edited "),
        (head("Shop", ""), head("Shop", removed), "model_soft_deleted "),
        (head("Shop", removed), head("Shop", ""), "model_restored "),
    ] {
        assert_eq!(between(&before, &after), [wanted]);
    }
    let mut names = Vec::new();
    play(&[Some(BASE), Some("?"), None, Some(BASE)], |step| {
        names.push(events(step).first().map(|event| event.name.clone()).unwrap_or_default());
    });
    assert_eq!(names, ["model_added", "", "model_hard_deleted", "model_added"]);
}

#[test]
fn rows_that_a_merge_put_between_are_new_once() {
    let row = |day: u8| {
        format!(
            "[[assets.A1.revisions]]\nat = 2026-01-0{day}\nby = \"ada@example.org\"\nset = {{ C = \"high\" }}\nreason = \"r{day}\"\n"
        )
    };
    let with = |days: &[u8]| {
        let rows: String = days.iter().map(|day| row(*day)).collect();
        BASE.replacen("[attackers.T1]", &format!("{rows}[attackers.T1]"), 1)
    };
    let mut details = Vec::new();
    play(&[Some(&with(&[1, 3])), Some(&with(&[1, 2, 3]))], |step| {
        details = events(step).into_iter().map(|event| event.detail).collect();
    });
    assert_eq!(details, ["C high → high: r2"]);
}

#[test]
fn an_accepted_risk_is_told_for_each_objective() {
    let accept = |kind| {
        let mut decision = Decision { kind: Some(kind), reason: "pilot".to_owned(), ..Decision::default() };
        ["CO-A1-T1", "CO-A1-T2"].iter().for_each(|text| decision.objectives.insert(Objective::parse(text).unwrap()));
        decision
    };
    let decided =
        [("a".to_owned(), accept(DecisionKind::RiskAccepted)), ("b".to_owned(), accept(DecisionKind::NotApplicable))];
    let (signed, id, now) = (signed(1), id(), model(BASE));
    let sight = Sight::Read(std::sync::Arc::new(now.clone()));
    let found = events(&Step { signed: &signed, model: &id, before: Some(&now), now: &sight, decided: &decided });
    let shown: Vec<String> =
        found.iter().map(|event| format!("{} {:?} {}", event.name, event.entity, event.detail)).collect();
    assert_eq!(shown, ["risk_accepted Some(\"CO-A1-T1\") pilot (a)", "risk_accepted Some(\"CO-A1-T2\") pilot (a)"]);
}

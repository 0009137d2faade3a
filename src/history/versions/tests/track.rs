use super::{model, play};
use crate::assess::{Rating, Tier};
use crate::history::versions::{Runs, Subject, Track};
use crate::model::{Id, Objective};

const BASE: &str = r#"
[assets.A1]
name = "Orders"
properties = { C = "low" }
impact = { blast_radius = "isolated", recoverability = "trivial", regulatory = "none" }
[attackers.T1]
capability = "guesses"
likelihood = { vector = "network", privileges = "none", complexity = "low", interaction = "none", prevalence = "commodity" }
"#;

fn revised(text: &str, day: u8, level: &str) -> String {
    let row = format!(
        "[[assets.A1.revisions]]\nat = 2026-01-0{day}\nby = \"ada@example.org\"\nset = {{ C = \"{level}\" }}\nreason = \"r{day}\"\n"
    );
    text.replacen("[attackers.T1]", &format!("{row}[attackers.T1]"), 1)
}

fn track(subject: Subject, states: &[Option<&str>]) -> Track {
    let (mut runs, mut track) = (Runs::default(), Track::new(subject));
    play(states, |step| {
        runs.see(step);
        track.see(step, &runs);
    });
    assert_eq!(track.boundaries.len(), runs.versions.len());
    track
}

fn objective() -> Subject {
    Subject::Objective(Objective::parse("CO-A1-T1").unwrap())
}

#[test]
fn a_tier_is_that_of_its_time() {
    let high = revised(BASE, 2, "high");
    let edited = high.replace("guesses", "guesses often");
    let found = track(objective(), &[Some(BASE), Some(&high), Some(&edited)]);
    let tiers: Vec<_> = found.boundaries.iter().map(|boundary| boundary.tier).collect();
    assert_eq!(tiers, [Some(Tier::Medium), Some(Tier::High)]);
    let rows = &found.boundaries[0].revisions;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].tier, rows[0].reason.as_str()), (Some(Tier::High), "r2"));
    assert_eq!(rows[0].shifts[0].from.map(|level| level.name), Some("low"));
    assert_eq!(rows[0].commit.as_deref().map(|commit| commit.ends_with('2')), Some(true));
    assert!(found.boundaries[1].revisions.is_empty(), "a row is told once");
}

#[test]
fn rows_that_came_together_are_walked_one_by_one() {
    let both = revised(&revised(BASE, 3, "low"), 2, "high");
    let found = track(objective(), &[Some(&both)]);
    let rows: Vec<_> = found.boundaries[0].revisions.iter().map(|row| (row.reason.as_str(), row.tier)).collect();
    assert_eq!(rows, [("r2", Some(Tier::High)), ("r3", Some(Tier::Medium))]);
}

#[test]
fn an_entity_is_absent_live_or_removed() {
    let without = BASE.replace("[assets.A1]", "[assets.A2]");
    let removed = BASE.replacen("[attackers.T1]", "removed = { reason = \"r\" }\n[attackers.T1]", 1);
    let found = track(Subject::Entity(Id::parse("A1").unwrap()), &[Some(&without), Some(BASE), Some(&removed)]);
    let states: Vec<_> = found.boundaries.iter().map(|boundary| boundary.state).collect();
    assert_eq!(states, ["absent", "live", "removed"]);
    assert!(matches!(found.boundaries[1].ratings[..], [Some(Rating::Rated(_))]));
    assert_eq!(found.boundaries[1].tier, None);
}

#[test]
fn the_working_tree_counts_without_a_commit() {
    let mut found = track(objective(), &[Some(BASE)]);
    found.state(&model(&revised(BASE, 2, "high")), None, 1);
    assert_eq!(found.boundaries.len(), 1);
    assert_eq!(found.boundaries[0].revisions[0].commit, None);
}

//! Revisions over base factors, now and as of a moment.

use redan::assess::{Rating, asset_levels, attacker_levels, impact, likelihood};
use redan::model::{Asset, AssetLevels, AssetRevision, Attacker, AttackerRevision, Factor, Likelihood, Property, When};

use super::{asset, attacker, level};

fn at(text: &str) -> Option<When> {
    Some(text.parse().unwrap())
}

fn row(when: &str, set: &[(Factor, &str)]) -> AssetRevision {
    let set = set.iter().map(|(factor, name)| (*factor, level(*factor, name))).collect();
    AssetRevision { at: when.parse().ok(), set: AssetLevels(set), ..AssetRevision::default() }
}

fn revised() -> Asset {
    let mut asset = asset(&[(Property::C, "low")], ["isolated", "trivial", "none"]);
    asset.revisions.push(row("2026-10-01", &[(Factor::BlastRadius, "cascading")]));
    asset.revisions.push(row("2026-11-20T09:12:00Z", &[(Factor::BlastRadius, "multiplicative"), (Factor::C, "high")]));
    asset
}

fn sum(rating: &Rating) -> u8 {
    match rating {
        Rating::Rated(rated) => rated.sum,
        other => panic!("not rated: {other:?}"),
    }
}

#[test]
fn the_last_revision_wins() {
    assert_eq!(sum(&impact(&revised(), None)), 3 + 1);
    assert_eq!(asset_levels(&revised(), None)[&Factor::Recoverability].name, "trivial");
}

#[test]
fn a_moment_sees_what_was_made_by_then() {
    let asset = revised();
    for (until, points) in [
        ("2026-09-30", 1),
        ("2026-10-01", 3),
        ("2026-11-20T09:11:59Z", 3),
        ("2026-11-20T09:12:00Z", 4),
        ("2026-11-20", 4),
    ] {
        assert_eq!(sum(&impact(&asset, at(until))), points, "{until}");
    }
}

#[test]
fn an_undated_revision_counts_now_and_never_before() {
    let mut asset = revised();
    asset.revisions.push(row("", &[(Factor::Regulatory, "legal")]));
    assert_eq!(sum(&impact(&asset, None)), 6);
    assert_eq!(sum(&impact(&asset, at("2030-01-01"))), 4);
}

#[test]
fn a_revision_of_an_unlisted_property_counts_for_nothing() {
    let mut asset = asset(&[(Property::C, "low")], ["isolated", "trivial", "none"]);
    asset.revisions.push(row("2026-10-01", &[(Factor::A, "high")]));
    assert_eq!(sum(&impact(&asset, None)), 1);
    assert!(!asset_levels(&asset, None).contains_key(&Factor::A));
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(impact(&Asset::default(), None), Rating::Unrated);
    assert_eq!(likelihood(&Attacker::default(), None), Rating::Unrated);
    let mut partial = asset(&[(Property::C, "low")], ["isolated", "trivial", "none"]);
    partial.properties.0.insert(Property::U, None);
    partial.impact.0.remove(&Factor::Regulatory);
    assert_eq!(impact(&partial, None), Rating::Partial(vec![Factor::U, Factor::Regulatory]));
}

#[test]
fn revisions_alone_can_rate() {
    let full = attacker(["local", "high", "low", "none", "rare"]);
    let row = AttackerRevision { set: Likelihood(full.likelihood.0.clone()), ..AttackerRevision::default() };
    let later = Attacker { revisions: vec![row], ..Attacker::default() };
    assert_eq!(likelihood(&later, None), likelihood(&full, None));
    assert_eq!(attacker_levels(&later, None), full.likelihood.0);
}

use super::play;
use crate::history::versions::{Label, Log, Runs};
use std::collections::BTreeSet;

const A: &str = "[assets.A1]\nname = \"Orders\"\nproperties = [\"C\"]\n[attackers.T1]\ncapability = \"guesses\"\n";

fn runs(states: &[Option<&str>]) -> Runs {
    let mut runs = Runs::default();
    play(states, |step| runs.see(step));
    runs
}

/// `number:commits` of each version, the oldest first.
fn shape(states: &[Option<&str>]) -> String {
    let runs = runs(states);
    let shown = runs.versions.iter().map(|version| format!("{}:{}", version.number, version.commits));
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_version_is_a_run_of_one_digest() {
    let b = A.replace("guesses", "guesses often");
    let named = format!("format = 1\nid = \"shop\"\nname = \"Store\"\ndescription = \"Sells things\"\n{A}");
    for (states, wanted) in [
        (&[][..], ""),
        (&[Some(A)], "1:1"),
        // A name, a comment, an order make no version.
        (&[Some(A), Some(&named), Some(A)], "1:3"),
        (&[Some(A), Some(&b)], "1:1 2:1"),
        // A digest that comes back is a new version.
        (&[Some(A), Some(&b), Some(A), Some(A)], "1:1 2:1 3:2"),
        // What cannot be read ends nothing.
        (&[Some(A), Some("?"), Some(A), Some("?"), Some(&b)], "1:2 2:1"),
        (&[Some("?"), Some(A)], "1:1"),
        // Where the model is gone, its version ends.
        (&[Some(A), None, Some(A)], "1:1 2:1"),
    ] {
        assert_eq!(shape(states), wanted, "{states:?}");
    }
    assert_eq!(runs(&[Some(A), Some("?")]).unread.len(), 1);
    assert!(runs(&[Some(A), None]).current().is_none());
}

#[test]
fn a_summary_says_what_changed() {
    let b = A.replace("[attackers", "[assets.A2]\nname = \"Prices\"\n[attackers").replace("guesses", "guesses often");
    let c = b.replace("name = \"Orders\"\n", "name = \"Orders\"\nremoved = { reason = \"gone\" }\n");
    let many: String = (3..12).map(|n| format!("[assets.A{n}]\nname = \"n{n}\"\n")).collect();
    let d = format!("{b}{many}").replace("Sells", "Rents");
    let runs = runs(&[Some(A), Some(&b), Some(&c), Some(&b), Some(&d)]);
    let shown: Vec<String> = runs.versions.iter().map(|version| version.summary.to_string()).collect();
    assert_eq!(shown, ["1 asset, 1 attacker", "+A2, ~T1", "-A1", "+A1", "+9 assets"]);
}

#[test]
fn only_published_versions_have_plain_numbers() {
    let b = A.replace("guesses", "guesses often");
    let runs = runs(&[Some(A), Some(&b), Some(A)]);
    let labels = |published: Option<usize>| {
        let commits: Option<BTreeSet<String>> =
            published.map(|count| runs.versions[..count].iter().map(|version| version.first.commit.clone()).collect());
        let log = Log::number(runs.clone(), commits.as_ref());
        log.versions.iter().map(|(label, _)| label.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(labels(None), "v1 v2 v3");
    assert_eq!(labels(Some(3)), "v1 v2 v3");
    assert_eq!(labels(Some(1)), "v1 v1+1 v1+2");
    assert_eq!(labels(Some(0)), "v0+1 v0+2 v0+3");
}

#[test]
fn a_dirty_tree_is_the_next_version() {
    let b = A.replace("guesses", "guesses often");
    let (old, new) = (super::model(A), super::model(&b));
    let log = Log::number(runs(&[Some(A)]), None);
    assert_eq!(log.clone().with_draft(Some(&old), &old).name().as_deref(), Some("v1"));
    let dirty = log.with_draft(Some(&old), &new);
    assert_eq!(dirty.name().as_deref(), Some("v2 (uncommitted)"));
    assert_eq!(dirty.draft.unwrap().summary.to_string(), "~T1");
    assert_eq!(Log::default().with_draft(None, &new).name().as_deref(), Some("v1 (uncommitted)"));
    let gone = Log::number(runs(&[Some(A), None]), None);
    assert_eq!(gone.name(), None);
    assert_eq!(gone.with_draft(None, &old).name().as_deref(), Some("v2 (uncommitted)"));
    let branch = Log::number(runs(&[Some(A), Some(&b)]), Some(&BTreeSet::new()));
    assert_eq!(branch.with_draft(Some(&new), &old).draft.unwrap().label, Label { number: 0, beyond: 3 });
}

#[test]
fn a_digest_names_its_last_version() {
    let b = A.replace("guesses", "guesses often");
    let log = Log::number(runs(&[Some(A), Some(&b), Some(A)]), None);
    let digest = log.versions[0].1.digest.to_string();
    assert_eq!(log.digest(&digest[..12]).map(|version| version.number), Some(3));
    assert!(log.digest("0000000").is_none());
}

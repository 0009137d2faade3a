//! Several published states, unreadable tables, retired models: what the ledger rules make of them.

use std::collections::{BTreeMap, BTreeSet};

use redan::finding::{Finding, codes};
use redan::identity::Past;
use redan::model::{Id, Kind, ModelId};
use redan::rules::{self, Context};
use redan::store::Source;

use super::bench::{past, read, see};
use super::mutations::{Slip, spoil};
use super::valid::{TODAY, workspace};

fn with(slips: &[Slip]) -> Vec<Source> {
    let mut files = workspace();
    slips.iter().for_each(|slip| spoil(&mut files, *slip));
    files
}

const M: &str = "model.toml";
const C: &str = "controls.toml";
const NO_C2: Slip = Slip::Swap(
    C,
    "\n[controls.C2]\ndescription = \"Refunds need a second pair of eyes\"\n\n[controls.C2.covers.1]\nA3 = [\"T2\"]\n",
    "",
);
const REVISION: &str = "reason = \"card schemes fine us for a leak\"\nmodel = \"4f0c9a1b2d3e\"\n";

fn found(candidate: &[Source], bases: &[&[Source]]) -> Vec<Finding> {
    let mut findings = see(candidate, &past(bases), TODAY).findings;
    // What an edit makes of decisions, and what nobody looked at yet, is asked elsewhere.
    findings.retain(|finding| ![&codes::DECISION_STALE, &codes::OBJECTIVE_UNASSESSED].contains(&finding.code));
    findings
}

#[test]
fn what_several_bases_show_is_one_finding_with_several_pieces_of_evidence() {
    let base = workspace();
    let findings = found(&with(&[NO_C2]), &[&base, &base]);
    let [gone] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!(gone.code, &codes::ID_GONE);
    let paths: Vec<(char, &str)> =
        gone.evidence.iter().map(|seen| (seen.commit.chars().next().unwrap(), seen.path.as_str())).collect();
    assert_eq!(paths, [('0', "threat-models/demo/controls.toml"), ('1', "threat-models/demo/controls.toml")]);
}

#[test]
fn the_rules_hold_against_every_base() {
    let (without, base) = (with(&[NO_C2]), workspace());
    let findings = found(&without, &[&without, &base]);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].evidence.len(), 1);
    assert!(found(&without, &[&without]).is_empty());
}

#[test]
fn rows_of_two_branches_may_interleave() {
    let row = |reason: &str, level: &str| {
        format!(
            "\n[[assets.A3.revisions]]\nat = 2026-11-14\nby = \"ada@example.org\"\nset = {{ regulatory = \"{level}\" }}\nreason = \"{reason}\"\nmodel = \"4f0c9a1b2d3e\"\n"
        )
    };
    let leak = |text: String| Slip::Append(M, Box::leak(text.into_boxed_str()));
    let (one, two) = (row("one", "notification"), row("two", "legal"));
    let ours = with(&[leak(one.clone())]);
    let theirs = with(&[leak(two.clone())]);
    let merged = with(&[leak(one.clone() + &two)]);
    assert!(found(&merged, &[&ours, &theirs]).is_empty());
    let dropped = found(&ours, &[&ours, &theirs]);
    assert_eq!(dropped.iter().map(|finding| finding.code).collect::<Vec<_>>(), [&codes::REVISION_REWRITTEN]);
}

#[test]
fn a_table_that_cannot_be_read_is_not_gone() {
    let base = workspace();
    let mut candidate = read(&base).models;
    let demo = ModelId::parse("demo").unwrap();
    let control = Id::new(Kind::Control, 2);
    candidate.edit(&demo).unwrap().entities.remove(&control);
    let past = past(&[&base]);
    let check = |unread: &BTreeMap<ModelId, BTreeSet<Id>>| {
        let context = Context::new(&candidate, unread, &past, TODAY);
        rules::check(&context).iter().map(|finding| finding.code.name).collect::<Vec<_>>()
    };
    assert_eq!(check(&BTreeMap::new()), ["id_gone"]);
    assert_eq!(check(&BTreeMap::from([(demo, BTreeSet::from([control]))])), [""; 0]);
}

#[test]
fn a_model_that_cannot_be_read_is_not_gone() {
    let base = workspace();
    let mut candidate = read(&base).models;
    let demo = ModelId::parse("demo").unwrap();
    candidate.remove(&demo);
    let past = past(&[&base]);
    let unread = BTreeMap::from([(demo, BTreeSet::new())]);
    let context = Context::new(&candidate, &unread, &past, TODAY);
    assert!(rules::check(&context).is_empty());
}

#[test]
fn a_retired_model_counts_only_for_the_ledger() {
    let retired = "name = \"Demo\"\nremoved = { at = 2026-11-12, by = \"ada@example.org\", reason = \"sold\" }\n";
    let retire = Slip::Swap(M, "name = \"Demo\"\n", retired);
    let broken = Slip::Swap(C, "A3 = [\"T2\"]", "A3 = [\"T9\"]");
    let base = workspace();
    assert!(found(&with(&[retire, broken]), &[&base]).is_empty());
    let findings = found(&with(&[retire, NO_C2]), &[&base]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [&codes::ID_GONE]);
}

#[test]
fn restoring_rating_later_and_listing_properties_are_no_edits() {
    let unrated = "properties = [\"I\"]\n";
    let rated = "properties = { I = \"high\", A = \"low\" }\nimpact = { blast_radius = \"isolated\", recoverability = \"manageable\", regulatory = \"none\" }\n";
    let base = with(&[Slip::Swap(M, rated, unrated)]);
    assert!(found(&workspace(), &[&base]).is_empty(), "rating by hand what nobody had rated");
    let restored = Slip::Swap(
        M,
        "removed = { at = 2026-11-02, by = \"ada@example.org\", reason = \"the acquirer pulls it now\", replaced_by = \"A3\" }\n",
        "",
    );
    assert!(found(&with(&[restored]), &[&workspace()]).is_empty(), "a restore");
    let fewer = Slip::Swap(M, "properties = { I = \"high\", A = \"low\" }", "properties = { I = \"high\" }");
    assert!(found(&with(&[fewer]), &[&workspace()]).is_empty(), "taking a property off the list");
    let stamp = Slip::Swap(M, REVISION, "reason = \"card schemes fine us for a leak\"\n");
    assert!(found(&workspace(), &[&with(&[stamp])]).is_empty(), "stamping a published row");
}

#[test]
fn numbering_skips_everything_a_base_has_used() {
    let base = with(&[Slip::Append(M, "\n[boundaries.TB7]\nname = \"Old edge\"\n")]);
    let candidate = with(&[Slip::Append(
        M,
        "\n[boundaries.NEW-a]\nname = \"New edge\"\n\n[boundaries.NEW-b]\nname = \"Newer edge\"\n",
    )]);
    let findings = found(&candidate, &[&base]);
    let titles: Vec<&str> = findings
        .iter()
        .filter(|f| f.code == &codes::ID_UNNUMBERED)
        .filter_map(|f| Some(f.fix.as_ref()?.title.as_str()))
        .collect();
    assert_eq!(titles, ["number the boundary NEW-a TB8", "number the boundary NEW-b TB9"]);
}

#[test]
fn a_renaming_is_stood_up_for_once() {
    let words = "name = \"Refund queue\"";
    let other = "name = \"Chargeback files\"";
    let stood = "name = \"Chargeback files\"\nrenamed = [{ from = \"Refund queue — Refunds that wait for a second pair of eyes\", at = 2026-11-20, by = \"ada@example.org\", reason = \"the same queue under its new name\" }]";
    let codes = |candidate: &[Source], base: &[Source]| -> Vec<&'static str> {
        found(candidate, &[base]).iter().map(|finding| finding.code.name).collect()
    };
    assert_eq!(codes(&with(&[Slip::Swap(M, words, other)]), &workspace()), ["id_rewritten"]);
    let renamed = with(&[Slip::Swap(M, words, stood)]);
    assert_eq!(codes(&renamed, &workspace()), [""; 0]);
    let back = with(&[Slip::Swap(
        M,
        words,
        &*Box::leak(stood.replacen("Chargeback files", "Refund queue", 1).into_boxed_str()),
    )]);
    assert_eq!(codes(&renamed, &back), ["id_rewritten"], "a published row speaks about its own change only");
}

#[test]
fn without_a_past_nothing_is_owed() {
    assert!(see(&with(&[NO_C2]), &Past::default(), TODAY).findings.is_empty());
}

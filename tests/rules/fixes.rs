//! A fix makes its finding go away, whichever option is picked, once a person has filled its gaps.

use std::collections::BTreeMap;

use redan::change::{Act, Change, Thing, apply};
use redan::finding::{Choice, Finding};
use redan::identity::Past;
use redan::model::{Model, ModelId, Record, Value};
use redan::rules::{self, Context};

use super::bench::past;
use super::mutations::{Row, TABLE};
use super::valid::{TODAY, workspace};

type Models = BTreeMap<ModelId, Model>;

fn check(models: &Models, past: &Past) -> Vec<Finding> {
    rules::check(&Context { models, unread: &BTreeMap::new(), past, today: TODAY })
}

/// Fills `at`, `by` and `reason` where the fix says they are needed, as whoever performs it does.
fn fill(changes: &[Change], needs: &str) -> Vec<Change> {
    let keys: Vec<&str> = needs.split(", ").filter(|key| !key.is_empty()).collect();
    let table = |value: &mut Value| {
        if let Value::Table(table) = value {
            for key in &keys {
                let value = if *key == "at" { Value::When("2026-11-20".parse().unwrap()) } else { Value::text("ada") };
                table.entry((*key).to_owned()).or_insert(value);
            }
        }
    };
    let mut changes = changes.to_vec();
    for change in &mut changes {
        match &mut change.act {
            Act::Set { field: "removed", to: Some(value), .. } => table(value),
            Act::Set { to: Some(Value::List(rows)), .. } => rows.iter_mut().for_each(table),
            Act::Push { row, .. } => table(row),
            Act::Put(thing) => bury(thing, table),
            _ => {}
        }
    }
    changes
}

fn bury(thing: &mut Thing, fill: impl Fn(&mut Value)) {
    match thing {
        Thing::Entity(entity) => {
            if let Some(mut removed) = entity.value("removed") {
                fill(&mut removed);
                assert!(entity.set("removed", Some(&removed)));
            }
        }
        Thing::Head(head) => {
            if let Some(mut removed) = head.value("removed") {
                fill(&mut removed);
                assert!(head.set("removed", Some(&removed)));
            }
        }
        Thing::Decision(decision) => {
            for gap in [&mut decision.by, &mut decision.reason].into_iter().filter(|gap| gap.is_empty()) {
                "ada".clone_into(gap);
            }
        }
        _ => {}
    }
}

fn perform(models: &Models, option: &Choice, needs: &str) -> Models {
    let mut models = models.clone();
    for change in fill(&option.changes, needs) {
        let fresh = || Model { id: change.model.clone(), ..Model::default() };
        let model = models.entry(change.model.clone()).or_insert_with(fresh);
        apply(model, std::slice::from_ref(&change)).unwrap_or_else(|misfit| panic!("{misfit}: {change:?}"));
    }
    models
}

#[test]
fn every_option_ends_its_finding_and_brings_no_error() {
    let mut tried = 0;
    for row in TABLE.iter().filter(|row| rules::emitted().any(|code| code.name == row.code)) {
        let published = workspace();
        let past = if row.published { past(&[published.as_slice()]) } else { Past::default() };
        let seen = row.see();
        let finding = seen.findings.iter().find(|finding| finding.code.name == row.code).unwrap();
        let Some(fix) = &finding.fix else { continue };
        for option in &fix.options {
            let needs = fix.needs.as_deref().unwrap_or_default();
            let models = perform(&seen.workspace.models, option, needs);
            let left = check(&models, &past);
            let told: Vec<&str> = left.iter().map(|finding| finding.message.as_str()).collect();
            assert!(left.is_empty(), "{}: {} leaves {told:?}", row.code, option.label);
            tried += 1;
        }
    }
    assert!(tried >= 15, "only {tried} options were tried");
}

#[test]
fn safe_fixes_need_nobody() {
    for row in TABLE {
        let fixes = Row::see(row).findings.into_iter().filter_map(|finding| finding.fix);
        for fix in fixes {
            let alone = fix.options.len() == 1 && fix.needs.is_none();
            assert!(fix.safety == redan::finding::Safety::Unsafe || alone, "{}: {}", row.code, fix.title);
        }
    }
}

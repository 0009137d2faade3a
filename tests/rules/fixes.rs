//! A fix makes its finding go away, whichever option is picked, once a person has filled its gaps: in
//! the values, and in the files as the store writes them.

use std::collections::BTreeMap;

use redan::change::apply;
use redan::finding::{Choice, Finding, Fix, Safety, codes};
use redan::identity::Past;
use redan::model::{Model, Models, Value};
use redan::rules::{self, Context, filled};
use redan::store::{self, Content, Source, Workspace};

use super::bench::{past, see};
use super::mutations::{Row, TABLE};
use super::valid::{TODAY, workspace};

fn check(models: &Models, past: &Past) -> Vec<Finding> {
    let unread = BTreeMap::new();
    let mut findings = rules::check(&Context::new(models, &unread, past, TODAY));
    findings.retain(is_wrong);
    findings
}

/// That a newcomer has to be looked at is no consequence a fix could spare anybody.
fn is_wrong(finding: &Finding) -> bool {
    finding.code != &codes::OBJECTIVE_UNASSESSED
}

fn known() -> BTreeMap<&'static str, Value> {
    let at = Value::When("2026-11-20".parse().unwrap());
    BTreeMap::from([("at", at), ("by", Value::text("ada@example.org")), ("reason", Value::text("by mistake"))])
}

fn perform(models: &Models, option: &Choice) -> Models {
    let mut models = models.clone();
    for change in &option.changes {
        if !models.contains_key(&change.model) {
            models.insert(change.model.clone(), Model { id: change.model.clone(), ..Model::default() });
        }
        let model = models.edit(&change.model).unwrap();
        apply(model, std::slice::from_ref(change)).unwrap_or_else(|misfit| panic!("{misfit}: {change:?}"));
    }
    models
}

/// The files after the option, as the store writes them.
fn written(workspace: &Workspace, option: &Choice) -> Result<Vec<Source>, String> {
    let mut sources = workspace.sources.clone();
    let writes = match option.patches.is_empty() {
        true => store::plan(workspace, "threat-models", &option.changes).map_err(|refused| refused.to_string())?,
        false => store::patched(workspace, &option.patches).map_err(|refused| refused.to_string())?,
    };
    for write in writes {
        sources.insert(write.path.clone(), Source { path: write.path, content: Content::Bytes(write.after.into()) });
    }
    Ok(sources.into_values().collect())
}

/// Every option of the fix of every row that rules (or the reader) give one.
fn options(mut each: impl FnMut(&Row, &Workspace, &Past, &Choice)) -> usize {
    let mut tried = 0;
    for row in TABLE {
        let published = workspace();
        let past = if row.published { past(&[published.as_slice()]) } else { Past::default() };
        let seen = row.see();
        let finding = seen.findings.iter().find(|finding| finding.code.name == row.code).unwrap();
        let Some(fix) = &finding.fix else { continue };
        let fix = filled(fix, &known());
        assert_eq!(fix.needs, None, "{}: {}", row.code, fix.title);
        for option in &fix.options {
            each(row, &seen.workspace, &past, option);
            tried += 1;
        }
    }
    tried
}

#[test]
fn every_option_ends_its_finding_in_the_values() {
    let mut tried = 0;
    options(|row, workspace, past, option| {
        if option.changes.is_empty() {
            return;
        }
        let left = check(&perform(&workspace.models, option), past);
        let told: Vec<&str> = left.iter().map(|finding| finding.message.as_str()).collect();
        assert!(left.is_empty(), "{}: {} leaves {told:?}", row.code, option.label);
        tried += 1;
    });
    assert!(tried >= 15, "only {tried} options were tried");
}

#[test]
fn every_option_ends_its_finding_in_the_files() {
    let mut wrong = Vec::new();
    let tried = options(|row, workspace, past, option| match written(workspace, option) {
        Ok(files) => {
            let mut seen = see(&files, past, TODAY);
            seen.findings.retain(is_wrong);
            if !seen.findings.is_empty() {
                wrong.push(format!("{}: {} leaves\n{}", row.code, option.label, seen.told()));
            }
        }
        Err(refused) => wrong.push(format!("{}: {} is refused: {refused}", row.code, option.label)),
    });
    assert!(wrong.is_empty(), "of {tried}\n{}", wrong.join("\n"));
}

#[test]
fn safe_fixes_need_nobody() {
    for row in TABLE {
        for fix in row.see().findings.into_iter().filter_map(|finding| finding.fix) {
            // Who and when are known to whoever performs it; a reason is not.
            let alone = fix.options.len() == 1 && fix.needs.is_none_or(|needs| !needs.contains("reason"));
            assert!(fix.safety == Safety::Unsafe || alone, "{}: {}", row.code, fix.title);
        }
    }
}

#[test]
fn what_nobody_supplied_stays_needed() {
    let row = TABLE.iter().find(|row| row.code == "rating_in_place").unwrap();
    let fix: Fix = row.see().findings.into_iter().find_map(|finding| finding.fix).unwrap();
    let mut known = known();
    known.remove("reason");
    assert_eq!(fix.needs.as_deref(), Some("at, by, reason"));
    assert_eq!(filled(&fix, &known).needs.as_deref(), Some("reason"));
}

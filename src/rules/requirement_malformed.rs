//! Requirements that are not `framework@version:id`.

use super::{Context, Rule, named};
use crate::change::{Act, Change, Subject};
use crate::comply::Reference;
use crate::finding::{Finding, Fix, Place, codes};
use crate::model::{Body, Entity, Model, Value};

pub(super) static RULE: Rule = Rule { codes: &[&codes::REQUIREMENT_MALFORMED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        let Body::Control(control) = &entity.body else { continue };
        for (row, requirement) in control.requirements.iter().enumerate() {
            if !is_requirement(&requirement.req, false) {
                let place = Place::entity(&model.id, entity.id).key("requirements").row(row);
                let found = finding(&named(entity), place, &requirement.req);
                let meant = context.library.and_then(|library| library.resolve(&requirement.req).ok());
                findings.push(match meant {
                    Some(meant) => spelled(found, (model, entity, row), &meant),
                    None => found,
                });
            }
        }
    }
    context.active().for_each(|model| findings.extend(of_exclusions(model)));
}

/// Another spelling of a requirement that is there: rewriting it needs no judgement.
fn spelled(found: Finding, (model, entity, row): (&Model, &Entity, usize), meant: &Reference) -> Finding {
    let from = entity.value("requirements");
    let mut to = from.clone();
    if let Some(Value::List(rows)) = &mut to
        && let Some(Value::Table(table)) = rows.get_mut(row)
    {
        table.insert("req".to_owned(), Value::text(meant.to_string()));
    }
    let act = Act::Set { field: "requirements", from, to };
    let change = Change::new(&model.id, Subject::Entity(entity.id), act);
    found.help(format!("it is {meant}")).fix(Fix::safe(format!("write {meant}"), vec![change]))
}

fn of_exclusions(model: &Model) -> impl Iterator<Item = Finding> + '_ {
    let rows = model.compliance.exclusions.iter().enumerate().filter(|(_, row)| !is_requirement(&row.req, true));
    rows.map(|(row, exclusion)| {
        let place = Place::of(&model.id, Subject::Compliance).key("exclusions").row(row);
        finding("an exclusion", place, &exclusion.req)
    })
}

fn finding(who: &str, place: Place, req: &str) -> Finding {
    let (place, message) = match req {
        "" => (place, format!("{who} does not name its requirement")),
        _ => (place.key("req"), format!("{who} names the requirement `{req}`, which is not `framework@version:id`")),
    };
    Finding::new(&codes::REQUIREMENT_MALFORMED, place, message)
        .help("write framework, version and requirement, as in asvs@5.0.0:V6.2.1")
}

/// `asvs@5.0.0:V6.2.1`; where `open`, `*` may end it and stands for the rest.
pub(super) fn is_requirement(text: &str, open: bool) -> bool {
    let Some((framework, id)) = text.split_once(':') else { return false };
    let plain = |id: &str| id.chars().all(|c| c.is_ascii_graphic() && c != '*');
    let id = match id.strip_suffix('*') {
        Some(stem) if open => return is_framework(framework) && plain(stem),
        _ => id,
    };
    is_framework(framework) && !id.is_empty() && plain(id)
}

/// `asvs@5.0.0`: a lower-case name and a version.
pub(super) fn is_framework(text: &str) -> bool {
    let Some((name, version)) = text.split_once('@') else { return false };
    let name_fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    let version_fits = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    starts && name.chars().all(name_fits) && !version.is_empty() && version.chars().all(version_fits)
}

//! Paths of components and evidence that leave the repository they are within.

use super::{Context, Rule, named};
use crate::finding::{Finding, Place, codes};
use crate::model::{Body, Entity, ModelId};

pub(super) static RULE: Rule = Rule { codes: &[&codes::PATH_OUTSIDE], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (model, entity) in context.live() {
        match &entity.body {
            Body::Component(component) => {
                let at = |key| Place::entity(&model.id, entity.id).key(key);
                for (key, text) in [("repo", &component.repo), ("path", &component.path)] {
                    findings.extend(outside(text).then(|| found(entity, at(key), text)));
                }
            }
            Body::Control(control) => {
                for (row, evidence) in control.evidence.iter().enumerate() {
                    let place = row_of(&model.id, entity, row);
                    findings.extend(outside(&evidence.path).then(|| found(entity, place, &evidence.path)));
                }
            }
            _ => {}
        }
    }
}

fn row_of(model: &ModelId, entity: &Entity, row: usize) -> Place {
    Place::entity(model, entity.id).key("evidence").row(row)
}

fn found(entity: &Entity, place: Place, path: &str) -> Finding {
    let shown: String = path.chars().take(60).collect();
    let message = format!("{} points out of its repository: `{shown}`", named(entity));
    Finding::new(&codes::PATH_OUTSIDE, place, message)
        .help("name a folder or a file within the repository, with `/` between the parts and none in front")
}

/// From the root of a file system, from somebody's home, or up and out.
fn outside(path: &str) -> bool {
    let mut depth = 0_i32;
    let climbs = path.split(['/', '\\']).any(|part| {
        depth += match part {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    });
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    climbs || drive || path.starts_with(['/', '\\', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_out_is_outside() {
        for path in ["/etc/passwd", "..", "../x", "a/../../x", "a\\..\\..\\x", "C:\\x", "~/x", "\\\\host\\x"] {
            assert!(outside(path), "{path}");
        }
        for path in ["", "a", "a/b", "./a", "a/../b", "acme/pay", "a..b/c", "src/**/x.rs"] {
            assert!(!outside(path), "{path}");
        }
    }
}

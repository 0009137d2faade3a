//! Selected frameworks, or levels of them, that no pack has.

use super::{Context, Rule, listed};
use crate::change::Subject;
use crate::comply::{Library, Name};
use crate::finding::{Finding, Place, codes};
use crate::model::{Model, Selection};

pub(super) static RULE: Rule = Rule { codes: &[&codes::FRAMEWORK_UNKNOWN], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(library) = context.library else { return };
    for (text, (path, span)) in context.gate.into_iter().flat_map(|gate| &gate.named) {
        let Some(name) = Name::parse(text).filter(|name| library.pack(name).is_none()) else { continue };
        let message = format!("redan.toml says how much of {name} must be covered, and there is no such pack here");
        let finding = Finding::new(&codes::FRAMEWORK_UNKNOWN, Place::bytes(path, span.clone()), message);
        findings.push(finding.help(near(text, library)));
    }
    for model in context.active() {
        let selected = model.compliance.frameworks.iter();
        findings.extend(selected.filter_map(|(text, selection)| of(model, (text, selection), library)));
    }
}

fn of(model: &Model, (text, selection): (&str, &Selection), library: &Library) -> Option<Finding> {
    let name = Name::parse(text)?;
    let place = Place::of(&model.id, Subject::Compliance).key("frameworks");
    let Some(pack) = library.pack(&name) else {
        let message = format!("the model {} selects {name}, and there is no such pack here", model.id);
        return Some(Finding::new(&codes::FRAMEWORK_UNKNOWN, place.name(text), message).help(near(text, library)));
    };
    let level = Some(selection.level.as_str()).filter(|level| !level.is_empty())?;
    let names = pack.levels.names();
    if names.contains(&level) {
        return None;
    }
    let message = format!("{name} has no level `{level}`");
    let help = match names.as_slice() {
        [] => format!("{name} knows no levels: take `level` out"),
        _ => format!("it has {}", listed(&names)),
    };
    Some(Finding::new(&codes::FRAMEWORK_UNKNOWN, place.key(text).key("level"), message).help(help))
}

fn near(text: &str, library: &Library) -> String {
    if let Some(lost) = library.lost(text) {
        return format!("{lost}; {}", lost.again());
    }
    match library.meant(text).err().flatten() {
        Some(near) => format!("did you mean {near}? `redan comply frameworks` lists what there is"),
        None => {
            "`redan comply frameworks` lists what there is, and `redan comply import FILE` brings another".to_owned()
        }
    }
}

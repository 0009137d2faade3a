//! Entities written by hand as `NEW-<word>`.

use super::{Context, Others, Rule, fresh, named, renumbering};
use crate::finding::{Finding, Fix, Place, codes};
use crate::model::{Entity, Id, Kind, Model};

pub(super) static RULE: Rule = Rule { codes: &[&codes::ID_UNNUMBERED], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for model in context.active() {
        for kind in Kind::ALL {
            let first = fresh::number(context, model, kind);
            let waiting = model.of_kind(kind).filter(|entity| entity.live() && entity.id.number().is_none());
            findings.extend(waiting.zip(first..).map(|(entity, number)| finding(model, entity, Id::new(kind, number))));
        }
    }
}

fn finding(model: &Model, entity: &Entity, to: Id) -> Finding {
    let message = format!("the {} {} still waits for its number", to.kind, named(entity));
    let changes = renumbering(model, (entity.id, to), Others::default());
    Finding::new(&codes::ID_UNNUMBERED, Place::entity(&model.id, entity.id), message)
        .help("number it, with every reference to it: redan fix --rule id_unnumbered")
        .fix(Fix::safe(format!("number the {} {} {to}", to.kind, entity.id), changes))
}

//! Coverage below what the workspace asks for.

use std::ops::Range;

use super::{Context, Rule};
use crate::assess::{Assessment, Hold, Minimum, View};
use crate::change::Subject;
use crate::comply::{Coverage, Eyes, Library, Name, Status, Target, coverage, refuted, short};
use crate::finding::{Finding, Place, codes};
use crate::rules::memory::Memory;

pub(super) static RULE: Rule = Rule { codes: &[&codes::COVERAGE_SHORT], check };

fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(gate), Some(library)) = (context.gate, context.library) else { return };
    if gate.coverage.is_empty() {
        return;
    }
    findings.extend(unanswered(context, library));
    for assessment in context.assessed() {
        let model = assessment.model();
        for (framework, minimum) in &gate.coverage {
            let Some(now) = covered(context, library, (assessment, framework)) else { continue };
            let said = short(&now, minimum);
            if said.is_empty() {
                continue;
            }
            let old =
                context.past.bases.iter().filter_map(|base| base.models.get(&model.id)).filter(|old| !old.retired());
            let grown = old
                .map(|old| context.assess(old))
                .filter_map(|old| covered(context, library, (&old, framework)).map(|then| lost(&then, &now, minimum)))
                .any(|lost| lost);
            let place = Place::of(&model.id, Subject::Compliance).key("frameworks").name(framework);
            // A base that falls short excuses no further fall, which is another finding than the base's own.
            let place = if grown { place.key("more") } else { place };
            let message = format!("{}: {}", model.id, said.join("; "));
            let help = format!(
                "see what is open: redan comply gaps {}; what would close most: redan comply map {0}",
                model.id
            );
            findings.push(Finding::new(&codes::COVERAGE_SHORT, place, message).help(help));
        }
    }
}

/// Limits of frameworks that no model selects: there is nothing to hold them against, which would look like a pass.
fn unanswered(context: &Context<'_>, library: &Library) -> Vec<Finding> {
    let named = context.gate.into_iter().flat_map(|gate| &gate.named);
    let known = named.filter(|(name, _)| Name::parse(name).is_some_and(|name| library.pack(&name).is_some()));
    let selected = |name: &String| context.active().any(|model| model.compliance.frameworks.contains_key(name));
    let told = |(name, (path, span)): (&String, &(String, Range<usize>))| {
        let message = format!("redan.toml says how much of {name} must be covered, and no model selects it");
        let help = format!("hold a model against it: redan comply select MODEL {name}; or take the limit out");
        Finding::new(&codes::COVERAGE_SHORT, Place::bytes(path, span.clone()), message).help(help)
    };
    known.filter(|(name, _)| !selected(name)).map(told).collect()
}

/// Where a model stands to a framework that it selects.
fn covered<'m>(
    context: &Context<'_>,
    library: &'m Library,
    (assessment, framework): (&Assessment<'m>, &str),
) -> Option<Coverage<'m>> {
    let model = assessment.model();
    let selection = model.compliance.frameworks.get(framework)?;
    let pack = library.pack(&Name::parse(framework)?)?;
    let level = Some(selection.level.as_str()).filter(|level| !level.is_empty());
    let level = level.map(|level| pack.level(level)).unwrap_or_default();
    let memory = Memory::new(model, &context.past.words);
    let changed = |row: crate::assess::Row<'_>| memory.changed(row);
    let broken = refuted(assessment, View::on(context.today).judged_by(&changed));
    let eyes = Eyes {
        today: context.today,
        holds: &|control| assessment.hold(control).is_some_and(Hold::counts),
        refuted: &|row| broken.contains_key(&row),
    };
    Some(coverage(model, &Target { pack, level, whole: false }, &eyes))
}

/// Whether the base fell short too, and less.
fn lost(then: &Coverage<'_>, now: &Coverage<'_>, minimum: &Minimum) -> bool {
    let less = now.of_applicable() < then.of_applicable();
    let more = |status| now.count(status) > then.count(status);
    !short(then, minimum).is_empty() && (less || more(Status::Uncovered) || more(Status::Unmapped))
}

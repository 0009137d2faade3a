//! Taking objectives away from a control, and giving it others instead.

use super::cover::{others, place};
use super::draft::Draft;
use super::{GroupChoice, Note, Plan, Refusal, Stage, Why, command, grouping, pattern, sentence};
use crate::model::{Control, Group, Id, Model, Objective};

/// Replaces everything a control covers. With a group said, all of it goes there; without, what stays
/// keeps its group and what is new joins the only group the control has. Leaving an objective without
/// any control needs a reason.
pub fn remap<S: AsRef<str>>(
    stage: &Stage<'_>,
    control: Id,
    patterns: &[S],
    choice: Option<GroupChoice>,
    why: Option<&str>,
) -> Plan {
    let mut draft = Draft::open(stage)?;
    let old = draft.control(control)?.clone();
    let wanted: Vec<Objective> = pattern::expand(&draft.model, patterns)?.into_iter().collect();
    if wanted.is_empty() {
        return Err(nothing_left(&draft.model, control));
    }
    let group = match choice {
        Some(choice) => Some(choice.group(&draft.model, control, &wanted)?),
        None => None,
    };
    let only = only_group(&old);
    let place_of = |objective: Objective| group.or_else(|| old.covers.group(objective)).or(only);
    let places: Option<Vec<_>> = wanted.iter().map(|&objective| Some((objective, place_of(objective)?))).collect();
    let places = places.ok_or_else(|| which_group(&draft.model, control, patterns))?;
    let dropped: Vec<Objective> =
        old.covers.iter().map(|(_, objective)| objective).filter(|objective| !wanted.contains(objective)).collect();
    take(&mut draft, control, &dropped, ("remap", patterns, why))?;
    place(&mut draft, control, &places)?;
    Ok(draft.finish())
}

/// Takes objectives away from a control; it has to keep a live one.
pub fn uncover<S: AsRef<str>>(stage: &Stage<'_>, control: Id, patterns: &[S], why: Option<&str>) -> Plan {
    let mut draft = Draft::open(stage)?;
    let old = draft.control(control)?.clone();
    let named = pattern::expand(&draft.model, patterns)?;
    let dropped: Vec<Objective> =
        named.into_iter().filter(|objective| old.covers.group(*objective).is_some()).collect();
    if dropped.is_empty() {
        let message = format!("{control} covers none of these objectives");
        let hint = command::bare(&["show", &format!("{}/{control}", stage.model.id)]);
        return Err(Refusal::new(Why::NotCovered, message).hint(hint));
    }
    let open = |(_, objective): (Group, Objective)| draft.model.is_open(objective) && !dropped.contains(&objective);
    if !old.covers.iter().any(open) {
        return Err(nothing_left(&draft.model, control));
    }
    take(&mut draft, control, &dropped, ("uncover", patterns, why))?;
    Ok(draft.finish())
}

fn only_group(control: &Control) -> Option<Group> {
    let mut groups = control.covers.0.iter().filter(|(_, pairs)| !pairs.is_empty()).map(|(group, _)| *group);
    groups.next().filter(|_| groups.next().is_none())
}

/// Uncovers them. Where nothing else covers one, a reason is needed; a given one is kept as a decision.
fn take<S: AsRef<str>>(
    draft: &mut Draft<'_>,
    control: Id,
    dropped: &[Objective],
    (verb, patterns, why): (&str, &[S], Option<&str>),
) -> Result<(), Refusal> {
    if dropped.is_empty() {
        return Ok(());
    }
    let model = &draft.model;
    let why = why.map(str::trim).filter(|why| !why.is_empty());
    let alone = |o: &&Objective| model.is_open(**o) && others(model, control, **o).next().is_none();
    let bare: Vec<Objective> = dropped.iter().filter(alone).copied().collect();
    if why.is_none() && !bare.is_empty() {
        let words = words(verb, control, patterns, ["--reason", command::BLANK]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let message =
            format!("{control} is the only control of {}: say why they may go without", sentence::list(&bare));
        return Err(Refusal::new(Why::Reason, message).hint(command::on(&model.id, &words)));
    }
    let body = draft.control(control)?;
    dropped.iter().for_each(|objective| body.covers.remove(*objective));
    draft.note(Note::Uncovered { control, objectives: dropped.to_vec() });
    if let Some(why) = why {
        grouping::record(draft, dropped, &[control], why);
    }
    Ok(())
}

fn words<S: AsRef<str>>(verb: &str, control: Id, patterns: &[S], last: [&str; 2]) -> Vec<String> {
    let head = [verb.to_owned(), control.to_string()];
    let patterns = patterns.iter().map(|pattern| pattern.as_ref().to_owned());
    head.into_iter().chain(patterns).chain(last.map(str::to_owned)).collect()
}

fn nothing_left(model: &Model, control: Id) -> Refusal {
    let message = format!("{control} would cover nothing: remove it instead");
    let words = ["remove", &control.to_string(), "--reason", command::BLANK];
    Refusal::new(Why::Empty, message).hint(command::on(&model.id, &words))
}

fn which_group<S: AsRef<str>>(model: &Model, control: Id, patterns: &[S]) -> Refusal {
    let message = format!(
        "which group: {control} has none or several; a number = needed together with that group, \
         next = an alternative, depth = never counts"
    );
    ["1", "next", "depth"].iter().fold(Refusal::new(Why::Group, message), |refusal, group| {
        let words = words("remap", control, patterns, ["--group", group]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        refusal.hint(command::on(&model.id, &words))
    })
}

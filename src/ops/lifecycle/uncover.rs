//! Taking objectives away from a control, and giving it others instead.

use super::cover::{others, place};
use super::draft::Draft;
use super::{GroupChoice, Note, Plan, Refusal, Stage, Why, command, grouping, pattern, sentence};
use crate::model::{Control, Group, Id, Model, Objective};

/// What was asked, to be said again with what is missing.
#[derive(Clone, Copy)]
struct Ask<'a, S> {
    verb: &'static str,
    control: Id,
    patterns: &'a [S],
    group: Option<GroupChoice>,
    why: Option<&'a str>,
}

/// Replaces everything a control covers. With a group said, all of it goes there; without, what stays
/// keeps its group and what is new joins the only group the control has. Leaving an objective without
/// any control needs a reason.
pub fn remap<S: AsRef<str>>(
    stage: &Stage<'_>,
    control: Id,
    patterns: &[S],
    group: Option<GroupChoice>,
    why: Option<&str>,
) -> Plan {
    let ask = Ask { verb: "remap", control, patterns, group, why: why.map(str::trim).filter(|why| !why.is_empty()) };
    let mut draft = Draft::open(stage)?;
    let old = draft.control(control)?.clone();
    let wanted: Vec<Objective> = pattern::expand(&draft.model, patterns)?.into_iter().collect();
    if wanted.is_empty() {
        return Err(nothing_left(&draft.model, control));
    }
    let said = group.map(|choice| choice.group(&draft.model, control, &wanted)).transpose()?;
    let only = only_group(&old);
    let place_of = |objective: Objective| said.or_else(|| old.covers.group(objective)).or(only);
    let places: Option<Vec<_>> = wanted.iter().map(|&objective| Some((objective, place_of(objective)?))).collect();
    let places = places.ok_or_else(|| ask.which_group(&draft.model))?;
    let dropped: Vec<Objective> =
        old.covers.iter().map(|(_, objective)| objective).filter(|objective| !wanted.contains(objective)).collect();
    ask.take(&mut draft, &dropped)?;
    place(&mut draft, control, &places)?;
    Ok(draft.finish())
}

/// Takes objectives away from a control; it has to keep a live one.
pub fn uncover<S: AsRef<str>>(stage: &Stage<'_>, control: Id, patterns: &[S], why: Option<&str>) -> Plan {
    let why = why.map(str::trim).filter(|why| !why.is_empty());
    let ask = Ask { verb: "uncover", control, patterns, group: None, why };
    let mut draft = Draft::open(stage)?;
    let old = draft.control(control)?.clone();
    let named = pattern::expand(&draft.model, patterns)?;
    let dropped: Vec<Objective> = named.into_iter().filter(|named| old.covers.group(*named).is_some()).collect();
    if dropped.is_empty() {
        let message = format!("{control} covers none of these objectives");
        let hint = command::bare(&["show", &format!("{}/{control}", stage.model.id)]);
        return Err(Refusal::new(Why::NotCovered, message).hint(hint));
    }
    let stays = |(_, objective): (Group, Objective)| draft.model.is_open(objective) && !dropped.contains(&objective);
    if !old.covers.iter().any(stays) {
        return Err(nothing_left(&draft.model, control));
    }
    ask.take(&mut draft, &dropped)?;
    Ok(draft.finish())
}

impl<S: AsRef<str>> Ask<'_, S> {
    /// Uncovers them. Where nothing else covers one, a reason is needed; a given one is kept as a decision.
    fn take(&self, draft: &mut Draft<'_>, dropped: &[Objective]) -> Result<(), Refusal> {
        let model = &draft.model;
        let bare = |o: &&Objective| model.is_open(**o) && others(model, self.control, **o).next().is_none();
        let bare: Vec<Objective> = dropped.iter().filter(bare).copied().collect();
        if self.why.is_none() && !bare.is_empty() && !draft.stage.unfinished {
            let control = self.control;
            let list = sentence::list(&bare);
            let message = format!("nothing but {control} covers {list}: taking that away needs a reason");
            return Err(Refusal::new(Why::Reason, message).hint(self.again(model, self.group, Some(command::BLANK))));
        }
        if dropped.is_empty() {
            return Ok(());
        }
        let body = draft.control(self.control)?;
        dropped.iter().for_each(|objective| body.covers.remove(*objective));
        draft.note(Note::Uncovered { control: self.control, objectives: dropped.to_vec() });
        if let Some(why) = self.why {
            grouping::record(draft, dropped, &[self.control], why);
        }
        Ok(())
    }

    fn which_group(&self, model: &Model) -> Refusal {
        let message = format!(
            "which group {} joins has to be said: a number = needed together with that group, \
             next = an alternative, depth = never counts",
            self.control
        );
        let choices = [GroupChoice::Number(1), GroupChoice::Next, GroupChoice::Depth];
        let hint = |refusal: Refusal, choice| refusal.hint(self.again(model, Some(choice), self.why));
        choices.into_iter().fold(Refusal::new(Why::Group, message), hint)
    }

    /// The same command with what was missing.
    fn again(&self, model: &Model, group: Option<GroupChoice>, why: Option<&str>) -> String {
        let id = self.control.to_string();
        let group = group.map(GroupChoice::word);
        let mut words = vec![self.verb, &id];
        words.extend(self.patterns.iter().map(AsRef::as_ref));
        words.extend(group.iter().flat_map(|group| ["--group", group.as_str()]));
        words.extend(why.iter().flat_map(|why| ["--reason", *why]));
        command::on(&model.id, &words)
    }
}

fn only_group(control: &Control) -> Option<Group> {
    let mut groups = control.covers.0.iter().filter(|(_, pairs)| !pairs.is_empty()).map(|(group, _)| *group);
    groups.next().filter(|_| groups.next().is_none())
}

fn nothing_left(model: &Model, control: Id) -> Refusal {
    let message = format!("{control} would cover nothing: remove it instead");
    let words = ["remove", &control.to_string(), "--reason", command::BLANK];
    Refusal::new(Why::Empty, message).hint(command::on(&model.id, &words))
}

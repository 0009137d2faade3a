//! Groups of one objective, and the status of a control.

use super::draft::Draft;
use super::{Note, Plan, Refusal, Stage, Why, command, cover, grouping, refusal};
use crate::model::{Group, Id, Objective, Status};

/// Puts controls of one objective into other groups. The reason is kept as a decision, because groups
/// decide what counts as mitigated.
pub fn group(stage: &Stage<'_>, objective: Objective, groups: &[(Id, Group)], why: &str) -> Plan {
    let mut draft = Draft::open(stage)?;
    draft.live(objective.asset)?;
    draft.live(objective.attacker)?;
    let pairs = groups.iter().map(|(control, group)| format!("{control}={group}"));
    let words: Vec<String> = ["group".to_owned(), objective.to_string()].into_iter().chain(pairs).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if groups.is_empty() {
        let hint = command::on(&stage.model.id, &["group", &objective.to_string(), "C1=1", "--reason", command::BLANK]);
        return Err(Refusal::new(Why::Missing, "no control and group is given").hint(hint));
    }
    let why = refusal::reason(&draft.model, &words, why)?;
    for &(control, group) in groups {
        if draft.control(control)?.covers.group(objective).is_none() {
            return Err(not_covered(stage, control, objective, group));
        }
        cover::place(&mut draft, control, &[(objective, group)])?;
    }
    if draft.model.entities != stage.model.entities {
        let controls: Vec<Id> = groups.iter().map(|(control, _)| *control).collect();
        grouping::record(&mut draft, &[objective], &controls, why);
    }
    Ok(draft.finish())
}

fn not_covered(stage: &Stage<'_>, control: Id, objective: Objective, group: Group) -> Refusal {
    let pattern = objective.to_string();
    let words = ["cover", &control.to_string(), &pattern, "--group", &group.to_string()];
    let message = format!("{control} does not cover {objective}: there is no group to change");
    Refusal::new(Why::NotCovered, message).hint(command::on(&stage.model.id, &words))
}

/// Says how far a control is.
pub fn status(stage: &Stage<'_>, control: Id, status: Status) -> Plan {
    let mut draft = Draft::open(stage)?;
    let body = draft.control(control)?;
    if body.status.unwrap_or(Status::NotImplemented) != status {
        body.status = Some(status);
        draft.note(Note::StatusSet { control, status });
    }
    Ok(draft.finish())
}

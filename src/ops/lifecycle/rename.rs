//! Another name for a model. Its ID stays, and no version is made.

use super::draft::Draft;
use super::{Note, Plan, Refusal, Stage, Why, command};
use crate::model::Model;

/// `others` are the other models of the workspace, retired ones too: a name is unique among them
/// whatever its case and spacing.
pub fn rename(stage: &Stage<'_>, name: &str, others: &[&Model]) -> Plan {
    let mut draft = Draft::open(stage)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        let hint = command::bare(&["rename", stage.model.id.as_str(), command::BLANK]);
        return Err(Refusal::new(Why::Missing, "the new name is empty").hint(hint));
    }
    let others: Vec<&Model> = others.iter().copied().filter(|other| other.id != stage.model.id).collect();
    if let Some(other) = holder(&name, &others) {
        let message = format!("`{}` is the name of {} already: choose another", other.head.name, other.id);
        let hint = command::bare(&["rename", stage.model.id.as_str(), &free_name(&name, &others)]);
        return Err(Refusal::new(Why::NameTaken, message).hint(hint));
    }
    if draft.model.head.name != name {
        let from = std::mem::replace(&mut draft.model.head.name, name.clone());
        draft.note(Note::ModelRenamed { from, to: name });
    }
    Ok(draft.finish())
}

/// The name itself, or with the first number that makes it unique: `Payment API 2`.
pub fn free_name(name: &str, others: &[&Model]) -> String {
    let mut names = std::iter::once(name.to_owned()).chain((2..).map(|number: usize| format!("{name} {number}")));
    names.find(|name| holder(name, others).is_none()).unwrap_or_default()
}

fn holder<'m>(name: &str, models: &[&'m Model]) -> Option<&'m Model> {
    models.iter().copied().find(|model| folded(&model.head.name) == folded(name))
}

fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

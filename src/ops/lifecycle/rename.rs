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
    let clash = others.iter().find(|other| other.id != stage.model.id && folded(&other.head.name) == folded(&name));
    if let Some(other) = clash {
        let message = format!("`{}` is the name of {} already: choose another", other.head.name, other.id);
        let hint = command::bare(&["rename", stage.model.id.as_str(), &format!("{name} 2")]);
        return Err(Refusal::new(Why::NameTaken, message).hint(hint));
    }
    if draft.model.head.name != name {
        let from = std::mem::replace(&mut draft.model.head.name, name.clone());
        draft.note(Note::ModelRenamed { from, to: name });
    }
    Ok(draft.finish())
}

fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

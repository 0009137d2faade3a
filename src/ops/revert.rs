//! The old state that a revert writes back.

use super::{Desk, Trouble};
use crate::finding::Severity;
use crate::model::{Model, ModelId};

/// Reads a model as `MODEL@moment` names it. A state that cannot be read whole is not written back.
pub fn state(desk: &Desk, model: Option<&str>, moment: &str) -> Result<Model, Trouble> {
    let view = desk.view(None)?;
    let id = desk.subject(&view, model)?;
    let mut read = desk.look(&desk.at(Some(id.as_str()), moment)?)?;
    if read.workspace.lossy.contains(&id) {
        let findings = read.workspace.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        return Err(Trouble::Unsound { model: format!("{id}@{moment}"), findings });
    }
    let known = read.workspace.models.keys().map(ModelId::to_string).collect();
    read.workspace.models.remove(&id).ok_or_else(|| Trouble::UnknownModel { asked: format!("{id}@{moment}"), known })
}

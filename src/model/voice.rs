//! Where somebody put their name to something that stays.

use super::{Entity, Id, Model, Role, Value};

/// A name, and what it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    pub spoken: Spoken,
    /// An e-mail address or `@handle`.
    pub by: String,
    /// Tells it from others under the same heading: the same words of the same day are one voice.
    at: String,
}

/// What somebody stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// A row of an entity, from 0.
    Row { id: Id, rows: &'static str, at: usize },
    /// The removal of an entity.
    Removal(Id),
    /// By file name without `.toml`.
    Decision(String),
    /// By file name without `.toml`.
    Session(String),
}

impl Voice {
    /// The same in every state that has it, wherever its row stands there.
    pub fn key(&self) -> String {
        let under = match &self.spoken {
            Spoken::Row { id, rows, .. } => format!("{id} {rows}"),
            Spoken::Removal(id) => format!("{id} removed"),
            Spoken::Decision(name) => format!("decisions/{name}"),
            Spoken::Session(name) => format!("sessions/{name}"),
        };
        format!("{under} {} {}", self.at, self.by)
    }
}

impl Model {
    /// Everybody who put their name to something here, in the order of the files. Rows that name nobody are not here.
    pub fn voices(&self) -> Vec<Voice> {
        let mut found: Vec<Voice> = self.entities.values().flat_map(of_entity).collect();
        let at = |at: Option<super::When>| at.map(|at| at.to_string()).unwrap_or_default();
        for (name, decision) in &self.decisions {
            let spoken = Spoken::Decision(name.clone());
            found.push(Voice { spoken, by: decision.by.clone(), at: at(decision.at) });
        }
        for (name, session) in &self.sessions {
            let spoken = Spoken::Session(name.clone());
            found.push(Voice { spoken, by: session.by.clone(), at: at(session.at) });
        }
        found.retain(|voice| !voice.by.trim().is_empty());
        found
    }
}

fn of_entity(entity: &Entity) -> Vec<Voice> {
    let mut found = Vec::new();
    for field in entity.id.kind.fields().filter(|field| field.role == Role::Rows) {
        let list = entity.value(field.name);
        let rows = list.as_ref().and_then(Value::as_list).unwrap_or_default();
        for (at, row) in rows.iter().enumerate() {
            found.extend(voice(Spoken::Row { id: entity.id, rows: field.name, at }, row));
        }
    }
    let removal = entity.life.removed.as_ref().and_then(|_| entity.value("removed"));
    found.extend(removal.and_then(|removal| voice(Spoken::Removal(entity.id), &removal)));
    found
}

fn voice(spoken: Spoken, row: &Value) -> Option<Voice> {
    let row = row.as_table()?;
    let by = row.get("by").and_then(Value::as_text)?.to_owned();
    Some(Voice { spoken, by, at: row.get("at").map(Value::to_string).unwrap_or_default() })
}

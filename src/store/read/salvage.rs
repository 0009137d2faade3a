//! IDs that stand in a file that could not be read: nobody may say that those are gone.

use std::collections::BTreeSet;

use crate::model::{Id, Kind};

pub(super) type Salvaged = BTreeSet<Id>;

/// Every ID that looks like the table of an entity, line by line and without any grammar.
pub(super) fn salvage(bytes: &[u8], into: &mut Salvaged) {
    let text = String::from_utf8_lossy(bytes);
    let mut under = None;
    for line in text.lines() {
        let line = line.trim_start();
        let head = line.trim_start_matches('[');
        let header = head.len() < line.len();
        let parts: Vec<&str> = head.splitn(3, '.').map(word).collect();
        let kind = parts.first().and_then(|table| Kind::of_table(table));
        if let (Some(kind), Some(id)) = (kind, parts.get(1)) {
            into.extend(Id::within(kind, id));
        } else if let (None, Some(kind), Some(id)) = (kind, under, parts.first())
            && !header
        {
            into.extend(Id::within(kind, id));
        }
        if header {
            under = kind.filter(|_| parts.len() == 1);
        }
    }
}

/// A key without its quotes and without what follows it.
fn word(part: &str) -> &str {
    let part = part.trim_start().trim_start_matches(['"', '\'']);
    part.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default()
}

/// The `id` of a model.toml that could not be parsed.
pub(super) fn model_id(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let line = text
        .lines()
        .take_while(|line| !line.trim_start().starts_with('['))
        .find_map(|line| line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('=').map(str::trim_start))?;
    let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    line[1..].split(quote).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_seen_without_grammar() {
        let text = "x = [\n[assets.A1]\n [[ attackers . T2 . revisions ]]\n[controls.\"C3\"\n[assets]\nA4 = {}\nA5.name = 1\n\
            [provenance]\nA6 = 1\nassets.NEW-x.name = 2\n[assets.a7]\n";
        let mut ids = Salvaged::new();
        salvage(text.as_bytes(), &mut ids);
        let ids: Vec<String> = ids.iter().map(Id::to_string).collect();
        assert_eq!(ids, ["A1", "A4", "A5", "NEW-x", "T2", "C3"]);
    }

    #[test]
    fn the_model_id_is_seen_too() {
        assert_eq!(model_id(b"\xff\nid = \"pay\" # x\n").as_deref(), Some("pay"));
        assert_eq!(model_id(b"identity = 1\n[a]\nid = \"x\"\n"), None);
    }
}

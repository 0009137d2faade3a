//! Sessions: what was asked in plain words, and what came of it.

use super::choice::choice;
use super::record::record;
use super::{Part, Redaction, Shape, Value, When};

choice! {
    /// What a turn was about.
    pub enum Intent {
        Generate = "generate",
        Refine = "refine",
        Query = "query",
        General = "general",
    }
}

/// Lines of text, in order.
impl Part for Vec<String> {
    const SHAPE: Shape = Shape::List(&Shape::Line);

    fn show(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::List(self.iter().map(Value::text).collect()))
    }

    fn read(value: Option<&Value>) -> Option<Vec<String>> {
        let Some(value) = value else { return Some(Vec::new()) };
        value.as_list()?.iter().map(|line| line.as_text().map(str::to_owned)).collect()
    }
}

record! {
    /// One turn of a session.
    pub struct Turn {
        /// When it was said.
        at: Option<When>, Note;
        /// generate, refine, query or general.
        intent: Option<Intent>, Note;
        /// The person's words.
        words: String, Note, Shape::Prose;
        /// The answer.
        reply: String, Note, Shape::Prose;
        /// Structural digest of the model before, 12 hex digits.
        before: String, Note, Shape::Digest;
        /// Structural digest of the model after, 12 hex digits.
        after: String, Note, Shape::Digest;
        /// What changed, a line each.
        changes: Vec<String>, Note;
        /// Somebody took the words out: who, when and why. Their hashes stand in their place.
        redacted: Option<Redaction>, Note;
    }
}

record! {
    /// One file of `sessions/`.
    pub struct Session {
        /// When it began.
        at: Option<When>, Note;
        /// Who spoke.
        by: String, Note;
        /// The engine that answered.
        engine: String, Note;
        /// Turns, oldest first.
        turns: Vec<Turn>, Note;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_survives_its_value() {
        let turn = Turn { words: "Add a DDoS attacker".into(), intent: Some(Intent::Refine), ..Turn::default() };
        let turns = vec![turn];
        assert_eq!(Vec::<Turn>::read(turns.show().as_ref()), Some(turns));
        assert_eq!(Vec::<Turn>::read(Some(&Value::Flag(true))), None);
    }
}

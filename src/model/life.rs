//! What every entity has beside its own fields: how it ended, how it was renamed, why it is there.

use super::record::record;
use super::{Redaction, Shape, When};

record! {
    /// The tombstone of a removed entity. Its ID is never used again.
    pub struct Removed {
        /// The day it was removed.
        at: Option<When>, Structural;
        /// Who removed it: an e-mail address or `@handle`.
        by: String, Structural;
        /// Why it was removed.
        reason: String, Structural, Shape::Prose;
        /// What took its place: `A4`, or `other-model/A3`.
        replaced_by: String, Structural;
    }
}

record! {
    /// A person (or a configured model) overruled the identity judge: the entity kept its ID.
    pub struct Renamed {
        /// What the identity read before.
        from: String, Note, Shape::Prose;
        /// When it was overruled.
        at: Option<When>, Note;
        /// Who overruled it.
        by: String, Note;
        /// Why it is still the same thing.
        reason: String, Note, Shape::Prose;
        /// The configured model that judged, when one did.
        judge: String, Note;
        /// Somebody took the words out: who, when and why. Their hashes stand in their place.
        redacted: Option<Redaction>, Note;
    }
}

record! {
    /// Fields that every kind of entity has.
    pub struct Life {
        /// Why it is in the model, or why its factors are what they are.
        rationale: String, Note, Shape::Prose;
        /// What wrote it, when that was not a person: `offline`, `openai/<model>`.
        source: String, Note;
        /// For assumptions: attestations from before it no longer count; where it is a day, those of that day neither.
        attest_after: Option<When>, Note;
        /// The tombstone; present = removed.
        removed: Option<Removed>, Structural;
        /// Identity changes that somebody stood up for, oldest first; never edited.
        renamed: Vec<Renamed>, Rows;
    }
}

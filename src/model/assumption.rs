//! What the model takes for granted, and who vouched for it.

use std::collections::BTreeSet;

use super::choice::choice;
use super::record::record;
use super::{AssetRef, Atom, AttackerRef, ComponentRef, Pairs, Part, Property, Redaction, Shape, Value, Vector, When};

choice! {
    /// Who upholds an assumption.
    pub enum AssumptionKind {
        /// Somebody else upholds it; attested by hand.
        External = "external",
        /// Something does not apply here; shown by evidence, never attested by hand.
        NonApplicability = "non_applicability",
    }
}

/// One term of a predicate: anything, or one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wild<T> {
    Any,
    These(BTreeSet<T>),
}

impl<T: Atom> Part for Option<Wild<T>> {
    const SHAPE: Shape = Shape::Wild(&T::SHAPE);

    fn show(&self) -> Option<Value> {
        match self.as_ref()? {
            Wild::Any => Some(Value::text("*")),
            Wild::These(set) if set.len() == 1 => set.first().map(|item| Value::Text(item.spell())),
            Wild::These(set) => Some(set.show().unwrap_or(Value::List(Vec::new()))),
        }
    }

    fn read(value: Option<&Value>) -> Option<Option<Wild<T>>> {
        match value {
            None => Some(None),
            Some(Value::Text(text)) if text == "*" => Some(Some(Wild::Any)),
            Some(Value::Text(text)) => T::parse(text).map(|item| Some(Wild::These(BTreeSet::from([item])))),
            Some(list) => BTreeSet::read(Some(list)).map(|set| Some(Wild::These(set))),
        }
    }
}

record! {
    /// Which objectives an assumption takes out: every term given must match; `objectives` overrides.
    pub struct Predicate {
        /// Attackers it is about, or `*`.
        attacker: Option<Wild<AttackerRef>>, Structural;
        /// Vectors it is about, or `*`.
        vector: Option<Wild<Vector>>, Structural;
        /// Assets it is about, or `*`.
        asset: Option<Wild<AssetRef>>, Structural;
        /// Components it is about, or `*`.
        component: Option<Wild<ComponentRef>>, Structural;
        /// Properties it is about, or `*`.
        property: Option<Wild<Property>>, Structural;
        /// Objectives written out: asset = its attackers. Overrides the other terms.
        objectives: Pairs, Structural;
    }
}

record! {
    /// Somebody vouched for an assumption on a day. Rows are only ever appended.
    pub struct Attestation {
        /// Who vouched.
        by: String, Note;
        /// When they vouched.
        at: Option<When>, Note;
        /// What exactly they said.
        statement: String, Note, Shape::Prose;
        /// The last day it counts.
        expires: Option<When>, Note;
        /// Where the proof is: a link, a document, a path.
        evidence: String, Note;
        /// Digest of the words that were vouched for, 12 hex digits; it stops counting when they change.
        of: String, Note, Shape::Digest;
        /// Somebody took the words out: who, when and why. Their hashes stand in their place.
        redacted: Option<Redaction>, Note;
    }
}

record! {
    /// Something taken for granted.
    pub struct Assumption {
        /// What is taken for granted, in a sentence.
        description: String, Identity, Shape::Prose;
        /// `external`: somebody else upholds it. `non_applicability`: it does not apply here.
        kind: Option<AssumptionKind>, Structural;
        /// The objectives it speaks about: asset = its attackers.
        objectives: Pairs, Structural;
        /// Which objectives it takes out while it is attested.
        excludes: Option<Predicate>, Structural;
        /// Who vouched for it and until when; only ever appended.
        attestations: Vec<Attestation>, Rows;
    }
}

//! Judging entities: which of their fields are looked at, and as what.

use super::{Judgement, Subject, judge};
use crate::model::{Entity, Kind};

/// Judges whether `new` is still the entity that `old` was. Both are of one kind.
pub fn compare(old: &Entity, new: &Entity) -> Judgement {
    let (old_fields, new_fields) = (old.identity(), new.identity());
    judge(subject(new.id.kind), &borrowed(&old_fields), &borrowed(&new_fields))
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

fn subject(kind: Kind) -> Subject {
    match kind {
        Kind::Boundary => Subject::Boundary,
        Kind::Component => Subject::Component,
        Kind::Asset => Subject::Asset,
        Kind::Attacker => Subject::Attacker,
        Kind::Assumption => Subject::Assumption,
        Kind::Control => Subject::Control,
    }
}

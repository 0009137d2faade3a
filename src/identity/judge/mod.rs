//! The offline judge: do two wordings name the same subject? (docs/methodology.md tells the rules in words.)
//!
//! Deterministic and without network: the same texts get the same answer on every host. A wrong `Same` is the expensive mistake, so what no
//! rule explains is `Unsure`. Never: model types, I/O, randomness, locale.

mod align;
mod compare;
mod expand;
mod flip;
mod kinds;
mod lexicon;
mod order;
mod reading;

/// The version written as `identity` in redan.toml. Any change of rule or data that can change an answer is a new version.
pub const VERSION: u32 = 1;

/// Which kind of entity the words belong to: it decides which fields count and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    Asset,
    Attacker,
    Boundary,
    Component,
    Assumption,
    Control,
    Model,
}

impl Subject {
    /// The identity fields, in the order in which they weigh. Other fields are ignored by the judge.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Subject::Asset => &["name", "description"],
            Subject::Attacker => &["capability", "position", "archetype"],
            Subject::Boundary | Subject::Component => &["name"],
            Subject::Assumption | Subject::Control => &["description"],
            Subject::Model => &["id"],
        }
    }
}

/// Ordered: a later answer is further from `Same`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Same,
    Unsure,
    Different,
}

/// An answer with one plain sentence that says why, for the person whose edit it decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub why: String,
}

impl Judgement {
    fn new(verdict: Verdict, why: impl Into<String>) -> Self {
        Judgement { verdict, why: why.into() }
    }
}

/// Field names with their texts, in any order. A field that is absent reads as empty.
pub type Fields<'a> = &'a [(&'a str, &'a str)];

/// Judges whether `new` still speaks of what `old` spoke of.
pub fn judge(subject: Subject, old: Fields, new: Fields) -> Judgement {
    let equal = |name: &&str| text(old, name) == text(new, name);
    if subject.fields().iter().all(equal) {
        return Judgement::new(Verdict::Same, "the words are the same");
    }
    kinds::judge(subject, old, new)
}

fn text<'a>(fields: Fields<'a>, name: &str) -> &'a str {
    fields.iter().find(|(field, _)| *field == name).map_or("", |(_, text)| text)
}

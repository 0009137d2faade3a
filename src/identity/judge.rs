//! The offline judge: do two wordings name the same thing?

/// Which kind of thing the words belong to.
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

/// Ordered: a later answer is further from `Same`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Same,
    Unsure,
    Different,
}

/// An answer with one plain sentence that says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub why: String,
}

/// Field names with their texts, in any order. A field that is absent reads as empty.
pub type Fields<'a> = &'a [(&'a str, &'a str)];

/// Judges whether `new` still speaks of what `old` spoke of: equal words are the same thing, and words
/// of which at least half are shared leave it open.
pub fn judge(_subject: Subject, old: Fields<'_>, new: Fields<'_>) -> Judgement {
    let (old, new) = (words(old), words(new));
    let shared = old.iter().filter(|word| new.contains(word)).count();
    let (verdict, why) = match shared {
        _ if old == new => (Verdict::Same, "the words are the same"),
        _ if shared * 2 >= old.len().max(new.len()) => (Verdict::Unsure, "half of the words are the same"),
        _ => (Verdict::Different, "the words have little in common"),
    };
    Judgement { verdict, why: why.to_owned() }
}

fn words(fields: Fields<'_>) -> Vec<String> {
    let mut fields = fields.to_vec();
    fields.sort_unstable();
    let text: Vec<String> = fields.iter().map(|(_, text)| text.to_lowercase()).collect();
    let text = text.join(" ");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

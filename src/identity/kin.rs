//! Whether two entities might be spoken of in one breath.

use std::collections::BTreeSet;

use crate::model::Entity;
use crate::text::{stem, words};

/// Whether what one is called has a word of what the other says. The judge is asked about rewordings, so it
/// doubts where two strangers merely could be one; only kin has to be looked at by a person.
pub fn akin(one: &Entity, other: &Entity) -> bool {
    let says = |entity: &Entity| entity.identity().iter().flat_map(|(_, text)| stems(text)).collect();
    let meets = |title: &str, text: &BTreeSet<String>| !stems(title).is_disjoint(text);
    meets(one.title(), &says(other)) || meets(other.title(), &says(one))
}

/// Words that any two texts may share.
const SMALL: [&str; 25] = [
    "a", "an", "the", "of", "for", "and", "or", "to", "in", "on", "at", "by", "with", "from", "is", "are", "that",
    "it", "its", "no", "not", "can", "all", "every", "data",
];

fn stems(text: &str) -> BTreeSet<String> {
    let telling = words(text).into_iter().map(|word| word.text).filter(|word| !SMALL.contains(&word.as_str()));
    telling.map(|word| stem(&word)).collect()
}

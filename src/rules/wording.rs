//! What an entity's identity reads like, as text.

use crate::model::Entity;

/// The identity on one line, as `renamed.from` remembers it: the identity fields, without empty ones.
pub fn wording(entity: &Entity) -> String {
    let texts = entity.identity().into_iter().map(|(_, text)| text.split_whitespace().collect::<Vec<_>>().join(" "));
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" — ")
}

/// Words without case and punctuation, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

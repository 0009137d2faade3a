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

/// [`words`] with one blank between them.
pub(super) fn folded(text: &str) -> String {
    if !text.is_ascii() {
        return words(text).join(" ");
    }
    let mut folded = String::with_capacity(text.len());
    let mut apart = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if apart && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push(char::from(byte.to_ascii_lowercase()));
        }
        apart = !byte.is_ascii_alphanumeric();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_joins_the_words() {
        for text in ["", " ", "A", " Reads -- the  LOGS, of 2 hosts. ", "x_y", "Straße der ΟΔΟΣ", "a\u{0}b\tc"] {
            assert_eq!(folded(text), words(text).join(" "), "{text:?}");
        }
    }
}

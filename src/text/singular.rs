//! One of many.

use std::borrow::Cow;

/// A lower-case word without its plural ending, as far as spelling tells: `policies` gives `policy`, `boxes` `box`, `keys` `key`. Short
/// words and those in `-ss`, `-us`, `-is` stay as they are. For comparing, not for showing: a word that only looks like a plural is cut too.
pub fn singular(word: &str) -> Cow<'_, str> {
    let short = word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase());
    if short || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return Cow::Borrowed(word);
    }
    match word.strip_suffix("ies") {
        Some(start) if start.len() > 2 => return Cow::Owned(format!("{start}y")),
        _ => {}
    }
    let hissing = ["xes", "ches", "shes", "sses"].iter().any(|end| word.ends_with(end));
    Cow::Borrowed(word.strip_suffix(if hissing { "es" } else { "s" }).unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_lose_their_ending() {
        let pairs = [("keys", "key"), ("policies", "policy"), ("boxes", "box"), ("caches", "cach"), ("passes", "pass")];
        pairs.iter().for_each(|(many, one)| assert_eq!(singular(many), *one));
    }

    #[test]
    fn what_is_no_plural_stays() {
        ["access", "redis", "status", "aws", "tls", "c++", "данные"]
            .iter()
            .for_each(|word| assert_eq!(singular(word), *word));
    }
}

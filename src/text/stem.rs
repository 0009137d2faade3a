//! Word forms that mean one thing, under one key.

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// Words the stemmer would throw together with another word (`production` with `product`, `marketing` with `market`): they keep their own key.
const WHOLE: &[&str] = &[
    "accounting",
    "action",
    "active",
    "banking",
    "billing",
    "building",
    "business",
    "community",
    "direction",
    "directory",
    "engineering",
    "formation",
    "general",
    "generic",
    "goods",
    "hosting",
    "information",
    "internal",
    "international",
    "marketing",
    "messaging",
    "mission",
    "production",
    "publication",
    "savings",
    "securities",
    "setting",
    "settings",
    "staging",
    "station",
    "trading",
    "training",
    "validity",
    "communication",
    "communications",
    "processing",
    "operations",
    "personal",
    "personnel",
    "organic",
    "organ",
    "custom",
    "customs",
    "valid",
];

/// Short forms that end in `s` and are no plural. `ids` and `ips` are not here: they are nearly always identifiers and addresses.
const SINGULAR: &[&str] = &[
    "https", "tls", "dtls", "mtls", "dns", "kms", "cms", "sms", "sqs", "sns", "rds", "gps", "jws", "nfs", "ntfs",
    "hsts", "dbms", "rdbms", "aws", "ics", "eks", "aks", "ops", "devops", "its",
];

/// Verbs and nouns whose forms no rule finds.
const IRREGULAR: &[(&str, &str)] = &[
    ("kept", "keep"),
    ("held", "hold"),
    ("sent", "send"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("wrote", "write"),
    ("written", "write"),
    ("took", "take"),
    ("taken", "take"),
    ("gave", "give"),
    ("given", "give"),
    ("known", "know"),
    ("knew", "know"),
    ("broken", "break"),
    ("broke", "break"),
    ("built", "build"),
    ("bound", "bind"),
    ("shown", "show"),
    ("lost", "lose"),
    ("made", "make"),
    ("chosen", "choose"),
    ("hidden", "hide"),
    ("withdrawn", "withdraw"),
    ("ran", "run"),
    ("running", "run"),
    ("children", "child"),
    ("indices", "index"),
    ("analyses", "analysis"),
];

/// Endings that make another word of the stem (who does it, a quality, a manner); the key keeps them apart from the plain verb or noun.
const MARKED: &[(&str, &str)] = &[
    ("ment", ""),
    ("ator", "+r"),
    ("er", "+r"),
    ("or", "+r"),
    ("ity", "+ity"),
    ("ance", "+nce"),
    ("ence", "+nce"),
    ("ant", "+nt"),
    ("ent", "+nt"),
    ("ical", "+ic"),
    ("ic", "+ic"),
    ("al", "+al"),
    ("ive", "+ive"),
    ("able", "+able"),
    ("ible", "+able"),
    ("ous", "+ous"),
    ("ful", "+ful"),
    ("ism", "+ism"),
    ("ist", "+ist"),
    ("ize", "+z"),
    ("ized", "+z"),
    ("izing", "+z"),
    ("ization", "+z"),
];

/// The key of one lower-case word: plural, tense and the noun of a verb fall together (`encrypts`, `encryption`), British and American
/// spelling too; `operator` and `operation`, `integrity` and `integration` stay apart. A word that is not ASCII letters is its own key.
pub fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) || SINGULAR.contains(&word) {
        return word.to_owned();
    }
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*base).to_owned();
    }
    if !word.bytes().any(|b| b"aeiouy".contains(&b)) {
        return word.strip_suffix('s').filter(|w| !w.ends_with('s')).unwrap_or(word).to_owned();
    }
    let word = american(word);
    let single = singular(&word);
    if let Some(whole) = [word.as_ref(), single.as_ref()].into_iter().find(|w| WHOLE.contains(w)) {
        return format!("{whole}=");
    }
    let stem = Stemmer::create(Algorithm::English).stem(&word);
    let mark = MARKED.iter().find(|(end, _)| single.ends_with(end) && !stem.ends_with(end));
    match mark {
        Some((_, mark)) => format!("{stem}{mark}"),
        None => stem.into_owned(),
    }
}

fn singular(word: &str) -> Cow<'_, str> {
    match word.strip_suffix("ies") {
        Some(start) => Cow::Owned(format!("{start}y")),
        None if word.ends_with("ss") => Cow::Borrowed(word),
        None => Cow::Borrowed(word.strip_suffix('s').unwrap_or(word)),
    }
}

/// One spelling for both sides of the Atlantic. It may bend a word that is no such pair (`rise`, `rize`): it is a key, nobody reads it.
fn american(word: &str) -> Cow<'_, str> {
    const ENDS: &[(&str, &str)] = &[
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("iser", "izer"),
        ("isers", "izers"),
        ("our", "or"),
        ("ours", "ors"),
        ("oured", "ored"),
        ("ouring", "oring"),
        ("centre", "center"),
        ("centres", "centers"),
        ("artefact", "artifact"),
        ("artefacts", "artifacts"),
        ("licence", "license"),
        ("licences", "licenses"),
        ("catalogue", "catalog"),
        ("catalogues", "catalogs"),
        ("programme", "program"),
        ("defence", "defense"),
        ("elled", "eled"),
        ("elling", "eling"),
        ("ification", "ify"),
        ("ifications", "ifies"),
    ];
    if word.len() < 6 {
        return Cow::Borrowed(word);
    }
    match ENDS.iter().rev().find(|(british, _)| word.ends_with(british)) {
        Some((british, american)) => Cow::Owned(format!("{}{american}", &word[..word.len() - british.len()])),
        None => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_share_a_key() {
        for group in [
            &["encrypt", "encrypts", "encrypted", "encrypting", "encryption"][..],
            &["token", "tokens"],
            &["policy", "policies"],
            &["authorise", "authorises", "authorised", "authorising", "authorization"],
            &["behaviour", "behaviors"],
            &["centre", "centers"],
            &["verify", "verified", "verification"],
            &["vm", "vms"],
        ] {
            let keys: Vec<String> = group.iter().map(|w| stem(w)).collect();
            assert!(keys.iter().all(|k| *k == keys[0]), "{group:?} gave {keys:?}");
        }
    }

    #[test]
    fn other_words_with_the_same_stem_stay_apart() {
        for (a, b) in [
            ("operator", "operation"),
            ("integrity", "integration"),
            ("customer", "custom"),
            ("author", "authorization"),
            ("production", "product"),
            ("internal", "international"),
            ("marketing", "market"),
            ("public", "publication"),
            ("validation", "valid"),
            ("issuer", "issue"),
            ("general", "generate"),
            ("security", "secure"),
        ] {
            assert_ne!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn foreign_words_and_codes_are_their_own_key() {
        assert_eq!(stem("токены"), "токены");
        assert_eq!(stem("k8s"), "k8s");
        assert_eq!(stem("xss"), "xss");
    }
}

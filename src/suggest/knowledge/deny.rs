//! Where a text says that something is not there: from a word that denies to the end of its clause, or what contrasts with it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::spot::Token;
use crate::text::{Pause, stem};

/// Words of a scope, at most: what is further away is about something else.
const FAR: usize = 16;
/// Words of an item in a list, at most.
const ITEM: usize = 4;

/// After these another clause begins, or what is said holds no longer: `never see card numbers except in the vault`.
const LIFTS: &[&str] = &[
    "except", "but", "unless", "only", "until", "other", "than", "however", "although", "though", "while", "whereas",
    "yet", "because", "since", "so", "when", "where", "if", "once", "which", "that", "who", "whose", "apart",
    "besides", "beyond", "outside", "instead",
];
/// Verbs that say nothing of what was denied before them: `no passwords are stored in the database`.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "can", "could", "may", "must", "will", "would", "should", "has", "have", "had", "does",
    "do",
];
/// What follows `and` where a clause of its own begins.
const STARTS: &[&str] = &[
    "we",
    "it",
    "they",
    "the",
    "our",
    "its",
    "their",
    "this",
    "these",
    "users",
    "people",
    "customers",
    "everything",
    "all",
    "there",
    "then",
    "also",
    "you",
    "use",
    "uses",
    "store",
    "stores",
    "keep",
    "keeps",
    "send",
    "sends",
    "run",
    "runs",
    "pay",
    "pays",
    "get",
    "gets",
    "talk",
    "talks",
    "call",
    "calls",
];
const PLACES: &[&str] = &[
    "in", "on", "at", "by", "from", "with", "to", "into", "over", "behind", "through", "for", "via", "inside", "within",
];
const KNOWN: &[&str] = &["the", "our", "its", "their", "your", "this", "these", "another", "an"];
/// `no access to card numbers` is about access, and `no default passwords` about the default.
const QUALITIES: &[&str] = &[
    "access",
    "permission",
    "right",
    "rights",
    "way",
    "influence",
    "loss",
    "leak",
    "leakage",
    "disclosure",
    "breach",
    "risk",
    "problem",
    "limit",
    "limits",
    "maximum",
    "plain",
    "plaintext",
    "clear",
    "cleartext",
    "default",
    "shared",
    "hard",
    "hardcoded",
    "weak",
    "unencrypted",
    "duplicate",
    "direct",
    "extra",
    "additional",
    "further",
    "other",
    "new",
    "more",
    "real",
    "single",
    "old",
    "unused",
    "one",
    "matter",
    "doubt",
    "less",
    "fewer",
    "insecure",
    "open",
    "separate",
    "dedicated",
    "central",
];
/// `passwords are not stored in plain text`, `pictures are kept no longer than a week`.
const MANNERS: &[&str] = &[
    "plain",
    "plaintext",
    "clear",
    "cleartext",
    "unencrypted",
    "unhashed",
    "longer",
    "permanently",
    "publicly",
    "directly",
    "forever",
    "together",
    "beyond",
    "reversibly",
    "unprotected",
    "unless",
    "until",
    "without",
    "enough",
];
const BE: &[&str] = &["is", "are", "was", "were", "be", "has", "have", "been"];
const DO: &[&str] = &["do", "does", "did", "will", "can", "could", "should", "must", "shall", "would", "need", "may"];
/// `card numbers are not stored`.
const TAKEN: &[&str] = &[
    "used",
    "handled",
    "processed",
    "stored",
    "kept",
    "needed",
    "part",
    "involved",
    "supported",
    "scope",
    "planned",
    "there",
    "collected",
    "required",
    "necessary",
    "offered",
    "retained",
    "saved",
    "recorded",
    "accepted",
    "included",
    "held",
    "asked",
    "taken",
    "present",
    "possible",
];
/// `the passwords themselves are not stored`.
const BETWEEN: &[&str] = &["themselves", "itself", "data", "details", "at", "all", "as", "such"];
/// `card numbers never touch our servers`.
const MEETS: &[&str] = &["touch", "touches", "reach", "reaches", "enter", "enters", "hit", "hits", "pass", "passes"];

/// Verbs that say that something is there, and whether only our own seeing says so.
static EXISTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let verbs = [
        "store", "keep", "save", "hold", "handle", "process", "use", "have", "need", "require", "collect", "ask",
        "offer", "support", "take", "accept", "receive", "contain", "include", "record", "retain", "involve",
        "maintain", "charge", "run", "do", "provide", "operate", "log", "sign", "register", "create", "want", "work",
        "touch", "manage", "pay", "deal", "come",
    ];
    verbs.into_iter().map(stem).collect()
});
/// What only shows that something is there when nobody at all does it: `support staff never see card numbers` says that there are some.
static SEES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| ["see", "know", "get", "view", "touch"].into_iter().map(stem).collect());

/// By token: whether it is said not to be there. Denials of a whole clause before it are seen by [`denied_after`].
pub fn denied(tokens: &[Token]) -> Vec<bool> {
    let mut denied = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        let Some(start) = opened(tokens, at) else { continue };
        // `when the tool says no. Customers …`
        if tokens.get(start).is_none_or(|token| token.before >= Pause::Comma) {
            continue;
        }
        denied[scope(tokens, start)].fill(true);
    }
    denied
}

/// Where what is denied begins, when something is denied here.
fn opened(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |at: usize| tokens.get(at).filter(|token| token.before < Pause::Comma).map_or("", |token| &token.raw);
    match tokens[at].raw.as_str() {
        "no" if word(at + 1) == "longer" => asserted(tokens, at + 1),
        "no" | "neither" | "nor" | "zero" => Some(at + 1).filter(|_| !QUALITIES.contains(&word(at + 1))),
        "none" => (word(at + 1) == "of").then_some(at + 2),
        "instead" | "free" => (word(at + 1) == "of").then_some(at + 2),
        "rather" => (word(at + 1) == "than").then_some(at + 2),
        "without" if doubled(tokens, at) => None,
        "without" => {
            let next = word(at + 1);
            let deed = next.ends_with("ing") && !EXISTS.contains(&stem(next));
            Some(at + 1).filter(|_| !deed && !QUALITIES.contains(&next))
        }
        "not" | "never" => asserted(tokens, at),
        "nobody" | "nothing" => {
            let must = ["has", "have", "needs", "need", "to", "a", "an"];
            let next = (at + 1..).find(|next| !must.contains(&word(*next)))?;
            let deed = next > at + 1 || ["log", "logs", "sign", "signs"].contains(&word(next));
            Some(next).filter(|_| deed && !QUALITIES.contains(&word(next)))
        }
        _ => None,
    }
}

/// What `not` denies: the object of a verb that says that something is there, and what somebody is not.
fn asserted(tokens: &[Token], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).map_or("", |before| tokens[before].raw.as_str());
    let mut next = at + 1;
    let word = |at: usize| tokens.get(at).filter(|token| token.before < Pause::Comma).map_or("", |token| &token.raw);
    while ["ever", "also", "yet", "even", "itself", "themselves", "be", "to", "actually"].contains(&word(next)) {
        next += 1;
    }
    let first = word(next);
    let manner = (next..tokens.len().min(next + FAR)).take_while(|at| tokens[*at].before < Pause::Comma);
    if manner.skip(1).any(|at| MANNERS.contains(&tokens[at].raw.as_str())) {
        return None;
    }
    match first {
        // Somebody may not, so others may.
        _ if ["can", "could"].contains(&before) => None,
        "a" | "an" | "any" => Some(next),
        "by" | "via" | "through" if !["run", "operated", "hosted"].contains(&before) => Some(next),
        // The subject is denied, and what follows says where.
        _ if BE.contains(&before) && first.ends_with("ed") => None,
        _ if SEES.contains(&stem(first)) => Some(next + 1).filter(|_| ours(tokens, at)),
        _ if EXISTS.contains(&stem(first)) => Some(next),
        _ => None,
    }
}

/// Whether who does not see it is the system itself.
fn ours(tokens: &[Token], at: usize) -> bool {
    let before: Vec<&str> = tokens[at.saturating_sub(2)..at].iter().map(|token| token.raw.as_str()).collect();
    matches!(before.as_slice(), [.., "we" | "it"] | ["we" | "it", _])
}

/// `nobody gets in without a password` says that there are passwords.
fn doubled(tokens: &[Token], at: usize) -> bool {
    const ALSO: [&str; 10] =
        ["no", "not", "never", "nobody", "nothing", "none", "neither", "cannot", "impossible", "refused"];
    if at > 0 && ["and", "or"].contains(&tokens[at - 1].raw.as_str()) {
        return false;
    }
    let clause = (0..at).rev().take_while(|before| tokens[before + 1].before < Pause::Comma);
    clause.into_iter().any(|before| ALSO.contains(&tokens[before].raw.as_str()))
}

/// From the first denied word to the end of the clause.
fn scope(tokens: &[Token], start: usize) -> Range<usize> {
    let mut end = start;
    while end < tokens.len().min(start + FAR) {
        let token = &tokens[end];
        let raw = token.raw.as_str();
        let next = tokens.get(end + 1).map_or("", |token| token.raw.as_str());
        let over = match token.before {
            Pause::None => false,
            Pause::Comma => end > start && !listed(&tokens[end..]),
            Pause::Bracket | Pause::Stop => end > start,
        };
        let turns = LIFTS.contains(&raw) || (end > start && VERBS.contains(&raw));
        let begins = raw == "and" && STARTS.contains(&next);
        let elsewhere = end > start && PLACES.contains(&raw) && KNOWN.contains(&next);
        if over || turns || begins || elsewhere {
            break;
        }
        end += 1;
    }
    start..end.max(start).min(tokens.len())
}

/// Whether short items go on to an `or`: `no names, addresses or telephone numbers`.
fn listed(tokens: &[Token]) -> bool {
    let mut item = 0;
    for (at, token) in tokens.iter().enumerate().take(FAR) {
        match token.before {
            Pause::Stop | Pause::Bracket if at > 0 => return false,
            Pause::Comma if at > 0 => item = 0,
            _ => item += 1,
        }
        match token.raw.as_str() {
            "or" | "nor" => return true,
            raw if item > ITEM || LIFTS.contains(&raw) || STARTS.contains(&raw) || VERBS.contains(&raw) => {
                return false;
            }
            _ => {}
        }
    }
    false
}

/// `… are not part of it`, `… is out of scope`, `… never touch our servers`: what stands before is not there.
pub fn denied_after(rest: &[Token]) -> bool {
    let clause = rest.iter().take_while(|token| token.before < Pause::Comma).take(9);
    let clause: Vec<&str> = clause.map(|token| token.raw.as_str()).collect();
    if clause.iter().any(|word| MANNERS.contains(word)) {
        return false;
    }
    let verb = clause.iter().take_while(|word| BETWEEN.contains(word)).count();
    match &clause[verb..] {
        [be, "not" | "never", rest @ ..] if BE.contains(be) => rest.iter().take(3).any(|word| TAKEN.contains(word)),
        [be, "out", "of", "scope", ..] => BE.contains(be),
        [verb, "not" | "never", meets, ..] if DO.contains(verb) => MEETS.contains(meets),
        ["never", meets, ..] => MEETS.contains(meets),
        _ => false,
    }
}

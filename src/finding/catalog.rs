//! Every code there is. A code without a page in `docs/rules/` or without a row in the mutation table
//! of the tests fails the suite.

use super::{Code, Severity};

macro_rules! codes {
    ($($(#[$section:meta])* $name:ident, $severity:ident, $ledger:literal, $title:literal;)+) => {
        /// The code itself, by its name in capitals.
        pub mod codes {
            use super::{Code, Severity};
            $($(#[$section])* pub static $name: Code = Code {
                name: super::lower!($name),
                title: $title,
                severity: Severity::$severity,
                ledger: $ledger,
            };)+
        }

        /// Every code, in the order of the reference.
        pub static CATALOG: &[&Code] = &[$(&codes::$name),+];
    };
}

/// The published spelling of a code's constant.
macro_rules! lower {
    ($name:ident) => {{
        const UPPER: &str = stringify!($name);
        const BYTES: [u8; UPPER.len()] = super::lowered(UPPER);
        match std::str::from_utf8(&BYTES) {
            Ok(text) => text,
            Err(_) => "",
        }
    }};
}
use lower;

const fn lowered<const N: usize>(upper: &str) -> [u8; N] {
    let mut bytes = [0; N];
    let mut at = 0;
    while at < N {
        bytes[at] = upper.as_bytes()[at].to_ascii_lowercase();
        at += 1;
    }
    bytes
}

codes! {
    // What a file must be before anything can be read from it. They are of the ledger: what is not read
    // cannot be compared with what was published.
    FILE_UNREADABLE, Error, true, "the file cannot be read as a TOML text";
    FILE_BOUNDS, Error, true, "the file is larger, deeper or fuller than redan reads";
    TOML_SYNTAX, Error, true, "the file is not valid TOML";
    FORMAT_UNKNOWN, Error, true, "the file's format is missing or from the future";
    // What is near enough to a file of a model to be meant as one.
    FILE_UNKNOWN, Error, false, "a file whose name is almost that of a model's file";
    // Keys and values, one at a time.
    KEY_UNKNOWN, Error, false, "a key that no file of this kind has";
    KEY_MISPLACED, Error, false, "a key that slipped under the wrong table header";
    KEY_MISSING, Error, false, "a field that every such entity has is absent";
    VALUE_TYPE, Error, false, "a value of the wrong type";
    VALUE_UNKNOWN, Error, false, "a word that is not one of the choices";
    FACTOR_VALUE, Error, false, "a rating factor or level that does not exist";
    ID_MALFORMED, Error, true, "an ID that is not spelled canonically";
    ID_DUPLICATE, Error, true, "one ID, two entities";
    GROUP_SHAPE, Error, false, "a mitigation group that is neither a number nor `depth`";
    TEXT_HIDDEN, Warning, false, "invisible or direction-changing characters in a text";
    TEXT_ACTIVE, Info, false, "a text that a runner, a host or a browser could take for more than text";
    // Models and workspace.
    MODEL_ID_CLASH, Error, true, "two folders claim one model ID";
    MODEL_NAME_CLASH, Error, false, "two models have the same name";
    LAST_LIVE_ENTITY, Error, true, "no live asset or no live attacker is left";
    // Entities against each other.
    REFERENCE_UNKNOWN, Error, false, "a reference to an entity that does not exist";
    REPLACED_BY_UNKNOWN, Warning, false, "a tombstone that points to nothing";
    NAME_DUPLICATE, Warning, false, "two live entities of one kind say the same thing";
    ID_UNNUMBERED, Warning, false, "an entity that still waits for its number";
    TOMBSTONE_INCOMPLETE, Error, true, "a removal without date, person or reason";
    RENAMED_INCOMPLETE, Error, true, "an overruled identity change without date, person or reason";
    // Ratings.
    UNRATED, Warning, false, "an asset or attacker nobody rated";
    RATING_PARTIAL, Warning, false, "a rating with factors missing";
    PROPERTIES_EMPTY, Warning, false, "an asset without security properties";
    REVISION_INCOMPLETE, Error, true, "a revision without date, person or reason";
    REVISION_WITHOUT_EFFECT, Warning, false, "a revision that sets nothing new";
    REVISION_PROPERTY_UNLISTED, Error, false, "a revision of a property the asset does not list";
    REVISION_OUT_OF_ORDER, Warning, false, "revisions that are not in the order of time";
    // Controls.
    CONTROL_WITHOUT_OBJECTIVES, Warning, false, "a control that covers nothing";
    OBJECTIVE_COVERED_TWICE, Error, false, "a control that covers one objective in two groups";
    PROTECTS_UNLISTED, Warning, false, "a control for a property that none of its assets has";
    REQUIREMENT_MALFORMED, Error, false, "a requirement that is not `framework@version:id`";
    MAPPING_INCOMPLETE, Error, false, "an accepted or rejected mapping without person or date";
    EVIDENCE_INCOMPLETE, Warning, false, "a piece of evidence that asserts nothing";
    PATH_OUTSIDE, Error, false, "a path that leads out of its repository";
    REPO_CREDENTIALS, Error, false, "an address of a repository with a password in it";
    // Assumptions and decisions.
    ATTESTATION_INCOMPLETE, Error, true, "an attestation without person, date or statement";
    ATTESTATION_REFUSED, Error, false, "a hand-made attestation of something that needs evidence";
    ATTESTATION_EXPIRED, Warning, false, "an attestation past its last day";
    EXCLUSION_EMPTY, Error, false, "an exclusion predicate that says nothing";
    DECISION_INCOMPLETE, Error, false, "a decision without owner, person, date, reason or review day";
    DECISION_WITHOUT_OBJECTIVES, Error, false, "a decision about nothing";
    DECISION_OVERDUE, Warning, false, "a decision past its review day";
    EXCUSE_INCOMPLETE, Error, false, "an excluded requirement without reason, owner or review day";
    EXCUSE_OVERDUE, Warning, false, "an excluded requirement past its review day";
    ENDING_SOON, Warning, false, "an attestation, decision or exclusion that holds for 30 days at most";
    FRAMEWORK_MALFORMED, Error, false, "a selected framework that is not `name@version`";
    FRAMEWORK_UNKNOWN, Error, false, "a selected framework or level that no pack has";
    REQUIREMENT_UNKNOWN, Error, false, "a requirement that its framework does not have";
    PACK_INVALID, Error, false, "a pack of a framework that cannot be used";
    PACK_CHANGED, Error, false, "an imported pack is not what it was when it was locked";
    MAPPING_STALE, Warning, false, "a mapping that was decided about other words than the requirement has now";
    CONDITION_MALFORMED, Error, false, "an exclusion that rests on a condition nobody can read";
    EXCUSE_REFUTED, Warning, false, "an exclusion that the model contradicts";
    EXCUSE_STALE, Warning, false, "an exclusion that was decided about other words than the requirement has now";
    STAMP_MISSING, Info, false, "a row that does not say what it was decided about";
    // Coherence: what does not fit together, each with a way to resolve it.
    CO_ASSET_UNBOUNDED, Warning, false, "an asset that lies in no boundary";
    CO_ATTACKER_UNPOSITIONED, Warning, false, "an attacker who stands in no boundary";
    CO_NO_SHARED_BOUNDARY, Info, false, "controls against an attacker who gets nowhere near the asset";
    CO_MISSING_ENTITY, Info, false, "an assumption about a removed asset or attacker";
    COMPONENT_UNBOUND, Info, false, "a component with controls and no repository";
    ASSET_COMPONENT_UNKNOWN, Error, false, "an asset in a component that does not exist";
    CONTROL_COMPONENT_UNKNOWN, Error, false, "a control in a component that does not exist";
    CONTROL_UNSCOPED_WITH_SCOPED_ASSERTIONS, Warning, false, "evidence in a repository for a control in no component";
    ASSERTION_REPO_MISMATCH, Warning, false, "evidence in another repository than the control's components";
    ASSERTION_REPO_ORPHAN, Warning, false, "evidence in a repository of no component";
    GROUP_PROPERTY_GAP, Warning, false, "mitigated, with a property that no complete group protects";
    DECISION_STALE, Warning, false, "what was decided is about something else now";
    // Gates: the change against its base.
    MITIGATION_LOST, Error, false, "what was mitigated in the base is open now";
    OBJECTIVE_UNASSESSED, Warning, false, "new objectives that nobody looked at";
    ENGINE_CHANGED, Warning, false, "another language model would be asked after this change";
    // Gates by choice: the stock.
    ASSESSMENT_OVERDUE, Error, false, "objectives that nobody looked at within the days of grace";
    LIMIT_EXCEEDED, Error, false, "more open objectives than redan.toml lets pass";
    COVERAGE_SHORT, Error, false, "less of a framework is covered than redan.toml asks for";
    // The past: the candidate against what was published before it.
    MODEL_GONE, Error, true, "a published model is in the candidate neither live nor retired";
    MODEL_REUSED, Error, true, "the ID of a published model is used again for another model";
    ID_GONE, Error, true, "a published ID is in the candidate neither live nor removed";
    ID_REUSED, Error, true, "a published ID that was given up is used again for something else";
    ID_COLLIDED, Error, true, "an ID was born with two meanings on the sides of a merge";
    ID_REWRITTEN, Error, true, "a published ID means something else now";
    TOMBSTONE_EDITED, Warning, true, "the reason or date of a published removal was rewritten";
    RATING_IN_PLACE, Error, true, "published base factors were edited in place";
    REVISION_REWRITTEN, Error, true, "a published row or decision was changed or dropped";
    BY_UNPROVEN, Info, false, "a row by somebody who had no part in its commit";
    WORDS_REDACTED, Info, true, "words of a published row gave way to their hash";
    // What the answer about the past rests on.
    HISTORY_INCOMPLETE, Warning, true, "some of the history is not here";
    HISTORY_VANTAGE, Warning, true, "another clone may see another history";
    HISTORY_UNREADABLE, Info, false, "an old version of a file cannot be read";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_snake_case_and_unique() {
        let mut names: Vec<&str> = CATALOG.iter().map(|code| code.name).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
        assert!(names.contains(&"id_gone"));
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}

//! What only a person can supply and no file is right without. `redan fix` fills in the rest.

use crate::model::Kind;

/// Keys every entity of the kind has.
pub(super) fn of_entity(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Boundary | Kind::Component | Kind::Asset => &["name"],
        Kind::Attacker => &["capability"],
        Kind::Assumption => &["description", "kind"],
        Kind::Control => &["description"],
    }
}

/// Keys every table under this field has. Fields of one name mean one thing, whoever has them.
pub(super) fn of_field(name: &str) -> &'static [&'static str] {
    match name {
        "removed" | "renamed" | "revisions" => &["reason"],
        "redacted" => &["at", "by", "reason"],
        "attestations" => &["statement"],
        "requirements" => &["req"],
        "exclusions" => &["req", "reason", "owner", "review_by"],
        _ => &[],
    }
}
